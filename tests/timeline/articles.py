"""Summaries made by hand: articles of a few sentences, with the milestones and actors that a summary would hold."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from summariser.schema import (
    SUPPORTED,
    Actor,
    ActorKind,
    DateRole,
    Document,
    Instrument,
    Milestone,
    PartialDate,
    Provenance,
    Sentence,
    Status,
    Summary,
)

PROVENANCE = Provenance(
    engine="llm",
    model="made by hand",
    source="replay",
    prompt_version=None,
    library_version="0",
    created=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
)


@dataclass
class Article:
    """One article in the making: each `milestone` and `actor` brings its own sentence."""

    name: str
    published: str | None = None
    language: str = "en"
    sentences: list[str] = field(default_factory=list)
    milestones: list[dict[str, Any]] = field(default_factory=list)
    actors: list[dict[str, Any]] = field(default_factory=list)

    def milestone(
        self,
        title: str,
        sentence: str,
        date: str | None = None,
        *,
        status: Status,
        places: tuple[str, ...] = (),
        instrument: Instrument = "law",
        role: DateRole | None = None,
        cites: int | None = None,
        **more: Any,
    ) -> Article:
        """A milestone with its sentence; `cites`: the sentence of another milestone (from 1) that it rests on too."""
        self.sentences.append(sentence)
        self.milestones.append(
            {
                "title": title,
                "date": PartialDate(date) if date else None,
                "date_basis": "stated" if date else "none",
                "date_role": role or ("event" if date else None),
                "status": status,
                "jurisdictions": places,
                "instrument": instrument,
                "numbers": [len(self.sentences)] + ([cites] if cites else []),
                **more,
            }
        )
        return self

    def actor(
        self,
        name: str,
        sentence: str,
        role: str | None = None,
        *,
        kind: ActorKind = "person",
        aliases: tuple[str, ...] = (),
    ) -> Article:
        self.sentences.append(sentence)
        self.actors.append(
            {"name": name, "role": role, "kind": kind, "aliases": aliases, "numbers": [len(self.sentences)]}
        )
        return self

    def summary(self) -> Summary:
        text, spans = "", []
        for number, words in enumerate(self.sentences, 1):
            spans.append(Sentence(number=number, start=len(text), end=len(text) + len(words)))
            text += words + "\n"
        document = Document(
            text=text,
            sentences=tuple(spans),
            language=self.language,
            name=self.name,
            published=PartialDate(self.published) if self.published else None,
            published_basis="given" if self.published else "none",
        )

        def claim(row: dict[str, Any]) -> dict[str, Any]:
            rest = {key: value for key, value in row.items() if key != "numbers"}
            return {"evidence": document.spans(row["numbers"]), "verdict": SUPPORTED, **rest}

        return Summary(
            document=document,
            language=self.language,
            milestones=tuple(Milestone(**claim(row)) for row in self.milestones),
            actors=tuple(Actor(**claim(row)) for row in self.actors),
            provenance=PROVENANCE,
        )


def ledger(*articles: Article):
    """The ledger of these articles, each known by its name."""
    from summariser.timeline import build

    return build([article.summary() for article in articles], [article.name for article in articles])


def groups(built) -> set[frozenset[str]]:
    """The entries as sets of mention keys."""
    return {frozenset(mention.key for mention in entry.mentions) for entry in built.entries}


def together(built, *keys: str) -> bool:
    """Whether these mentions are one entry, and nothing else is in it."""
    return frozenset(keys) in groups(built)


def people(built) -> set[frozenset[str]]:
    return {frozenset(mention.key for mention in actor.mentions) for actor in built.actors}
