"""One step that articles date differently is one event with a conflict; what only looks alike stays apart."""

from __future__ import annotations

import gc

import pytest

from summariser.schema import DateRole
from summariser.timeline import lists
from tests.timeline.articles import Article, groups, ledger, together


def told(name: str, title: str, said: str, date: str | None, status="passed_chamber", published="2026-07-20", **more):
    return Article(name, published).milestone(title, said, date, status=status, places=("CA",), **more)


def passed(name: str, date: str, number: str = "878", chamber: str = "House of Commons") -> Article:
    return told(name, f"{chamber} approves Bill {number}", f"The {chamber} voted for Bill {number} on limits.", date)


def kinds(built) -> list[str]:
    return [conflict.kind for conflict in built.conflicts]


@pytest.mark.parametrize(
    ("other", "one_event"),
    [
        (passed("b", "2026-03-18"), True),
        (passed("b", "2026-04-08"), True),
        (passed("b", "2026-04"), True),
        (passed("b", "2026-05-09"), False),  # two months on it is another vote
        (passed("b", "2026-03-18", number="879"), False),
        (passed("b", "2026-03-18", chamber="Senate"), False),
    ],
)
def test_a_chamber_passes_a_numbered_bill_once_whatever_the_day(other: Article, one_event: bool):
    built = ledger(passed("a", "2026-03-09"), other)
    assert together(built, "a#0", "b#0") is one_event
    assert kinds(built) == (["date"] if one_event else [])


def test_what_is_adopted_and_signed_weeks_later_are_two_steps():
    adopted = told("a", "Council adopts Bill 878", "The council adopted Bill 878.", "2026-05-21", "adopted")
    signed = told("b", "Bill 878 is signed", "The president signed Bill 878.", "2026-06-13", "signed")
    again = told("b", "Bill 878 is adopted", "The council adopted Bill 878.", "2026-06-13", "adopted")
    assert len(ledger(adopted, signed).entries) == 2
    assert kinds(ledger(adopted, again)) == ["date"]


def effect(name: str, title: str, said: str, date: str | None, status="in_force") -> Article:
    return told(name, title, said, date, status, role="effective" if date else None)


ACT = "Biometric Identification Limits Act"


def test_an_act_comes_into_force_as_a_whole_once_and_in_parts_more_often():
    whole = effect("a", f"{ACT} takes effect", f"The {ACT} takes effect on 12 August 2026.", "2026-08-12")
    other = effect("b", f"{ACT} enters into force", f"The {ACT} enters into force on 21 August 2026.", "2026-08-21")
    bans = effect("a", f"Camera rules of the {ACT} apply", f"The camera rules of the {ACT} apply now.", "2026-08-12")
    reports = effect(
        "b", f"Police reporting under the {ACT}", f"Police reporting under the {ACT} starts.", "2026-08-21"
    )
    assert kinds(ledger(whole, other)) == ["date"]
    assert len(ledger(bans, reports).entries) == 2
    assert kinds(ledger(bans, reports)) == []


def test_a_long_name_in_common_makes_no_part_of_an_act_another():
    name = "Automated Biometric Identification Appeals and Transparency Act"
    cameras = effect("a", f"{name}: cameras", f"The {name} covers cameras.", "2026-08-12")
    drones = effect("b", f"{name}: drones", f"The {name} covers drones.", "2026-08-21")
    assert kinds(ledger(cameras, effect("b", f"{name}: cameras", f"The {name} did so.", "2026-08-21"))) == ["date"]
    assert kinds(ledger(cameras, drones)) == []


def test_an_act_is_known_by_the_words_of_its_name():
    named = effect("a", f"{ACT} takes effect", f"The {ACT} takes effect on 12 August 2026.", "2026-08-12")
    title = "Law on limits on biometric identification applies"
    spoken = effect("b", title, "The law on limits on biometric identification applies.", "2026-08-21")
    strange = effect("b", "Law on limits on drones applies", "The law on limits on drones applies.", "2026-08-21")
    assert kinds(ledger(named, spoken)) == ["date"]
    assert len(ledger(named, strange).entries) == 2


def test_a_third_report_brings_two_together_that_are_not_identified_by_themselves():
    numbered = effect(
        "a",
        "Bill 352 enters into force",
        "Bill 352 on biometric identification will apply on 14 August 2026.",
        "2026-08-14",
    )
    title = "Law on biometric identification applies"
    spoken = effect("b", title, "The law on biometric identification applies in July 2026.", "2026-07")
    both = effect("c", title, "Bill 352 on biometric identification enters into force on 15 July 2026.", "2026-07-15")
    assert len(ledger(numbered, spoken).entries) == 2
    assert together(ledger(numbered, spoken, both), "a#0", "b#0", "c#0")


@pytest.mark.parametrize(
    ("tally", "one_event"), [("19 votes, with 10 against", True), ("22 votes, with 7 against", False)]
)
def test_a_tally_in_common_says_more_than_words(tally: str, one_event: bool):
    one = told("a", "Senate passes the Companion Chatbot Act", "It passed the Senate, 19 to 10.", "2026-03-03")
    other = told("b", "Senate approval of HB 4187", f"It won the Senate's approval by {tally}.", "2026-03")
    assert together(ledger(one, other), "a#0", "b#0") is one_event


