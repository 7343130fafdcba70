"""A finished summary: verified claims, what was rejected, what it cost and where it comes from."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal

from pydantic import Field, model_validator

from summariser.schema.base import Frozen
from summariser.schema.claims import Actor, Claim, Highlight, KeyPoint, Milestone, Rejected
from summariser.schema.document import Document, Note

if TYPE_CHECKING:
    from collections.abc import Iterator

CallKind = Literal["extract", "repair", "compose"]
AttemptReason = Literal["first", "retry", "reask"]
AttemptOutcome = Literal["ok", "invalid", "truncated", "refused", "error"]


class Attempt(Frozen):
    """One request to a model: why it was made, how it ended, and what it used (tokens; 0 where none were billed).

    `reason`: `first` of its call, `retry` after a failure of the server or the line, `reask` after an invalid
    answer. `cached_tokens` are those of `input_tokens` that the provider served from its prompt cache.
    """

    call: CallKind
    reason: AttemptReason = "first"
    outcome: AttemptOutcome = "ok"
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0


class Usage(Frozen):
    """What the model was asked and what it used, attempt by attempt; sums are over all attempts, failed ones too."""

    attempts: tuple[Attempt, ...] = ()
    estimated: bool = False
    """True where the server does not measure tokens and says so."""

    @property
    def requests(self) -> int:
        return len(self.attempts)

    @property
    def input_tokens(self) -> int:
        return sum(attempt.input_tokens for attempt in self.attempts)

    @property
    def output_tokens(self) -> int:
        return sum(attempt.output_tokens for attempt in self.attempts)

    @property
    def cached_tokens(self) -> int:
        return sum(attempt.cached_tokens for attempt in self.attempts)

    @property
    def total_tokens(self) -> int:
        return self.input_tokens + self.output_tokens

    def by(self, field: Literal["call", "reason", "outcome"]) -> dict[str, Usage]:
        """The usage split by one field of the attempts: ``usage.by("reason")["reask"].total_tokens``."""
        groups: dict[str, list[Attempt]] = {}
        for attempt in self.attempts:
            groups.setdefault(getattr(attempt, field), []).append(attempt)
        return {key: Usage(attempts=tuple(group), estimated=self.estimated) for key, group in groups.items()}


class Provenance(Frozen):
    """Where a summary comes from. `created` is UTC."""

    engine: Literal["llm", "extractive"]
    model: str
    source: Literal["live", "replay", "cache", "embedded"]
    prompt_version: str | None
    """Hash of the templates that were used; None for the embedded engine, which uses none."""
    library_version: str
    created: dt.datetime
    recorded_by: str | None = None
    """For a replayed answer: what gave it, as the recording says."""


class Summary(Frozen):
    """A document's verified summary; `document.text[e.start:e.end] == e.quote` for every evidence span `e`."""

    document: Document
    language: str | None = None
    """ISO 639-1 code of the summary's own language."""
    highlights: tuple[Highlight, ...] = ()
    key_points: tuple[KeyPoint, ...] = ()
    actors: tuple[Actor, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    notes: tuple[Note, ...] = Field(default=())
    """What the reader should know: fewer highlights than asked for, sentences not read, no model configured."""
    usage: Usage = Usage()
    provenance: Provenance

    def claims(self) -> Iterator[Claim]:
        """Every claim: highlights, key points, actors, milestones."""
        yield from self.highlights
        yield from self.key_points
        yield from self.actors
        yield from self.milestones

    @model_validator(mode="after")
    def _evidence_is_exact(self) -> Summary:
        text = self.document.text
        for claim in self.claims():
            for span in claim.evidence:
                if text[span.start : span.end] != span.quote:
                    raise ValueError(f"evidence of sentence {span.sentence} is not what the document says there")
        return self

    def header(self) -> str:
        """Category, title, byline, reading time and highlights, as they stand above an article (plain text)."""
        from summariser.render.text import header

        return header(self)

    def to_markdown(self) -> str:
        """The whole summary as Markdown, each claim with its sentence numbers."""
        from summariser.render.markdown import markdown

        return markdown(self)

    def to_html(self) -> str:
        """One self-contained HTML page (no network) with every claim linked to its sentences."""
        from summariser.render.html import page

        return page(self)
