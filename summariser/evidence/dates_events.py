"""Whether a date stands with its own event where a text gives several dates. Pure, linear."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from summariser.evidence import text as tx
from summariser.evidence.dates_resolve import DateMention
from summariser.evidence.dates_tables import vague
from summariser.evidence.numbers_words import fold

_WORD = re.compile(r"[^\W\d_]{3,}")
_BREAK = re.compile(
    r"[;:!?](?=\s)|,\s(?=\w)|\b(?:and|but|while|whereas|then|which|et|mais|puis|tandis|qui|pero|mientras|luego)\b"
    r"|\sy\s|\sو",
    re.IGNORECASE,
)
_LAST_WORD = re.compile(r"[^\W\d_]+\s?$")
_STEM = 5  # letters: enough to hold "adopted" and "adoption" together
_REACH = 30  # characters over which nearness halves
_MOST_DATES, _MOST_PLACES = 12, 12
_CLEAR = 3  # times as many words must stand with another date as with the one given


class _Part(NamedTuple):
    """A sentence, or a cell of a table row; `header` is the number of the header cell above it, or None."""

    start: int
    end: int
    cell: bool
    header: int | None = None


def other_event(
    title: str, support: str, bearing: Sequence[DateMention], others: Sequence[DateMention]
) -> DateMention | None:
    """The date of `others` that stands with the event of `title`, where those in `bearing` stand with another one.

    Every word of the title votes for the date nearest to it in its own sentence or table column; where its sentence
    has no date, for the nearest one around with half its weight. Words that are part of a name only say whom the event
    concerns, which is often said of every date, and are not counted. Only a clear misplacement speaks against a date:
    no word of the event stands with it, or more than three times as many stand with one other date.
    """
    rivals = [date for date in others if _dates_something(date, bearing) and not _in_name(date, support)]
    dates = [*bearing[:_MOST_DATES], *rivals[:_MOST_DATES]]
    if not title or not rivals:
        return None
    mine_last = len(dates) - len(rivals[:_MOST_DATES])
    votes = _count(_wanted(title), support, dates)
    rival = max(range(mine_last, len(dates)), key=votes.__getitem__)
    mine = max(votes[:mine_last], default=0.0)
    if votes[rival] < 1 or votes[rival] <= _CLEAR * mine:
        return None
    return dates[rival]


def _dates_something(date: DateMention, bearing: Sequence[DateMention]) -> bool:
    """Whether a date can be that of another event: "now" is none, nor is a month that comes back every year."""
    if date.kind == "offset" or fold(date.words) in vague() or not (date.readings or date.month):
        return False
    months = {found.value.month for found in bearing if found.value}
    return not (date.key.startswith("month") and date.month in months)


def _in_name(date: DateMention, support: str) -> bool:
    """Whether a year is part of a name: the plan "Horizon IA 2030"."""
    if not date.words.isdecimal():
        return False
    before = _LAST_WORD.search(support[max(0, date.start - 40) : date.start])
    return before is not None and before[0][:1].isupper() and fold(before[0].strip()) not in _all_stopwords()


@lru_cache(maxsize=1)
def _all_stopwords() -> frozenset[str]:
    return frozenset().union(*(tx.stopwords(language) for language in tx.CHECKED_LANGUAGES))


@lru_cache(maxsize=tx.PASSAGES)
def _wanted(title: str) -> frozenset[str]:
    """The stems of the words of a title that tell an event."""
    stop = tx.stopwords(tx.language_of(title) or "en")
    return frozenset().union(*(_stems(word) for word in _WORD.findall(title) if fold(word) not in stop))


@lru_cache(maxsize=tx.WORDS)
def _stems(word: str) -> frozenset[str]:
    """What a word shares with its other forms ("began": begin)."""
    folded = fold(word)
    return frozenset({folded[:_STEM], *(base[:_STEM] for base in tx.bases(folded))})


def _count(wanted: frozenset[str], support: str, dates: Sequence[DateMention]) -> list[float]:
    parts = _parts(support)
    starts = [part.start for part in parts]
    where = [max(0, bisect_right(starts, date.start) - 1) for date in dates]
    breaks = [found.start() for found in _BREAK.finditer(support)]
    places: dict[str, list[tuple[re.Match[str], int]]] = {}
    for found in _WORD.finditer(support):
        stems = _stems(found[0])
        if wanted.isdisjoint(stems):
            continue
        for stem in stems & wanted:
            if len(places.setdefault(stem, [])) < _MOST_PLACES:
                places[stem].append((found, max(0, bisect_right(starts, found.start()) - 1)))
    votes = [0.0] * len(dates)
    counted: set[tuple[int, ...]] = set()
    for occurrences in places.values():
        spots = tuple(found.start() for found, _ in occurrences)
        if spots in counted or _is_name(occurrences, parts):
            continue
        counted.add(spots)  # "began" has two stems, and one vote
        nearness = [
            max(_near(found, part, date, where[number], parts, breaks, where) for found, part in occurrences)
            for number, date in enumerate(dates)
        ]
        best = max(nearness)
        for number, near in enumerate(nearness):
            if near == best > 0:
                votes[number] += 1.0 if near > _FAR else 0.5
    return votes


_FAR = 1e-6  # the nearness of a word in a sentence without a date is below it


def _is_name(occurrences: Sequence[tuple[re.Match[str], int]], parts: Sequence[_Part]) -> bool:
    """Whether a word is written with a capital everywhere, and somewhere not at the start of a sentence."""
    if not all(found[0][:1].isupper() for found, _ in occurrences):
        return False
    return any(found.start() > parts[part].start + 2 for found, part in occurrences)


def _near(
    found: re.Match[str],
    at: int,
    date: DateMention,
    there: int,
    parts: Sequence[_Part],
    breaks: Sequence[int],
    dated: Sequence[int],
) -> float:
    """How near a word is to a date, 1 beside it; every break of a clause between them halves it."""
    if parts[at].cell and at != there:
        return 0.5 if parts[there].header == at else 0.0
    first, last = (found.end(), date.start) if found.start() < date.start else (date.end, found.start())
    if at == there:
        between = bisect_right(breaks, last - 1) - bisect_right(breaks, first - 1)
        return max(2 * _FAR, float(0.5 ** min(between, 15) / (1 + max(0, last - first) / _REACH)))
    if at in dated or parts[there].cell or abs(at - there) > 2:
        return 0.0
    return _FAR / (1 + max(0, last - first))


@lru_cache(maxsize=tx.PASSAGES)
def _parts(support: str) -> tuple[_Part, ...]:
    """The sentences of a support; those with table rows in them cut into cells."""
    parts: list[_Part] = []
    place = 0
    for sentence in tx.sentences(support):
        start = support.find(sentence, place)
        if start < 0:
            continue
        place = start + len(sentence)
        if sentence.count("|") < 2:
            parts.append(_Part(start, place, False))
        else:
            parts += _cells(sentence, start, len(parts))
    return tuple(parts) or (_Part(0, len(support), False),)


def _cells(row: str, offset: int, number: int) -> list[_Part]:
    """The cells of rows written "a | b | c d | e | f": the last of a row runs into the first of the next.

    Cells without a digit at the front are the header; each later cell is put under the one above it. Where there is
    no header, a cell says nothing of what its date is for.
    """
    texts = row.split("|")
    width = next((count for count, text in enumerate(texts) if any(map(str.isdecimal, text))), len(texts))
    while width > 2 and (len(texts) - 1) % (width - 1):
        width -= 1
    known = 2 < width < len(texts)
    cells: list[_Part] = []
    for count, text in enumerate(texts):
        column = count % (width - 1) if known and count >= width else None
        if column == 0:
            column = width - 1
        last = count == len(texts) - 1
        header = None if column is None else number + column
        cells.append(_Part(offset, offset + len(text), not last, header))
        offset += len(text) + 1
    return cells
