"""Turn the items that a pattern matched into a date; here those seen from the dateline ("last month"). Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from summariser.evidence.dates_full import STEP
from summariser.evidence.dates_resolve import (
    DateMention,
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
)
from summariser.evidence.dates_years import YearDates
from summariser.evidence.numbers_words import fold
from summariser.schema import PartialDate

Built = tuple[DateMention, int, int]
_AHEAD_WORDS = {"in", "dans", "en", "بعد"}


class Builder(YearDates):
    """Builds the mentions of one text. Every method takes the first item of a match and the one after its last."""

    def build(self, rule: str, start: int, end: int) -> Built | None:
        """The mention for a match of `rule` over items `start` to `end`, and the items that it really covers."""
        method: Callable[[int, int], DateMention | None] = getattr(self, f"_{_METHODS.get(rule, rule)}")
        while start < end - 1 and self.items[start].kind == "t":
            start += 1
        while end > start + 1 and self.items[end - 1].kind in ",(fBti":
            end -= 1
        mention = method(start, end)
        if mention and any(item.unit == "conflict" for item in self.items[start:end]):
            mention = mention._replace(impossible=True)
        return (mention, start, end) if mention else None

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
        several = self._pick(start, end, "U")[-1].text.endswith("s") and unit != "month"
        if not steps and (several or not (part and unit in ("year", "month", "week"))):
            return None  # "the first years"
        count = sum(STEP[item.kind] for item in steps)
        return self._stepped(start, end, unit, count, exact_day=unit == "day", part=part)

    def _same(self, start: int, end: int) -> DateMention | None:
        """The same year, that day: what it means is settled by the date before it."""
        return self._mention(start, end, kind="relative", key=f"same:{self._pick(start, end, 'U')[0].unit}")

    def _week(self, start: int, end: int) -> DateMention | None:
        """Week 38 of 2026, as ISO 8601 counts them."""
        if self._pick(start, end, "U")[0].unit != "week":
            return None
        number, year = self._pick(start, end, "dn")[0].value, self._pick(start, end, "yx")[0].value
        try:
            monday = dt.date.fromisocalendar(year, number, 1)
        except ValueError:
            return None
        days = (monday, shift(monday, "day", 6))
        return self._mention(start, end, value=name_of(days) or make(year), readings=[days], key=f"week {number}")

    def _quarter_rel(self, start: int, end: int) -> DateMention | None:
        return self._stepped(start, end, "quarter", STEP[self._pick(start, end, "NLT")[0].kind], exact_day=False)

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
        count = sum(STEP[item.kind] for item in self._pick(start, end, "NLT"))
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
        count = sum(STEP[item.kind] for item in self._pick(start, end, "NLT"))
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