@pytest.mark.parametrize("upper", ["House of Lords", "House of Councillors"])
def test_an_upper_house_is_no_lower_house(upper: str):
    assert groups(ledger(passed("a", "2026-03-09"), passed("b", "2026-03-09", chamber=upper))) == {
        frozenset({"a#0"}),
        frozenset({"b#0"}),
    }


@pytest.mark.parametrize(
    ("one", "other", "conflict"),
    [
        ("14 developers asked", "more than a dozen developers asked", False),
        ("14 developers asked", "a dozen developers asked", True),
        ("11 developers asked", "at least a dozen developers asked", True),
        ("co-sponsored by 123 countries", "with 193 co-sponsors", True),
        ("co-sponsored by 123 countries", "with 123 co-sponsors", False),
        ("criticised by 123 countries", "with 193 co-sponsors", False),
    ],
)
def test_bounds_and_those_who_did_something(one: str, other: str, conflict: bool):
    said = "The House of Commons voted for Bill 878 on 9 March 2026"
    first, second = (
        told(name, "House of Commons approves Bill 878", f"{said}, {words}.", "2026-03-09")
        for name, words in (("a", one), ("b", other))
    )
    assert kinds(ledger(first, second)) == (["count"] if conflict else [])


def test_a_date_beside_a_count_hides_no_conflict_and_makes_none():
    said = "The House of Commons voted for Bill 878 on {} with {} in favour."
    one = told("a", "House of Commons approves Bill 878", said.format("9 March 2026", "169 votes"), "2026-03-09")
    other = told("b", "House of Commons approves Bill 878", said.format("March 9, 2026", "141 votes"), "2026-03-09")
    same = told("b", "House of Commons approves Bill 878", said.format("March 9, 2026", "169 votes"), "2026-03-09")
    assert kinds(ledger(one, other)) == ["count"]
    assert kinds(ledger(one, same)) == []


def test_a_negation_in_french_denies():
    done = effect("a", "Loi sur les algorithmes en vigueur", "La loi est en vigueur.", "2026-05-01")
    late = Article("b", "2026-05-06", language="fr").milestone(
        "La loi sur les algorithmes n'est pas en vigueur",
        "La loi sur les algorithmes n'est pas en vigueur.",
        status="adopted",
        places=("CA",),
    )
    done.language, done.published = "fr", "2026-05-04"
    assert kinds(ledger(done, late)) == ["status"]


def test_a_third_report_brings_two_outcomes_together_that_have_few_words_in_common():
    def order(name: str, title: str, said: str, date: str | None, status: str) -> Article:
        return told(name, title, said, date, status, "2026-06-06", instrument="executive_order")

    court = order(
        "a",
        "Injunction against section 4 of Executive Order 14991",
        "A court enjoined section 4 of Executive Order 14991, on human review.",
        "2026-06-05",
        "suspended",
    )
    judge = order(
        "b",
        "Judge suspends section on human review of the order",
        "A judge suspended the section on human review of the order.",
        "2026-06-05",
        "suspended",
    )
    agency = order(
        "c",
        "Section 4 of Executive Order 14991 remains in effect",
        "Section 4 of Executive Order 14991, on human review, remains in effect.",
        None,
        "in_force",
    )
    assert len(ledger(judge, agency).entries) == 2
    built = ledger(court, judge, agency)
    assert together(built, "a#0", "b#0", "c#0")
    assert kinds(built) == ["status"]


def test_a_plan_that_was_not_kept_is_no_contradiction():
    def report(name: str, published: str, words: str, date: str | None, status: str) -> Article:
        article = effect(name, f"Sandbox Act {words}", f"The Sandbox Act {words}.", date, status)
        article.published = published
        return article

    plan = report("a", "2026-03-13", "will enter into force", "2026-05-01", "planned")
    done = report("b", "2026-05-04", "is in force", "2026-05-01", "in_force")
    denied = report("c", "2026-05-06", "is not in force", None, "adopted")
    assert kinds(ledger(plan, denied)) == []
    (conflict,) = ledger(plan, done, denied).conflicts
    assert [side.source for side in conflict.sides] == ["b", "c"]


def test_a_stage_told_on_two_days_stands_by_its_days_and_not_by_the_first_of_the_month():
    built = ledger(
        Article("a", "2026-03-25")
        .milestone("Senate passes Bill 878", "The Senate passed Bill 878.", "2026-03-03", status="passed_chamber")
        .milestone("Governor signs Bill 878", "Bill 878 was signed on 24 March.", "2026-03-24", status="signed"),
        Article("b", "2026-03-27").milestone(
            "Governor signs Bill 878", "Bill 878 was signed on 26 March.", "2026-03-26", status="signed"
        ),
    )
    (thread,) = built.threads
    assert [built.entry(entry).title for entry in thread.entries] == [
        "Senate passes Bill 878",
        "Governor signs Bill 878",
    ]


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ("the deadline was pushed back", True),
        ("pushed back", True),
        ("he pushed the bill back", False),
        ("an unpostponed vote", False),
        ("", False),
    ],
)
def test_phrases_are_found_as_whole_words(keys: str, found: bool):
    assert lists.says("moved", keys) is found


