"""The calendar: spans of days, what a date without a year can mean, and steps from a dateline. Pure."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import Literal, NamedTuple

from summariser.schema import DateBasis, PartialDate

Days = tuple[dt.date, dt.date]
Kind = Literal["date", "range", "relative", "weekday", "decade", "fiscal", "offset"]

_FUTURE = re.compile(
    r"\b(?:will|shall|to be|is to|are to|due|expected|expects?|plans?|planned|scheduled|upcoming"
    r"|sera|seront|devra|devront|doit|doivent|prévue?s?|será|serán|deberá|deberán|debe|prevista?o?s?)\b"
    r"|(?<!\w)(?:سوف|س(?:ت|ي)\w{3,})",
    re.IGNORECASE,
)
_TERM = re.compile(
    r"(?:\b(?:from|by|before|until|d'ici|avant|antes)|(?<!\w)قبل)(?:\s(?:the|le|la|el|del?))?\W{0,3}$", re.IGNORECASE
)
"""A word that looks ahead only where it stands right before the date: "by 3 May", but "on 3 May by 40 votes"."""
_HALF_A_YEAR = 200  # days: a date without a year is not taken for one further off than this against the tense
_BEFORE, _AFTER = 90, 40  # characters: about the clause of a date


class DateMention(NamedTuple):
    """A date as it stands in a text: ``text[start:end] == words``, offsets in code points.

    `value` is the date at the precision that the words give, `last` the end of a range; both None where only a
    dateline could tell and there is none. `basis`: ``stated``, ``resolved`` from the dateline, or ``none``.
    `readings` are all the spans of days that the words can mean (12/01/2024 has two). `month`, `day`, `weekday`
    (1 to 7) are what is written where no year is. `key` is a relative expression in one form for all languages.
    """

    start: int
    end: int
    words: str
    value: PartialDate | None = None
    last: PartialDate | None = None
    basis: DateBasis = "none"
    kind: Kind = "date"
    readings: tuple[Days, ...] = ()
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    part: str = ""
    key: str = ""
    impossible: bool = False


def looks_ahead(text: str, start: int, end: int) -> bool:
    """Whether the clause around a date speaks of the future."""
    before = text[max(0, start - _BEFORE) : start]
    before = before[max(before.rfind(". "), before.rfind("; ")) + 1 :]
    after = text[end : end + _AFTER]
    stop = min((place for place in (after.find(". "), after.find(";")) if place >= 0), default=len(after))
    return bool(_FUTURE.search(before) or _TERM.search(before) or _FUTURE.search(after[:stop]))


@lru_cache(maxsize=4096)
def make(year: int, month: int | None = None, day: int | None = None) -> PartialDate | None:
    """The date of these parts, or None where the calendar has none."""
    try:
        return PartialDate.of(year, month, day)
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def quarter(year: int, number: int) -> PartialDate | None:
    """A quarter of a year, or None where there is none."""
    return PartialDate(f"{year:04d}-Q{number}") if 1 <= year <= 9999 and 1 <= number <= 4 else None


def span(value: PartialDate) -> Days:
    """The first and the last day of a partial date."""
    return value.first, value.last


def name_of(days: Days) -> PartialDate | None:
    """The finest date that holds a whole span of days: a day, a month, a quarter, a year, or None."""
    first, last = days
    if first == last:
        return make(first.year, first.month, first.day)
    if first.year != last.year:
        return None
    if first.month == last.month:
        return make(first.year, first.month)
    quarter = (first.month - 1) // 3
    if quarter == (last.month - 1) // 3:
        return PartialDate(f"{first.year:04d}-Q{quarter + 1}")
    return make(first.year)


def shift(day: dt.date, unit: str, count: int) -> dt.date:
    """`day` moved by `count` units, kept inside the calendar; the 31st becomes the last of a shorter month."""
    try:
        if unit in ("day", "week", "fortnight"):
            return day + dt.timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[unit])
        months = count * {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120}[unit]
        place = day.year * 12 + day.month - 1 + months
        year, month = divmod(place, 12)
        following = dt.date(year + (month == 11), (month + 1) % 12 + 1, 1)
        return dt.date(year, month + 1, min(day.day, (following - dt.timedelta(days=1)).day))
    except (OverflowError, ValueError):
        return dt.date.max if count > 0 else dt.date.min


def around(day: dt.date, unit: str) -> Days:
    """The day, week, month, quarter, year or decade that `day` falls in."""
    if unit == "day":
        return day, day
    if unit in ("week", "fortnight"):
        first = day - dt.timedelta(days=min(day.weekday(), day.toordinal() - 1))
        return first, shift(first, "day", 6 if unit == "week" else 13)
    if unit == "month":
        return span(PartialDate.of(day.year, day.month))
    if unit == "quarter":
        return span(PartialDate(f"{day.year:04d}-Q{(day.month + 2) // 3}"))
    if unit == "decade":
        first_year = max(1, day.year // 10 * 10)
        return dt.date(first_year, 1, 1), dt.date(min(9999, first_year + 9), 12, 31)
    return span(PartialDate.of(day.year))


def grain(unit: str) -> str:
    """How precise a step of this unit is: "two weeks ago" names a day, "two months ago" a month."""
    return "day" if unit in ("day", "week", "fortnight") else unit


def part_of(days: Days, part: str) -> Days:
    """The early, middle or late part of a span, generously: early 2025 is January to mid-May."""
    first, last = days
    length = (last - first).days + 1
    third = dt.timedelta(days=length // 3)
    slack = dt.timedelta(days=length // 24)
    if part == "early":
        return first, first + third + slack
    if part == "middle":
        return first + third - slack, last - third + slack
    return last - third - slack, last


@lru_cache(maxsize=4096)
def yearless(month: int, day: int | None, ref: PartialDate, ahead: bool) -> tuple[PartialDate, ...]:
    """What a month, or a day of a month, can mean seen from a dateline: the likelier year first."""
    found = [date for step in range(-4, 9) if (date := make(max(1, ref.year + step), month, day))]
    past = [date for date in found if date.first <= ref.last]
    future = [date for date in found if date.last >= ref.first]
    last, following = past[-1:], future[:1]
    ordered = list(dict.fromkeys(following + last if ahead else last + following))
    return tuple(date for date in ordered if date is ordered[0] or _distance(date, ref) <= _HALF_A_YEAR)


def _distance(one: PartialDate, other: PartialDate) -> int:
    """Days between two dates, 0 where they overlap."""
    return max(0, (one.first - other.last).days, (other.first - one.last).days)


def weekday_near(weekday: int, ref: dt.date, ahead: bool) -> list[dt.date]:
    """The last and the next such weekday (1 to 7) seen from a dateline, the likelier first; today counts as both."""
    back = (ref.isoweekday() - weekday) % 7
    past = shift(ref, "day", -back)
    future = past if back == 0 else shift(past, "day", 7)
    ordered = [future, past] if ahead else [past, future]
    return list(dict.fromkeys(ordered))


EASTER, THANKSGIVING, BLACK_FRIDAY = 1, 2, 3


def holiday(number: int, year: int) -> PartialDate | None:
    """The day of a holiday in a year: 1225 is 25 December, the smaller numbers are the movable ones above."""
    if number >= 100:
        return make(year, number // 100, number % 100)
    if not 1583 <= year <= 9998:
        return None
    if number == EASTER:
        return make(year, *easter(year))
    thursday = weekday_near(4, dt.date(year, 11, 22), True)[0]
    day = shift(thursday, "day", number - THANKSGIVING)
    return make(day.year, day.month, day.day)


def easter(year: int) -> tuple[int, int]:
    """Month and day of Easter Sunday in the Gregorian calendar (the anonymous algorithm of 1876, after Meeus)."""
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return month, day + 1
