"""Sentence boundaries, and spans that cover their paragraph whatever is in it."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from evals import boundaries
from summariser.documents import sentences
from summariser.documents.sentences import CAP, split


def parts(text: str, language: str = "en") -> list[str]:
    return [text[start:end] for start, end in split(text, language)]


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ["The U.S. Senate met.", "Sen. J. P. Dow left the U.S.", "The bill stayed."]),
        ("en", ["Sec. 4. Scope.", "(a) The Secretary shall report under Art. 5(2) and No. 5.", "(b) Sec. 3 applies."]),
        ("en", ["“We have read it.", "We like it,” he said.", '"Do you?"', "Nobody asked at 5 p.m. Eastern."]),
        ("en", ["By Aug. 15 all was done.", "He paused…", "Then he went on ... slowly."]),
        ("en", ['It means "search for truth...".', "The site was closed (“for good”).", "Nobody came.[3]", "Why?"]),
        ("fr", ["M. Morel a lu l'art. 5.", "Mme Petit a dit « non ».", "L'O. N. U. attend."]),
        ("es", ["¿Qué dijo el Sr. Gil?", "¡Nada!", "EE. UU. firmó.", "El art. 6 sigue."]),
        ("ar", ["قال د. سامي إن القانون مهم؛ لكنه متأخر.", "هل يكفي؟", "لا."]),
    ],
)
def test_boundaries(language: str, sentences: list[str]) -> None:
    assert parts(" ".join(sentences), language) == sentences


def test_a_space_that_is_missing_after_a_stop() -> None:
    assert parts("It is about AI.“We will see,” she said. It passed.The rest waits.") == [
        "It is about AI.",
        "“We will see,” she said.",
        "It passed.",
        "The rest waits.",
    ]


def test_names_with_stops_inside_stay_whole() -> None:
    assert len(parts("The code on data.example.gov is version 2.0 of ASP.NET tools.")) == 1


def test_long_sentences_are_split_at_a_clause_and_never_within_a_word() -> None:
    clause = "the operator shall keep a register of every vehicle that it runs on a public road"
    found = parts("; ".join([clause] * 30) + ".")
    assert all(len(part) <= CAP for part in found)
    assert all(part.endswith((";", ".")) for part in found)
    assert " ".join(found).count(clause) == 30


@given(st.text(alphabet="aB.? !\n\"“”'()[1];…؟ح。é-", max_size=200), st.sampled_from(["en", "fr", "ar", "zz", None]))
@settings(deadline=None, max_examples=300)
def test_spans_are_ordered_and_cover_everything_but_white_space(text: str, language: str | None) -> None:
    spans = split(text, language)
    ends = [0, *(edge for span in spans for edge in span), len(text)]
    assert ends == sorted(ends)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
    assert all(text[a:b] == text[a:b].strip() and b - a <= CAP for a, b in spans)


def test_the_hand_split_set_is_large_enough_and_found() -> None:
    figures = boundaries.run()
    assert set(figures) == {"en", "fr", "es", "ar", "all"}
    assert figures["all"].n >= 150
    assert figures["all"].f1 >= 0.98, figures["all"].wrong


def test_the_score_counts_both_kinds_of_error() -> None:
    figures = boundaries.score("The rules came out on 3 June. They\nwere long.\nNobody read them.", "en")
    assert (figures.n, figures.right, figures.extra) == (2, 1, 1)
    assert (figures.precision, figures.recall, figures.f1) == (0.5, 0.5, 0.5)


MARKS = ["Ab", "c", "U.S.", "No.", "5", ".", "?", "…", "”", '"', ")", ":", ";", "。", "\n"]
SHORT = st.lists(st.sampled_from(MARKS), max_size=6)


@given(SHORT.map(" ".join) | SHORT.map("".join))
@example("Ab。C")
def test_a_text_without_a_stop_inside_needs_no_splitter(text: str) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sentences, "_ANY_STOP", re.compile(""))  # finds a stop everywhere: nothing is passed over
        whole = split(text, "en")
    assert split(text, "en") == whole
