"""What is told of different countries, or under different names, is neither one event nor one thread."""

from __future__ import annotations

import pytest

from tests.timeline.articles import Article, ledger, together


def adoption(name: str, act: str, country: str, date: str, *, rest: str = "", known: bool = True) -> Article:
    """An article on an act of a country that no list has; `known`: whether its summary has the country as an actor."""
    article = Article(name).milestone(
        f"Adoption of the {act}",
        f"The parliament of {country} adopted the {act} on {date}.{rest}",
        date,
        status="adopted",
    )
    return article.actor(country, f"{country} is a country.", kind="country") if known else article


@pytest.mark.parametrize("known", [True, False])
def test_acts_of_one_name_in_two_countries_without_codes_are_two(known: bool):
    one = adoption("a", "Trusted Systems Act", "Kestria", "2025-09-21", known=known)
    two = adoption("b", "Trusted Systems Act", "Valdoria", "2025-09-14", known=known)
    built = ledger(one, two)
    assert len(built.entries) == 2
    assert built.threads == ()
    assert built.conflicts == ()


def test_one_act_of_such_a_country_with_two_days_is_one_with_a_conflict():
    built = ledger(
        adoption("a", "Trusted Systems Act", "Kestria", "2025-09-21"),
        adoption("b", "Trusted Systems Act", "Kestria", "2025-09-14"),
    )
    assert together(built, "a#0", "b#0")
    assert [conflict.kind for conflict in built.conflicts] == ["date"]


def test_two_names_are_two_acts_though_one_article_has_the_words_of_the_others_name():
    rest = " It covers systems that take automated decisions about people."
    built = ledger(
        adoption("a", "Automated Decisions Act", "Kestria", "2025-09-21", rest=rest),
        adoption("b", "Trusted Systems Act", "Kestria", "2025-09-14", rest=rest),
    )
    assert len(built.entries) == 2
    assert built.threads == ()


def test_a_second_name_that_an_article_gives_too_joins_them():
    rest = " The law is also known as the Automated Decisions Act."
    built = ledger(
        adoption("a", "Automated Decisions Act", "Kestria", "2025-09-21"),
        adoption("b", "Fair Algorithms Act", "Kestria", "2025-09-21", rest=rest),
    )
    assert together(built, "a#0", "b#0")


def voted(name: str, act: str) -> Article:
    return Article(name, "2025-09-22").milestone(
        "Parliament adopts new rules for high-risk software",
        f"Parliament adopted the {act}, with new rules for high-risk software.",
        "2025-09-21",
        status="adopted",
        places=("FI",),
    )


def test_names_in_the_sentences_count_where_the_titles_have_none():
    assert len(ledger(voted("a", "Trusted Systems Act"), voted("b", "Fair Algorithms Act")).entries) == 2
    assert len(ledger(voted("a", "Trusted Systems Act"), voted("b", "Trusted Systems Bill")).entries) == 1


def summit(name: str, country: str, town: str, date: str) -> Article:
    return (
        Article(name)
        .milestone(
            "Northern Summit on Artificial Intelligence",
            f"{country} held the Northern Summit on Artificial Intelligence in {town}.",
            date,
            status="held",
            instrument="event",
        )
        .actor(country, f"{country} is a country.", kind="country")
    )


def test_summits_of_one_name_in_two_countries_are_two_and_in_one_country_one():
    here = summit("a", "Kestria", "Velden", "2023-12-14")
    assert len(ledger(here, summit("b", "Ondaria", "Lindmouth", "2023-12-13")).entries) == 2
    assert len(ledger(here, summit("b", "Kestria", "Velden", "2023-12-13")).entries) == 1


def strategy(name: str, country: str, date: str, *, status: str = "published", places: tuple[str, ...] = ()) -> Article:
    """An article whose sentence on the step leaves the country to the rest of it."""
    return (
        Article(name)
        .milestone(
            f"The National Data Strategy is {status}",
            f"The government said that the National Data Strategy was {status}.",
            date,
            status=status,  # type: ignore[arg-type]
            instrument="strategy",
            places=places,
        )
        .actor(country, f"{country} has a new government.", kind="country")
    )


