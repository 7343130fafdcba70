"""`python -m evals timeline` over recordings made on loopback: recorded, replayed, missing, stale, orphaned, gated."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from evals import baseline
from evals.__main__ import OK, UNUSABLE, WORSE, main
from evals.baseline import regressions
from evals.commands import judging
from evals.results import RunResult, load
from evals.timeline import run as timeline_run
from evals.timeline import sets, stress
from evals.timeline.matching import look
from evals.timeline.oracle import summaries
from summariser.timeline import Ledger, build
from tests.evals.made import ARTICLE, write_case
from tests.evals.server import model_server

PASSED = "Portugal's parliament passed the Algorithm Register Act on Tuesday by 118 votes to 97."
LATER = ARTICLE.replace("4 March 2026", "5 March 2026").replace("Picture: the", "Archive picture: the")


def label(article: str) -> dict:
    return {
        "article": article,
        "title": "Algorithm Register Act passed by parliament",
        "date": "2026-03-03",
        "date_text": "Tuesday",
        "date_basis": "resolved",
        "date_role": "event",
        "quotes": [PASSED],
    }


LEDGER = {
    "about": "one law, two articles",
    "basis": "invented",
    "tests": ["plumbing"],
    "articles": [
        {"id": name, "form": "wire item", "language": "en", "published": day}
        for name, day in (("first", "2026-03-04"), ("second", "2026-03-05"))
    ],
    "entries": [
        {
            "id": "act",
            "title": "Act passed",
            "jurisdictions": ["PT"],
            "instrument": "law",
            "binding": True,
            "status": "adopted",
            "mentions": [label("first"), label("second")],
        }
    ],
    "actors": [
        {
            "id": "quintela",
            "name": "Marta Quintela",
            "kind": "person",
            "mentions": [{"article": name, "name": "Marta Quintela"} for name in ("first", "second")],
        }
    ],
}


def write_set(root: Path) -> Path:
    folder = root / "ledgers" / "register"
    folder.mkdir(parents=True)
    (folder / "first.txt").write_text(ARTICLE, "utf-8")
    (folder / "second.txt").write_text(LATER, "utf-8")
    (folder / "ledger.yaml").write_text(yaml.safe_dump(LEDGER), "utf-8")
    return folder.parent


@pytest.fixture
def places(tmp_path: Path) -> tuple[str, ...]:
    return ("--ledgers", str(write_set(tmp_path)), "--recordings", str(tmp_path / "recordings"))


def record(places: tuple[str, ...], *more: str) -> tuple[int, list[dict]]:
    with model_server() as (address, asked):
        code = main(["record", "--timeline", *places, "--model", "openai/tester", "--base-url", address, *more])
    return code, asked


def judged(places: tuple[str, ...], tmp_path: Path, *more: str) -> tuple[int, RunResult]:
    out = tmp_path / "run.json"
    code = main(["timeline", *places, "--json", str(out), *more])
    return code, load(out)


def test_recorded_summaries_are_replayed_and_their_ledger_judged(places, tmp_path):
    code, asked = record(places)
    assert (code, len(asked) >= 2) == (OK, True)
    assert sorted(path.name for path in (tmp_path / "recordings" / "timeline" / "register").iterdir()) == [
        "first",
        "second",
    ]
    code, run = judged(places, tmp_path, "--system", "pipeline", "--system", "labels")
    assert (code, run.recordings, run.crashed()) == (OK, [], [])
    assert "replay" in run.provenance["ledger/pipeline"]
    (pipeline,), (labels,) = run.of("ledger/pipeline"), run.of("ledger/labels")
    assert pipeline.score("ledger.milestones_coverage").value == 0.0  # the server's answer has no milestone
    assert labels.score("ledger.milestones_coverage").value == 1.0
    assert labels.score("ledger.milestones_f1").value == 1.0
    assert labels.score("ledger.actors_f1").value == 1.0


def test_recordings_are_kept_and_asked_again_on_demand(places):
    record(places)
    assert len(record(places)[1]) == 0
    assert len(record(places, "--again")[1]) >= 2


def test_missing_stale_and_orphaned_recordings_are_named(places, tmp_path, capsys):
    assert main(["timeline", *places, "--system", "pipeline"]) == UNUSABLE
    assert "timeline/register/first: not recorded" in capsys.readouterr().out
    record(places)
    stray = tmp_path / "recordings" / "timeline" / "register" / "third"
    stray.mkdir()
    assert main(["timeline", *places, "--system", "pipeline"]) == UNUSABLE
    assert "timeline/register/third: recordings of an article that does not exist" in capsys.readouterr().out
    record(places)
    assert not stray.exists()
    article = tmp_path / "ledgers" / "register" / "second.txt"
    article.write_text(LATER + "\nThe president has yet to sign the act.\n", "utf-8")
    code, run = judged(places, tmp_path, "--system", "pipeline")
    assert code == UNUSABLE
    assert all(fault.startswith("timeline/register/second") for fault in run.recordings)
    assert record(places)[0] == OK
    assert main(["timeline", *places, "--system", "pipeline"]) == OK


def test_a_set_that_crashes_is_named_and_fails_the_run(places, tmp_path, monkeypatch, capsys):
    def broken(*_: object, **__: object) -> Ledger:
        raise RuntimeError("no ledger today")

    monkeypatch.setattr(timeline_run, "build", broken)
    code, run = judged(places, tmp_path, "--system", "labels")
    assert code == WORSE
    assert [result.error for result in run.crashed()] == ["RuntimeError: no ledger today"]
    assert "crashed ledger/labels/register" in capsys.readouterr().out


def test_show_lists_what_is_wrong(places, monkeypatch, capsys):
    assert main(["timeline", *places, "--system", "labels", "--show"]) == OK
    assert capsys.readouterr().out == ""
    monkeypatch.setattr(timeline_run, "build", _apart)
    main(["timeline", *places, "--system", "labels", "--show"])
    assert "labels register: event apart: act: first | second" in capsys.readouterr().out


def _apart(given, ids):
    """A ledger in which no article knows of another."""
    parts = [build([one], ids=[name]) for one, name in zip(given, ids, strict=True)]
    return Ledger(
        entries=tuple(
            one.model_copy(update={"id": f"{at}{one.id}"}) for at, p in enumerate(parts) for one in p.entries
        ),
        actors=tuple(one.model_copy(update={"id": f"{at}{one.id}"}) for at, p in enumerate(parts) for one in p.actors),
    )


def test_the_gate_holds_ledgers_too(places, tmp_path, monkeypatch):
    _, before = judged(places, tmp_path, "--system", "labels")
    path = tmp_path / "baseline.json"
    baseline.write(before, path)
    assert regressions(before, baseline.read(path)) == []
    monkeypatch.setattr(timeline_run, "build", _apart)
    _, after = judged(places, tmp_path, "--system", "labels")
    worse = {one.figure for one in regressions(after, baseline.read(path))}
    assert {"ledger.milestones_f1", "ledger.actors_recall"} <= worse


def test_a_whole_run_judges_cases_and_ledgers_and_two_files_are_compared_by_both(tmp_path, monkeypatch, capsys):
    """`python -m evals` without a case named; one case and one set stand in for ours."""
    cases = write_case(tmp_path / "cases")
    monkeypatch.setattr(judging, "CASES", cases)
    monkeypatch.setattr(sets, "LEDGERS", write_set(tmp_path))
    out = str(tmp_path / "whole.json")
    assert main(["--cases", str(cases), "--system", "extractive", "--json", out]) == OK
    run = load(Path(out))
    assert run.systems == ["extractive"]
    assert run.ledger is not None
    assert run.ledger.systems == ["ledger/extractive"]
    assert run.ledger.cases == ["register"]
    assert main(["compare", out, out]) == OK
    assert "ledger/extractive" in capsys.readouterr().out
    named = str(tmp_path / "named.json")
    main(["register", "--cases", str(cases), "--system", "extractive", "--json", named])
    assert json.loads(Path(named).read_text("utf-8"))["ledger"] is None


def test_written_sets_are_matched_to_themselves():
    for one in stress.sets(count=4):
        said = summaries(one)
        sight = look(one, said, build(said, ids=[article.id for article in one.articles]))
        assert len(sight.milestones) == sight.labelled_milestones
        assert len(sight.actors) == sight.labelled_actors
        for (_, article), told in sight.milestones.items():
            assert told.milestone.title == told.label.title, article
            assert [span.quote for span in told.milestone.evidence] == told.label.sentences
