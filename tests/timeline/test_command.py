"""`summarise timeline`: one clear line where it cannot, every format, filters, and what is new since the last look."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from summariser.render.text import safe
from summariser.schema import Summary
from summariser.timeline import Ledger
from summariser.timeline.command import main
from summariser.timeline.command_options import FORMATS
from summariser.timeline.store import Store
from tests.render.samples import council
from tests.timeline.articles import Article
from tests.timeline.test_store import LATER, PAPER, WIRE

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs the command; returns its exit code, its output and its complaints."""

    def run_(*argv: object) -> tuple[int, str, str]:
        capfdbinary.readouterr()
        try:
            code = main([str(argument) for argument in argv])
        except SystemExit as ended:
            code = int(ended.code or 0)
        out, err = capfdbinary.readouterr()
        return code, out.decode(), err.decode()

    return run_


def lines(path: Path, *articles: Article | Summary) -> Path:
    """The articles as an output file of `summarise --format json`."""
    summaries = [article if isinstance(article, Summary) else article.summary() for article in articles]
    path.write_text("".join(f"{summary.model_dump_json()}\n" for summary in summaries), "utf-8")
    return path


@pytest.fixture
def both(tmp_path: Path) -> Path:
    return lines(tmp_path / "out.jsonl", WIRE, PAPER)


@pytest.fixture
def later(tmp_path: Path) -> Path:
    return lines(tmp_path / "later.jsonl", LATER)


def test_the_ledger_of_a_file_as_a_table(run: Run, both: Path) -> None:
    code, out, err = run(both)

    assert (code, err) == (0, "")
    assert "Milestones: 1 · articles: 2" in out
    assert "2024-03" in out
    assert "Articles contradict each other: date" in out
    assert "2024-03-13: wire (published 2024-03-14)" in out
    assert "[1] On 14 March 2024 Norland adopted the Norland AI Act." in out, "a conflict has its quotes always"


def test_evidence_shows_every_article_with_its_sentences(run: Run, later: Path) -> None:
    assert "Kenya set up an AI office" not in run(later)[1]

    assert "[1] Kenya set up an AI office on 9 January 2025." in run(later, "--evidence")[1]
    assert "Kenya set up an AI office on 9 January 2025" in run(later, "--evidence", "-f", "md")[1]


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_to_standard_output_and_to_a_file(run: Run, both: Path, tmp_path: Path, form: str) -> None:
    file = tmp_path / "made"

    code, out, _ = run(both, "-f", form)
    assert run(both, "-f", form, "-o", file)[:2] == (0, "")

    assert code == 0
    if form != "ics":  # it holds the time at which it was made
        written = file.read_bytes().decode("utf-8")
        spreadsheet = form in ("csv", "agora", "oecd")
        assert written.startswith("\ufeff") is spreadsheet
        assert not out.startswith("\ufeff")
        assert written.removeprefix("\ufeff") == out
    if form not in ("agora", "oecd", "ics"):
        assert "2024-03-13" in out, "both sides of the conflict are there"


def test_json_reads_back_as_the_ledger(run: Run, both: Path) -> None:
    ledger = Ledger.model_validate_json(run(both, "-f", "json")[1])

    assert [source.id for source in ledger.sources] == ["wire", "paper"]
    assert len(ledger.conflicts) == 1


@pytest.mark.parametrize(
    ("options", "milestones"),
    [
        (["--jurisdiction", "no"], 1),
        (["--jurisdiction", "EU"], 0),
        (["--jurisdiction", "EU", "--jurisdiction", "KE"], 1),
        (["--status", "established"], 1),
        (["--status", "Established"], 1),
        (["--status", "passed chamber", "--status", "partly-applicable"], 0),
        (["--instrument", "institution", "--status", "adopted"], 0),
        (["--actor", "ada brandt"], 0),
        (["--conflicts"], 1),
        (["--from", "2025"], 1),
        (["--to", "2024-12"], 1),
        (["--from", "2024", "--to", "2025-01-09"], 2),
    ],
)
def test_filters(run: Run, both: Path, later: Path, options: list[str], milestones: int) -> None:
    code, out, _ = run(both, later, *options)

    assert code == 0
    assert f"Milestones: {milestones} · " in out
    assert ("The filters fit none of the 2 milestones." in out) is (milestones == 0)


