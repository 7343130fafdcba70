"""The ledger: what many summaries say, each event and each actor once, and every statement with its sentences.

A `Ledger` is a value that depends on the set of articles alone: not on their order, nor on how often one is given.
Taking an article out gives the ledger that never had it. Everything leads back: an `Entry` to its `Mention`s, a
mention to the milestone of one summary as it stood there, the milestone to exact spans of that article's text.
"""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from pydantic import Field

from summariser.schema import (
    DateBasis,
    DateRole,
    Instrument,
    Milestone,
    PartialDate,
    Span,
    Status,
)
from summariser.schema.base import Frozen
from summariser.timeline.model_actors import ActorEntry, ActorMention, StatedRole

__all__ = [
    "VERSION",
    "ActorEntry",
    "ActorMention",
    "Changes",
    "Conflict",
    "ConflictKind",
    "ConflictSide",
    "Entry",
    "Ledger",
    "Mention",
    "Source",
    "StatedRole",
    "Thread",
]

VERSION = 1
"""Of the ledger's JSON form; a change that old readers cannot follow raises it."""

ConflictKind = Literal["date", "count", "status"]


class Source(Frozen):
    """One article: what a reader needs to find it again. Its text stays in the summary."""

    id: str
    """What the caller calls it, else the first 16 digits of `content_hash`."""
    name: str | None = None
    """A file's name or a host name, as in the document."""
    url: str | None = None
    title: str | None = None
    published: PartialDate | None = None
    """Date of publication at its own precision; None where the article does not tell."""
    language: str | None = None
    """ISO 639-1 code of the text."""
    content_hash: str
    """SHA-256 of the text, hexadecimal."""
    engine: Literal["llm", "extractive"]
    """What made its summary."""

    @property
    def label(self) -> str:
        """What to print for it: the title, else the name, the address or the id."""
        return self.title or self.name or self.url or self.id


class Mention(Frozen):
    """One milestone of one article, word for word as its summary has it.

    `milestone.evidence` holds sentence numbers, offsets and quotes into the text of `source`; `milestone.verdict` and
    `milestone.fields` what the verifier found.
    """

    source: str
    """Id of the `Source`."""
    number: int
    """Place among the milestones of that summary, from 0."""
    milestone: Milestone
    actors: tuple[str, ...] = ()
    """Ids of the `ActorEntry`s that the cited sentences or the title name, sorted."""

    @property
    def key(self) -> str:
        """The mention among all mentions: ``source#number``."""
        return f"{self.source}#{self.number}"


class Entry(Frozen):
    """One event, from however many articles.

    Merged fields are what the mentions agree on. `mentions` are in order of publication (undated articles last), and
    one article can be in it twice where it reports the step twice.
    """

    id: str
    """16 hexadecimal digits made from the earliest mention, so that a later article does not rename the entry."""
    title: str
    """The title of the mention that has most in common with the others."""
    date: PartialDate | None = None
    """The finest date that no mention contradicts: March 2024 and 21 March 2024 give 2024-03-21; 13 and 14 March give
    2024-03, and a `Conflict`. None where nothing is agreed or no mention has a date."""
    date_text: str | None = None
    """The words of an article for exactly this date; None where no article gives exactly this one."""
    date_basis: DateBasis = "none"
    """`stated` where at least one article states exactly this date, else `resolved`; `none` without a date."""
    date_role: DateRole | None = None
    jurisdictions: tuple[str, ...] = ()
    """All that are stated, those of most sources first, then by code."""
    instrument: Instrument = "other"
    """The kind that most sources state, ``other`` only where none says more."""
    binding: bool | None = None
    """None where no source tells or they disagree."""
    status: Status = "unknown"
    """The status of most sources, of equals the furthest; the others are in the mentions, and in a conflict where both
    cannot hold."""
    thread: str | None = None
    """Id of the `Thread` that the entry is a stage of; None for an event that stands alone."""
    actors: tuple[str, ...] = ()
    """Ids of all actors of the mentions, sorted."""
    mentions: tuple[Mention, ...]
    conflicts: tuple[str, ...] = ()
    """Ids of the conflicts within this entry, sorted."""

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the articles that report it, in the order of the mentions, each once."""
        return tuple(dict.fromkeys(mention.source for mention in self.mentions))


class Thread(Frozen):
    """The way of one instrument: announced, proposed, adopted, in force, with its deadlines. Two entries at least."""

    id: str
    """16 hexadecimal digits made from the earliest mention of all its entries."""
    title: str
    """The instrument's name where the articles give one, else the title of the first entry."""
    instrument: Instrument = "other"
    jurisdictions: tuple[str, ...] = ()
    status: Status = "unknown"
    """How far it has come: the furthest status that an entry reports as done."""
    entries: tuple[str, ...] = Field(min_length=2)
    """Ids of the stages in order: by date where both have one, else by legal stage."""


