"""What cannot all be so is shown with both sentences; what is compatible, or progress, is no conflict."""

from __future__ import annotations

import pytest

from tests.timeline.articles import Article, ledger


def adopted(name: str, date: str | None, said: str, published: str = "2024-03-20", **more) -> Article:
    return Article(name, published).milestone(
        "UN General Assembly adopts first resolution on artificial intelligence",
        f"The UN General Assembly adopted its first resolution on artificial intelligence {said}.",
        date,
        **{"status": "adopted", "instrument": "resolution", "places": ("UN",), **more},
    )


def sides(built, kind: str) -> list[tuple[str, str, str]]:
    return [(side.value, side.source, side.quote.quote) for c in built.conflicts if c.kind == kind for side in c.sides]


def test_two_days_for_one_adoption_are_one_entry_with_both_sentences():
    built = ledger(
        adopted("a", "2024-03-13", "on 13 March 2024", "2024-03-14", date_text="13 March 2024"),
        adopted("b", "2024-03-14", "on 14 March 2024", "2024-03-15", date_text="14 March 2024"),
        adopted("c", "2024-03", "in March 2024", "2024-04-15"),
    )
    (entry,) = built.entries
    assert entry.date == "2024-03"
    assert entry.date_text is None
    assert [(value, source) for value, source, _ in sides(built, "date")] == [("2024-03-13", "a"), ("2024-03-14", "b")]
    (conflict,) = built.conflicts
    assert entry.conflicts == (conflict.id,)
    assert [str(side.published) for side in conflict.sides] == ["2024-03-14", "2024-03-15"]
    assert all(f"{side.value[-2:]} March" in side.quote.quote for side in conflict.sides)


def test_a_month_and_a_day_in_it_are_compatible():
    built = ledger(adopted("a", "2024-03", "in March 2024"), adopted("b", "2024-03-21", "on 21 March 2024"))
    assert len(built.entries) == 1
    assert built.conflicts == ()
    assert built.entries[0].date == "2024-03-21"


@pytest.mark.parametrize(
    ("one", "other", "conflict"),
    [
        ("123 member states", "more than 120 member states", False),
        ("123 member states", "some 120 member states", False),
        ("123 member states", "125 member states", True),
        ("123 member states", "fewer than 100 member states", True),
        ("123 member states", "123 countries", False),
        ("123 member states", "2 co-sponsors", False),
        ("$60 million", "60 million dollars", False),
    ],
)
def test_counts(one: str, other: str, conflict: bool):
    built = ledger(
        adopted("a", "2024-03-21", f"on 21 March 2024, backed by {one}"),
        adopted("b", "2024-03-21", f"on 21 March 2024, backed by {other}"),
    )
    assert len(built.entries) == 1
    assert [c.kind for c in built.conflicts] == (["count"] if conflict else [])


def test_a_count_conflict_shows_the_numbers_as_written():
    built = ledger(
        adopted("a", "2024-03-21", "on 21 March 2024, backed by 123 member states"),
        adopted("b", "2024-03-21", "on 21 March 2024, backed by fewer than 100 member states"),
    )
    assert [value for value, _, _ in sides(built, "count")] == ["123", "fewer than 100"]
    assert "member states" in built.conflicts[0].about


def test_outcomes_that_exclude_each_other_on_one_day():
    built = ledger(
        adopted("a", "2024-03-21", "on 21 March 2024"),
        adopted("b", "2024-03-21", "on 21 March 2024, one wrote; it rejected it", status="rejected"),
    )
    assert len(built.entries) == 1
    assert sorted(value for value, _, _ in sides(built, "status")) == ["adopted", "rejected"]


def test_proposed_before_and_adopted_later_is_progress():
    built = ledger(
        adopted("a", "2024-03-11", "on 11 March 2024, as a draft", "2024-03-12", status="proposed"),
        adopted("b", "2024-03-21", "on 21 March 2024", "2024-03-22"),
    )
    assert len(built.entries) == 2
    assert built.conflicts == ()
    assert len(built.threads) == 1