def test_no_milestone_is_not_the_same_as_none_that_fits(run: Run, both: Path, tmp_path: Path) -> None:
    none = lines(tmp_path / "none.jsonl", Article("none").actor("Ada Brandt", "Ada Brandt spoke."))

    for form in ("table", "md", "html"):
        assert "There is no milestone in these articles." in run(none, "-f", form)[1]
        assert "The filters fit none of the 1 milestones." in run(both, "-f", form, "--jurisdiction", "FR")[1].replace(
            "\\", ""
        )


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        ([], "nothing to read"),
        (["--since", "last", "OUT"], "--since last needs a --store"),
        (["--remove", "x", "OUT"], "--remove needs a --store"),
        (["--quiet", "OUT"], "--quiet needs a --store"),
        (["OUT", "--peek"], "--peek goes with --since last"),
        (["OUT", "--store", "S", "--quiet", "-o", "x"], "--quiet shows no ledger"),
        (["OUT", "--open"], "--open goes with --format html"),
        (["OUT", "--evidence", "-f", "csv"], "--evidence goes with"),
        (["OUT", "--since", "yesterday"], "--since: not a date of the form"),
        (["OUT", "--from", "2025-02-30"], "--from: "),
        (["OUT", "--status", "done"], "invalid choice: 'done'"),
        (["OUT", "--jurisdiction", "XX"], "'XX' is no code that is known: it is two letters of ISO 3166 (FR)"),
        (["OUT", "--jurisdiction", "Europe"], "is EU meant?"),
        (["OUT", "--jurisdiction", "france"], "is FR meant?"),
        (["OUT", "--jurisdiction", "UK"], "is GB meant?"),
        (["OUT", "--jurisdiction", "US-TEXAS"], "no code that is known"),
        (["--store", "no/such/l.db"], "no such folder: no/such"),
        (["OUT", "--store", "no/such/l.db"], "no such folder: no/such"),
        (["OUT", "-f", "xlsx"], "invalid choice: 'xlsx'"),
        (["OUT", "-o", "no/such/folder/x"], "no such folder: no/such/folder"),
        (["OUT", "-o", "."], ". is a folder"),
    ],
)
def test_wrong_usage_is_one_line_and_nothing_is_made(
    run: Run, both: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, argv: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())

    code, out, err = run(*(str(both) if word == "OUT" else word for word in argv))

    assert (code, out) == (2, "")
    assert err.startswith("summarise: ")
    assert told in err
    assert err.count("\n") == 1
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    ("content", "told"), [(None, "cannot be read"), ('{"a": 1}\n', "is no summary"), ("no json\n", "is no summary")]
)
def test_a_file_that_is_no_summary_is_one_line(run: Run, tmp_path: Path, content: str | None, told: str) -> None:
    file = tmp_path / "bad.jsonl"
    if content is not None:
        file.write_text(content)

    code, out, err = run(file)

    assert (code, out) == (1, "")
    assert told in err
    assert err.count("\n") == 1


def test_a_ledger_is_kept_and_told_of(run: Run, both: Path, later: Path, tmp_path: Path) -> None:
    store = tmp_path / "ledger.db"

    assert run(both, "--store", store, "--quiet") == (0, "", "summarise: added 2, replaced 0, unchanged 0\n")
    code, out, err = run(both, later, "--store", store)
    assert (code, err) == (0, "summarise: added 1, replaced 0, unchanged 2\n")
    assert "Milestones: 2 · articles: 3" in out
    assert run("--store", store)[1] == out

    assert run("--store", store, "--remove", "later", "--quiet")[0] == 0
    assert "Milestones: 1 · articles: 2" in run("--store", store)[1]
    code, out, err = run("--store", store, "--remove", "later")
    assert (code, out) == (2, "")
    assert "no article 'later'" in err


def test_a_corrected_article_is_named(run: Run, both: Path, tmp_path: Path) -> None:
    store = tmp_path / "ledger.db"
    run(both, "--store", store, "--quiet")
    corrected = Article("wire", "2024-03-16").milestone("Another", "Another act was rejected.", status="rejected")

    _, _, err = run(lines(tmp_path / "c.jsonl", corrected), "--store", store, "--quiet")

    assert err == "summarise: added 0, replaced 1 (wire), unchanged 0\n"


def test_two_articles_of_one_name_in_one_call_are_two(run: Run, both: Path, tmp_path: Path) -> None:
    namesake = Article("wire", "2025-01-01").milestone(
        "Other", "Kenya has an AI law.", status="adopted", places=("KE",)
    )
    other = lines(tmp_path / "other.jsonl", namesake)

    assert "articles: 3" in run(both, other)[1]
    assert (
        run(both, other, "--store", tmp_path / "s.db", "--quiet")[2] == "summarise: added 3, replaced 0, unchanged 0\n"
    )


