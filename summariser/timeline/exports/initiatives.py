"""Threads and entries as the trackers count them: one initiative or document each, with how far it has come."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from summariser.schema import Instrument, PartialDate, Status
from summariser.schema.base import Frozen
from summariser.timeline.exports.selecting import View
from summariser.timeline.families import FAMILIES
from summariser.timeline.instruments import spelled
from summariser.timeline.model import Entry, Ledger

_NOT_DONE = ("deadline", "expected")


@dataclass(frozen=True, slots=True)
class Initiative:
    """A thread with its stages in order, or an entry that stands alone."""

    id: str
    name: str
    """The instrument's own where the articles give it, else the title of the thread or entry."""
    instrument: Instrument
    jurisdictions: tuple[str, ...]
    stages: tuple[Entry, ...]

    @property
    def binding(self) -> bool | None:
        """As its stages say, None where they disagree or do not say."""
        said = {stage.binding for stage in self.stages if stage.binding is not None}
        return said.pop() if len(said) == 1 else None

    def done(self, terms: Mapping[Status, str]) -> list[tuple[str, Entry]]:
        """The stages that have come about, in order, each with the tracker's term for its status."""
        return [
            (terms[stage.status], stage)
            for stage in self.stages
            if stage.status in terms and stage.date_role not in _NOT_DONE
        ]

    def progress(self, terms: Mapping[Status, str], ranks: tuple[str, ...]) -> tuple[str, list[Entry]]:
        """The tracker's term for how far it has come, and the stages that say so; ("", []) before it is anything.

        `ranks` is in rising order, its last one the term for what is over. What is over is over only where nothing
        came after it; otherwise the furthest term counts, so that a bill to amend an act leaves the act enacted.
        """
        done = self.done(terms)
        if not done:
            return "", []
        last = done[-1][0]
        over = ranks[-1]
        reached = [term for term, _ in done if term != over]
        term = over if last == over or not reached else max(reached, key=ranks.index)
        return term, [stage for found, stage in done if found == term]

    def sources(self) -> list[str]:
        """Ids of the articles, each once."""
        return list(dict.fromkeys(source for stage in self.stages for source in stage.sources))

    def actors(self) -> list[str]:
        """Ids of the actors, each once."""
        return list(dict.fromkeys(actor for stage in self.stages for actor in stage.actors))


def initiatives(view: View) -> Iterator[Initiative]:
    """The threads with all their stages, and then the entries that are no stage of one."""
    for thread in view.threads():
        stages = tuple(view.whole.entry(entry) for entry in thread.entries)
        name = _own_name(view.whole, stages, thread.instrument) or thread.title
        yield Initiative(thread.id, name, thread.instrument, thread.jurisdictions, stages)
    for entry in view.ledger.entries:
        if view.thread(entry) is None:
            name = _own_name(view.whole, (entry,), entry.instrument) or entry.title
            yield Initiative(entry.id, name, entry.instrument, entry.jurisdictions, (entry,))


def _own_name(ledger: Ledger, stages: Sequence[Entry], instrument: Instrument) -> str | None:
    """The name of the instrument itself: the one that most titles give, else the only one in the cited sentences.

    A name of another kind (the strategy that a law was announced in) is not its own.
    """
    mentions = [mention for stage in stages for mention in stage.mentions]
    titles: Counter[str] = Counter()
    quotes: dict[frozenset[str], str] = {}
    for mention in mentions:
        language = ledger.source(mention.source).language or "en"
        titles.update(_names(mention.milestone.title, language, instrument).values())
        for span in mention.milestone.evidence:
            quotes |= _names(span.quote, language, instrument)
    if titles:
        return max(sorted(titles), key=lambda name: titles[name])
    return next(iter(quotes.values())) if len(quotes) == 1 else None


def _names(text: str, language: str, instrument: Instrument) -> dict[frozenset[str], str]:
    family = FAMILIES.get(instrument)
    return {name: words for name, words in spelled(text, language).items() if not family or f"#{family}" in name}


def date_of(stage: Entry) -> PartialDate | None:
    """When the stage was reached: a date of entry into force is that of an act in force, not of one adopted."""
    if stage.date_role == "effective" and stage.status not in ("in_force", "partly_applicable"):
        return None
    return stage.date


def bodies(ledger: Ledger, initiative: Initiative) -> list[str]:
    """Names of the public bodies among its actors."""
    actors = (ledger.actor(actor) for actor in initiative.actors())
    return [actor.name for actor in actors if actor.kind in ("government_body", "intergovernmental")]


def account(initiative: Initiative) -> str:
    """Its stages on one line."""
    return "; ".join(f"{stage.date or 'no date'}: {stage.title}" for stage in initiative.stages)


class Agora(Frozen):
    """Of ETO AGORA: the activity that a status stands for, and the instruments that are documents there."""

    activity: dict[Status, str]
    documents: dict[Instrument, Literal[True]]


class Binding(Frozen):
    yes: str
    no: str


class Intergovernmental(Frozen):
    category: str
    codes: tuple[str, ...]


class Oecd(Frozen):
    """Of the OECD.AI policy navigator; `type` gives an instrument's category and initiative type."""

    status: dict[Status, str]
    binding: Binding
    type: dict[Instrument, tuple[str, str]]
    intergovernmental: Intergovernmental


class Vocabularies(Frozen):
    """The terms of both trackers."""

    agora: Agora
    oecd: Oecd


@cache
def vocabularies() -> Vocabularies:
    """The tables of `_data/vocabularies.toml`, held against this package's own vocabularies."""
    path = resources.files("summariser.timeline.exports").joinpath("_data", "vocabularies.toml")
    return Vocabularies.model_validate(tomllib.loads(path.read_text("utf-8")))
