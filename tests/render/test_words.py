"""The renderers' words: every language has all of them, and they cover the vocabularies."""

from __future__ import annotations

from typing import get_args

import pytest

from summariser.evidence.reasons import REASONS
from summariser.render.marks import CONFLICT
from summariser.render.words import LANGUAGES, Words, direction, table
from summariser.schema import (
    ACTOR_KINDS,
    DATE_ROLES,
    INSTRUMENTS,
    STATUSES,
    ClaimKind,
    Match,
    MilestoneField,
    PartialDate,
    Reason,
    VerdictStatus,
)


def test_every_row_has_every_language_and_the_same_blanks() -> None:
    for section, rows in table().items():
        for key, row in rows.items():
            assert tuple(sorted(row)) == tuple(sorted(LANGUAGES)), f"{section}.{key}"
            assert len({words.count("{}") for words in row.values()}) == 1, f"{section}.{key}"
            assert all(words.strip() for words in row.values()), f"{section}.{key}"


@pytest.mark.parametrize(
    ("section", "keys"),
    [
        ("status", STATUSES),
        ("instrument", INSTRUMENTS),
        ("actor", ACTOR_KINDS),
        ("date_role", DATE_ROLES),
        ("verdict", get_args(VerdictStatus)),
        ("claim", get_args(ClaimKind)),
        ("field", get_args(MilestoneField)),
        ("reason", tuple(REASONS)),
        ("match", (*get_args(Match.model_fields["kind"].annotation), CONFLICT)),
    ],
)
def test_the_table_covers_the_vocabulary(section: str, keys: tuple[str, ...]) -> None:
    assert set(table()[section]) == set(keys)


def test_languages_fall_back_to_english() -> None:
    assert Words("fr-CA")("status", "adopted") == "adopté"
    assert Words("de")("status", "adopted") == Words(None)("status", "adopted") == "adopted"


def test_unknown_keys_are_shown_as_they_are() -> None:
    assert Words("en")("reason", "some_new_code") == "some new code"


def test_what_is_filled_in_is_not_filled_again() -> None:
    assert Words("en")("ui", "coverage", "{}", 3) == "Sentences that carry the summary: {} of 3"


def test_a_reason_says_what_the_text_says() -> None:
    reason = Reason(code="number_mismatch", claim="47", source="37")
    assert Words("en").reason(reason) == "another number in the text: “47” (the text says “37”)"
    assert Words("fr").reason(reason) == "un autre nombre dans le texte: « 47 » (le texte dit « 37 »)"


@pytest.mark.parametrize(
    ("date", "english", "french"),
    [
        ("2024", "2024", "2024"),
        ("2024-03", "March 2024", "mars 2024"),
        ("2024-03-21", "21 March 2024", "21 mars 2024"),
        ("2024-Q3", "Q3 2024", "T3 2024"),
    ],
)
def test_dates_are_written_at_their_own_precision(date: str, english: str, french: str) -> None:
    assert Words("en").date(PartialDate(date)) == english
    assert Words("fr").date(PartialDate(date)) == french


def test_jurisdictions_have_names_where_codes_are_not_ambiguous() -> None:
    words = Words("en")
    assert [words.place(code) for code in ("MA", "EU", "US-CA", "G7", "AU")] == [
        "Morocco",
        "European Union",
        "California (US)",
        "G7",
        "AU",
    ]


@pytest.mark.parametrize(
    ("language", "expected"),
    [("ar", "rtl"), ("he", "rtl"), ("en", "ltr"), (None, "auto"), ("", "auto"), ("!!", "auto"), ("xx", "auto")],
)
def test_direction(language: str | None, expected: str) -> None:
    assert direction(language) == expected