def test_a_store_that_is_none_is_one_line(run: Run, tmp_path: Path) -> None:
    text = tmp_path / "text.db"
    text.write_text("not a database " * 100)

    for file, told in ((text, "is no ledger"), (tmp_path / "missing.db", "no such file")):
        code, out, err = run("--store", file)
        assert (code, out) == (1, "")
        assert told in err
        assert err.count("\n") == 1
    assert not (tmp_path / "missing.db").exists()


def news(run: Run, store: Path, *options: str) -> dict[str, list[str]]:
    """What is new, changed, … since the last look, by title."""
    found = json.loads(run("--store", store, "--since", "last", "-f", "json", *options)[1])
    titles = {entry["id"]: entry["title"] for entry in found["ledger"]["entries"] + found["gone"]}
    return {kind: [titles[entry] for entry in ids] for kind, ids in found["changes"].items() if ids}


def test_since_the_last_look(run: Run, later: Path, tmp_path: Path) -> None:
    store = tmp_path / "ledger.db"
    adopted, opens = "Norland adopts the AI Act", "An AI office opens in Kenya"
    run(lines(tmp_path / "wire.jsonl", WIRE), "--store", store, "--quiet")

    assert news(run, store, "--peek") == {"new": [adopted]}
    assert news(run, store) == {"new": [adopted]}, "a peek was no look"
    assert news(run, store) == {}

    run(later, "--store", store, "--quiet")
    run(lines(tmp_path / "paper.jsonl", PAPER), "--store", store, "--quiet")
    found = news(run, store)
    assert found.pop("new") == [opens]
    assert set(found) == {"changed", "conflicting"}
    assert found["changed"] == found["conflicting"]

    run("--store", store, "--remove", "later", "--quiet")
    assert news(run, store) == {"gone": [opens]}


def test_what_is_gone_is_in_every_form_that_has_room_and_counted_in_the_others(
    run: Run, later: Path, both: Path, tmp_path: Path
) -> None:
    store = tmp_path / "ledger.db"
    run(both, later, "--store", store, "--quiet")
    run("--store", store, "--since", "last")
    run("--store", store, "--remove", "later", "--quiet")

    for form in FORMATS:
        code, out, err = run("--store", store, "--since", "last", "--peek", "-f", form)
        assert code == 0
        shown = "An AI office opens in Kenya" in out
        assert shown is (form not in ("ics", "agora", "oecd"))
        assert ("left out 1 that are gone" in err) is not shown
    assert '"gone"' in run("--store", store, "--since", "last", "-f", "csv")[1]
    assert news(run, store) == {}, "that was a look"


def test_a_conflict_that_loses_a_side_is_no_new_one(run: Run, both: Path, tmp_path: Path) -> None:
    store = tmp_path / "ledger.db"
    third = Article("third", "2024-03-21").milestone(
        "Norland adopts its AI Act",
        "On 15 March 2024 Norland adopted the Norland AI Act.",
        "2024-03-15",
        status="adopted",
        places=("NO",),
    )
    run(both, lines(tmp_path / "third.jsonl", third), "--store", store, "--quiet")
    assert len(news(run, store)["conflicting"]) == 1

    run("--store", store, "--remove", "third", "--quiet")
    assert set(news(run, store)) == {"changed"}

    run(tmp_path / "third.jsonl", "--store", store, "--quiet")
    assert set(news(run, store)) == {"changed", "conflicting"}, "the third day is one that was not held"


def test_news_are_marked_in_every_form_for_people(run: Run, later: Path, both: Path, tmp_path: Path) -> None:
    store = tmp_path / "ledger.db"
    run(both, "--store", store, "--quiet")
    run("--store", store, "--since", "last")
    assert "Nothing is new, changed or gone." in run("--store", store, "--since", "last")[1]
    run(later, "--store", store, "--quiet")

    for form, mark in (("table", "(new)"), ("md", "*new*"), ("html", '<b class="change">new</b>'), ("csv", '"new"')):
        code, out, _ = run("--store", store, "--since", "last", "--peek", "-f", form)
        assert code == 0
        assert mark in out
        assert "An AI office opens in Kenya" in out
        assert "Norland" not in out


