"""A small case of our own, and outputs made by hand for it: what a perfect system would say, and damage to it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from evals.cases import Case, load_cases
from summariser.schema import (
    SUPPORTED,
    Actor,
    Document,
    Highlight,
    KeyPoint,
    Milestone,
    PartialDate,
    Provenance,
    Summary,
    Usage,
)

ARTICLE = """\
Parliament backs algorithm register

LISBON, 4 March 2026 – Portugal's parliament passed the Algorithm Register Act on Tuesday by 118 votes to 97.

Portuguese ministries must list every automated system by 30 September 2026. Small municipalities may join later.

"The register is a promise to citizens," said Marta Quintela, the Minister of Digital Affairs.

Rui Salgado, director of the Open Code Foundation, called the law weak as it spares the police.

Picture: the chamber before the vote.
"""

LABELS = """\
form: wire item
tests: [a small case for tests]
basis: invented
published: 2026-03-04
facts: {title: Parliament backs algorithm register, language: en, published: 2026-03-04}
key_points:
  - id: passed
    text: Portugal's parliament passed the Algorithm Register Act on Tuesday by 118 votes to 97.
    level: must
    sentences: ["Portugal's parliament passed the Algorithm Register Act on Tuesday by 118 votes to 97."]
    nuggets: [{any_of: [118 votes]}, {any_of: [Tuesday]}]
  - id: duty
    text: Portuguese ministries must list every automated system by 30 September 2026.
    level: must
    sentences: ["Portuguese ministries must list every automated system by 30 September 2026."]
    nuggets: [{any_of: [30 September 2026]}]
  - id: critic
    text: Rui Salgado called the law weak as it spares the police.
    level: may
    speaker: Rui Salgado
    sentences: ["Rui Salgado, director of the Open Code Foundation, called the law weak as it spares the police."]
    nuggets: [{any_of: [Rui Salgado, Salgado]}]
actors:
  - name: Marta Quintela
    kind: person
    role: Minister of Digital Affairs
    sentences: ["said Marta Quintela, the Minister of Digital Affairs."]
  - name: Rui Salgado
    kind: person
    role: director of the Open Code Foundation
    sentences: ["Rui Salgado, director of the Open Code Foundation, called the law weak as it spares the police."]
  - name: Open Code Foundation
    kind: civil_society
    level: may
    sentences: ["Rui Salgado, director of the Open Code Foundation, called the law weak as it spares the police."]
milestones:
  - id: act
    title: Algorithm Register Act passed by parliament
    date: 2026-03-03
    date_text: Tuesday
    date_basis: resolved
    date_role: event
    jurisdictions: [PT]
    instrument: law
    binding: true
    status: adopted
    accept_statuses: [passed_chamber]
    sentences: ["Portugal's parliament passed the Algorithm Register Act on Tuesday by 118 votes to 97."]
  - id: deadline
    title: Ministries to list automated systems
    date: 2026-09-30
    date_text: 30 September 2026
    date_basis: stated
    date_role: deadline
    jurisdictions: [PT]
    instrument: law
    binding: true
    status: planned
    sentences: ["Portuguese ministries must list every automated system by 30 September 2026."]
highlights:
  - Portugal's parliament passed the Algorithm Register Act by 118 votes to 97.
  - Portuguese ministries must list every automated system by 30 September 2026.
forbidden:
  - text: Portugal is a member of the EU
    why: background
    patterns: ["member of the (EU|European Union)"]
furniture: ["Picture: the chamber before the vote."]
"""


def write_case(folder: Path, slug: str = "register", article: str = ARTICLE, labels: str = LABELS) -> Path:
    """A case's files under `folder`/`slug`; returns `folder`."""
    (folder / slug).mkdir(parents=True)
    (folder / slug / "article.txt").write_text(article, "utf-8")
    (folder / slug / "labels.yaml").write_text(labels, "utf-8")
    return folder


def make_case(folder: Path) -> Case:
    return load_cases(write_case(folder))[0]


def summary_of(document: Document, **parts: object) -> Summary:
    origin = Provenance(
        engine="llm",
        model="made by hand",
        source="live",
        prompt_version=None,
        library_version="0",
        created=dt.datetime(2026, 3, 4, tzinfo=dt.UTC),
    )
    return Summary.model_validate(
        {"document": document, "language": "en", "usage": Usage(), "provenance": origin, **parts}
    )


def perfect(case: Case) -> Summary:
    """What the labels say, in the form of an output."""
    document, labels = case.document, case.labels

    def spans(sentences: list[str]):
        return document.spans(sorted(case.locator.sentences(sentences)))

    points = tuple(
        KeyPoint(text=label.text, speaker=label.speaker, evidence=spans(label.sentences), verdict=SUPPORTED)
        for label in labels.key_points
    )
    return summary_of(
        document,
        highlights=tuple(
            Highlight(text=text, evidence=points[at].evidence, verdict=SUPPORTED)
            for at, text in enumerate(labels.highlights)
        ),
        key_points=points,
        actors=tuple(
            Actor(name=a.name, kind=a.kind, role=a.role, evidence=spans(a.sentences), verdict=SUPPORTED)
            for a in labels.actors
        ),
        milestones=tuple(
            Milestone(
                title=m.title,
                date=m.date,
                date_text=m.date_text,
                date_basis=m.date_basis,
                date_role=m.date_role,
                jurisdictions=tuple(m.jurisdictions),
                instrument=m.instrument,
                binding=m.binding,
                status=m.status,
                evidence=spans(m.sentences),
                verdict=SUPPORTED,
            )
            for m in labels.milestones
        ),
    )


def day(text: str) -> PartialDate:
    return PartialDate(text)
