"""The ledger in the forms of other programs: tables that run nothing, trackers' terms, calendars, JSON."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json

import pytest
from icalendar import Calendar

from summariser.schema import STATUSES, PartialDate
from summariser.timeline.differences import changes
from summariser.timeline.exports.agora import RANKS as AGORA_RANKS
from summariser.timeline.exports.agora import agora
from summariser.timeline.exports.calendar import calendar
from summariser.timeline.exports.initiatives import vocabularies
from summariser.timeline.exports.oecd import RANKS as OECD_RANKS
from summariser.timeline.exports.oecd import oecd
from summariser.timeline.exports.plain_json import plain_json
from summariser.timeline.exports.selecting import Filters, View, compared, filtered, select
from summariser.timeline.exports.sheets import cell, sheet
from summariser.timeline.exports.table import table
from summariser.timeline.model import Conflict, ConflictSide, Entry, Ledger, Thread
from tests.timeline.ledgers import attacked, entry, many, mention, norland, source

NOW = dt.datetime(2026, 1, 2, 3, 4, tzinfo=dt.UTC)


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def stages(*steps: tuple[str, str | None], instrument: str = "law", **facts: object) -> Ledger:
    """A thread of these statuses and dates."""
    entries = tuple(
        entry(
            f"e{n}",
            mention("a", n, "A sentence.", f"Step {n}", status=status, date=PartialDate(date) if date else None,
                    instrument=instrument, **facts),
            thread="t",
        )
        for n, (status, date) in enumerate(steps)
    )  # fmt: skip
    thread = Thread(
        id="t",
        title="The Act",
        instrument=instrument,  # type: ignore[arg-type]
        jurisdictions=("US-CA",),
        entries=tuple(stage.id for stage in entries),
    )
    return Ledger(sources=(source("a"),), entries=entries, threads=(thread,))


@pytest.mark.parametrize("trigger", "=+-@＝＋－＠−")
@pytest.mark.parametrize("before", ["", " ", "\t", "\r", "\n", '"', "'", "\ufeff", "\u00a0", "\x00", " \t\r\n"])
def test_no_cell_begins_like_a_formula(trigger: str, before: str) -> None:
    told = cell(f"{before}{trigger}HYPERLINK(1)")

    assert told.startswith("'")
    assert f"{trigger}HYPERLINK(1)" in told


@pytest.mark.parametrize("separator", [";", ",", "|", '"', '";"', "\t", "; "])
def test_nothing_inside_a_cell_is_a_formula_where_another_separator_splits_it(separator: str) -> None:
    row = sheet(["a"], [[f"text{separator}=cmd|' /C calc'!A0"]])

    for other in ";\t|,":
        for piece in row.splitlines()[1].split(other):
            assert not piece.strip(' "').startswith("=")


@pytest.mark.parametrize("text", ["plain", "a, b; c", "2024-03", "e-mail", "it's 5 - 3", "¿Qué? «Sí»", "50 % – 60 %"])
def test_ordinary_text_is_left_as_it_is(text: str) -> None:
    assert cell(text) == text


def test_a_table_survives_commas_quotes_and_line_breaks() -> None:
    hostile = 'a "quoted", text\r\nwith a second line\x1b[31m'

    assert read(sheet(["x", "y"], [[hostile, "z"]])) == [{"x": 'a "quoted", text with a second line[31m', "y": "z"}]


def test_the_table_has_a_row_an_entry_with_sources_sentences_and_conflicts() -> None:
    rows = {row["id"]: row for row in read(table(View(norland())))}

    adopted = rows["e2"]
    assert list(rows) == ["e1", "e2", "e3", "e4", "e5"]
    assert (adopted["date"], adopted["date_precision"], adopted["stage"]) == ("2024-03", "month", "2 of 4")
    assert adopted["thread_title"] == "Norland AI Act"
    assert (adopted["source_count"], adopted["binding"]) == ("3", "yes")
    assert "[wire 2] The council adopted the act on 13 March 2024 with 37 votes." in adopted["sentences"]
    assert "2024-03-13 says wire, 2024-03-14; 2024-03-14 says paper" in adopted["conflicts"]
    assert "count (votes): 37 says wire" in adopted["conflicts"]
    assert rows["e5"]["date"] == rows["e5"]["stage"] == ""


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", '","=1+1', "x\r\n=1+1", ";=1+1"])
def test_no_export_lets_a_title_become_a_formula(text: str) -> None:
    ledger = attacked(text)
    act = ledger.threads[0].model_copy(update={"instrument": "law"})
    view = View(ledger.model_copy(update={"threads": (act,)}))

    for made in (table(view), oecd(view), agora(view)[0]):
        rows = read(made)
        assert rows
        for row in rows:
            assert not any(value.startswith(("=", "@", ";=", '","=')) for value in row.values())


@pytest.mark.parametrize(
    ("steps", "activity", "recent", "proposed"),
    [
        ([("proposed", "2023"), ("adopted", "2024-03-13"), ("in_force", "2024-08")], "Enacted", "2024-08", "2023"),
        ([("announced", "2023"), ("passed_chamber", "2023-05-02")], "Proposed", "2023-05-02", "2023"),
        ([("proposed", "2023-04"), ("withdrawn", "2024-01")], "Defunct", "2024-01", "2023-04"),
        ([("adopted", "2020"), ("repealed", "2025-01-20")], "Defunct", "2025-01-20", ""),
        ([("adopted", "2020"), ("proposed", "2024-02")], "Enacted", "2020", "2024-02"),
        ([("rejected", "2020"), ("proposed", "2021"), ("adopted", "2022")], "Enacted", "2022", "2021"),
        ([("planned", "2026"), ("called_for", "2024")], "", "", ""),
        ([("proposed", None), ("adopted", None)], "Enacted", "", ""),
    ],
)  # fmt: skip
def test_agora_activity(steps: list[tuple[str, str | None]], activity: str, recent: str, proposed: str) -> None:
    (row,), left_out = read(agora(View(stages(*steps)))[0]), agora(View(stages(*steps)))[1]

    assert row["Official name"] == "The Act"
    assert row["Most recent activity"] == activity
    assert row["Most recent activity date"] == recent
    assert row["Proposed date"] == proposed
    assert row["Jurisdiction"] == "California (US)"
    assert left_out == 0


def test_a_deadline_or_a_day_of_effect_is_no_activity() -> None:
    view = View(norland())

    (row,), left_out = read(agora(view)[0]), agora(view)[1]

    assert (row["Most recent activity"], row["Most recent activity date"]) == ("Enacted", "2024-03")
    assert row["Authority"] == "Council of Norland"
    assert row["Article links"] == "https://news.example/norland-act | https://paper.example/a?b=1#top"
    assert left_out == 1, "the summit is no document"


def test_the_day_an_adopted_act_takes_effect_is_not_the_day_of_its_adoption() -> None:
    ledger = stages(("proposed", "2023"), ("adopted", "2026-08-02"), date_role="effective")

    (row,) = read(agora(View(ledger))[0])

    assert (row["Most recent activity"], row["Most recent activity date"]) == ("Enacted", "")


def test_oecd_rows() -> None:
    act, summit = read(oecd(View(norland())))

    assert (act["English name"], act["Country"], act["Jurisdiction codes"]) == ("Norland AI Act", "Norway", "NO")
    assert (act["Status"], act["Start year"], act["Binding"]) == ("Active", "2024", "Binding")
    assert act["Category"] == "Regulations, guidelines and standards"
    assert summit["Country"] == "European Union | Norway"
    assert (summit["Start year"], summit["Binding"]) == ("", "")


@pytest.mark.parametrize(
    ("steps", "instrument", "facts", "expected"),
    [
        ([("proposed", "2023"), ("withdrawn", "2024")], "law", {}, ("Inactive", "2023", "")),
        ([("proposed", "2023"), ("proposed", "2024")], "law", {"binding": True}, ("Proposed", "2023", "Binding")),
        ([("adopted", "2022-Q3"), ("in_force", "2023")], "law", {}, ("Active", "2022", "")),
        ([("published", "2024-05")], "guidance", {"binding": False}, ("Active", "2024", "Non-binding")),
        ([("planned", "2027")], "strategy", {}, ("", "", "")),
    ],
)
def test_oecd_status_start_and_force(
    steps: list[tuple[str, str | None]], instrument: str, facts: dict[str, object], expected: tuple[str, ...]
) -> None:
    ledger = stages(*steps, ("unknown", None), instrument=instrument, **facts)

    (row,) = read(oecd(View(ledger)))

    assert (row["Status"], row["Start year"], row["Binding"]) == expected


def test_what_only_intergovernmental_bodies_do_has_its_own_category() -> None:
    alone = entry("e", mention("a", 0, "S.", "T", jurisdictions=("EU", "UN"), instrument="resolution"))

    (row,) = read(oecd(View(Ledger(sources=(source("a"),), entries=(alone,)))))

    assert row["Category"] == "AI Policy Frameworks and Initiatives (intergovernmental or supranational)"


def test_the_vocabularies_name_only_terms_that_the_trackers_have() -> None:
    terms = vocabularies()

    assert set(terms.agora.activity.values()) == set(AGORA_RANKS)
    assert set(terms.oecd.status.values()) == set(OECD_RANKS)
    # `held` is no activity on a document, so that AGORA has none for it.
    assert set(STATUSES) - set(terms.oecd.status) == {"called_for", "planned", "unknown"}
    assert set(terms.oecd.status) - set(terms.agora.activity) == {"held"}


def events(ledger: Ledger) -> dict[str, dict[str, object]]:
    text, _ = calendar(View(ledger), now=NOW)
    found = Calendar.from_ical(text)
    return {str(event["uid"]): dict(event) for event in found.walk("VEVENT")}


def test_the_calendar_has_deadlines_and_entries_into_force_and_nothing_else() -> None:
    found = events(norland())

    assert set(found) == {"e3@ledger.summariser", "e4@ledger.summariser"}
    deadline = found["e4@ledger.summariser"]
    assert deadline["DTSTART"].dt == dt.date(2026, 6, 30)  # type: ignore[attr-defined]
    assert deadline["DTEND"].dt == dt.date(2026, 7, 1)  # type: ignore[attr-defined]
    assert str(deadline["SUMMARY"]) == "deadline: Registration of high-risk systems"
    assert "“Providers must register by 30 June 2026.”" in str(deadline["DESCRIPTION"])
    assert str(deadline["URL"]) == "https://paper.example/a?b=1#top"


def test_a_date_without_a_day_spans_its_time_and_says_so() -> None:
    quarter = events(norland())["e3@ledger.summariser"]

    assert quarter["DTSTART"].dt == dt.date(2025, 7, 1)  # type: ignore[attr-defined]
    assert quarter["DTEND"].dt == dt.date(2025, 10, 1)  # type: ignore[attr-defined]
    assert str(quarter["SUMMARY"]) == "takes effect: The act takes effect (some time in Q3 2025)"
    assert str(quarter["DESCRIPTION"]).startswith("The articles give no day, only: Q3 2025.")
    assert str(quarter["TRANSP"]) == "TRANSPARENT"


def disputed(*days: str, role: str = "deadline") -> Ledger:
    """A deadline that as many articles give as many days for."""
    told = [mention(f"a{n}", 0, f"By {day}.", "Report due", date=PartialDate(day), date_role=role)
            for n, day in enumerate(days)]  # fmt: skip
    sides = tuple(
        ConflictSide(value=day, quote=one.milestone.evidence[0], source=one.source)
        for day, one in zip(days, told, strict=True)
    )
    left = entry("e", *told, date=PartialDate(days[0][:7]), date_basis="resolved", conflicts=("c",))
    return Ledger(
        sources=tuple(source(one.source) for one in told),
        entries=(left,),
        conflicts=(Conflict(id="c", kind="date", entry="e", about=role, sides=sides),),
    )


def test_a_day_that_articles_disagree_about_is_told_as_such_and_spans_no_more_than_their_days() -> None:
    (event,) = events(disputed("2024-08-01", "2024-08-02")).values()

    assert event["DTSTART"].dt == dt.date(2024, 8, 1)  # type: ignore[attr-defined]
    assert event["DTEND"].dt == dt.date(2024, 8, 3)  # type: ignore[attr-defined]
    assert str(event["SUMMARY"]) == "deadline: Report due (articles disagree: 1 August 2024 / 2 August 2024)"
    told = str(event["DESCRIPTION"])
    assert told.startswith("The articles disagree about the date: 1 August 2024; 2 August 2024.")
    assert "no day" not in told


def test_the_table_calls_a_date_disputed_that_is_what_articles_leave_of_theirs() -> None:
    (row,) = read(table(View(disputed("2024-08-01", "2024-08-02"))))
    alone = disputed("2024-08-01", "2024-08-02").entries[0].model_copy(update={"conflicts": ()})
    (other,) = read(table(View(Ledger(sources=(source("a0"), source("a1")), entries=(alone,)))))

    assert (row["date"], row["date_basis"]) == ("2024-08", "disputed")
    assert other["date_basis"] == "resolved"


def test_what_is_gone_has_rows_in_the_table() -> None:
    old = norland()
    new = select(old, lambda item: item.id not in ("e2", "e5"))

    rows = read(table(compared(old, new, new, Filters(), "then")))

    gone = {row["id"]: row for row in rows if row["change"] == "gone"}
    assert set(gone) == {"e2", "e5"}
    assert (gone["e2"]["title"], gone["e2"]["date"], gone["e2"]["sources"]) == (
        "Norland adopts its AI act", "2024-03", "wire | paper | loi",
    )  # fmt: skip
    assert gone["e2"]["sentences"] == ""
    assert all(row["change"] != "gone" for row in read(table(View(new))))


@pytest.mark.parametrize(
    ("title", "sentence", "instrument", "name"),
    [
        ("Adoption of the Trusted Systems Act", "It was adopted.", "law", "Trusted Systems Act"),
        ("New rules adopted", "Parliament adopted the Trusted Systems Act.", "law", "Trusted Systems Act"),
        ("New rules adopted", "The Data Act amends the Trusted Systems Act.", "law", "New rules adopted"),
        ("New rules adopted", "The National Data Strategy had announced them.", "law", "New rules adopted"),
        ("A plan of the Data Systems Agency", "Firms must register.", "strategy", "A plan of the Data Systems Agency"),
        ("The National Data Strategy is out", "It is out.", "strategy", "National Data Strategy"),
    ],
)  # fmt: skip
def test_the_trackers_name_an_instrument_by_its_own_name(title: str, sentence: str, instrument: str, name: str) -> None:
    told = entry("e", mention("a", 0, sentence, title, status="adopted", instrument=instrument))
    view = View(Ledger(sources=(source("a", language="en"),), entries=(told,)))

    assert [row["Official name"] for row in read(agora(view)[0])] == [name]
    assert [row["English name"] for row in read(oecd(view))] == [name]


def test_an_undated_deadline_is_counted_not_dropped_in_silence() -> None:
    undated = entry("e", mention("a", 0, "S.", "Report due", date_role="deadline"), date_role=None)
    ledger = Ledger(sources=(source("a"),), entries=(undated,))

    assert calendar(View(ledger), now=NOW)[1] == 1
    assert events(ledger) == {}


def test_a_hostile_title_stays_in_its_event() -> None:
    hostile = "Due\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:planted; a,b\\n\x1b[0m"
    ledger = Ledger(
        sources=(source("a", title=hostile, url="javascript:alert(1)"),),
        entries=(entry("e", mention("a", 0, hostile, hostile, date=PartialDate("2026-01-31"), date_role="deadline")),),
    )

    (event,) = events(ledger).values()

    assert str(event["SUMMARY"]) == "deadline: Due END:VEVENT BEGIN:VEVENT SUMMARY:planted; a,b\\n[0m"
    assert "URL" not in event


def test_lines_of_the_calendar_are_folded_and_end_as_the_standard_says() -> None:
    text, _ = calendar(View(norland()), now=NOW)

    lines = text.split("\r\n")
    assert max(len(line.encode()) for line in lines) <= 75
    assert "\n" not in "".join(lines)
    assert "DTSTAMP:20260102T030400Z" in lines


def test_json_is_the_ledger_again() -> None:
    assert Ledger.model_validate_json(plain_json(View(norland()))) == norland()


def test_json_of_a_comparison_has_the_changes_beside_the_ledger() -> None:
    old = select(norland(), lambda item: item.id != "e4")
    view = compared(old, norland(), norland(), Filters(), "2024-03-15")

    found = json.loads(plain_json(view))

    assert found["since"] == "2024-03-15"
    assert found["changes"]["new"] == ["e4"]
    assert {item["id"] for item in found["ledger"]["entries"]} == {"e1", "e2", "e3", "e4"}, "the thread has one more"
    assert Ledger.model_validate(found["ledger"]).entry("e4") == norland().entry("e4")


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        (Filters(), "e1 e2 e3 e4 e5"),
        (Filters(jurisdictions=("EU",)), "e5"),
        (Filters(statuses=("planned", "held")), "e3 e4 e5"),
        (Filters(statuses=("planned",), jurisdictions=("EU",)), ""),
        (Filters(instruments=("event",)), "e5"),
        (Filters(actors=("mayor BRANDT",)), "e1 e2"),
        (Filters(actors=("elysee",)), "e1 e2"),
        (Filters(actors=("nobody",)), ""),
        (Filters(conflicts=True), "e2"),
        (Filters(first=dt.date(2024, 3, 31)), "e2 e3 e4"),
        (Filters(first=dt.date(2024, 4, 1), last=dt.date(2025, 7, 1)), "e3"),
    ],
)
def test_filters(filters: Filters, left: str) -> None:
    view = filtered(norland(), filters)

    assert " ".join(item.id for item in view.ledger.entries) == left


def test_a_country_stands_for_its_parts_but_not_for_what_begins_alike() -> None:
    entries = tuple(
        entry(code, mention("a", n, "S.", "T", jurisdictions=(code,))) for n, code in enumerate(("US", "US-CA", "USX"))
    )
    ledger = Ledger(sources=(source("a"),), entries=entries)

    assert [item.id for item in filtered(ledger, Filters(jurisdictions=("US",))).ledger.entries] == ["US", "US-CA"]
    assert [item.id for item in filtered(ledger, Filters(jurisdictions=("US-CA",))).ledger.entries] == ["US-CA"]


def test_the_key_of_filters_does_not_depend_on_their_order() -> None:
    assert Filters().key == ""
    assert Filters(statuses=("a", "b")).key == Filters(statuses=("b", "a")).key != Filters(statuses=("a",)).key
    assert Filters(first=dt.date(2024, 1, 1)).key != Filters(last=dt.date(2024, 1, 1)).key


def whole(ledger: Ledger) -> None:
    """Every id leads to something."""
    for item in ledger.entries:
        if item.thread:
            assert item.id in ledger.thread(item.thread).entries
        for told in item.mentions:
            ledger.source(told.source)
        for actor in item.actors:
            assert ledger.actor(actor).mentions
        for conflict in item.conflicts:
            assert ledger.conflict(conflict).entry == item.id
    for thread in ledger.threads:
        for stage in thread.entries:
            ledger.entry(stage)
    for conflict in ledger.conflicts:
        ledger.entry(conflict.entry)
    for actor in ledger.actors:
        for said in actor.mentions:
            ledger.source(said.source)


@pytest.mark.parametrize("keep", [["e2"], ["e1", "e5"], ["e2", "e3"], []])
def test_a_selection_is_a_ledger_of_its_own(keep: list[str]) -> None:
    def kept(item: Entry) -> bool:
        return item.id in keep

    chosen = select(norland(), kept)

    assert [item.id for item in chosen.entries] == keep
    assert len(chosen.threads) == (keep == ["e2", "e3"])
    whole(chosen)


def test_a_stage_that_is_shown_alone_still_knows_its_thread() -> None:
    view = filtered(norland(), Filters(conflicts=True))

    assert [thread.id for thread in view.threads()] == ["t1"]
    (row,) = read(table(view))
    assert row["stage"] == "2 of 4"
    assert read(agora(view)[0])[0]["Proposed date"] == "2023-04"


def test_a_comparison_tells_new_from_changed_and_gone() -> None:
    old = select(norland(), lambda item: item.id in ("e1", "e2", "e5"))
    new = select(norland(), lambda item: item.id != "e5")
    view = compared(old, new, new, Filters(), "then")

    assert {item.id: view.change(item) for item in view.ledger.entries} == {
        "e1": "changed",
        "e2": "changed",
        "e3": "new",
        "e4": "new",
    }
    assert [item.id for item in view.gone] == ["e5"]
    assert changes(new, new).new == compared(new, new, new, Filters(), "then").ledger.entries == ()


def test_exports_of_a_thousand_entries_have_them_all() -> None:
    ledger = many(1000)
    whole(ledger)

    assert len(read(table(View(ledger)))) == 1000
    in_threads = sum(len(thread.entries) for thread in ledger.threads)
    assert len(read(oecd(View(ledger)))) == len(ledger.threads) + 1000 - in_threads
