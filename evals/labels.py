"""The types of `labels.yaml`, and the check that labels make of themselves.

A label file is written by a person who read the article and nothing else. Whatever it quotes must stand in the
article word for word (white space apart), so that a typing error in a label is found before it is taken for an
error of the system that it judges.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from summariser.schema import ActorKind, DateBasis, DateRole, Instrument, PartialDate, Status

Level = Literal["must", "may"]
"""`must`: a summary without it has failed its reader. `may`: welcome, and no error when it is missing."""

ARTICLE_NAMES = ("article.txt", "article.md", "article.html")


def _as_date_text(value: object) -> object:
    """YAML reads 2024-03-21 as a date and 2024 as a number: both are partial dates here."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, int) else value


LabelDate = Annotated[PartialDate, BeforeValidator(_as_date_text)]


class _Label(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Nugget(_Label):
    """A number, name or date that a point must carry to be worth its place; any one of the wordings will do."""

    any_of: list[str] = Field(min_length=1)
    level: Level = "must"


class KeyPointLabel(_Label):
    """One thing that the article says. `sentences`: those that support it, verbatim."""

    id: str
    text: str
    level: Level
    sentences: list[str] = Field(min_length=1)
    nuggets: list[Nugget] = []
    speaker: str | None = None


class ActorLabel(_Label):
    """`name`: the fullest form in the text; `aliases`: other forms in the text; `role`: as the text states it.

    `sentences`: one or more sentences, verbatim, that name the actor (and state the role, if there is one).
    """

    name: str
    aliases: list[str] = []
    kind: ActorKind
    role: str | None = None
    level: Level = "must"
    sentences: list[str] = Field(min_length=1)


class MilestoneLabel(_Label):
    """A step of AI policy; `date` at the precision that the text gives, or null."""

    id: str
    title: str
    date: LabelDate | None
    date_text: str | None
    date_basis: DateBasis
    date_role: DateRole | None
    jurisdictions: list[str]
    instrument: Instrument
    binding: bool | None
    status: Status
    level: Level = "must"
    sentences: list[str] = Field(min_length=1)
    accept_instruments: list[Instrument] = []
    """Other instruments that a careful reader could choose as well."""
    accept_statuses: list[Status] = []


class ForbiddenLabel(_Label):
    """Something that a summary of this article must not say, though a model may be tempted to.

    `patterns`: regular expressions (case-insensitive) of which none may match any statement of the summary.
    """

    text: str
    why: Literal["background", "trap", "swap", "overreach", "order"]
    patterns: list[str] = Field(min_length=1)


class FactsLabel(_Label):
    """Document facts as the page gives them; null where it gives none."""

    title: str | None
    byline: str | None = None
    category: str | None = None
    published: LabelDate | None = None
    language: str
    stated_minutes: int | None = None
    publisher_highlights: list[str] = []


class Labels(_Label):
    """Everything that is known about one case."""

    form: str
    """What kind of text it is: wire item, fact sheet, op-ed …"""
    tests: list[str]
    """What the case is there to test, in a few words each."""
    basis: Literal["real events", "invented"]
    published: LabelDate | None = None
    """The publication date that is given to the system (as a caller would), where the page itself has none."""
    facts: FactsLabel
    key_points: list[KeyPointLabel]
    actors: list[ActorLabel]
    milestones: list[MilestoneLabel]
    highlights: list[str]
    """Reference highlights, most important first, at most 20 words each."""
    forbidden: list[ForbiddenLabel] = []
    furniture: list[str] = []
    """Stretches of the page, verbatim, that no statement may rest on."""


def squash(text: str) -> str:
    """Text with every run of white space as one space (labels are wrapped, articles hold odd spaces)."""
    return re.sub(r"[\s\u00a0\u2060\u200b]+", " ", text).strip()


def problems(labels: Labels, article: str) -> list[str]:
    """What is wrong with the labels when they are held against their article; empty when nothing is."""
    found: list[str] = []
    text = squash(article)

    def quoted(what: str, words: str) -> None:
        if squash(words) not in text:
            found.append(f"{what}: not in the article word for word: {words!r}")

    for point in labels.key_points:
        for sentence in point.sentences:
            quoted(f"key point {point.id}", sentence)
        for nugget in point.nuggets:
            if not any(squash(words).lower() in squash(point.text).lower() for words in nugget.any_of):
                found.append(f"key point {point.id}: its own text carries none of the nugget {nugget.any_of}")
    for actor in labels.actors:
        for words in [actor.name, *actor.aliases, *actor.sentences]:
            quoted(f"actor {actor.name}", words)
    for milestone in labels.milestones:
        for sentence in milestone.sentences:
            quoted(f"milestone {milestone.id}", sentence)
        if milestone.date_text:
            quoted(f"milestone {milestone.id}", milestone.date_text)
        if (milestone.date is None) != (milestone.date_basis == "none"):
            found.append(f"milestone {milestone.id}: date and basis do not agree")
    for words in [*labels.furniture, *labels.facts.publisher_highlights]:
        quoted("furniture", words)
    for words in labels.highlights:
        if len(words.split()) > 20:
            found.append(f"highlight of {len(words.split())} words: {words!r}")
    for item in labels.forbidden:
        for pattern in item.patterns:
            re.compile(pattern)
            clash = [p.id for p in labels.key_points if re.search(pattern, p.text, re.I)]
            if clash:
                found.append(f"forbidden pattern {pattern!r} matches key point {clash[0]}")
    if "TODO" in " ".join([labels.form, *labels.tests]):
        found.append("a skeleton: form and tests still say TODO")
    ids = [point.id for point in labels.key_points] + [milestone.id for milestone in labels.milestones]
    found += [f"id {name} is used twice" for name in sorted({i for i in ids if ids.count(i) > 1})]
    return found


def article_path(folder: Path) -> Path:
    """The article of a case's folder, whichever of its three names it has."""
    for name in ARTICLE_NAMES:
        if (folder / name).is_file():
            return folder / name
    raise FileNotFoundError(f"{folder}: holds none of {', '.join(ARTICLE_NAMES)}")


def load_labels(folder: Path) -> Labels:
    """The labels of a case's folder; raises `ValueError` with every problem when they contradict the article."""
    import yaml

    labels = Labels.model_validate(yaml.safe_load((folder / "labels.yaml").read_text("utf-8")))
    wrong = problems(labels, article_path(folder).read_text("utf-8"))
    if wrong:
        raise ValueError(f"{folder.name}: " + "; ".join(wrong))
    return labels


def json_schema() -> str:
    """The JSON schema of `labels.yaml` for editors (`evals/labels.schema.json`)."""
    return json.dumps(Labels.model_json_schema(), indent=1, ensure_ascii=False) + "\n"
