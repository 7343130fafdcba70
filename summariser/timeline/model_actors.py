"""The actors of a ledger: each with every mention of it, as the summaries have them."""

from __future__ import annotations

from summariser.schema import Actor, ActorKind
from summariser.schema.base import Frozen


class ActorMention(Frozen):
    """One actor of one article, as its summary has it (`actor.evidence`: spans of the text of `source`)."""

    source: str
    number: int
    """Place among the actors of that summary, from 0."""
    actor: Actor

    @property
    def key(self) -> str:
        return f"{self.source}#{self.number}"


class StatedRole(Frozen):
    """A role in an article's own words: nothing says that it is still held."""

    role: str
    sources: tuple[str, ...]
    """Ids of the articles that state it, in order of publication."""


class ActorEntry(Frozen):
    """One person, body, country or company, from however many articles."""

    id: str
    """16 hexadecimal digits made from the earliest mention."""
    name: str
    """The fullest form that most articles use."""
    aliases: tuple[str, ...] = ()
    """The other forms that stand in the articles, sorted."""
    kind: ActorKind
    roles: tuple[StatedRole, ...] = ()
    """In order of first publication."""
    mentions: tuple[ActorMention, ...]
    """In order of publication."""

    @property
    def sources(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(mention.source for mention in self.mentions))
