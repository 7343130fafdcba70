"""One document on its way through the plan: what was asked for, who answers, and the two drivers."""

from __future__ import annotations

import asyncio
import datetime as dt
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from summariser.calls import Completer
from summariser.completers import completer_for
from summariser.documents import read
from summariser.errors import CompletionError, UnsupportedError
from summariser.options import Options, checked, settings_of, wish_of
from summariser.plan import AnyCall, Outcome, Outline, Plan, Wish, plan
from summariser.schema import Document, Note, Provenance, Summary
from summariser.settings import Settings

if TYPE_CHECKING:
    from summariser.completers.gate import Gate

__all__ = ["Run", "Setup", "Source", "adrive", "drive"]

Source = str | Path | Document

CONCURRENT_CALLS = 8
"""Calls of one long document that are under way at once."""

LONG_TEXT = 100_000
"""Characters from which a document is verified in a thread: in the event loop it would hold up all the others."""


@dataclass(frozen=True)
class Setup:
    """What is the same for every document of a run: the options, what they come to, and who answers."""

    options: Options
    settings: Settings
    wish: Wish
    completer: Completer

    @classmethod
    def of(cls, options: Options, gate: Gate | None = None) -> Setup:
        """Raises `UsageError` (or its kin) for options, settings or prompts that are wrong.

        With a `gate` the client is of this run alone: `close` closes it.
        """
        settings = settings_of(checked(options))
        wish = wish_of(options)
        completer = options.get("completer") or (completer_for(settings, gate) if gate else _completer(settings))
        if completer.reads_prompts or settings.prompts:
            from summariser.prompting import load

            prompts = load(settings.prompts)  # a folder that is wrong is said even where no prompt is read
            wish = replace(wish, prompts=prompts if completer.reads_prompts else None)
        return cls(options, settings, wish, completer)

    def read(self, source: Source) -> Document:
        """The source as a document. Raises `SourceError`."""
        return read(
            source,
            published=self.options.get("published"),
            gate=self.options.get("gate", "default"),
            allow_private_addresses=self.settings.allow_private_addresses,
        )

    def run(self, document: Document) -> Run:
        """The run of one document."""
        return Run(self, document)


@dataclass(frozen=True)
class Run:
    """One document's run: its plan, and the summary that the plan's outline becomes."""

    setup: Setup
    document: Document

    @classmethod
    def of(cls, source: Source, options: Options) -> Run:
        setup = Setup.of(options)
        return cls(setup, setup.read(source))

    def plan(self) -> Plan:
        return plan(self.document, self.setup.wish, keep=self.setup.options.get("on_unsupported") == "keep")

    def finish(self, outline: Outline) -> Summary:
        """Raises `UnsupportedError` where the caller asked to be told of statements that failed."""
        setup = self.setup
        if outline.rejected and setup.options.get("on_unsupported") == "raise":
            count = len(outline.rejected)
            first = outline.rejected[0]
            raise UnsupportedError(
                f"{count} statement{'s' * (count > 1)} not supported by the text, first: {first.claim[:120]!r} "
                f"({', '.join(reason.code for reason in first.reasons)})",
                outline.rejected,
            )
        language = (setup.completer.reads_prompts and setup.wish.language) or self.document.language
        notes = _embedded_notes(setup, self.document)
        return Summary(
            document=self.document,
            language=language,
            highlights=outline.highlights,
            key_points=outline.key_points,
            actors=outline.actors,
            milestones=outline.milestones,
            rejected=outline.rejected,
            notes=(*self.document.notes, *notes, *outline.notes),
            usage=outline.usage,
            provenance=self._provenance(),
        )

    def _provenance(self) -> Provenance:
        from summariser import __version__

        completer, prompts = self.setup.completer, self.setup.wish.prompts
        source, recorded_by = completer.provenance()
        return Provenance(
            engine=completer.engine,
            model=completer.model,
            source=source,
            prompt_version=prompts.version if prompts else None,
            library_version=__version__,
            created=dt.datetime.now(dt.UTC),
            recorded_by=recorded_by,
        )


def drive(steps: Plan, completer: Completer) -> Outline:
    """Run a plan; calls that it wants at once are made side by side in threads."""
    try:
        calls = next(steps)
        while True:
            calls = steps.send(_answers(completer, calls))
    except StopIteration as done:
        outline: Outline = done.value
        return outline


async def adrive(steps: Plan, completer: Completer, *, long: bool = False) -> Outline:
    """`drive` for a running event loop. The steps of a `long` document are taken in a thread."""
    outcomes: Sequence[Outcome] | None = None
    while True:
        step = await asyncio.to_thread(_step, steps, outcomes) if long else _step(steps, outcomes)
        if isinstance(step, Outline):
            return step
        outcomes = await _aanswers(completer, step)


def _step(steps: Plan, outcomes: Sequence[Outcome] | None) -> tuple[AnyCall, ...] | Outline:
    """The next calls, or the outline; `StopIteration` cannot leave a thread as an exception."""
    try:
        return next(steps) if outcomes is None else steps.send(outcomes)
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

    if len(calls) == 1:
        return [await answer(calls[0])]
    return list(await asyncio.gather(*map(answer, calls)))


@lru_cache(maxsize=8)
def _shared_completer(settings: Settings) -> Completer:
    return completer_for(settings)


def _completer(settings: Settings) -> Completer:
    """One client for all live calls with the same settings: connections are kept between documents."""
    if settings.replay or settings.record or settings.cache:
        return completer_for(settings)
    return _shared_completer(settings)


def _embedded_notes(setup: Setup, document: Document) -> tuple[Note, ...]:
    """What a reader of the embedded engine's summary must know."""
    if setup.completer.engine != "extractive":
        return ()
    if setup.settings.model is None:
        address = " (a base_url alone chooses none)" if setup.settings.base_url else ""
        say_once(
            f"no model is configured{address}: the embedded extractive engine answers. "
            "Set SUMMARISER_MODEL, or give --model (in Python model=)"
        )
    notes = [Note(code="embedded_engine", message="made by the embedded extractive engine, not by a language model")]
    from summariser.completers.extractive.lexicon import LANGUAGES

    if document.language not in LANGUAGES:
        message = f"the embedded engine has rules for {', '.join(LANGUAGES)} only: elsewhere it picks whole sentences"
        notes.append(Note(code="language_without_rules", message=message))
    wanted = setup.wish.language
    if wanted and wanted != document.language:
        message = f"the embedded engine does not translate: this is in the document's own language, not {wanted}"
        notes.append(Note(code="not_translated", message=message))
    return tuple(notes)


@lru_cache
def say_once(message: str) -> None:
    """One line on standard error, the first time only."""
    print(f"summarise: {message}", file=sys.stderr)
