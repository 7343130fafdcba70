"""The types of `ledger.yaml`: what a reader of the articles alone would keep."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from evals.labels import ActorLabel, LabelDate, MilestoneLabel
from summariser.schema import ActorKind, DateBasis, DateRole, Instrument, Status

Kind = Literal["date", "count", "status"]


class _Label(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ArticleLabel(_Label):
    """One article of a set: `id` is the name of its file without ``.txt``."""

    id: str
    form: str
    language: str
    published: LabelDate


class MentionLabel(_Label):
    """What one article says of an entry; the fields that are None are as the entry has them.

    `quotes`: its sentences, verbatim. `date` is what this article gives, right or wrong, at its own precision.
    """

    article: str
    title: str
    date: LabelDate | None
    date_text: str | None
    date_basis: DateBasis
    date_role: DateRole | None = None
    status: Status | None = None
    instrument: Instrument | None = None
    binding: bool | None = None
    jurisdictions: list[str] | None = None
    quotes: list[str] = Field(min_length=1)


class EntryLabel(_Label):
    """One event, whichever articles tell of it."""

    id: str
    title: str
    jurisdictions: list[str]
    instrument: Instrument
    binding: bool | None
    status: Status
    mentions: list[MentionLabel] = Field(min_length=1)

    def milestone(self, mention: MentionLabel) -> MilestoneLabel:
        """A mention as the label of a milestone of its article."""
        own = mention.jurisdictions
        return MilestoneLabel(
            id=self.id,
            title=mention.title,
            date=mention.date,
            date_text=mention.date_text,
            date_basis=mention.date_basis,
            date_role=mention.date_role,
            jurisdictions=self.jurisdictions if own is None else own,
            instrument=mention.instrument or self.instrument,
            binding=self.binding if mention.binding is None else mention.binding,
            status=mention.status or self.status,
            sentences=mention.quotes,
        )


class ThreadLabel(_Label):
    """The stages of one instrument in order. `may`: entries that a careful reader could count among them or not."""

    id: str
    entries: list[str]
    may: list[str] = []


class ActorMentionLabel(_Label):
    """One actor in one article: `name` the fullest form there, `aliases` other forms, `role` as stated there."""

    article: str
    name: str
    aliases: list[str] = []
    role: str | None = None

    @property
    def forms(self) -> list[str]:
        return [self.name, *self.aliases]


class ActorEntryLabel(_Label):
    """One person or body, whichever articles name it."""

    id: str
    name: str
    kind: ActorKind
    mentions: list[ActorMentionLabel] = Field(min_length=1)

    def actor(self, mention: ActorMentionLabel, sentences: list[str]) -> ActorLabel:
        """A mention as the label of an actor of its article."""
        return ActorLabel(
            name=mention.name, aliases=mention.aliases, kind=self.kind, role=mention.role, sentences=sentences
        )


class Statement(_Label):
    """The words of an article that give a value; they stand in its quotes."""

    article: str
    value: str


class ConflictLabel(_Label):
    """What cannot both be so: each side holds the statements that agree; what agrees with two sides is on none."""

    kind: Kind
    entry: str
    sides: list[list[Statement]] = Field(min_length=2)
    why: str | None = None


class CompatibleLabel(_Label):
    """Statements that differ and can all be so: a ledger that sets them against each other is wrong."""

    kind: Kind
    entries: list[str] = Field(min_length=1)
    statements: list[Statement] = Field(min_length=2)
    why: str


class LedgerLabels(_Label):
    """Everything that is known about one set of articles.

    `either`: entries that a careful reader could hold for one event or for two; pairs across them are not judged.
    """

    about: str
    basis: Literal["real events", "invented"]
    tests: list[str]
    articles: list[ArticleLabel] = Field(min_length=2)
    entries: list[EntryLabel] = Field(min_length=1)
    either: list[list[str]] = []
    threads: list[ThreadLabel] = []
    actors: list[ActorEntryLabel]
    conflicts: list[ConflictLabel] = []
    not_conflicts: list[CompatibleLabel] = []

    def quotes(self, entry: str, article: str) -> list[str]:
        """The quotes of an entry from one article; none where it has no mention there."""
        return [
            quote
            for one in self.entries
            if one.id == entry
            for mention in one.mentions
            if mention.article == article
            for quote in mention.quotes
        ]