def test_a_rejection_in_june_and_an_adoption_in_july_are_two_events():
    built = ledger(
        adopted("a", "2024-06-11", "on 11 June 2024, or rather not", status="rejected"),
        adopted("b", "2024-07-11", "on 11 July 2024"),
    )
    assert len(built.entries) == 2
    assert built.conflicts == ()


def deadline(name: str, published: str, date: str, sentence: str) -> Article:
    return Article(name, published).milestone(
        "Registration deadline for hiring software",
        sentence,
        date,
        status="planned",
        role="deadline",
        instrument="law",
        places=("GB",),
    )


def test_a_deadline_that_was_moved_is_no_conflict_and_one_that_is_told_differently_is():
    first = deadline("a", "2025-01-10", "2025-06-01", "Hiring software must be registered by 1 June 2025.")
    moved = deadline(
        "b", "2025-04-10", "2025-06-09", "The deadline to register hiring software has been extended to 9 June 2025."
    )
    wrong = deadline("c", "2025-01-12", "2025-06-09", "Hiring software must be registered by 9 June 2025.")
    assert len(ledger(first, moved).entries) == 2
    assert ledger(first, moved).conflicts == ()
    assert len(ledger(first, wrong).entries) == 1
    assert [c.kind for c in ledger(first, wrong).conflicts] == ["date"]


def test_a_correction_is_shown_beside_what_it_corrects():
    built = ledger(
        adopted("a", "2024-03-13", "on 13 March 2024", "2024-03-14"),
        adopted(
            "b", "2024-03-21", "on 21 March 2024 (an earlier version of this article gave another date)", "2024-03-22"
        ),
    )
    assert [value for value, _, _ in sides(built, "date")] == ["2024-03-13", "2024-03-21"]


def in_force(
    name: str, published: str, title: str, sentence: str, date: str | None = None, status="adopted"
) -> Article:
    role = "effective" if date else None
    return Article(name, published).milestone(title, sentence, date, status=status, role=role, places=("FI",))


def test_what_a_later_article_denies_is_a_conflict_and_what_an_earlier_one_denied_is_not():
    done = in_force("a", "2026-05-04", "Sandbox Act in force", "The Sandbox Act is in force.", "2026-05-01", "in_force")
    title, sentence = "Sandbox Act not in force", "The Sandbox Act is not in force, whatever the ministry says."
    late, early = in_force("b", "2026-05-06", title, sentence), in_force("b", "2026-04-06", title, sentence)
    assert sides(ledger(done, late), "status") == [
        ("in_force", "a", "The Sandbox Act is in force."),
        ("not in_force", "b", sentence),
    ]
    assert ledger(done, early).conflicts == ()


@pytest.mark.parametrize(
    ("one", "other", "conflict"),
    [
        ("voted 41 to 17 for it", "gave the bill 47 votes", True),
        ("passed it by 41–17", "gave the bill 41 votes", False),
        ("cleared it (Ayes 41, Nays 17)", "gave the bill 47 votes", True),
        ("fined Nordpuls 64 million kroner", "fined Nordpuls 46 million kroner", True),
        ("acted under Article 41", "acted under Article 47", False),
        ("acted within 41 days", "acted within 47 days", False),
    ],
)
def test_votes_and_sums_in_other_words(one: str, other: str, conflict: bool):
    built = ledger(
        adopted("a", "2024-03-21", f"on 21 March 2024; the House {one}"),
        adopted("b", "2024-03-21", f"on 21 March 2024; the House {other}"),
    )
    assert bool(built.conflicts) is conflict


def test_votes_are_compared_across_languages():
    one = adopted("a", "2024-03-21", "on 21 March 2024 with 523 votes")
    for number, conflict in (("523", False), ("532", True)):
        two = Article("b", "2024-03-22", language="fr").milestone(
            "L'Assemblée générale adopte la première résolution sur l'intelligence artificielle",
            f"L'Assemblée générale de l'ONU a adopté la résolution le 21 mars 2024 par {number} voix.",
            "2024-03-21",
            status="adopted",
            instrument="resolution",
            places=("UN",),
        )
        built = ledger(one, two)
        assert len(built.entries) == 1
        assert bool(built.conflicts) is conflict
