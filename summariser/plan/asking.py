"""Turn what the plan wants to know into calls: the rendered task, then the document, fenced, as data.

The fence carries a hash of the text between it, so a text cannot hold its own closing fence; every sentence is one
line that we number, so a text cannot forge a number either.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summariser.calls import Call
from summariser.documents.normalise import plain
from summariser.plan.chunks import Chunk
from summariser.plan.introductions import introductions
from summariser.schema import (
    Document,
    DraftComposition,
    DraftItem,
    DraftKeyPoint,
    DraftRepair,
    DraftSummary,
    KeyPoint,
    Verdict,
)

if TYPE_CHECKING:
    from summariser.prompting import Prompts
    from summariser.schema import CallKind


@dataclass(frozen=True, slots=True)
class Wish:
    """What the caller asked for. `prompts` is None for a completer that reads none."""

    highlights: int = 5
    language: str | None = None
    prompts: Prompts | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """An item that was not supported: `id` counts the failed items of a document from 1."""

    id: int
    kind: str
    item: DraftItem
    verdict: Verdict


def extract_call(document: Document, chunk: Chunk, wish: Wish) -> Call[DraftSummary]:
    """Ask for everything in a document, or in one part of it."""
    system, task = _rendered(
        wish,
        "extract",
        highlights=wish.highlights,
        language=_language(wish, document),
        published=document.published or "unknown",
        part=chunk.part,
        parts=chunk.parts,
    )
    body = _document_lines(document, chunk) if wish.prompts else []
    return Call(
        kind="extract",
        system=system,
        user=_fenced(task, body),
        draft=DraftSummary,
        document=document,
        sentences=chunk.sentences,
        highlights=wish.highlights if chunk.parts == 1 else 0,
        language=wish.language,
    )


def repair_call(document: Document, failed: Sequence[Failed], wish: Wish) -> Call[DraftRepair]:
    """Ask once for the failed items alone, with their reasons and the sentences around what they cite."""
    system, task = _rendered(
        wish, "repair", language=_language(wish, document), published=document.published or "unknown"
    )
    numbers = sorted({number for item in failed for cited in item.item.ev for number in (cited - 1, cited, cited + 1)})
    shown = tuple(number for number in numbers if document.sentence(number))
    lines = [_sentence_line(document, number) for number in shown] + [""]
    lines += [json.dumps(_failure(item), ensure_ascii=False) for item in failed]
    return Call(
        kind="repair",
        system=system,
        user=_fenced(task, lines),
        draft=DraftRepair,
        document=document,
        sentences=shown,
        language=wish.language,
    )


def compose_call(document: Document, points: Sequence[KeyPoint], wish: Wish) -> Call[DraftComposition]:
    """Ask which of the verified key points matter most, and for highlights worded from them."""
    system, task = _rendered(wish, "compose", highlights=wish.highlights, language=_language(wish, document))
    lines = [f"Title: {plain(document.title)}"] if document.title else []
    lines += [f"[{position}] {_line(point.text)}" for position, point in enumerate(points, start=1)]
    return Call(
        kind="compose",
        system=system,
        user=_fenced(task, lines),
        draft=DraftComposition,
        document=document,
        sentences=tuple(sorted({span.sentence for point in points for span in point.evidence})),
        highlights=wish.highlights,
        language=wish.language,
        candidates=tuple(
            DraftKeyPoint(text=point.text, speaker=point.speaker, ev=[span.sentence for span in point.evidence])
            for point in points
        ),
    )


def _rendered(wish: Wish, kind: CallKind, **variables: str | int) -> tuple[str, str]:
    if wish.prompts is None:
        return "", ""
    return wish.prompts.system(kind), wish.prompts.task(kind, variables)


def _language(wish: Wish, document: Document) -> str:
    """The output language's English name, for the prompt."""
    code = wish.language or document.language
    if not code or wish.prompts is None:
        return "the language of the document"
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(code.replace("-", "_")).english_name or code
    except (UnknownLocaleError, ValueError):
        return code


def _document_lines(document: Document, chunk: Chunk) -> list[str]:
    lines = [f"Title: {_line(document.title)}"] if document.title else []
    introduced = introductions(document, chunk)
    if introduced:
        lines.append(f"Introduced before this part: {_line('; '.join(introduced))}")
    headings = {section.first_sentence: section for section in document.sections}
    paragraph = None
    for number in chunk.sentences:
        sentence = document.sentence(number)
        if sentence is None:
            continue
        if number in headings:
            lines += ["", f"# {_line(headings[number].title)}"]
        elif paragraph is not None and sentence.paragraph != paragraph:
            lines.append("")
        paragraph = sentence.paragraph
        lines.append(_sentence_line(document, number))
    return lines


def _sentence_line(document: Document, number: int) -> str:
    sentence = document.sentence(number)
    return f"[{number}] {_line(sentence.text)}" if sentence else ""


def _line(text: str) -> str:
    """Readable and on one line: a line break would let a text begin a line of its own."""
    return " ".join(plain(text).split())


def _failure(failed: Failed) -> dict[str, object]:
    item = failed.item.model_dump(exclude_none=True)
    wrong = [reason.model_dump(exclude_none=True) for reason in failed.verdict.reasons]
    return {"id": failed.id, "kind": failed.kind, **item, "wrong": wrong}


def _fenced(task: str, lines: list[str]) -> str:
    if not task:
        return ""
    body = "\n".join(lines)
    mark = hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{task}\n\n=== document {mark}\n{body}\n=== end {mark}"