def test_a_look_at_a_part_is_no_look_at_the_rest(run: Run, later: Path, both: Path, tmp_path: Path) -> None:
    store = tmp_path / "ledger.db"
    run(both, later, "--store", store, "--quiet")

    assert news(run, store, "--jurisdiction", "KE") == {"new": ["An AI office opens in Kenya"]}
    assert news(run, store, "--jurisdiction", "KE") == {}
    assert len(news(run, store)["new"]) == 2, "of everything this was the first look"


def test_what_could_not_be_shown_was_not_seen(
    run: Run, both: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "ledger.db"
    run(both, "--store", store, "--quiet")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("summariser.timeline.command.write", full)
    code, _, err = run("--store", store, "--since", "last", "-o", tmp_path / "x")
    assert (code, err) == (1, f"summarise: cannot write {tmp_path / 'x'}: No space left on device\n")

    def gone(_: str) -> None:
        raise BrokenPipeError

    monkeypatch.setattr("summariser.timeline.command.show", gone)
    with pytest.raises(BrokenPipeError):
        run("--store", store, "--since", "last")

    with Store.open(store) as opened:
        assert opened.last_look() is None


def test_other_showings_are_no_looks(run: Run, both: Path, tmp_path: Path) -> None:
    store = tmp_path / "ledger.db"
    run(both, "--store", store)
    run("--store", store, "-f", "ics")
    run("--store", store, "--since", "2020")

    with Store.open(store) as opened:
        assert opened.last_look() is None


@pytest.mark.parametrize("kept", [True, False])
def test_since_a_day(run: Run, later: Path, both: Path, tmp_path: Path, kept: bool) -> None:
    undated = lines(tmp_path / "u.jsonl", Article("u").milestone("Undated", "A plan.", status="planned"))
    if kept:
        run(both, later, undated, "--store", tmp_path / "s.db", "--quiet")
    sources = ["--store", tmp_path / "s.db"] if kept else [both, later, undated]

    found = json.loads(run(*sources, "--since", "2024-03-20", "-f", "json")[1])
    titles = {entry["id"]: entry["title"] for entry in found["ledger"]["entries"]}

    assert found["since"] == "2024-03-20"
    assert {titles[entry] for entry in found["changes"]["new"]} == {"An AI office opens in Kenya", "Undated"}
    assert len(found["changes"]["conflicting"]) == 1, "the second article came on that day"


def test_what_a_format_has_no_place_for_is_counted(run: Run, later: Path, tmp_path: Path) -> None:
    due = lines(
        tmp_path / "due.jsonl", Article("due").milestone("Due", "It is due.", status="planned", role="deadline")
    )

    assert run(later, "-f", "agora")[2].startswith("summarise: left out 1: ")
    assert run(due, "-f", "ics")[2].startswith("summarise: left out 1 deadlines")


def test_nothing_in_the_output_steers_a_terminal(run: Run, tmp_path: Path) -> None:
    steering = "\x1b]0;owned\x07 \u202eevil\u202c \x9b31m"
    hostile = Article(f"n{steering}", "2024-01-01").milestone(
        f"T{steering}", f"S{steering}.", "2024-01-01", status="adopted", places=(f"X{steering}",)
    )
    file = lines(tmp_path / "hostile.jsonl", hostile)

    for form in FORMATS:
        code, out, err = run(file, "-f", form)
        assert code == 0
        assert safe(out.replace("\r\n", "\n")) == out.replace("\r\n", "\n")
        assert safe(err) == err
        assert "evil" in out or form in ("agora", "ics")


def test_a_live_terminal_gets_a_table_with_colours(
    both: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "140")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)

    assert main([str(both), "--evidence"]) == 0

    out = capsys.readouterr().out
    assert "\x1b[" in out
    assert "Jurisdiction".lower() in out.lower()
    assert max(len(line) for line in out.splitlines() if "\x1b" not in line) <= 140


def test_the_page_has_the_sentences_around_those_that_are_cited(run: Run, tmp_path: Path) -> None:
    file = lines(tmp_path / "c.jsonl", council())
    store = tmp_path / "ledger.db"
    run(file, "--store", store, "--quiet")

    for sources in ([file], ["--store", store]):
        out = run(*sources, "-f", "html")[1]
        assert "The harbour was quiet that day." in out, "a neighbour of what is cited"


def test_a_store_of_another_program_is_left_alone(run: Run, both: Path, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.db"
    with sqlite3.connect(foreign) as other:
        other.execute("CREATE TABLE articles (id)")
    other.close()
    before = foreign.read_bytes()

    code, _, err = run(both, "--store", foreign, "--quiet")

    assert code == 1
    assert "is no ledger: it is a database of something else" in err
    assert foreign.read_bytes() == before
