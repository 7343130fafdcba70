"""Choose from the verified key points of a long document's parts, and word highlights from them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from summariser.completers.extractive.clauses import standing
from summariser.completers.extractive.lexicon import lexicon
from summariser.completers.extractive.lines import Line, Page, stems
from summariser.completers.extractive.points import HIGHLIGHT_WORDS
from summariser.completers.extractive.rank import POOL, choose, rank
from summariser.completers.extractive.shorten import shorten
from summariser.schema import ComposedHighlight, DraftComposition

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summariser.schema import Document, DraftKeyPoint

KEPT = 8
"""Key points of a whole document."""


def compose(document: Document, candidates: Sequence[DraftKeyPoint], wanted: int) -> DraftComposition:
    """The most central candidates by position (from 1) in their order, and `wanted` highlights, best first."""
    page = _page(document, candidates)
    ranked = rank(page, lambda line: standing(page, line))
    kept = sorted(item.line.number for item in choose(ranked, KEPT))
    texts: dict[int, str] = {}
    for item in ranked[:POOL]:
        short = shorten(item.line.text, page.lexicon, HIGHLIGHT_WORDS)
        if short:
            texts[item.line.number] = short
    chosen = choose([item for item in ranked[:POOL] if item.line.number in texts], wanted)
    return DraftComposition(
        key_points=kept,
        highlights=[ComposedHighlight(text=texts[item.line.number], points=[item.line.number]) for item in chosen],
    )


def _page(document: Document, candidates: Sequence[DraftKeyPoint]) -> Page:
    """The candidates as lines: a candidate's number is its position, its paragraph where it comes from."""
    words = lexicon(document.language)
    stop = words.words("stopwords")
    lines = []
    for position, point in enumerate(candidates, start=1):
        first = document.sentence(min(point.ev)) if point.ev else None
        paragraph = first.paragraph if first else -position
        lines.append(Line(position, position - 1, paragraph, point.text, Counter(stems(point.text, stop))))
    title = document.title or ""
    return Page(tuple(lines), title, frozenset(stems(title, stop)), words, document.language, whole=True)
