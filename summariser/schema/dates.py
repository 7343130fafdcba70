"""A date that knows how precise it is, and is never padded."""

from __future__ import annotations

import datetime as dt
import re
from typing import Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from summariser.schema.vocabulary import DatePrecision

_FORM = re.compile(r"(?P<year>\d{4})(?:-(?:Q(?P<quarter>[1-4])|(?P<month>\d{2})(?:-(?P<day>\d{2}))?))?", re.ASCII)
PATTERN = r"^\d{4}(-(Q[1-4]|\d{2}(-\d{2})?))?$"


class PartialDate(str):
    """An ISO 8601 date at its own precision: ``2024``, ``2024-Q3``, ``2024-03`` or ``2024-03-21``.

    It is a `str`, so it sorts, prints and serialises as what it is. Impossible dates (``2025-02-30``) raise
    `ValueError`, and so does every other form.
    """

    __slots__ = ()

    def __new__(cls, value: str) -> Self:
        found = _FORM.fullmatch(value)
        if found is None:
            raise ValueError(f"not a date of the form 2024, 2024-Q3, 2024-03 or 2024-03-21: {value[:40]!r}")
        dt.date(int(found["year"]), int(found["month"] or 1), int(found["day"] or 1))
        return super().__new__(cls, value)

    @classmethod
    def of(cls, year: int, month: int | None = None, day: int | None = None) -> Self:
        """The date of these parts, at the precision that they give."""
        parts = [f"{year:04d}"] + [f"{part:02d}" for part in (month, day) if part is not None]
        return cls("-".join(parts))

    @property
    def precision(self) -> DatePrecision:
        if "Q" in self:
            return "quarter"
        return {4: "year", 7: "month", 10: "day"}[len(self)]  # type: ignore[return-value]

    @property
    def year(self) -> int:
        return int(self[:4])

    @property
    def month(self) -> int | None:
        """1 to 12, or None where the precision is a quarter or a year."""
        return int(self[5:7]) if len(self) >= 7 and "Q" not in self else None

    @property
    def day(self) -> int | None:
        return int(self[8:10]) if len(self) == 10 else None

    @property
    def first(self) -> dt.date:
        """The first day that the date can mean."""
        if "Q" in self:
            return dt.date(self.year, 3 * int(self[-1]) - 2, 1)
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> dt.date:
        """The last day that the date can mean."""
        if self.day is not None:
            return self.first
        months = {"quarter": 3, "month": 1, "year": 12}[self.precision]
        after = self.first.month - 1 + months
        following = (self.first.year + after // 12, after % 12 + 1)
        if following[0] > dt.MAXYEAR:
            return dt.date.max
        return dt.date(*following, 1) - dt.timedelta(days=1)

    def contains(self, other: PartialDate) -> bool:
        """Whether `other` says the same at this or a finer precision (2024-03 contains 2024-03-21)."""
        return self.first <= other.first and other.last <= self.last

    def compatible(self, other: PartialDate) -> bool:
        """Whether both can mean the same day."""
        return self.first <= other.last and other.first <= self.last

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        del source, handler
        return core_schema.no_info_after_validator_function(
            cls, core_schema.str_schema(), serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        del core, handler
        return {"type": "string", "pattern": PATTERN}