@pytest.mark.parametrize("on", [True, False])
def test_the_collector_is_left_as_it_was_when_a_ledger_fails_too(on: bool, monkeypatch):
    def broken(*_):
        assert not gc.isenabled()
        raise RuntimeError

    monkeypatch.setattr("summariser.timeline.building.seen_in", broken)
    before = gc.isenabled()
    try:
        (gc.enable if on else gc.disable)()
        with pytest.raises(RuntimeError):
            ledger(passed("a", "2026-03-09"))
        assert gc.isenabled() is on
    finally:
        (gc.enable if before else gc.disable)()


@pytest.mark.parametrize("own", [True, False])
def test_a_figure_is_that_of_the_milestone_whose_only_sentence_it_stands_in(own: bool):
    one = passed("a", "2026-03-09").milestone(
        "Committee moves Bill 878 to the floor", "The motion carried with 3 votes.", "2026-03-25", status="proposed"
    )
    two = Article("b", "2026-07-20")
    if own:
        two.milestone(
            "House passes Bill 878", "The House passed it with 41 votes.", "2026-03-09", status="passed_chamber"
        )
    else:
        two.sentences.append("The House passed it with 41 votes.")
    two.milestone(
        "Committee moves Bill 878 to the floor", "It went on from the floor.", "2026-03-25", status="proposed", cites=1
    )
    assert kinds(ledger(one, two)) == ([] if own else ["count"])


def test_what_the_caller_has_frozen_stays_frozen():
    assert gc.get_freeze_count() == 0
    ledger(passed("a", "2026-03-09"))
    assert gc.get_freeze_count() == 0
    gc.freeze()
    try:
        ledger(passed("a", "2026-03-09"))
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()


def fine(name: str, title: str, status: str, *, instrument: str = "enforcement", date: str = "2026-10-13") -> Article:
    return Article(name, "2026-10-13").milestone(
        title,
        f"{title}, on 13 October 2026, for grading patients.",
        date,
        status=status,  # type: ignore[arg-type]
        instrument=instrument,  # type: ignore[arg-type]
        places=("DK",),
    )


def test_a_fine_that_is_announced_is_imposed_and_a_strategy_that_is_announced_is_not_adopted():
    title = "Authority imposes a fine of DKK 46 million on Nordpuls"
    imposed = fine("b", "Danish authority fines Nordpuls 46 million kroner", "adopted")
    built = ledger(fine("a", title, "announced"), imposed)
    assert together(built, "a#0", "b#0")
    assert built.conflicts == ()
    assert len(ledger(fine("a", title, "planned", date="2026-12-01"), imposed).entries) == 2
    rows = [
        fine(name, f"Denmark {word} its plan for hospital software", status, instrument="strategy")
        for name, word, status in (("a", "announces", "announced"), ("b", "adopts", "adopted"))
    ]
    assert [conflict.kind for conflict in ledger(*rows).conflicts] == ["status"]


def test_one_day_makes_up_for_words_that_a_translation_lost_and_a_month_does_not():
    def approval(name: str, language: str, title: str, sentence: str, date: str, status: str) -> Article:
        return Article(name, "2024-05-22", language=language).milestone(
            title,
            sentence,
            date,
            status=status,
            instrument="regulation",
            places=("EU",),  # type: ignore[arg-type]
        )

    def pair(date: str, status: str) -> tuple[Article, Article]:
        title, act = (
            "Council gives its final approval to the Artificial Intelligence Act",
            "Artificial Intelligence Act",
        )
        return (
            approval("a", "en", title, f"The Council gave its final approval to the {act}.", date, "adopted"),
            approval("b", "fr", "Feu vert définitif des ministres des Vingt-Sept au règlement IA",
                     "Les ministres ont donné leur feu vert définitif.", date, status),
        )  # fmt: skip

    assert together(ledger(*pair("2024-05-21", "unknown")), "a#0", "b#0")
    assert len(ledger(*pair("2024-05", "adopted")).entries) == 2


def register(name: str, title: str, date: str | None, published: str, role: DateRole | None = None) -> Article:
    row = Article(name, published)
    return row.milestone(title, f"{title}.", date, status="planned", role=role, instrument="regulation", places=("GB",))


def test_a_deadline_without_a_date_is_the_one_that_another_article_dates_unless_it_was_moved():
    dated = register("a", "Developers to register models already on the market", "2026-10-01", "2026-03-09", "deadline")
    blind = register("b", "Deadline to register models already on the market", None, "2026-03-11")
    assert together(ledger(dated, blind), "a#0", "b#0")
    moved = register("b", "New deadline to register models already on the market", None, "2026-08-20")
    assert len(ledger(dated, moved).entries) == 2
    plan = register("b", "Plan to register models already on the market", None, "2026-03-11")
    assert len(ledger(dated, plan).entries) == 2
