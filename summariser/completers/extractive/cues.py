"""The cues of milestones in each language, read from `_data/milestones.*.toml` and compiled."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import cast

from summariser.schema import INSTRUMENTS, DateRole, Instrument, Status


@dataclass(frozen=True)
class Verb:
    """One row of the table: the status that each instrument gets from the verb."""

    statuses: dict[str, Status]
    only: frozenset[str]
    subject: bool
    """Whether it is always said of its subject ("entered into force")."""
    itself: bool
    """Whether the verb names the instrument by itself ("fined")."""
    role: DateRole | None

    def status(self, instrument: str, in_chamber: bool) -> Status:
        if in_chamber and "chamber" in self.statuses:
            return self.statuses["chamber"]
        return self.statuses.get(instrument, self.statuses["default"])


@dataclass(frozen=True)
class Table:
    """The cues of one language, compiled."""

    topic: re.Pattern[str]
    verbs: re.Pattern[str]
    by_form: dict[str, Verb]
    future: re.Pattern[str]
    future_bases: dict[str, Verb]
    nouns: re.Pattern[str]
    by_noun: dict[str, Instrument]
    negation: frozenset[str]
    auxiliary: frozenset[str]
    chambers: re.Pattern[str]
    deadline: re.Pattern[str]
    duties: re.Pattern[str]


def key(words: str) -> str:
    """A cue as the tables have it: lower case, single spaces."""
    return " ".join(words.lower().split())


@lru_cache(maxsize=4)
def cues(language: str) -> Table | None:
    """The cues of a language (ISO 639-1), or None where there are none."""
    path = resources.files(__package__).joinpath("_data", f"milestones.{language}.toml")
    if not path.is_file():
        return None
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    by_form: dict[str, Verb] = {}
    bases: dict[str, Verb] = {}
    for row in data["verbs"]:
        statuses = {key: value for key, value in row.items() if key in INSTRUMENTS or key in {"default", "chamber"}}
        verb = Verb(
            cast("dict[str, Status]", statuses),
            frozenset(row["only"].split()),
            "subject" in row,
            "itself" in row,
            row.get("role"),
        )
        by_form.update(dict.fromkeys(_split(row["forms"]), verb))
        bases.update(dict.fromkeys(_split(row["bases"]), verb))
    by_noun = {noun: cast("Instrument", key) for key, nouns in data["instruments"].items() for noun in _split(nouns)}
    future = rf"\b(?:{_any(_split(data['future']))}) (?:also |soon |then |formally )?(?P<base>{_any(bases)})\b"
    return Table(
        topic=_pattern(_split(data["topic"])),
        verbs=_pattern(by_form),
        by_form=by_form,
        future=re.compile(future, re.IGNORECASE),
        future_bases=bases,
        nouns=_pattern(by_noun),
        by_noun=by_noun,
        negation=frozenset(data["negation"].split()),
        auxiliary=frozenset(data["auxiliary"].split()),
        chambers=_pattern(_split(data["chambers"])),
        deadline=_pattern(_split(data["deadline"])),
        duties=_pattern(_split(data["duties"])),
    )


def _split(cell: str) -> list[str]:
    return [" ".join(form.split()) for form in cell.split("|") if form.strip()]


def _any(forms: Iterable[str]) -> str:
    return "|".join(re.escape(form) for form in sorted(forms, key=lambda form: (-len(form), form)))


def _pattern(forms: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, ordered))})(?![\w-])", re.IGNORECASE)
