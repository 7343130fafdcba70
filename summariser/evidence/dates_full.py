"""Build dates that give a day or a month: "14 May 2024", 12/01/2024, "March 2024". Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from summariser.evidence.dates_resolve import (
    DateMention,
    Days,
    Kind,
    looks_ahead,
    make,
    part_of,
    shift,
    span,
    yearless,
)
from summariser.evidence.dates_words import Item
from summariser.schema import DateBasis, PartialDate

_DAY_FIRST = {"fr", "es", "ar", "de", "it", "pt", "nl"}
_ORDER_KNOWN_WITHIN = 45  # days: of two readings of 12/01/2024, one this near the dateline is the one meant …
_ORDER_RULED_OUT = 90  # … where the other is further off than this
STEP = {"N": 1, "T": 0, "L": -1}
_PARTS = {"E": "early", "G": "middle", "Z": "late"}


class FullDates:
    """Dates with a day or a month. Every method takes the first item of a match and the one after its last."""

    def __init__(self, text: str, language: str, published: PartialDate | None, items: Sequence[Item]) -> None:
        self.text, self.language, self.published, self.items = text, language, published, items
        self.today: dt.date | None = published.first if published else None
        self.exact = published is not None and published.day is not None

    def _pick(self, start: int, end: int, kinds: str) -> list[Item]:
        return [item for item in self.items[start:end] if item.kind in kinds]

    def _mention(
        self,
        start: int,
        end: int,
        *,
        value: PartialDate | None = None,
        readings: Sequence[Days] = (),
        resolved: bool = False,
        kind: Kind = "date",
        last: PartialDate | None = None,
        month: int | None = None,
        day: int | None = None,
        weekday: int | None = None,
        part: str = "",
        key: str = "",
        impossible: bool = False,
    ) -> DateMention:
        first, final = self.items[start].start, self.items[end - 1].end
        spans = tuple(readings) or ((span(value),) if value else ())
        if part:
            spans = tuple(part_of(days, part) for days in spans)
        basis: DateBasis = "none" if not spans else "resolved" if resolved else "stated"
        words = self.text[first:final]
        return DateMention(
            first,
            final,
            words,
            value,
            last,
            basis,
            kind,
            spans,
            month,
            day,
            weekday,
            part,
            key,
            impossible,
        )

    def _touching(self, start: int, end: int) -> bool:
        return all(item.touching for item in self.items[start + 1 : end])

    def _year(self, item: Item, touching: bool = False) -> int | None:
        """The year that an item writes; two digits count only where they are part of a numeric date."""
        if item.kind in "yx":
            return item.value
        if touching and item.end - item.start == 2:
            return item.value + (2000 if item.value < 40 else 1900)
        return None

    def _dated(self, start: int, end: int, year: int | None, month: int, day: int | None) -> DateMention | None:
        weekday = next((item.value for item in self._pick(start, end, "WV")), None)
        if year is None and (beside := self._year_beside(start, end)) and (value := make(beside, month, day)):
            return self._mention(start, end, value=value, weekday=weekday, resolved=True)
        if year is not None:
            value = make(year, month, day)
            if value is None:
                return self._mention(start, end, month=month, day=day, impossible=True) if 1 <= month <= 12 else None
            return self._mention(start, end, value=value, weekday=weekday)
        if make(2000, month, day) is None:
            return self._mention(start, end, month=month, day=day, impossible=True)
        return self._without_year(start, end, month, day, weekday)

    def _year_beside(self, start: int, end: int) -> int | None:
        """The year of "Feb 2 this year", "Jan. 1 of next year"."""
        units, steps = self._pick(start, end, "U"), self._pick(start, end, "NLT")
        if not steps or not units or units[-1].unit != "year" or self.today is None:
            return None
        return shift(self.today, "year", STEP[steps[-1].kind]).year

    def _without_year(self, start: int, end: int, month: int, day: int | None, weekday: int | None) -> DateMention:
        if self.published is None:
            return self._mention(start, end, month=month, day=day, weekday=weekday)
        step = next((STEP[item.kind] for item in self._pick(start, end, "NLT")), None)
        ahead = step == 1 or (step != -1 and looks_ahead(self.text, self.items[start].start, self.items[end - 1].end))
        values = list(yearless(month, day, self.published, ahead))
        if step == 0 and self.today:
            values = [date for date in (make(self.today.year, month, day),) if date] or values
        elif step == 1:
            values = [date for date in values if date.first > self.published.last][:1] or values
        elif weekday is not None:
            values = [date for date in values if date.first.isoweekday() == weekday] or values
        spans = [span(date) for date in values]
        if not values:
            return self._mention(start, end, month=month, day=day)
        return self._mention(
            start, end, value=values[0], readings=spans, resolved=True, month=month, day=day, weekday=weekday
        )

    def _iso(self, start: int, end: int) -> DateMention | None:
        numbers = self._pick(start, end, "ydc")
        if numbers[0].kind == "c":
            value = numbers[0].value
            date = make(value // 10000, value // 100 % 100, value % 100)
            return self._mention(start, end, value=date) if date else None
        year, month, day = (item.value for item in numbers)
        first = next(place for place in range(start, end) if self.items[place] is numbers[0])
        apart = self.shape(start, end).endswith("ydd")
        if self._longer(first, end) or not (apart or self._touching(first, end)):
            return None
        if month > 12 and day <= 12 and not apart:
            month, day = day, month
        return self._dated(start, end, year, month, day) if month <= 12 else None

    def _longer(self, start: int, end: int) -> bool:
        """Whether the digits go on on either side (a version, an address): 2.4.2024.1."""
        items = self.items
        before = start > 1 and items[start].touching and items[start - 1].touching and items[start - 1].kind in "./-"
        after = end + 1 < len(items) and items[end].touching and items[end + 1].touching and items[end].kind in "./-"
        digits = "dync#"
        return (before and items[start - 2].kind in digits) or (after and items[end + 1].kind in digits)

    def shape(self, start: int, end: int) -> str:
        return "".join(item.kind for item in self.items[start:end])

    def _numeric(self, start: int, end: int) -> DateMention | None:
        one, other, last = self._pick(start, end, "dyn")[-3:]
        place = next(place for place in range(start, end) if self.items[place] is one)
        touching = self._touching(place, end)
        separated = self.items[place + 1].kind in "/.-"
        if (
            self._longer(place, end)
            or (separated and not touching)
            or (not separated and self.language not in _DAY_FIRST)
        ):
            return None
        year = self._year(last, touching and self.items[place + 1].kind in "/-")
        if year is None:
            return None
        return self._either(start, end, year, one.value, other.value)

    def _either(self, start: int, end: int, year: int, one: int, other: int) -> DateMention | None:
        """Day and month in the order of the language; in English both orders are read, and a dateline may decide."""
        day_first, month_first = make(year, other, one), make(year, one, other)
        if self.language in _DAY_FIRST or day_first is None or month_first is None or one == other:
            value = day_first if self.language in _DAY_FIRST and day_first else month_first or day_first
            if value is None:
                return self._mention(start, end, day=one, month=other, impossible=True)
            return self._mention(start, end, value=value)
        for value, rival in ((day_first, month_first), (month_first, day_first)):
            near = self.today is not None and abs((value.first - self.today).days) <= _ORDER_KNOWN_WITHIN
            if near and self.today and abs((rival.first - self.today).days) > _ORDER_RULED_OUT:
                return self._mention(start, end, value=value)
        both = [span(month_first), span(day_first)]
        return self._mention(start, end, value=make(year), readings=both)

    def _numeric_day(self, start: int, end: int) -> DateMention | None:
        one, other = self._pick(start, end, "d")
        month, day = (other.value, one.value) if self.language in _DAY_FIRST else (one.value, other.value)
        if month > 12:
            month, day = day, month
        if not self._touching(end - 3, end) or month > 12:
            return None
        return self._dated(start, end, None, month, day)

    def _named(self, start: int, end: int) -> DateMention | None:
        month = self._pick(start, end, "Mm")[0].value
        numbers = self._pick(start, end, "dyn")
        first = min(place for place in range(start, end) if self.items[place].kind in "dynMm")
        if not self._touching(first, end):
            return None
        years = [item for item in numbers if item.kind == "y"] or numbers[-1:]
        year = self._year(years[0], True)
        day = next((item.value for item in numbers if item is not years[0]), None)
        return self._dated(start, end, year, month, day) if year else None

    def _day_month(self, start: int, end: int) -> DateMention | None:
        month = self._pick(start, end, "Mm")[0]
        day = next((item for item in self._pick(start, end, "dOwu") if item is not month), None)
        years = self._pick(start, end, "yx")
        if day is None or (day.kind == "u" and self.language == "en"):
            return None
        return self._dated(start, end, years[0].value if years else None, month.value, day.value)

    def _month_word(self, start: int, end: int) -> DateMention | None:
        return None if self.language == "en" else self._day_month(start, end)

    def _days(self, start: int, end: int) -> DateMention | None:
        """3–5 March 2024, 18 and 19 June."""
        month = self._pick(start, end, "Mm")[0].value
        one, other = [item.value for item in self._pick(start, end, "dOwu")][:2]
        years = self._pick(start, end, "yx")
        whole = self._dated(start, end, years[0].value if years else None, month, other)
        first = self._dated(start, end, years[0].value if years else None, month, one)
        if whole is None or first is None or whole.impossible or first.impossible:
            return whole
        if not whole.readings or not first.readings or first.readings[0][0] > whole.readings[0][1]:
            return whole
        spans = [(first.readings[0][0], whole.readings[0][1])]
        if "&" in self.shape(start, end) and self.items[start].kind != "B":
            spans += [first.readings[0], whole.readings[0]]
        resolved = whole.basis == "resolved"
        return self._mention(
            start, end, value=first.value, last=whole.value, readings=spans, resolved=resolved, kind="range"
        )

    def _month_year(self, start: int, end: int) -> DateMention | None:
        month = self._pick(start, end, "Mm")[0].value
        year = self._pick(start, end, "yxn")[0]
        value = make(self._year(year, True) or 0, month)
        return self._mention(start, end, value=value, part=self._part(start, end)) if value else None

    def _part(self, start: int, end: int) -> str:
        part = next((_PARTS[item.kind] for item in self._pick(start, end, "EGZ")), "")
        return part or {"later": "late", "earlier": "early"}.get(self.items[start].text.lower(), "")

    def _month(self, start: int, end: int) -> DateMention | None:
        month = self._pick(start, end, "Mm")[0].value
        mention = self._without_year(start, end, month, None, None)
        part = self._part(start, end)
        spans = [part_of(days, part) for days in mention.readings] if part else mention.readings
        return self._mention(
            start, end, value=mention.value, readings=spans, resolved=True, month=month, key=f"month {month} {part}"
        )
