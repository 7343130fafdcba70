"""Is a key point covered by a text? Scored on words alone, and proved on human judgement.

A point's content words are looked for in the text; each counts by how telling it is (words that every point of the
document shares say little, and so do words that its source does not use and words of mere grammar), and the best window
of two sentences counts, so that a point is not pieced together from all over the text. Names, numbers, the last word
(where English puts its news) and the worst missing word are held apart, and a small logistic combination weighs all.

`WEIGHTS` were fitted on the open half of the Pyramid judgements of REALSumm (52 documents, 13,825 judgements) with
cross-validation by document; `python -m evals bench` prints what they reach.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Literal

from evals.words import content, stem, stems, tables, words

THRESHOLD = 0.5
"""Probability from which a point of one fact counts as covered."""
COMPOSITE = 0.35
"""The same for the labelled key points of the cases, which hold three or four facts each: their main part is enough.

Set where the labellers' own reference highlights cover two thirds of the `must` points and the highlights of another
case cover none.
"""

WEIGHTS: dict[str, float] = {
    "window": 1.544,
    "source": 1.086,
    "names": 0.598,
    "words": 1.117,
    "numbers": 0.869,
    "worst": -1.688,
    "last": 0.374,
    "size": -0.198,
    "apart": 0.273,
}
BIAS = -1.838

_DATA = Path(__file__).parent / "_data"
_SENTENCE_END = re.compile(r"(?<=[.!?؟])\s+|\n+")
LONG = 6
"""Content words from which a point counts as long: those of the judgements hold 4 on average, labelled ones 15."""
NOT_IN_SOURCE, LIGHT, SHARED = 0.35, 0.3, 0.3


def covered(
    points: Sequence[str],
    text: str,
    *,
    sources: Sequence[str] = (),
    language: str = "en",
    threshold: float = COMPOSITE,
) -> list[bool]:
    """Which of a document's key points a text covers. `sources`: the document's words behind each point, if known."""
    return [value >= threshold for value in coverage(points, text, sources=sources, language=language)]


def coverage(points: Sequence[str], text: str, *, sources: Sequence[str] = (), language: str = "en") -> list[float]:
    """The probability that a person would find each point covered by the text, 0 to 1."""
    rows = features(points, text, sources=sources, language=language)
    return [1 / (1 + math.exp(-BIAS - sum(WEIGHTS[name] * value for name, value in row.items()))) for row in rows]


def features(
    points: Sequence[str], text: str, *, sources: Sequence[str] = (), language: str = "en"
) -> list[dict[str, float]]:
    """What the combination weighs, for each point; all points of a document are scored together."""
    said = _Text(text, language)
    shared = Counter(word for point in points for word in set(lemmas(point, language)))
    rows = []
    for number, point in enumerate(points):
        source = sources[number] if number < len(sources) else ""
        rows.append(_Point(point, source, shared, len(points), language).features(said))
    _set_apart(rows)
    return rows


def _set_apart(rows: list[dict[str, float]]) -> None:
    """How far a point stands above the document's others: a text that hits all alike may only share their subject."""
    total = sum(row["window"] for row in rows)
    for row in rows:
        row["apart"] = row["window"] - (total - row["window"]) / (len(rows) - 1) if len(rows) > 1 else 0.0


@dataclass(frozen=True)
class _Text:
    """The text that may cover a point: its words, and its windows of two sentences."""

    text: str
    language: str

    @cached_property
    def all_words(self) -> frozenset[str]:
        return frozenset(stems(self.text, self.language))

    @cached_property
    def content(self) -> frozenset[str]:
        return frozenset(lemmas(self.text, self.language))

    @cached_property
    def windows(self) -> list[frozenset[str]]:
        parts = [frozenset(lemmas(part, self.language)) for part in _SENTENCE_END.split(self.text) if part.strip()]
        return [one | other for one, other in pairwise(parts)] or [self.content]


class _Point:
    """A key point: its words, and how telling each is."""

    def __init__(self, text: str, source: str, shared: Counter[str], points: int, language: str) -> None:
        self.text = text
        self.language = language
        self.words = list(dict.fromkeys(lemmas(text, language))) or list(stems(text, language)) or [""]
        self.source = source
        counted = any(word[:1].isdigit() for word in self.words)
        there = frozenset(lemmas(source, language))
        self.weights: dict[str, float] = {}
        for word in self.words:
            weight = math.log((points + 1) / max(1, shared[word])) + SHARED
            weight *= 1.0 if not there or _likeness(word, there) >= 0.7 else NOT_IN_SOURCE
            weight *= LIGHT if word in _listed("light") or (counted and word in _listed("age")) else 1.0
            self.weights[word] = weight

    def features(self, said: _Text) -> dict[str, float]:
        hits = {word: _likeness(word, said.content) for word in self.words}
        total = sum(self.weights.values())
        plain = stems(self.text, self.language) or ("",)
        numbers = [word for word in self.words if word[:1].isdigit()]
        names = [word for word in self.words if word in self._names()]
        return {
            "window": max(self._recall(window) for window in said.windows),
            "source": self._source_recall(said, hits),
            "names": _mean([hits[word] for word in names], 0.8),
            "words": sum(word in said.all_words for word in plain) / len(plain),
            "numbers": _mean([float(word in said.content) for word in numbers], 0.5) - 0.5,
            "worst": max(self.weights[word] * (1 - hits[word]) for word in self.words) / total,
            "last": hits[self.words[-1]],
            "size": float(min(len(self.words), LONG)),
        }

    def _recall(self, window: frozenset[str]) -> float:
        found = sum(weight * _likeness(word, window) for word, weight in self.weights.items())
        return found / sum(self.weights.values())

    def _source_recall(self, said: _Text, hits: dict[str, float]) -> float:
        """Recall of the source's sentence that is closest to the point: a text may keep its words, not the label's."""
        parts = [frozenset(lemmas(part, self.language)) for part in _SENTENCE_END.split(self.source) if part.strip()]
        closest = max(parts, key=lambda part: sum(word in part for word in self.words), default=frozenset())
        return _mean([_likeness(word, said.content) for word in closest], _mean(list(hits.values()), 0.0))

    def _names(self) -> frozenset[str]:
        """Capitalised words of the point; its first word only where the source writes it so within a sentence."""
        found = {word for run in re.findall(r"(?<!^)\b[A-Z][\w']+", self.text) for word in lemmas(run, self.language)}
        first = re.match(r"[A-Z][\w']+", self.text)
        if first and re.search(rf"(?<=[a-z,] ){re.escape(first.group())}", self.source):
            found |= set(lemmas(first.group(), self.language))
        return frozenset(found)


