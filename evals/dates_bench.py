"""Score date normalisation on the date specifications of microsoft/Recognizers-Text (MIT), one file per language.

A single date is a result of type `date` with exactly one TIMEX value. It is right where one mention that overlaps its
words has that value: the same day, or, for steps of months and years ("two months ago"), the month or year that the
expected day falls in, because a step of months does not name a day. A date that does not exist (30 February) is
right where it is recognised as impossible. A row without a reference date counts only where its words give a year.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from summariser.evidence.dates import DateMention, find_dates
from summariser.schema import PartialDate

LANGUAGES = {"english": "en", "french": "fr", "spanish": "es"}
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class DateScore:
    """Single dates of one language: `right` of `total`, `exact` of them to the day; `missed` are the words wrong."""

    language: str
    total: int
    right: int
    exact: int
    missed: tuple[tuple[str, str, str], ...]

    @property
    def rate(self) -> float:
        return self.right / self.total if self.total else 0.0


def _singles(row: Mapping[str, object]) -> Iterator[tuple[int, int, str, str]]:
    """Start, end, words and expected value of the single dates of a row."""
    text = str(row["input"])
    results = row["results"]
    assert isinstance(results, list)
    for result in results:
        if result["type"] != "date" or len(result["values"]) != 1:
            continue
        words = str(result["text"])
        if row.get("reference") is None and not _YEAR.search(words):
            continue
        found = text.lower().find(words.lower())
        start = result["start"] if result["start"] is not None else found
        start = found if start is None or start < 0 else start
        yield start, start + len(words), words, str(result["values"][0].get("value", ""))


def _judge(mention: DateMention, expected: str) -> tuple[bool, bool]:
    """Whether a mention is right, and whether it is so to the day."""
    if expected == "not resolved":
        return mention.impossible, mention.impossible
    try:
        day = PartialDate(expected)
    except ValueError:
        return False, False
    exact = any(days == (day.first, day.last) for days in mention.readings)
    step = mention.kind in ("relative", "offset") and ":point" in mention.key
    coarse = step and any(first <= day.first <= last for first, last in mention.readings)
    return exact or coarse, exact


def score(rows: Iterable[Mapping[str, object]], language: str) -> DateScore:
    """Score the rows of one file; `language` is ISO 639-1."""
    total = right = to_the_day = 0
    missed: list[tuple[str, str, str]] = []
    for row in rows:
        reference = row.get("reference")
        published = PartialDate(str(reference)[:10]) if reference else None
        text = str(row["input"])
        mentions = find_dates(text, language, published)
        for start, end, words, expected in _singles(row):
            total += 1
            results = [_judge(mention, expected) for mention in mentions if mention.start < end and start < mention.end]
            right += any(fine for fine, _ in results)
            to_the_day += any(exact for _, exact in results)
            if not any(fine for fine, _ in results):
                missed.append((text, words, expected))
    return DateScore(language, total, right, to_the_day, tuple(missed))


def run(data_dir: Path) -> list[DateScore]:
    """The scores of every language whose file lies in `data_dir` (or in its folder `dates`)."""
    folder = data_dir / "dates" if (data_dir / "dates").is_dir() else data_dir
    scores = []
    for name, language in LANGUAGES.items():
        path = folder / f"{name}_dates.jsonl"
        if path.is_file():
            lines = path.read_text(encoding="utf-8").splitlines()
            scores.append(score((json.loads(line) for line in lines if line.strip()), language))
    return scores
