"""The drivers: run the plan against a completer, one document or many, sync or async."""

from __future__ import annotations

import asyncio
import datetime as dt
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Unpack

from summariser.calls import Completer
from summariser.completers import completer_for
from summariser.documents import read
from summariser.errors import CompletionError, SummariserError, UnsupportedError, UsageError
from summariser.options import Options, checked, settings_of, wish_of
from summariser.plan import AnyCall, Outcome, Outline, Plan, Wish, plan
from summariser.schema import Document, Note, Provenance, Summary
from summariser.settings import Settings

__all__ = ["Options", "Source", "asummarise", "summarise", "summarise_many"]

Source = str | Path | Document

CONCURRENT_CALLS = 8
"""Calls of one long document that are under way at once."""


def summarise(source: Source, **options: Unpack[Options]) -> Summary:
    """Summarise one article or policy document.

    `source` is the text itself (or a URL, when it is nothing else), a `Path` to a file, or a `Document`. `options`
    are those of `Options`. Every claim of the result carries its verdict and exact spans of `summary.document.text`.

    Raises `SourceError` where the source cannot be read or is refused, `CompletionError` where the model gives no
    usable answer, `UnsupportedError` with ``on_unsupported="raise"``, `UsageError` for wrong options; all are
    `SummariserError`.
    """
    run = _Run.of(source, options)
    return run.finish(_drive(run.plan(), run.completer))


async def asummarise(source: Source, **options: Unpack[Options]) -> Summary:
    """`summarise` for a running event loop: the same plan, the same result."""
    run = await asyncio.to_thread(_Run.of, source, options)
    return run.finish(await _adrive(run.plan(), run.completer))


def summarise_many(
    sources: Iterable[Source], *, concurrency: int = 8, **options: Unpack[Options]
) -> Iterator[Summary | SummariserError]:
    """Summaries of many sources, in their order, `concurrency` at a time; the input is read as it is needed.

    A source that fails yields its error in its place and does not stop the others.
    """
    from collections import deque
    from concurrent.futures import Future, ThreadPoolExecutor

    def one(source: Source) -> Summary | SummariserError:
        try:
            return summarise(source, **options)
        except SummariserError as error:
            return error

    if concurrency < 1:
        raise UsageError(f"concurrency must be at least 1, not {concurrency}")
    with ThreadPoolExecutor(concurrency) as pool:
        waiting: deque[Future[Summary | SummariserError]] = deque()
        for source in sources:
            waiting.append(pool.submit(one, source))
            if len(waiting) >= concurrency:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


@dataclass(frozen=True)
class _Run:
    """One document on its way: what was asked for, and who answers."""

    document: Document
    wish: Wish
    completer: Completer
    on_unsupported: str
    notes: tuple[Note, ...]

    @classmethod
    def of(cls, source: Source, options: Options) -> _Run:
        settings = settings_of(checked(options))
        wish = wish_of(options)
        completer = options.get("completer") or _completer(settings)
        document = read(
            source,
            published=options.get("published"),
            gate=options.get("gate", "default"),
            allow_private_addresses=settings.allow_private_addresses,
        )
        if completer.reads_prompts or settings.prompts:
            from summariser.prompting import load

            prompts = load(settings.prompts)  # a folder that is wrong is said even where no prompt is read
            wish = Wish(wish.highlights, wish.language, prompts if completer.reads_prompts else None)
        notes = _embedded_notes(completer, settings, document, wish)
        return cls(document, wish, completer, options.get("on_unsupported", "reject"), notes)

    def plan(self) -> Plan:
        return plan(self.document, self.wish, keep=self.on_unsupported == "keep")

    def finish(self, outline: Outline) -> Summary:
        if outline.rejected and self.on_unsupported == "raise":
            count = len(outline.rejected)
            first = outline.rejected[0]
            raise UnsupportedError(
                f"{count} statement{'s' * (count > 1)} not supported by the text, first: {first.claim[:120]!r} "
                f"({', '.join(reason.code for reason in first.reasons)})",
                outline.rejected,
            )
        language = (self.completer.reads_prompts and self.wish.language) or self.document.language
        return Summary(
            document=self.document,
            language=language,
            highlights=outline.highlights,
            key_points=outline.key_points,
            actors=outline.actors,
            milestones=outline.milestones,
            rejected=outline.rejected,
            notes=(*self.document.notes, *self.notes, *outline.notes),
            usage=outline.usage,
            provenance=self._provenance(),
        )

    def _provenance(self) -> Provenance:
        from summariser import __version__

        source, recorded_by = self.completer.provenance()
        return Provenance(
            engine=self.completer.engine,
            model=self.completer.model,
            source=source,
            prompt_version=self.wish.prompts.version if self.wish.prompts else None,
            library_version=__version__,
            created=dt.datetime.now(dt.UTC),
            recorded_by=recorded_by,
        )


def _drive(steps: Plan, completer: Completer) -> Outline:
    try:
        calls = next(steps)
        while True:
            calls = steps.send(_answers(completer, calls))
    except StopIteration as done:
        outline: Outline = done.value
        return outline


async def _adrive(steps: Plan, completer: Completer) -> Outline:
    try:
        calls = next(steps)
        while True:
            calls = steps.send(await _aanswers(completer, calls))
    except StopIteration as done:
        outline: Outline = done.value
        return outline


def _answers(completer: Completer, calls: tuple[AnyCall, ...]) -> list[Outcome]:
    def answer(call: AnyCall) -> Outcome:
        try:
            return completer.complete(call)
        except CompletionError as error:
            return error

    if len(calls) == 1:
        return [answer(calls[0])]
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(CONCURRENT_CALLS) as pool:
        return list(pool.map(answer, calls))


async def _aanswers(completer: Completer, calls: tuple[AnyCall, ...]) -> list[Outcome]:
    places = asyncio.Semaphore(CONCURRENT_CALLS)

    async def answer(call: AnyCall) -> Outcome:
        async with places:
            try:
                return await completer.acomplete(call)
            except CompletionError as error:
                return error

    return list(await asyncio.gather(*map(answer, calls)))


@lru_cache(maxsize=8)
def _shared_completer(settings: Settings) -> Completer:
    return completer_for(settings)


def _completer(settings: Settings) -> Completer:
    """One client for all live calls with the same settings: connections are kept between documents."""
    if settings.replay or settings.record or settings.cache:
        return completer_for(settings)
    return _shared_completer(settings)


def _embedded_notes(completer: Completer, settings: Settings, document: Document, wish: Wish) -> tuple[Note, ...]:
    """What a reader of the embedded engine's summary must know."""
    if completer.engine != "extractive":
        return ()
    if settings.model is None:
        address = " (a base_url alone chooses none)" if settings.base_url else ""
        _say_once(
            f"no model is configured{address}: the embedded extractive engine answers. "
            "Set SUMMARISER_MODEL, or give --model (in Python model=)"
        )
    notes = [Note(code="embedded_engine", message="made by the embedded extractive engine, not by a language model")]
    from summariser.completers.extractive.lexicon import LANGUAGES

    if document.language not in LANGUAGES:
        message = f"the embedded engine has rules for {', '.join(LANGUAGES)} only: elsewhere it picks whole sentences"
        notes.append(Note(code="language_without_rules", message=message))
    if wish.language and wish.language != document.language:
        message = f"the embedded engine does not translate: this is in the document's own language, not {wish.language}"
        notes.append(Note(code="not_translated", message=message))
    return tuple(notes)


@lru_cache
def _say_once(message: str) -> None:
    print(f"summarise: {message}", file=sys.stderr)