class ConflictSide(Frozen):
    """What one article says in a conflict, with the sentence that says it."""

    value: str
    """A date (``2024-03-13``), a status (``adopted``), or a count in the words of the article (``more than 120``)."""
    quote: Span
    """The sentence: number, offsets and words in the text of `source`."""
    source: str
    published: PartialDate | None = None
    """Of the source: a later article may be a correction, which is for the reader to judge."""


class Conflict(Frozen):
    """What cannot both be so: shown, never settled.

    `sides` are in order of value, then of publication; there are at least two values, and several articles can give
    the same. What is compatible with every side (March for two days of March) is no side.
    """

    id: str
    """16 hexadecimal digits made from kind, subject and sides."""
    kind: ConflictKind
    entry: str
    """Id of the `Entry` that it is about."""
    about: str
    """What it is about: the words counted (``member states``), or the role of the date; empty for a status."""
    sides: tuple[ConflictSide, ...] = Field(min_length=2)

    @property
    def values(self) -> tuple[str, ...]:
        """The values that stand against each other, each once."""
        return tuple(dict.fromkeys(side.value for side in self.sides))


class Ledger(Frozen):
    """Everything that a set of summaries says about AI-policy milestones and who acts in them."""

    version: int = VERSION
    sources: tuple[Source, ...] = ()
    """In order of publication (undated last), then id."""
    entries: tuple[Entry, ...] = ()
    """In order of date (undated last), then id."""
    threads: tuple[Thread, ...] = ()
    """In order of their first entry."""
    actors: tuple[ActorEntry, ...] = ()
    """By name, then id."""
    conflicts: tuple[Conflict, ...] = ()
    """In the order of their entries."""

    def source(self, identity: str) -> Source:
        """The source with this id; raises `KeyError` for an unknown one, as the four below do."""
        return self._sources[identity]

    def entry(self, identity: str) -> Entry:
        return self._entries[identity]

    def thread(self, identity: str) -> Thread:
        return self._threads[identity]

    def actor(self, identity: str) -> ActorEntry:
        return self._actors[identity]

    def conflict(self, identity: str) -> Conflict:
        return self._conflicts[identity]

    @cached_property
    def _sources(self) -> dict[str, Source]:
        return {item.id: item for item in self.sources}

    @cached_property
    def _entries(self) -> dict[str, Entry]:
        return {item.id: item for item in self.entries}

    @cached_property
    def _threads(self) -> dict[str, Thread]:
        return {item.id: item for item in self.threads}

    @cached_property
    def _actors(self) -> dict[str, ActorEntry]:
        return {item.id: item for item in self.actors}

    @cached_property
    def _conflicts(self) -> dict[str, Conflict]:
        return {item.id: item for item in self.conflicts}


class Changes(Frozen):
    """What a ledger has that an earlier one had not; ids are those of the new ledger, in its order."""

    new: tuple[str, ...] = ()
    """Entries none of whose mentions the old ledger had."""
    changed: tuple[str, ...] = ()
    """Entries known before whose merged fields, mentions or thread are others now."""
    conflicting: tuple[str, ...] = ()
    """Entries with a conflict that the old ledger had not (of its kind, over its values); each of them is in `new` or
    `changed` too."""
    gone: tuple[str, ...] = ()
    """Ids of the old ledger's entries none of whose mentions are left (an article was taken out)."""