@cache
def _listed(name: Literal["light", "age"]) -> frozenset[str]:
    return frozenset(stem(word) for word in tables()[name])


def _mean(values: list[float], nothing: float) -> float:
    return sum(values) / len(values) if values else nothing


@lru_cache(maxsize=20_000)
def lemmas(text: str, language: str = "en") -> tuple[str, ...]:
    """Content stems, irregular English forms and small number words brought to one form first."""
    if language != "en":
        return content(text, language)
    forms = _irregular()
    return tuple(stem(forms[word]) if word in forms else stem(word) for word in words(text) if _counts(word))


@lru_cache(maxsize=100_000)
def _counts(word: str) -> bool:
    return bool(content(word))


@cache
def _irregular() -> dict[str, str]:
    return {word: line[0] for line in _lines("irregular_en.txt") for word in line[1:]}


@cache
def _senses() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, line in enumerate(_lines("synonyms_en.txt")):
        for word in line:
            found.setdefault(stem(_irregular().get(word, word)), set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def _lines(name: str) -> list[list[str]]:
    lines = (_DATA / name).read_text("utf-8").splitlines()
    return [line.split() for line in lines if line and not line.startswith("#")]


def _likeness(word: str, others: frozenset[str]) -> float:
    """1 where the word stands in the set, less for a word of the same family or sense, else 0."""
    return 1.0 if word in others else max((_alike(word, other) for other in others), default=0.0)


@lru_cache(maxsize=500_000)
def _alike(one: str, other: str) -> float:
    if one[:1].isdigit() or other[:1].isdigit():
        return 0.0
    shorter, longer = sorted((len(one), len(other)))
    prefix = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    if prefix >= 4 and prefix >= 0.6 * longer:
        return 0.85
    if _senses().get(one, frozenset()) & _senses().get(other, frozenset()):
        return 0.7
    if shorter >= 5 and _ratio(one, other) > 0.8:
        return 0.7
    return 0.6 if prefix >= 3 and prefix == shorter and longer - shorter <= 3 else 0.0


def _ratio(one: str, other: str) -> float:
    from rapidfuzz.fuzz import ratio

    return float(ratio(one, other)) / 100


def baseline(point: str, text: str, language: str = "en") -> float:
    """Stemmed token recall: the share of the point's content words that stand anywhere in the text.

    Without stop words, which makes it the harder one to beat (AUC .808 against .798 with them).
    """
    said = set(content(text, language))
    mine = content(point, language)
    return sum(word in said for word in mine) / len(mine) if mine else 0.0


def run(data_dir: Path) -> dict[str, float]:
    """AUC and best balanced accuracy of `coverage` and of stemmed token recall on `realsumm_pyramid`, with n."""
    folder = Path(data_dir) / "realsumm_pyramid"
    documents = {row["doc_id"]: row for row in _rows(folder / "docs.jsonl")}
    ours: list[float] = []
    plain: list[float] = []
    judged: list[int] = []
    for row in _rows(folder / "summaries.jsonl"):
        document = documents[row["doc_id"]]
        points = document["key_points"]
        source = re.sub(r"<t>|</t>", "\n", document["reference"])
        ours += coverage(points, row["summary"], sources=[source] * len(points))
        plain += [baseline(point, row["summary"]) for point in points]
        judged += row["covered"]
    return {
        "judgements": len(judged),
        "auc": auc(ours, judged),
        "auc_token_recall": auc(plain, judged),
        "balanced_accuracy": best_balanced(ours, judged),
        "balanced_accuracy_at_threshold": balanced([value >= THRESHOLD for value in ours], judged),
        "balanced_accuracy_token_recall": best_balanced(plain, judged),
    }


def _rows(path: Path) -> list[dict]:  # type: ignore[type-arg]
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def auc(values: Sequence[float], labels: Sequence[int]) -> float:
    """Area under the ROC curve: how often a covered point scores above one that is not, ties counted half."""
    from scipy.stats import rankdata

    ranks = rankdata(values)
    positive = sum(labels)
    above = sum(rank for rank, label in zip(ranks, labels, strict=True) if label) - positive * (positive + 1) / 2
    return float(above / (positive * (len(labels) - positive)))


def balanced(found: Sequence[bool], labels: Sequence[int]) -> float:
    """Mean of the shares right among covered and not covered."""
    pairs = list(zip(found, labels, strict=True))
    yes = [hit for hit, label in pairs if label]
    no = [not hit for hit, label in pairs if not label]
    return (sum(yes) / len(yes) + sum(no) / len(no)) / 2


def best_balanced(values: Sequence[float], labels: Sequence[int]) -> float:
    """Balanced accuracy at the best of a hundred thresholds."""
    return max(balanced([value >= at / 100 for value in values], labels) for at in range(1, 100))
