"""Which sentences carry the document: centrality, title, place and facts, then a choice without repetition.

Linear in the text: each sentence is compared with the whole (its centroid), never with every other; only the best
`POOL` are compared with those already chosen.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from summariser.completers.extractive.lines import Line, Page
from summariser.documents.blocks import count_words

POOL = 60
_REPETITION = 0.6
_NOTABLE = 0.5
_FACT = re.compile(r"\d")
_FIRST_PERSON = re.compile(r"\b(?:I|we|you|your|our|my|nous|je|vous|nosotros|yo|usted)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Ranked:
    """A sentence with its score (about 0 to 2; above 0 means worth showing) and its weight vector."""

    line: Line
    score: float
    vector: dict[str, float]


def rank(page: Page, standing: Callable[[Line], float], notable: frozenset[int] = frozenset()) -> list[Ranked]:
    """All lines, the most central first.

    `standing` gives 0 (leans on its neighbours) to 1 (readable alone); `notable` are the numbers of sentences that
    tell a milestone, which count more.
    """
    if not page.lines:
        return []
    seen_in = Counter(stem for line in page.lines for stem in line.stems)
    total = len(page.lines)
    vectors = [_vector(line, seen_in, total) for line in page.lines]
    centroid = _centroid(vectors)
    ranked = [
        Ranked(
            line, (_score(page, line, vector, centroid) + _NOTABLE * (line.number in notable)) * standing(line), vector
        )
        for line, vector in zip(page.lines, vectors, strict=True)
    ]
    return sorted(ranked, key=lambda item: (-item.score, item.line.place))


def choose(ranked: Sequence[Ranked], wanted: int, taken: Sequence[Ranked] = ()) -> list[Ranked]:
    """The best `wanted`, most important first, each new against those before it (maximal marginal relevance).

    A paragraph that is already represented counts a little less, so that the choice spreads over the document.
    """
    chosen: list[Ranked] = list(taken)
    pool = [item for item in ranked[:POOL] if item.score > 0]
    closest = {id(item): max((_cosine(item.vector, other.vector) for other in chosen), default=0.0) for item in pool}
    paragraphs = Counter(item.line.paragraph for item in chosen)
    picked: list[Ranked] = []
    while pool and len(picked) < wanted:
        best = max(
            pool,
            key=lambda item: (
                item.score * (1 - 0.15 * min(2, paragraphs[item.line.paragraph]))
                - _REPETITION * closest[id(item)] ** 2,
                -item.line.place,
            ),
        )
        pool.remove(best)
        if closest[id(best)] > 0.75:
            continue
        picked.append(best)
        paragraphs[best.line.paragraph] += 1
        for item in pool:
            closest[id(item)] = max(closest[id(item)], _cosine(item.vector, best.vector))
    return picked


def _score(page: Page, line: Line, vector: dict[str, float], centroid: dict[str, float]) -> float:
    length = count_words(line.text)
    central = _cosine(vector, centroid)
    title = len(page.title_stems & line.stems.keys()) / max(3, len(page.title_stems)) if page.title_stems else 0.0
    lead = math.exp(-line.place / 5) if page.whole else 0.0
    facts = min(3, len(_FACT.findall(line.text)) + sum(word[:1].isupper() for word in line.words[1:])) / 3
    score = central + 0.5 * title + 0.35 * lead + 0.25 * facts
    return score * _fitness(line, length)


def _fitness(line: Line, length: int) -> float:
    """How far the form of a sentence lets it stand as a statement of the document."""
    fit = 1.0
    if length < 6:
        fit *= 0.2
    elif length < 9 or length > 45:
        fit *= 0.6
    if line.text.rstrip("\"”»’')").endswith(("?", "؟")):
        fit *= 0.2
    elif not line.text.rstrip("\"”»’')]").endswith((".", "!", "…", "。", "؛", ";", "۔", ":")):
        fit *= 0.5  # most often a heading, a caption or a list item
    if line.text.startswith(('"', "“", "«", "'", "‘", "„")):
        fit *= 0.7
    if _FIRST_PERSON.match(line.text):
        fit *= 0.25
    elif _FIRST_PERSON.search(line.text):
        fit *= 0.45
    return fit


def _vector(line: Line, seen_in: Counter[str], total: int) -> dict[str, float]:
    weights = {stem: (1 + math.log(count)) * math.log(1 + total / seen_in[stem]) for stem, count in line.stems.items()}
    return _unit(weights)


def _centroid(vectors: list[dict[str, float]]) -> dict[str, float]:
    total: dict[str, float] = {}
    repeated: Counter[str] = Counter()
    for vector in vectors:
        for stem, weight in vector.items():
            total[stem] = total.get(stem, 0.0) + weight
            repeated[stem] += 1
    # A word that stands in one sentence only says nothing about the whole.
    kept = {stem: weight for stem, weight in total.items() if repeated[stem] > 1}
    return _unit(kept or total)


def _unit(weights: dict[str, float]) -> dict[str, float]:
    norm = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {stem: weight / norm for stem, weight in weights.items()} if norm else {}


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    if len(one) > len(other):
        one, other = other, one
    return sum(weight * other.get(stem, 0.0) for stem, weight in one.items())
