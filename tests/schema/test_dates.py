"""A date that knows its precision, is never padded and refuses what cannot be."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from summariser.schema import PartialDate


@pytest.mark.parametrize(
    ("text", "precision", "first", "last"),
    [
        ("2024", "year", "2024-01-01", "2024-12-31"),
        ("2024-Q3", "quarter", "2024-07-01", "2024-09-30"),
        ("2024-02", "month", "2024-02-01", "2024-02-29"),
        ("2024-12", "month", "2024-12-01", "2024-12-31"),
        ("2024-03-21", "day", "2024-03-21", "2024-03-21"),
        ("9999", "year", "9999-01-01", "9999-12-31"),
    ],
)
def test_a_date_covers_the_days_that_it_can_mean(text: str, precision: str, first: str, last: str) -> None:
    date = PartialDate(text)
    assert (date.precision, date.first.isoformat(), date.last.isoformat()) == (precision, first, last)


@pytest.mark.parametrize(
    "text", ["2025-02-30", "2025-13", "2025-Q5", "25", "2025-3", "2025-03-04T00:00", "", "٢٠٢٥", "2025-03-4", "0000"]
)
def test_what_cannot_be_a_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        PartialDate(text)


def test_coarser_dates_contain_finer_ones_and_not_the_reverse() -> None:
    assert PartialDate("2024-03").contains(PartialDate("2024-03-21"))
    assert not PartialDate("2024-03-21").contains(PartialDate("2024-03"))
    assert PartialDate("2024-03-21").compatible(PartialDate("2024-03"))
    assert not PartialDate("2024-03").compatible(PartialDate("2024-Q3"))


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_every_day_survives_the_round_trip(day: dt.date) -> None:
    date = PartialDate.of(day.year, day.month, day.day)
    assert date == day.isoformat()
    assert date.first == date.last == day


class _Holder(BaseModel):
    date: PartialDate | None


def test_json_holds_the_date_as_text_and_refuses_impossible_ones() -> None:
    holder = _Holder.model_validate_json('{"date": "2024-Q3"}')
    assert isinstance(holder.date, PartialDate)
    assert holder.model_dump_json() == '{"date":"2024-Q3"}'
    with pytest.raises(ValidationError):
        _Holder.model_validate_json('{"date": "2024-02-31"}')
