"""Long documents are cut where their structure allows; no sentence is lost, doubled or renumbered."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from summariser.plan.chunks import chunks, halves
from summariser.schema import Document, Section, Sentence


def _document(lengths: list[int], headings: dict[int, int] | None = None, per_paragraph: int = 3) -> Document:
    """A document of sentences of these lengths; `headings`: first sentence → level."""
    text, sentences = "", []
    for number, length in enumerate(lengths, start=1):
        start = len(text)
        text += "x" * max(1, length - 1) + ". "
        sentences.append(
            Sentence(number=number, start=start, end=len(text) - 1, paragraph=(number - 1) // per_paragraph)
        )
    sections = tuple(Section(title="H", level=level, first_sentence=n) for n, level in (headings or {}).items())
    return Document(text=text, sentences=tuple(sentences), sections=sections)


def test_a_short_document_goes_out_whole() -> None:
    (only,) = chunks(_document([100] * 20))
    assert only.sentences == tuple(range(1, 21))
    assert (only.part, only.parts) == (1, 1)


@given(st.lists(st.integers(5, 400), min_size=1, max_size=200), st.integers(50, 2000))
def test_every_sentence_is_in_exactly_one_part_and_in_order(lengths: list[int], size: int) -> None:
    document = _document(lengths)
    parts = chunks(document, one_call=size, size=size)
    assert [number for part in parts for number in part.sentences] == list(range(1, len(lengths) + 1))
    assert [part.part for part in parts] == list(range(1, len(parts) + 1))
    longest = max(len(sentence.text) for sentence in document.sentences)
    assert all(sum(lengths[n - 1] for n in part.sentences) <= 1.5 * size + 2 * longest for part in parts)


def test_a_part_ends_before_a_heading_rather_than_in_a_paragraph() -> None:
    document = _document([100] * 40, headings={19: 1})
    first, second = chunks(document, one_call=1000, size=2100)
    assert first.sentences[-1] == 18
    assert second.sentences[0] == 19


def test_a_paragraph_is_kept_whole_where_the_size_allows() -> None:
    document = _document([100] * 40, per_paragraph=4)
    for part in chunks(document, one_call=1000, size=2100)[:-1]:
        assert part.sentences[-1] % 4 == 0


def test_parts_are_of_about_one_size_so_that_none_is_a_crumb() -> None:
    parts = chunks(_document([100] * 101), one_call=1000, size=5000)
    sizes = [len(part.sentences) for part in parts]
    assert min(sizes) > 0.5 * max(sizes)


def test_halving_keeps_all_sentences_and_ends_at_one() -> None:
    document = _document([100] * 9)
    (whole,) = chunks(document)
    parts = halves(document, whole)
    assert len(parts) == 2
    assert [n for part in parts for n in part.sentences] == list(whole.sentences)
    (one,) = chunks(_document([100]))
    assert halves(document, one) == (one,)
