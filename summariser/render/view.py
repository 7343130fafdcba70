"""What the page's template is given: every statement with its id, its words in pieces, and its verdict in words."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from summariser.evidence.reasons import REASONS
from summariser.render import origin, source
from summariser.render.marks import Mark, Piece, claim_marks, conflict_marks, pieces, source_marks
from summariser.render.text import one_line, safe
from summariser.render.words import Words, stage
from summariser.schema import (
    Actor,
    Claim,
    Document,
    KeyPoint,
    Match,
    Milestone,
    Reason,
    Rejected,
    Span,
    Summary,
    Verdict,
)

if TYPE_CHECKING:
    from summariser.schema import MilestoneField


@dataclass(frozen=True, slots=True)
class Row:
    """A statement: `id` is its anchor, `sentences` the numbers that it cites, `aside` who says so or what role."""

    id: str
    pieces: list[Piece]
    sentences: tuple[int, ...]
    verdict: str
    verdict_words: str
    reasons: list[tuple[str, str]]
    """The verdict that each leads to, and its words."""
    aside: str = ""
    label: str = ""
    """What kind of statement it is, in words; for a rejected one."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A field of a milestone: its label and value in words, and the field's own verdict where it has one."""

    name: str
    label: str
    value: str
    verdict: str
    verdict_words: str


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone on the timeline; `date` is its ISO form, where a `<time>` element may hold it."""

    row: Row
    date: str
    date_words: str
    date_aside: str
    date_verdict: str
    date_verdict_words: str
    stage: str
    """How far it is, for the look of its point: done, ahead, over or unknown."""
    facts: list[Fact]
    dated: bool


@dataclass(frozen=True, slots=True)
class Person:
    """An actor: name in `row`, other names, kind."""

    row: Row
    aliases: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class View:
    """The whole page."""

    words: Words
    document: Document
    highlights: list[Row]
    points: list[Row]
    actors: list[Person]
    steps: list[Step]
    rejected: list[Row]
    resting: dict[int, list[str]]
    blocks: list[source.Block]
    bars: list[source.Bar]
    url: str | None
    host: str
    origin: str
    provenance: list[tuple[str, str]]


def view(summary: Summary) -> View:
    """A summary as the template shows it. Milestones come in order of date, undated ones last."""
    words = Words(summary.language)
    make = _Rows(words)
    highlights = [make.row(f"h{n}", item.text, item) for n, item in enumerate(summary.highlights, 1)]
    points = [make.row(f"k{n}", item.text, item, _speaker(item)) for n, item in enumerate(summary.key_points, 1)]
    actors = [_person(make, f"a{n}", item) for n, item in enumerate(summary.actors, 1)]
    dated = sorted(enumerate(summary.milestones, 1), key=lambda pair: _first_day(pair[1]))
    steps = [_step(make, f"m{n}", item) for n, item in dated]
    rejected = [make.rejected(f"x{n}", item) for n, item in enumerate(summary.rejected, 1)]
    document = summary.document
    return View(
        words=words,
        document=document,
        highlights=highlights,
        points=points,
        actors=actors,
        steps=steps,
        rejected=rejected,
        resting=dict(make.resting),
        blocks=list(source.blocks(document, make.resting, make.marks)),
        bars=source.strip(document, make.resting),
        url=origin.web_address(document.url),
        host=one_line(urlsplit(origin.web_address(document.url) or "").hostname or ""),
        origin=origin.sentence(summary, words),
        provenance=list(origin.facts(summary, words)),
    )


class _Rows:
    """Makes rows, and remembers which sentence carries which of them and which of its words matter."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.resting: defaultdict[int, list[str]] = defaultdict(list)
        self.marks: defaultdict[int, list[Mark]] = defaultdict(list)

    def row(self, key: str, text: str, claim: Claim, aside: str = "", verdict: Verdict | None = None) -> Row:
        """A statement's row; `verdict` where more than the claim's own is to be shown."""
        shown, held = one_line(text), verdict or claim.verdict
        for span in claim.evidence:
            self.resting[span.sentence].append(key)
            self.marks[span.sentence].extend(source_marks(key, held, span.quote))
        return Row(
            id=key,
            pieces=pieces(shown, list(claim_marks(key, held, shown))),
            sentences=_numbers(claim.evidence),
            verdict=claim.verdict.status,
            verdict_words=self.words("verdict", claim.verdict.status),
            reasons=self._reasons(held.reasons),
            aside=one_line(aside),
        )

    def rejected(self, key: str, item: Rejected) -> Row:
        for span in item.evidence:
            self.marks[span.sentence].extend(conflict_marks(key, item.reasons, span.quote))
        shown = one_line(item.claim)
        refused = Verdict(status="not_found", reasons=item.reasons)
        return Row(
            id=key,
            pieces=pieces(shown, list(claim_marks(key, refused, shown))),
            sentences=_numbers(item.evidence),
            verdict="rejected",
            verdict_words=self.words("ui", "rejected"),
            reasons=self._reasons(item.reasons),
            label=self.words.kind(item),
        )

    def _reasons(self, reasons: Iterable[Reason]) -> list[tuple[str, str]]:
        return [(REASONS.get(reason.code, "not_found"), safe(self.words.reason(reason))) for reason in reasons]


