"""The timeline as a drawing: a lane for each jurisdiction, in it a track for each stage, marks along the years.

Places are given in per cent of the width, so that the drawing fits any screen without being distorted.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summariser.render.timeline.wording import progress
from summariser.render.words import Stage, Words

if TYPE_CHECKING:
    from summariser.schema import PartialDate
    from summariser.timeline.model import Entry

TRACKS: tuple[Stage, ...] = ("done", "ahead", "over", "unknown")
TRACK_HEIGHT = 18
"""Pixels."""

FIRST_LANES = 10
"""Lanes that are drawn at once; the others are behind a click."""

MOST_TICKS = 8


@dataclass(frozen=True, slots=True)
class Mark:
    """An entry in a lane: a point, or a bar where its date is a quarter or a year. Places in per cent."""

    entry: str
    stage: Stage
    start: float
    width: float
    """0 for a point."""
    y: int
    words: str
    conflict: bool
    first: str
    """First and last day, ISO."""
    last: str


@dataclass(frozen=True, slots=True)
class Lane:
    """A jurisdiction: its marks in order of date, the height of its drawing in pixels, what it says when read out."""

    code: str
    name: str
    height: int
    marks: tuple[Mark, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Chart:
    """`first` and `last` are the years drawn, both whole."""

    first: int
    last: int
    ticks: tuple[tuple[float, int], ...]
    lanes: tuple[Lane, ...]
    more: tuple[Lane, ...]


def chart(entries: Sequence[Entry], words: Words) -> Chart | None:
    """The drawing of the entries that have a date; None where none has."""
    dated = [(entry, entry.date) for entry in entries if entry.date]
    if not dated:
        return None
    first, last = min(date.year for _, date in dated), max(date.last.year for _, date in dated)
    scale = _Scale(first, last)
    places: dict[str, list[tuple[Entry, PartialDate]]] = defaultdict(list)
    for entry, date in dated:
        for code in entry.jurisdictions or ("",):
            places[code].append((entry, date))
    order = Counter({code: len(found) for code, found in places.items()}).most_common()
    lanes = [_lane(code, places[code], scale, words) for code, _ in sorted(order, key=lambda row: (-row[1], row[0]))]
    # One or two lanes alone behind a click would only hide them.
    shown = FIRST_LANES if len(lanes) > FIRST_LANES + 2 else len(lanes)
    return Chart(first, last, tuple(_ticks(first, last)), tuple(lanes[:shown]), tuple(lanes[shown:]))


class _Scale:
    def __init__(self, first: int, last: int) -> None:
        self.start = dt.date(first, 1, 1).toordinal()
        self.days = (dt.date.max if last >= dt.MAXYEAR else dt.date(last + 1, 1, 1)).toordinal() - self.start

    def __call__(self, day: dt.date) -> float:
        return round(100 * (day.toordinal() - self.start) / self.days, 2)


def _lane(code: str, found: list[tuple[Entry, PartialDate]], scale: _Scale, words: Words) -> Lane:
    stages = [name for name in TRACKS if any(progress(entry) == name for entry, _ in found)]
    name = words.place(code) if code else words("timeline", "no_place")
    marks = tuple(_mark(entry, date, stages, scale, words) for entry, date in found)
    years = min(date.year for _, date in found), max(date.last.year for _, date in found)
    told = words("timeline", "lane", name, len(found), *years)
    return Lane(code, name, TRACK_HEIGHT * len(stages), marks, told)


def _mark(entry: Entry, date: PartialDate, stages: list[Stage], scale: _Scale, words: Words) -> Mark:
    start, end = scale(date.first), scale(date.last)
    point = date.precision in ("day", "month")
    return Mark(
        entry=entry.id,
        stage=progress(entry),
        start=round((start + end) / 2, 2) if point else start,
        width=0 if point else round(end - start, 2),
        y=TRACK_HEIGHT * stages.index(progress(entry)) + TRACK_HEIGHT // 2,
        words=f"{words.date(date)} · {words('status', entry.status)} · {entry.title}",
        conflict=bool(entry.conflicts),
        first=date.first.isoformat(),
        last=date.last.isoformat(),
    )


def _ticks(first: int, last: int) -> Iterator[tuple[float, int]]:
    step = -(-(last - first + 1) // MOST_TICKS)
    scale = _Scale(first, last)
    for year in range(first, last + 1, step):
        yield scale(dt.date(year, 1, 1)), year
