"""A summary as Markdown; sentence numbers in brackets lead to the list of sentences at the end."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from summariser.render.text import safe
from summariser.render.words import cited, facts, mark, names, reason_words, when

if TYPE_CHECKING:
    from summariser.schema import Claim, Rejected, Summary

_SYNTAX = re.compile(r"([\\`*_{}\[\]<>|~#])")


def escape(text: str) -> str:
    """Text that Markdown shows as it is: syntax escaped, no line breaks, no HTML."""
    return _SYNTAX.sub(r"\\\1", safe(" ".join(text.split())))


def markdown(summary: Summary) -> str:
    """The whole summary: header, key points, actors, milestones, what was rejected, the sentences cited."""
    document = summary.document
    lines = [f"# {escape(document.title)}"] if document.title else []
    about = [document.category, document.byline, document.published, f"{document.reading_minutes} min"]
    lines += ["", " · ".join(escape(str(fact)) for fact in about if fact), ""]
    lines += [f"- {escape(highlight.text)}{_trail(highlight)}" for highlight in summary.highlights]
    lines += _section(
        "Key points",
        (
            f"- {escape(point.text)}{f' — {escape(point.speaker)}' if point.speaker else ''}{_trail(point)}"
            for point in summary.key_points
        ),
    )
    lines += _section(
        "Actors",
        (
            f"- **{escape(names(actor))}** — {escape(actor.role or actor.kind.replace('_', ' '))}{_trail(actor)}"
            for actor in summary.actors
        ),
    )
    lines += _section(
        "Milestones",
        (
            f"- **{escape(when(milestone))}** {escape(milestone.title)} ({escape('; '.join(facts(milestone)))})"
            f"{_trail(milestone)}"
            for milestone in summary.milestones
        ),
    )
    lines += _section("Rejected", (_rejected(item) for item in summary.rejected))
    lines += _section("Notes", (f"- {escape(note.message)}" for note in summary.notes))
    lines += _section("Sentences cited", _sentences(summary))
    return "\n".join(lines).strip() + "\n"


def _section(title: str, rows: Iterable[str]) -> list[str]:
    listed = list(rows)
    return ["", f"## {title}", "", *listed] if listed else []


def _trail(claim: Claim) -> str:
    marked = f" *({mark(claim)})*" if mark(claim) else ""
    return f"{marked} {escape(cited(claim))}".rstrip()


def _rejected(item: Rejected) -> str:
    reasons = "; ".join(reason_words(reason) for reason in item.reasons)
    what = f"{item.kind.replace('_', ' ')}{f', {item.field} only' if item.field else ''}"
    return f"- {escape(item.claim)} ({what}) — {escape(reasons)} {escape(cited(item))}".rstrip()


def _sentences(summary: Summary) -> list[str]:
    spans = {span.sentence: span for claim in (*summary.claims(), *summary.rejected) for span in claim.evidence}
    return [f"- {escape(f'[{number}]')} {escape(spans[number].quote)}" for number in sorted(spans)]
