"""Highlights: what of the article they cover, their form, and how near they are to the reference ones."""

from __future__ import annotations

from collections.abc import Iterator

from evals.coverage import covered
from evals.metrics.score import Score, mean, share, unscored
from evals.metrics.sight import Sight
from evals.words import content, rouge_l, rouge_n

LONGEST = 20
REPEATS = 0.7


def highlight_scores(sight: Sight) -> Iterator[Score]:
    """Coverage of must points, length and count kept, redundancy, ROUGE."""
    texts = [highlight.text for highlight in sight.summary.highlights]
    labels, language = sight.case.labels, sight.case.language
    points = [label.text for label in labels.key_points]
    sources = [" ".join(label.sentences) for label in labels.key_points]
    hits = covered(points, "\n".join(texts), sources=sources, language=language) if texts else [False] * len(points)
    must = [hit for hit, label in zip(hits, labels.key_points, strict=True) if label.level == "must"]
    yield share("highlights.coverage", sum(must), len(must), "no must point labelled")
    short = sum(len(text.split()) <= LONGEST for text in texts)
    yield share("highlights.length", short, len(texts), "no highlight stated")
    yield _count(len(texts), sight.asked)
    repeated = sum(_repeats(text, texts[:at], language) for at, text in enumerate(texts))
    yield share("highlights.redundancy", repeated, len(texts), "no highlight stated")
    yield from _rouge(texts, labels.highlights, language)


def _count(stated: int, asked: int) -> Score:
    if not asked:
        return unscored("highlights.count", "none asked for")
    value = max(0.0, 1 - abs(stated - asked) / asked)
    return Score(name="highlights.count", value=value, n=1, why=f"{stated} of {asked}")


def _repeats(text: str, above: list[str], language: str) -> bool:
    """Whether a highlight's content words stand, most of them, in one single highlight above it."""
    mine = set(content(text, language))
    return any(mine and len(mine & set(content(other, language))) / len(mine) >= REPEATS for other in above)


def _rouge(texts: list[str], references: list[str], language: str) -> Iterator[Score]:
    one, other = "\n".join(texts), "\n".join(references)
    values = {
        "highlights.rouge1": rouge_n(one, other, 1, language),
        "highlights.rouge2": rouge_n(one, other, 2, language),
        "highlights.rougeL": rouge_l(one, other, language),
    }
    for name, value in values.items():
        yield mean(name, [value] if references else [], "no reference highlights")
