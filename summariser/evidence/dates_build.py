"""Turn the items that a pattern matched into a date: one method for each family of patterns. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from summariser.evidence.dates_resolve import (
    DateMention,
    Days,
    Kind,
    around,
    grain,
    holiday,
    looks_ahead,
    make,
    name_of,
    part_of,
    shift,
    span,
    weekday_near,
    yearless,
)
from summariser.evidence.dates_words import Item
from summariser.evidence.numbers_words import fold
from summariser.schema import PartialDate

Built = tuple[DateMention, int, int]

_DAY_FIRST = {"fr", "es", "ar", "de", "it", "pt", "nl"}
_ORDER_KNOWN_WITHIN = 45  # days: of two readings of 12/01/2024, one this near the dateline is the one meant …
_ORDER_RULED_OUT = 90  # … where the other is further off than this
_PARTS = {"E": "early", "G": "middle", "Z": "late"}
_STEP = {"N": 1, "T": 0, "L": -1}
_AHEAD_WORDS = {"in", "dans", "en", "بعد"}


class Builder:
    """Builds the mentions of one text. Every method takes the first and the last item of a match."""

    def __init__(self, text: str, language: str, published: PartialDate | None, items: Sequence[Item]) -> None:
        self.text, self.language, self.published, self.items = text, language, published, items
        self.today: dt.date | None = published.first if published else None
        self.exact = published is not None and published.day is not None

    def build(self, rule: str, start: int, end: int) -> Built | None:
        """The mention for a match of `rule` over items `start` to `end`, and the items that it really covers."""
        method: Callable[[int, int], DateMention | None] = getattr(self, f"_{_METHODS.get(rule, rule)}")
        while start < end - 1 and self.items[start].kind == "t":
            start += 1
        while end > start + 1 and self.items[end - 1].kind in ",(fBti":
            end -= 1
        mention = method(start, end)
        return (mention, start, end) if mention else None

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
        basis = "none" if not spans else "resolved" if resolved else "stated"
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
            impossible,  # type: ignore[arg-type]
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

    # dates in full -------------------------------------------------------------------------------------------

    def _dated(self, start: int, end: int, year: int | None, month: int, day: int | None) -> DateMention | None:
        weekday = next((item.value for item in self._pick(start, end, "WV")), None)
        if year is not None:
            value = make(year, month, day)
            if value is None:
                return self._mention(start, end, month=month, day=day, impossible=True) if 1 <= month <= 12 else None
            return self._mention(start, end, value=value, weekday=weekday)
        if make(2000, month, day) is None:
            return self._mention(start, end, month=month, day=day, impossible=True)
        return self._without_year(start, end, month, day, weekday)

    def _without_year(self, start: int, end: int, month: int, day: int | None, weekday: int | None) -> DateMention:
        if self.published is None:
            return self._mention(start, end, month=month, day=day, weekday=weekday)
        step = next((_STEP[item.kind] for item in self._pick(start, end, "NLT")), None)
        ahead = step == 1 or (step != -1 and looks_ahead(self.text, self.items[start].start, self.items[end - 1].end))
        values = yearless(month, day, self.published, ahead)
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

    # years and parts of them ----------------------------------------------------------------------------------

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
            return shift(self.today, "year", _STEP[steps[0].kind]).year, True
        return None, True

    def _quarter(self, start: int, end: int) -> DateMention | None:
        number = next((item.value for item in self._pick(start, end, "dO")), 0)
        year, resolved = self._anchor_year(start, end)
        if not 1 <= number <= 4 or ("q" in self.shape(start, end) and not self._near(start, end, "q")):
            return None
        key = f"quarter {number}"
        if year is not None:
            value = PartialDate(f"{year:04d}-Q{number}")
            return self._mention(start, end, value=value, resolved=resolved, key=key)
        if self.published is None:
            return self._mention(start, end, key=key, kind="relative")
        values = [PartialDate(f"{self.published.year + step:04d}-Q{number}") for step in (0, -1, 1)]
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
        year = years[0].value if years else self.today.year + _STEP[steps[0].kind] if self.today else None
        key = f"season {season.value} {steps[0].kind if steps else ''}"
        value = make(year) if year and 1 < year < 9999 else None
        if value is None:
            return self._mention(start, end, key=key, kind="relative")
        firsts = [dt.date(value.year, season.value, 1)]
        if season.value == 12:
            firsts.append(dt.date(value.year - 1, 12, 1))
        spans = [(first, shift(shift(first, "month", 3), "day", -1)) for first in firsts]
        return self._mention(start, end, value=value, readings=spans, resolved=not years, key=key, kind="range")

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

    # seen from the dateline ------------------------------------------------------------------------------------

    def _stepped(
        self, start: int, end: int, unit: str, count: int, *, exact_day: bool, kind: Kind = "relative", part: str = ""
    ) -> DateMention | None:
        """`count` units from the dateline: the unit itself ("last month") or a point that far off ("two days ago")."""
        key = f"{unit}:{count}:{'point' if exact_day else 'unit'}:{part}"
        if self.today is None or (not self.exact and grain(unit) == "day"):
            return self._mention(start, end, kind=kind, key=key)
        day = shift(self.today, unit, count)
        days = around(day, grain(unit) if exact_day else unit)
        spans = [part_of(days, part)] if part else [days]
        return self._mention(start, end, value=name_of(days), readings=spans, resolved=True, kind=kind, key=key)

    def _relday(self, start: int, end: int) -> DateMention | None:
        return self._stepped(start, end, "day", self.items[start].value, exact_day=True)

    def _unit(self, start: int, end: int) -> DateMention | None:
        unit = self._pick(start, end, "U")[0].unit
        steps = self._pick(start, end, "NLT")
        part = self._part(start, end)
        if "C" in self.shape(start, end) or (self.language == "en" and self.shape(start, end)[-1:] in "NLT"):
            return None  # "the day following", "this last": no dates by themselves
        if not steps and not (part and unit in ("year", "month", "week")):
            return None
        count = sum(_STEP[item.kind] for item in steps)
        return self._stepped(start, end, unit, count, exact_day=unit == "day", part=part)

    def _quarter_rel(self, start: int, end: int) -> DateMention | None:
        return self._stepped(start, end, "quarter", _STEP[self._pick(start, end, "NLT")[0].kind], exact_day=False)

    def _spell(self, start: int, end: int) -> DateMention | None:
        """The past five years, the next two decades: a span that starts or ends at the dateline."""
        count = self._pick(start, end, "dnwu")[0].value
        named = self._pick(start, end, "U")[0]
        unit = named.unit
        if self.language == "en" and self.items[start].kind in "dnw" and not named.text.endswith("s"):
            return None  # "flight 133 last month"
        ahead = bool(self._pick(start, end, "N"))
        key = f"{unit}:{count if ahead else -count}:spell:"
        if self.today is None:
            return self._mention(start, end, kind="relative", key=key)
        other = shift(self.today, unit, count if ahead else -count)
        days = (min(other, self.today), max(other, self.today))
        return self._mention(start, end, value=name_of(days), readings=[days], resolved=True, kind="range", key=key)

    def _counted(self, start: int, end: int) -> tuple[str, int] | None:
        items = self._pick(start, end, "dnwuDU")
        if items and items[0].kind == "D":
            return items[0].unit, 2
        if len(items) < 2:
            return None
        if len(items) == 4 and items[1].unit == "week" and items[3].unit == "day":
            return "day", 7 * items[0].value + items[2].value
        return items[1].unit, items[0].value

    def _ago(self, start: int, end: int) -> DateMention | None:
        counted = self._counted(start, end)
        if counted is None or (self.language == "en" and self.items[start].kind == "A"):
            return None  # "back two weeks" is no "two weeks back"
        return self._stepped(start, end, counted[0], -counted[1], exact_day=True)

    def _ahead(self, start: int, end: int) -> DateMention | None:
        counted = self._counted(start, end)
        first = self.items[start]
        if counted is None or (first.kind == "i" and fold(first.text) not in _AHEAD_WORDS):
            return None
        day = self._pick(start, end, "R")
        unit, count = counted
        if day and day[0].value and unit in ("day", "week"):
            unit, count = "day", count * (7 if unit == "week" else 1) + day[0].value
        return self._stepped(start, end, unit, count, exact_day=True)

    def _offset(self, start: int, end: int) -> DateMention | None:
        """Three days later, two weeks before …: from the date that follows, else from the dateline."""
        counted = self._counted(start, end)
        if counted is None:
            return None
        back = bool(self._pick(start, end, "b"))
        count = -counted[1] if back else counted[1]
        return self._stepped(start, end, counted[0], count, exact_day=True, kind="offset")

    def _weekday(self, start: int, end: int) -> DateMention | None:
        weekday = self._pick(start, end, "WV")[0].value
        steps = {item.kind for item in self._pick(start, end, "NLT")}
        key = f"weekday {weekday} {''.join(sorted(steps))}"
        if self.today is None or not self.exact:
            return self._mention(start, end, kind="weekday", weekday=weekday, key=key)
        monday = around(self.today, "week")[0]
        if steps == {"N"}:
            days = [shift(monday, "day", 6 + weekday)]
            coming = weekday_near(weekday, shift(self.today, "day", 1), True)[0]
            days = list(dict.fromkeys([*days, coming]))
        elif "L" in steps:
            days = [weekday_near(weekday, shift(self.today, "day", -1), False)[0]]
            days += [] if "T" in steps else [shift(monday, "day", weekday - 8)]
        elif steps == {"T"}:
            days = [shift(monday, "day", weekday - 1)]
        elif "N" in steps:
            days = [weekday_near(weekday, shift(self.today, "day", 1), True)[0]]
        else:
            ahead = looks_ahead(self.text, self.items[start].start, self.items[end - 1].end)
            days = weekday_near(weekday, self.today, ahead)
        value = make(days[0].year, days[0].month, days[0].day)
        spans = [(day, day) for day in dict.fromkeys(days)]
        return self._mention(
            start, end, value=value, readings=spans, resolved=True, kind="weekday", weekday=weekday, key=key
        )

    def _weekday_unit(self, start: int, end: int) -> DateMention | None:
        """Tuesday of next week."""
        weekday = self._pick(start, end, "WV")[0].value
        unit = self._pick(start, end, "U")[0].unit
        count = sum(_STEP[item.kind] for item in self._pick(start, end, "NLT"))
        if unit != "week":
            return None
        if self.today is None or not self.exact:
            return self._mention(start, end, kind="weekday", weekday=weekday, key=f"weekday {weekday} week:{count}")
        day = shift(around(self.today, "week")[0], "day", 7 * count + weekday - 1)
        return self._mention(start, end, value=make(day.year, day.month, day.day), resolved=True, kind="weekday")

    def _weekday_day(self, start: int, end: int) -> DateMention | None:
        """Tuesday 21: the nearest such weekday that is a 21st."""
        weekday = self._pick(start, end, "WV")[0].value
        number = self._pick(start, end, "dOw")[-1].value
        if self.items[end - 1].kind == "w" and self.language == "en":
            return None
        if self.today is None:
            return self._mention(start, end, kind="weekday", weekday=weekday, day=number)
        month = PartialDate.of(self.today.year, self.today.month)
        for step in (0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6):
            near = shift(month.first, "month", step)
            value = make(near.year, near.month, number)
            if value and value.first.isoweekday() == weekday:
                return self._mention(start, end, value=value, resolved=True, kind="weekday")
        return None

    def _day_of(self, start: int, end: int) -> DateMention | None:
        """The 15th of next month."""
        number = self._pick(start, end, "dO")[0].value
        unit = self._pick(start, end, "U")[-1].unit
        count = sum(_STEP[item.kind] for item in self._pick(start, end, "NLT"))
        if unit != "month":
            return None
        if self.today is None:
            return self._mention(start, end, kind="relative", day=number, key=f"day {number} month:{count}")
        near = shift(self.today.replace(day=1), "month", count)
        value = make(near.year, near.month, number)
        return self._mention(start, end, value=value, resolved=True) if value else None

    def _holiday(self, start: int, end: int) -> DateMention | None:
        number = self._pick(start, end, "P")[0].value
        year, resolved = self._anchor_year(start, end)
        if year is not None:
            value = holiday(number, year)
            return self._mention(start, end, value=value, resolved=resolved) if value else None
        if number >= 100:
            return self._without_year(start, end, number // 100, number % 100, None)
        if self.today is None:
            return self._mention(start, end, kind="relative", key=f"holiday {number}")
        steps = self._pick(start, end, "NL")
        ahead = (
            steps[0].kind == "N" if steps else looks_ahead(self.text, self.items[start].start, self.items[end - 1].end)
        )
        days = [value for step in (-1, 0, 1) if (value := holiday(number, self.today.year + step))]
        past = [value for value in days if value.first <= self.today][-1:]
        coming = [value for value in days if value.first > self.today][:1]
        values = coming + past if ahead else past + coming
        spans = [span(value) for value in values]
        return self._mention(start, end, value=values[0], readings=spans, resolved=True) if values else None

    def _weekday_ahead(self, start: int, end: int) -> DateMention | None:
        """Monday two weeks from now; two months from today, on a Tuesday."""
        counted = self._counted(start, end)
        weekday = self._pick(start, end, "W")[0].value
        if counted is None or self.today is None or not self.exact:
            return None
        day = shift(self.today, *counted)
        if counted[0] == "week":
            day = shift(around(day, "week")[0], "day", weekday - 1)
        else:
            day = weekday_near(weekday, day, True)[0]
        return self._mention(start, end, value=make(day.year, day.month, day.day), resolved=True, kind="weekday")


_METHODS = {
    "days_after": "days",
    "month_day": "day_month",
    "year": "year_alone",
    "weekday_rel": "weekday",
}
