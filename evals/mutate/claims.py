"""The claims that are known to be true, and the wrong ones made of them."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Literal, TypedDict

from evals.cases import Case
from evals.labels import ActorLabel, Labels
from evals.words import fold
from summariser.schema import DraftActor, DraftKeyPoint, DraftMilestone

Item = DraftKeyPoint | DraftActor | DraftMilestone

Kind = Literal[
    "number", "unit", "date", "invented_name", "name_swap", "role_swap", "quote", "negation", "modality",
    "status", "jurisdiction",
]  # fmt: skip


class Tables(TypedDict):
    """`_data/mutations.json`."""

    verbs_en: list[dict[str, str]]
    units: dict[str, list[list[str]]]
    number_words: dict[str, list[str]]
    invented: dict[str, list[str]]
    said: dict[str, str]
    attributed: dict[str, str]
    negation: dict[str, list[list[str]]]
    modality: dict[str, list[list[str]]]
    symmetric: list[str]
    jurisdictions: list[str]


@cache
def tables() -> Tables:
    path = Path(__file__).parent.parent / "_data" / "mutations.json"
    loaded: Tables = json.loads(path.read_text("utf-8"))
    return loaded


@dataclass(frozen=True)
class Claim:
    """An item with the sentences that it cites (by number), as a careful reader of the case would give it."""

    case: Case
    name: str
    item: Item
    sentences: frozenset[int]
    quotation: bool = False
    """A quotation of the article that we made a claim of, there to be misquoted and nothing else."""

    @cached_property
    def support(self) -> str:
        return self.case.support(self.sentences)

    @property
    def text(self) -> str:
        return shown(self.item)

    def reworded(self, text: str) -> Claim:
        """The same key point in other words."""
        if not isinstance(self.item, DraftKeyPoint):
            raise TypeError("only a key point is made of words alone")
        return replace(self, item=self.item.model_copy(update={"text": text}))

    def changed(self, **fields: object) -> Claim:
        """The same item with some fields changed."""
        return replace(self, item=self.item.model_copy(update=fields))


@dataclass(frozen=True)
class Mutant:
    """A claim with one fact of it made wrong: `was` became `now`. `field`: the milestone field that holds it."""

    kind: Kind
    claim: Claim
    was: str
    now: str
    field: str | None = None


def shown(item: Item) -> str:
    """An item on one line."""
    match item:
        case DraftKeyPoint():
            return item.text
        case DraftActor():
            return f"{item.name} ({item.role or item.kind})"
        case DraftMilestone():
            where = "/".join(item.jurisdictions)
            return f"{item.title} [{item.date} “{item.date_text}” · {where} · {item.instrument} · {item.status}]"


def true_claims(case: Case) -> Iterator[Claim]:
    """Key points, actors and milestones of the labels, and the quotations that stand in their sentences."""
    labels, locate = case.labels, case.locator.sentences
    for point in labels.key_points:
        where = locate(point.sentences)
        draft = DraftKeyPoint(text=point.text, speaker=point.speaker, ev=sorted(where))
        yield Claim(case, point.id, draft, where)
        yield from _quotations(case, point.id, point.speaker, where)
    for actor in labels.actors:
        where = locate(actor.sentences)
        yield Claim(case, actor.name, draft_actor(actor, where), where)
    for milestone in labels.milestones:
        where = locate(milestone.sentences)
        fields = milestone.model_dump(
            include={"title", "date_text", "date_role", "jurisdictions", "instrument", "binding", "status"}
        )
        draft_milestone = DraftMilestone(**fields, date=milestone.date, ev=sorted(where))
        yield Claim(case, milestone.id, draft_milestone, where)


def draft_actor(actor: ActorLabel, where: frozenset[int]) -> DraftActor:
    return DraftActor(name=actor.name, aliases=actor.aliases, kind=actor.kind, role=actor.role, ev=sorted(where))


QUOTED = re.compile(r"“([^“”]{20,200})”|«\s?([^«»]{20,200}?)\s?»|\"([^\"]{20,200})\"")


def _quotations(case: Case, name: str, speaker: str | None, where: frozenset[int]) -> Iterator[Claim]:
    """The longer quotations in the sentences of a point, by their speaker where one is labelled."""
    form = tables()["said"].get(case.language)
    for span in case.document.spans(sorted(where)):
        for found in QUOTED.finditer(span.quote):
            words = next(group for group in found.groups() if group).rstrip(".,;")
            text = form.format(speaker=speaker, words=words) if speaker and form else f"“{words}”"
            draft = DraftKeyPoint(text=text, ev=sorted(where))
            yield Claim(case, f"{name} (quoted at {found.start()})", draft, where, quotation=True)


@dataclass(frozen=True)
class World:
    """What a maker of wrong claims must know of a case: who is in it under which names, and its words."""

    case: Case

    @property
    def labels(self) -> Labels:
        return self.case.labels

    @cached_property
    def text(self) -> str:
        return fold(self.case.document.text)

    @cached_property
    def actors(self) -> dict[str, list[str]]:
        """The forms of each actor, longest first, by canonical name."""
        return {actor.name: sorted({actor.name, *actor.aliases}, key=len, reverse=True) for actor in self.labels.actors}

    def form_in(self, name: str, text: str) -> re.Match[str] | None:
        """The longest form of an actor that stands in a text as whole words."""
        hits = (re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text) for form in self.actors[name])
        return next((hit for hit in hits if hit), None)


def stands_in(words: str, text: str) -> bool:
    """Whether words stand in a text as whole words, case and marks apart."""
    return re.search(rf"(?<!\w){re.escape(fold(words))}(?!\w)", fold(text)) is not None


def pick(rng: random.Random, options: list[str]) -> str | None:
    return rng.choice(options) if options else None
