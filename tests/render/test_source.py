"""The source text as the page shows it."""

from __future__ import annotations

from summariser.render.source import Bar, blocks, strip
from summariser.schema import Document, Furniture, Sentence
from tests.render.samples import council


def test_every_new_page_of_a_paged_source_is_named_once() -> None:
    text = "One. Two. Three."
    sentences = (
        Sentence(number=1, start=0, end=4, paragraph=0, page=1),
        Sentence(number=2, start=5, end=9, paragraph=0, page=2),
        Sentence(number=3, start=10, end=16, paragraph=1, page=2),
    )

    found = list(blocks(Document(text=text, sentences=sentences), {}, {}))

    assert [(block.kind, block.page or [line.number for line in block.lines]) for block in found] == [
        ("page", 1),
        ("paragraph", [1]),
        ("page", 2),
        ("paragraph", [2]),
        ("paragraph", [3]),
    ]


def test_furniture_that_overlaps_a_sentence_is_not_shown_twice() -> None:
    sentence = Sentence(number=1, start=0, end=10)
    document = Document(
        text="Read this. Share it",
        sentences=(sentence,),
        furniture=(Furniture(kind="link", start=5, end=12), Furniture(kind="share", start=11, end=19)),
    )

    found = list(blocks(document, {}, {}))

    assert [block.texts or [piece.text for piece in block.lines[0].pieces] for block in found] == [
        ["Read this."],
        ["Share it"],
    ]


def test_words_without_a_space_between_sentences_stay_together() -> None:
    sentences = (
        Sentence(number=1, start=0, end=3),
        Sentence(number=2, start=3, end=7),
        Sentence(number=3, start=9, end=11),
    )
    (block,) = blocks(Document(text="AI.“We”  so", sentences=sentences), {}, {})

    assert [line.space for line in block.lines] == [False, True, False]


def test_the_strip_has_a_bar_for_each_cited_sentence_as_wide_as_its_share() -> None:
    document = Document(
        text="abcdefghij", sentences=tuple(Sentence(number=n, start=2 * n - 2, end=2 * n) for n in range(1, 6))
    )

    assert strip(document, {2: ["k1"], 5: ["k1", "k2"]}) == [Bar(2, 200.0, 200.0, 1), Bar(5, 800.0, 200.0, 2)]
    assert strip(Document(text=""), {}) == []


def test_nothing_of_the_article_is_lost() -> None:
    document = council().document
    shown = "".join(
        "".join(piece.text for line in block.lines for piece in line.pieces) + "".join(block.texts)
        for block in blocks(document, {}, {})
    )

    assert "".join(shown.split()) == "".join(document.text.split())