def test_the_strategies_of_several_countries_are_no_thread_and_the_stages_of_one_are():
    apart = ledger(
        strategy("a", "Kestria", "2024-02-24", status="announced"),
        strategy("b", "Ondaria", "2024-08-20"),
        strategy("c", "Finland", "2024-12-03"),
    )
    assert (len(apart.entries), apart.threads) == (3, ())
    along = ledger(strategy("a", "Kestria", "2024-02-24", status="announced"), strategy("b", "Kestria", "2024-08-20"))
    assert [len(thread.entries) for thread in along.threads] == [2]


def test_a_country_that_has_a_code_is_the_same_with_and_without_it():
    built = ledger(
        strategy("a", "Finland", "2024-08-20", places=("FI",)), strategy("b", "The Republic of Finland", "2024-08-20")
    )
    assert together(built, "a#0", "b#0")
    assert (
        len(
            ledger(
                strategy("a", "Finland", "2024-08-20", places=("FI",)), strategy("b", "Kestria", "2024-08-20")
            ).entries
        )
        == 2
    )


def test_a_union_is_told_of_with_its_members():
    def law(name: str, sentence: str, places: tuple[str, ...]) -> Article:
        row = Article(name).milestone(
            "The AI Act enters into force", sentence, "2024-08-01", status="in_force", places=places
        )
        return row.actor("Finland", "Finland welcomed it.", kind="country")

    built = ledger(
        law("a", "The AI Act of the European Union entered into force.", ("EU",)),
        law("b", "In Finland, too, the AI Act has entered into force.", ()),
    )
    assert together(built, "a#0", "b#0")


def test_what_is_done_to_an_act_is_no_part_of_its_name():
    built = ledger(
        adoption("a", "Trusted Systems Act", "Kestria", "2025-09-21"),
        Article("b")
        .milestone(
            "Entry into force of the Trusted Systems Act",
            "The Trusted Systems Act takes effect in Kestria in 2026.",
            "2026",
            status="adopted",
            role="effective",
        )
        .actor("Kestria", "Kestria is a country.", kind="country"),
    )
    assert [thread.title for thread in built.threads] == ["Trusted Systems Act"]


def declaration(name: str, place: str, date: str) -> Article:
    return Article(name).milestone(
        "The Lisbon Declaration on AI is signed",
        "The Lisbon Declaration on AI was signed.",
        date,
        status="signed",
        instrument="declaration",
        places=(place,),
    )


def test_another_country_and_another_day_are_another_event_and_on_one_day_it_may_be_the_same():
    assert len(ledger(declaration("a", "PT", "2025-11-11"), declaration("b", "FR", "2025-11-11")).entries) == 1
    assert len(ledger(declaration("a", "PT", "2025-11-11"), declaration("b", "FR", "2025-11-13")).entries) == 2
    assert len(ledger(declaration("a", "PT", "2025-11-11"), declaration("b", "PT", "2025-11-13")).entries) == 1


def stage(name: str, title: str, sentence: str, date: str, status: str) -> Article:
    return Article(name).milestone(title, sentence, date, status=status, places=("FI",))  # type: ignore[arg-type]


@pytest.mark.parametrize(("act", "stages"), [("Fair Algorithms Act", 2), ("Trusted Systems Act", 3)])
def test_names_in_the_sentences_keep_two_acts_of_one_subject_from_being_one_thread(act: str, stages: int):
    built = ledger(
        stage(
            "a", "New rules for hospital software are proposed", "The rules were proposed.", "2024-02-01", "proposed"
        ),
        stage(
            "b",
            "New rules for hospital software are adopted",
            "The Trusted Systems Act was adopted.",
            "2025-03-01",
            "adopted",
        ),
        stage("c", "New rules for hospital software take effect", f"The {act} is in force.", "2026-01-01", "in_force"),
    )
    assert [len(thread.entries) for thread in built.threads] == [stages]