def _numbers(evidence: Sequence[Span]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(span.sentence for span in evidence))


def _first_day(milestone: Milestone) -> dt.date:
    return milestone.date.first if milestone.date else dt.date.max


def _speaker(point: KeyPoint) -> str:
    return point.speaker or ""


def _person(make: _Rows, key: str, actor: Actor) -> Person:
    verdict = actor.verdict
    if verdict.supported and not verdict.matches:
        # An actor's name is what matters, whether or not the verifier had more to say on it.
        named = tuple(Match(kind="name", claim=name, source=name) for name in (actor.name, *actor.aliases))
        verdict = verdict.model_copy(update={"matches": named})
    row = make.row(key, actor.name, actor, actor.role or "", verdict)
    return Person(row, tuple(one_line(alias) for alias in actor.aliases), make.words("actor", actor.kind))


def _step(make: _Rows, key: str, milestone: Milestone) -> Step:
    words, date = make.words, milestone.date
    asides = [words("date_role", milestone.date_role)] if milestone.date_role not in (None, "event") else []
    asides += [words("ui", "worked_out")] if milestone.date_basis == "resolved" else []
    date_words = words.date(date) if date else words("ui", "no_date")
    if milestone.date_text and milestone.date_text not in (date, date_words):
        asides.append(words.quoted(one_line(milestone.date_text)))
    verdict = milestone.fields.get("date")
    return Step(
        row=make.row(key, milestone.title, milestone, verdict=_whole(milestone)),
        # HTML knows no quarters.
        date=str(date) if date and date.precision != "quarter" else "",
        date_words=date_words,
        date_aside=", ".join(asides),
        date_verdict=verdict.status if verdict else "",
        date_verdict_words=words("verdict", verdict.status) if verdict else "",
        stage=stage(milestone.status),
        facts=list(_facts(words, milestone)),
        dated=date is not None,
    )


def _whole(milestone: Milestone) -> Verdict:
    """The milestone's own verdict with the reasons and matches of its fields."""
    verdicts = (milestone.verdict, *milestone.fields.values())
    return milestone.verdict.model_copy(
        update={
            "reasons": tuple(dict.fromkeys(reason for verdict in verdicts for reason in verdict.reasons)),
            "matches": tuple(dict.fromkeys(match for verdict in verdicts for match in verdict.matches)),
        }
    )


def _facts(words: Words, milestone: Milestone) -> Iterator[Fact]:
    where = ", ".join(words.place(code) for code in milestone.jurisdictions)
    values: dict[MilestoneField, str] = {
        "status": words("status", milestone.status) if milestone.status != "unknown" else "",
        "instrument": words.value(milestone, "instrument"),
        "jurisdiction": where,
        "binding": words.value(milestone, "binding"),
    }
    for name, value in values.items():
        verdict = milestone.fields.get(name)
        if value:
            status = verdict.status if verdict else ""
            told = words("verdict", status) if status else ""
            yield Fact(name, words("field", name), safe(value), status, told)
