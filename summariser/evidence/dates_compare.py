"""Whether one date bears out another: spans, relative words, ranges, ends, weekdays. Pure."""

from __future__ import annotations

import datetime as dt

from summariser.evidence.dates_resolve import DateMention, span
from summariser.evidence.numbers_words import fold
from summariser.schema import PartialDate

_ENDS = tuple(map(fold, ("end", "fin", "نهاية", "ختام")))
_SLACK = dt.timedelta(days=62)  # the last quarter of a year begins before its last third does
_IN_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
_IN_DAYS = {"day": 1, "week": 7, "fortnight": 14}


def _contains(outer: tuple[object, object], inner: tuple[object, object]) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]  # type: ignore[operator,no-any-return]


def step_of(key: str) -> tuple[str, int, str] | None:
    """A relative key in months or days, so that 24 months are two years."""
    parts = key.split(":")
    if len(parts) < 3 or not parts[1].lstrip("-").isdecimal():
        return None
    unit, count = parts[0], int(parts[1])
    for table, name in ((_IN_MONTHS, "month"), (_IN_DAYS, "day")):
        if unit in table and parts[2] != "unit":
            return name, count * table[unit], parts[2]
    return unit, count, parts[2]


def _same_words(claim: DateMention, support: DateMention) -> bool:
    """Whether both are the same relative expression, whatever it resolves to."""
    if not claim.key or not support.key or (claim.readings and support.readings and claim.kind == "date"):
        return False
    if claim.key == support.key:
        return True
    one, other = step_of(claim.key), step_of(support.key)
    return one is not None and one == other


def _same_parts(claim: DateMention, support: DateMention, years: set[int]) -> bool:
    """Month and day agree where one side has no year of its own."""
    if claim.month is None and support.month is None:
        return False
    said = _parts(claim)
    given = _parts(support)
    if said[1] is None or said[1] != given[1] or (said[2] is not None and said[2] != given[2]):
        return False
    if claim.month is not None and claim.basis != "stated":
        return True
    return not support.readings and said[0] in years


def _parts(date: DateMention) -> tuple[int | None, int | None, int | None]:
    if date.month is not None:
        return None, date.month, date.day
    if date.value is None or date.value.precision == "quarter" or date.last:
        return None, None, None
    return date.value.year, date.value.month, date.value.day


def bears(claim: DateMention, support: DateMention, years: set[int]) -> bool:
    """Whether a date of the support bears out one of the claim."""
    if support.impossible or _weekdays_differ(claim, support):
        return False
    if _same_words(claim, support) or _same_parts(claim, support, years):
        return True
    if claim.weekday is not None and not claim.readings:
        days = [first for first, last in support.readings if first == last]
        return support.weekday == claim.weekday or any(day.isoweekday() == claim.weekday for day in days)
    if claim.key.startswith("quarter") and claim.value and not support.readings:
        return support.key == claim.key and claim.value.year in years
    if claim.kind == "fiscal" and support.kind != "fiscal":
        return False
    if ":spell" in claim.key:
        return claim.readings == support.readings != ()
    if claim.last is not None and claim.kind != "decade":
        return _same_range(claim, support)
    if claim.value and _is_end(claim.value, support):
        return True
    if support.last is not None and claim.value in (support.value, support.last):
        return True
    if claim.part and support.part == claim.part and claim.value == support.value:
        return True
    return any(_contains(said, given) for said in claim.readings for given in support.readings)


def _same_range(claim: DateMention, support: DateMention) -> bool:
    """Whether a range has the ends of another, at its own precision: March to May holds for 3 March to 9 May."""
    if claim.readings == support.readings:
        return True
    if not (claim.value and claim.last and support.value and support.last):
        return False
    pairs = ((claim.value, support.value), (claim.last, support.last))
    return all(_contains(span(said), span(given)) for said, given in pairs)


def _is_end(value: PartialDate, support: DateMention) -> bool:
    """Whether a quarter, month or day is the last of a span whose end is meant ("by the end of 2026": 2026-12-31)."""
    words = fold(support.words)
    if support.part != "late" and not support.key.endswith(":late"):
        return False
    if not any(word in words for word in _ENDS) or value.precision == "year" or not support.readings:
        return False
    first, last = support.readings[0]
    return value.last == last and value.first >= first - _SLACK


def _weekdays_differ(claim: DateMention, support: DateMention) -> bool:
    """Whether the claim puts a date on another weekday than the support, or else than the calendar."""
    if claim.weekday is None or not claim.readings:
        return False
    if support.weekday is not None:
        return support.weekday != claim.weekday
    return claim.value is not None and claim.value.day is not None and claim.value.first.isoweekday() != claim.weekday


def finer(claim: DateMention, support: DateMention) -> bool:
    """Whether the claim gives a finer date inside one that the support gives."""
    if support.kind in ("decade", "offset") or ":spell" in support.key:
        return False
    return any(_contains(given, said) and given != said for said in claim.readings for given in support.readings)


def alike(claim: DateMention, date: DateMention) -> bool:
    """Whether two dates are of one precision and share a part: an edited copy rather than another date."""
    said, given = _parts(claim), _parts(date)
    same = [one == other for one, other in zip(said, given, strict=True) if one is not None and other is not None]
    shape = [(one is None) == (other is None) for one, other in zip(said, given, strict=True)]
    return all(shape) and any(same) and not all(same)
