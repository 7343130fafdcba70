"""What really happened: bills with their stages, and who holds which office."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel

from summariser.schema import DateRole, Status

BILLS = 6
_DATA = Path(__file__).with_name("_data") / "words.yaml"


class Stage(BaseModel):
    """How one stage of a bill can be told. `ahead`: articles foresee it before it has come."""

    status: Status
    sentences: list[str]
    titles: list[str]
    votes: bool = False
    role: DateRole = "event"
    ahead: bool = False


class Office(BaseModel):
    title: str
    roles: list[str]


class Words(BaseModel):
    countries: list[dict[str, str]]
    subjects: list[dict[str, str]]
    stages: dict[str, Stage]
    people: list[dict[str, str]]
    offices: list[Office]
    voices: list[str]
    bodies: list[dict[str, str]]
    body_voices: list[str]
    fillers: list[str]
    forms: list[str]


@cache
def words() -> Words:
    import yaml

    return Words.model_validate(yaml.safe_load(_DATA.read_text("utf-8")))


@dataclass(frozen=True)
class Event:
    """One stage of one bill. `terms`: the words that templates are filled with; `votes`: in favour, where one voted."""

    id: str
    stage: Stage
    day: dt.date
    votes: int
    terms: dict[str, str]


Bill = list[Event]


def bills(draw: random.Random) -> list[Bill]:
    """Bills with their stages in order; the first two are bills of one name in two countries."""
    subjects = draw.sample(words().subjects, BILLS - 1)
    made = []
    for at, country in enumerate(draw.sample(words().countries, BILLS)):
        terms = country | subjects[max(0, at - 1)] | {"number": f"Bill {draw.randrange(100, 990)}"}
        day = dt.date(2026, 1, 5) + dt.timedelta(days=draw.randrange(30))
        bill = []
        for name, stage in words().stages.items():
            bill.append(Event(f"{at}-{name}", stage, day, draw.randrange(60, 190), terms))
            day += dt.timedelta(days=draw.randrange(25, 70))
        made.append(bill)
    return made


def holder(code: str, office: int) -> dict[str, str]:
    """Who holds an office in a country: there are more offices than people, so some persons share a name."""
    codes = [country["code"] for country in words().countries]
    people = words().people
    return people[(codes.index(code) * len(words().offices) + office) % len(people)]
