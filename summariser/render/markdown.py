"""A summary as Markdown; sentence numbers in brackets lead to the list of sentences at the end."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from summariser.render.text import one_line
from summariser.render.words import Words, cited, names

if TYPE_CHECKING:
    from summariser.schema import Claim, Rejected, Summary

_SYNTAX = re.compile(r"([\\`*_{}\[\]<>|~#])")


def escape(text: str) -> str:
    """Text that Markdown shows as it is: syntax escaped, no line breaks, no HTML."""
    return _SYNTAX.sub(r"\\\1", one_line(text))


def markdown(summary: Summary) -> str:
    """The whole summary: header, key points, actors, milestones, what was rejected, the sentences cited."""
    document, words = summary.document, Words(summary.language)

    def trail(claim: Claim) -> str:
        marked = f" *({words.mark(claim)})*" if words.mark(claim) else ""
        return f"{marked} {escape(cited(claim))}".rstrip()

    lines = [f"# {escape(document.title)}"] if document.title else []
    about = [document.category, document.byline, document.published, words("ui", "minutes", document.reading_minutes)]
    lines += ["", " · ".join(escape(str(fact)) for fact in about if fact), ""]
    lines += [f"- {escape(highlight.text)}{trail(highlight)}" for highlight in summary.highlights]
    lines += _section(
        words("ui", "key_points"),
        (
            f"- {escape(point.text)}{f' — {escape(point.speaker)}' if point.speaker else ''}{trail(point)}"
            for point in summary.key_points
        ),
    )
    lines += _section(
        words("ui", "actors"),
        (f"- **{escape(names(actor))}** — {escape(words.role(actor))}{trail(actor)}" for actor in summary.actors),
    )
    lines += _section(
        words("ui", "milestones"),
        (
            f"- **{escape(words.told(step, 'date'))}** {escape(step.title)} "
            f"({escape('; '.join(words.facts(step)))}){trail(step)}"
            for step in summary.milestones
        ),
    )
    lines += _section(words("ui", "rejected"), (_rejected(item, words) for item in summary.rejected))
    lines += _section(words("ui", "notes"), (f"- {escape(note.message)}" for note in summary.notes))
    lines += _section(words("ui", "sentences_cited"), _sentences(summary))
    return "\n".join(lines).strip() + "\n"


def _section(title: str, rows: Iterable[str]) -> list[str]:
    listed = list(rows)
    return ["", f"## {title}", "", *listed] if listed else []


def _rejected(item: Rejected, words: Words) -> str:
    reasons = "; ".join(words.reason(reason) for reason in item.reasons)
    return f"- {escape(item.claim)} ({escape(words.kind(item))}) — {escape(reasons)} {escape(cited(item))}".rstrip()


def _sentences(summary: Summary) -> list[str]:
    cited_by: list[Claim | Rejected] = [*summary.claims(), *summary.rejected]
    spans = {span.sentence: span for claim in cited_by for span in claim.evidence}
    return [f"- {escape(f'[{number}]')} {escape(spans[number].quote)}" for number in sorted(spans)]
