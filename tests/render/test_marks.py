"""Where the words that matter stand."""

from __future__ import annotations

import pytest

from summariser.render.marks import CONFLICT, Mark, Piece, claim_marks, find, pieces, source_marks
from summariser.schema import Match, Reason, Verdict


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("3", "30 of 3 members", "3"),
        ("MOROCCO", "In Morocco today", "Morocco"),
        ("المغرب", "والمغرب أيضا", "المغرب"),
        ("Ada", "Adam", None),
        ("47", "37", None),
        ("", "text", None),
        ("  ", "a  b", None),
        ("istanbul", "İstanbul and istanbul", "istanbul"),
    ],
)
def test_find(words: str, text: str, found: str | None) -> None:
    place = find(words, text)
    assert (place and text[slice(*place)]) == found


def test_find_prefers_whole_words() -> None:
    assert find("3", "30 of 3 members") == (6, 7)


def test_overlapping_marks_become_pieces_in_a_row() -> None:
    marks = [Mark(0, 7, "date", "h1"), Mark(5, 9, "number", "k1"), Mark(5, 7, CONFLICT, "x1")]

    cut = pieces("in 2024 a vote", marks)

    assert cut == [
        Piece("in 20", "date", "h1"),
        Piece("24", "date number conflict", "h1 k1", "x1"),
        Piece(" a", "number", "k1"),
        Piece(" vote"),
    ]
    assert "".join(piece.text for piece in cut) == "in 2024 a vote"


def test_marks_of_a_verdict() -> None:
    verdict = Verdict(
        status="contradicted",
        matches=(Match(kind="name", claim="Ada", source="Ms Ada"),),
        reasons=(Reason(code="number_mismatch", claim="47", source="37"), Reason(code="polarity", claim="won")),
    )

    assert list(source_marks("k1", verdict, "Ms Ada got 37.")) == [
        Mark(0, 6, "name", "k1"),
        Mark(11, 13, CONFLICT, "k1"),
    ]
    assert list(claim_marks("k1", verdict, "Ada won 47.")) == [
        Mark(0, 3, "name", "k1"),
        Mark(8, 10, CONFLICT, "k1"),
        Mark(4, 7, CONFLICT, "k1"),
    ]


def test_an_acronym_inside_another_word_is_no_mark() -> None:
    assert find("US", "The group is for sustainable development.") is None
    assert find("AI", "Sustainable, said the AI office.") == (22, 24)
    assert find("فرنسا", "المغرب وفرنسا") is not None
