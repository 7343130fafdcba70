"""Build years and parts of them: "2024", "Q3 2024", "mid-2025", "fiscal 2026", "the 1990s". Pure."""

from __future__ import annotations

import datetime as dt

from summariser.evidence.dates_full import STEP, FullDates
from summariser.evidence.dates_resolve import DateMention, Days, looks_ahead, make, quarter, shift, span, yearless
from summariser.evidence.dates_words import Item
from summariser.evidence.numbers_words import fold


class YearDates(FullDates):
    """Years, quarters, halves, seasons, decades; on top of dates in full."""

    def _year_alone(self, start: int, end: int) -> DateMention | None:
        item = self._pick(start, end, "yx")[0]
        if item.kind == "y" and not self._plausible(start, end, item):
            return None
        value = make(item.value)
        return self._mention(start, end, value=value, part=self._part(start, end)) if value else None

    def _plausible(self, start: int, end: int, item: Item) -> bool:
        """Whether four digits are a year and not a count, a code or a version."""
        if self._longer(end - 1, end):
            return False
        before = self.items[start - 1] if start else None
        after = self.items[end] if end < len(self.items) else None
        for near, touching in ((before, self.items[start].touching), (after, bool(after and after.touching))):
            if near and touching and ((near.kind in "/^_@#.:=" and near.text != ".") or near.kind in "dnyc#"):
                return False
        if before and before.kind == "-" and before.touching and self.items[start].touching:
            return 1900 <= item.value <= 2100
        introduced = end - start > 1 or (before is not None and before.kind in "ijfB>ab&CNLT(,")
        counted = before is not None and fold(before.text) in ("than", "over", "about", "some", "least", "nearly", "de")
        noun = after is not None and after.kind == "_" and after.text[:1].islower() and after.text.endswith("s")
        if counted and before is not None and before.kind not in "fB":
            return False
        if 1990 <= item.value <= 2070 and item.value != 2000:
            return True
        return (introduced and not noun) or (before is None and after is None)

    def _years(self, start: int, end: int) -> DateMention | None:
        """2021–2027, 2024-25, between 2015 and 2018; 2024-03 is a month."""
        one, other = self._pick(start, end, "ydn")[:2]
        place = self.items.index(one, start)
        link = self.items[place + 1].kind
        if link == "&" and self.items[start].kind != "B":
            return None
        short = other.kind in "dn"
        if short:
            if link != "-" or not self._touching(place, end):
                return None
            following = (one.value + 1) % 100 == other.value
            if not following and 1 <= other.value <= 12:
                value = make(one.value, other.value)
                return self._mention(start, end, value=value)
            if other.end - other.start != 2 or other.value <= one.value % 100:
                return None
        last_year = one.value // 100 * 100 + other.value if short else other.value
        first, last = make(one.value), make(last_year)
        if first is None or last is None or first > last:
            return None
        spans = [(first.first, last.last)]
        return self._mention(start, end, value=first, last=last, readings=spans, kind="range")

    def _anchor_year(self, start: int, end: int) -> tuple[int | None, bool]:
        """The year that a match writes or points to ("next year"), and whether it was worked out."""
        years = self._pick(start, end, "yx")
        if years:
            return years[0].value, False
        steps = self._pick(start, end, "NLT")
        units = self._pick(start, end, "U")
        if steps and units and units[-1].unit == "year" and self.today:
            return shift(self.today, "year", STEP[steps[0].kind]).year, True
        return None, True

    def _quarter(self, start: int, end: int) -> DateMention | None:
        number = next((item.value for item in self._pick(start, end, "dO")), 0)
        year, resolved = self._anchor_year(start, end)
        if not 1 <= number <= 4 or ("q" in self.shape(start, end) and not self._near(start, end, "q")):
            return None
        key = f"quarter {number}"
        if year is not None:
            value = quarter(year, number)
            return self._mention(start, end, value=value, resolved=resolved, key=key)
        if self.published is None:
            return self._mention(start, end, key=key, kind="relative")
        years = [self.published.year + step for step in (0, -1, 1)]
        values = [value for year in years if (value := quarter(year, number))]
        return self._mention(start, end, value=values[0], readings=[span(v) for v in values], resolved=True, key=key)

    def _near(self, start: int, end: int, letter: str) -> bool:
        place = next(place for place in range(start, end) if self.items[place].kind == letter)
        if place > start and self.items[place - 1].kind == "d":
            return self.items[place].touching
        return self.items[place + 1].touching or self.items[place].text.isupper()

    def _half(self, start: int, end: int) -> DateMention | None:
        number = next((item.value for item in self._pick(start, end, "dO")), 0)
        year, resolved = self._anchor_year(start, end)
        if number not in (1, 2):
            return None
        key = f"half {number}"
        value = make(year) if year else None
        if value is None:
            return self._mention(start, end, key=key, kind="relative")
        days = (dt.date(value.year, 6 * number - 5, 1), dt.date(value.year, 6 * number, 30 if number == 1 else 31))
        return self._mention(start, end, value=value, readings=[days], resolved=resolved, key=key, kind="range")

    def _season(self, start: int, end: int) -> DateMention | None:
        season = self._pick(start, end, "S")[0]
        years, steps = self._pick(start, end, "yx"), self._pick(start, end, "NLT")
        key = f"season {season.value} {steps[0].kind if steps else ''}"
        spans: list[Days] = []
        if years:
            spans = _seasons(years[0].value, season.value)
        elif steps and self.today:
            spans = _seasons(self.today.year + STEP[steps[0].kind], season.value)
        elif self.published:
            firsts = yearless(season.value, None, self.published, self._ahead_of(start, end))
            spans = [days for first in firsts for days in _seasons(first.year, season.value)[:1]]
        value = make(spans[0][0].year) if spans else None
        if value is None:
            return self._mention(start, end, kind="relative", key=key)
        return self._mention(start, end, value=value, readings=spans, resolved=not years, key=key, kind="range")

    def _ahead_of(self, start: int, end: int) -> bool:
        return looks_ahead(self.text, self.items[start].start, self.items[end - 1].end)

    def _fiscal(self, start: int, end: int) -> DateMention | None:
        item = self._pick(start, end, "yxdn")[0]
        year = self._year(item, item.touching)
        value = make(year) if year else None
        if value is None:
            return None
        spans = [(shift(value.first, "year", -1), shift(value.last, "year", 1)), span(value)]
        return self._mention(start, end, value=value, readings=spans[1:], kind="fiscal", key=f"fiscal {year}")

    def _decade(self, start: int, end: int) -> DateMention | None:
        year = self._pick(start, end, "y")[0]
        if year.value % 10 or (self.shape(start, end).endswith("ys") and not self.items[end - 1].touching):
            return self._year_alone(start, end) if self.items[start].kind == "y" and year.value % 10 else None
        first, last = make(year.value), make(year.value + 9)
        if first is None or last is None:
            return None
        days = (first.first, last.last)
        return self._mention(
            start, end, value=first, last=last, readings=[days], kind="decade", key=f"decade {year.value}"
        )


def _seasons(year: int, month: int) -> list[Days]:
    """The three months of a season of a year; its winter is that which begins in it or the one that ends in it."""
    if not 1 < year < 9999:
        return []
    firsts = [dt.date(year, month, 1)] + ([dt.date(year - 1, 12, 1)] if month == 12 else [])
    return [(first, shift(shift(first, "month", 3), "day", -1)) for first in firsts]
