"""The systems that are judged side by side, each through the package's public names."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from summariser.schema import Highlight, KeyPoint, Provenance, Summary

if TYPE_CHECKING:
    from summariser import Settings
    from summariser.replay import ReplayStore
    from summariser.schema import Document

HIGHLIGHTS = 5
LEAD = 5


class Readable(Protocol):
    """What a system is asked about: a case, or an article of a set. `slug` names the folder of its recordings."""

    @property
    def slug(self) -> str: ...

    @property
    def document(self) -> Document: ...


@dataclass(frozen=True)
class Answered:
    """A system's answer. `store` is what was played or recorded, None for systems that ask nobody."""

    summary: Summary
    seconds: float
    store: ReplayStore | None = None


@dataclass(frozen=True)
class System:
    """`answer` gets what to read and, where the system asks a model, the settings that say how to reach it."""

    name: str
    title: str
    asks: bool
    answer: Callable[[Readable, Settings | None], tuple[Summary, ReplayStore | None]]

    def run(self, case: Readable, settings: Settings | None = None) -> Answered:
        document = case.document  # reading the article is no part of the time
        started = time.perf_counter()
        summary, store = self.answer(case, settings)
        del document
        return Answered(summary, time.perf_counter() - started, store)


def _pipeline(case: Readable, settings: Settings | None) -> tuple[Summary, ReplayStore | None]:
    """The package as a user has it, with the model of the recordings."""
    from summariser import summarise
    from summariser.completers.llm import LLMCompleter

    assert settings is not None
    with LLMCompleter(settings) as completer:
        summary = summarise(case.document, completer=completer, highlights=HIGHLIGHTS)
        return summary, completer.recordings


def _plain(case: Readable, settings: Settings | None) -> tuple[Summary, ReplayStore | None]:
    from evals.plain import answer

    assert settings is not None
    return answer(case.document, settings, HIGHLIGHTS)


def _extractive(case: Readable, settings: Settings | None) -> tuple[Summary, ReplayStore | None]:
    """The embedded engine: no model, no network."""
    from summariser import summarise

    del settings
    return summarise(case.document, model="extractive", highlights=HIGHLIGHTS), None


def _lead(case: Readable, settings: Settings | None) -> tuple[Summary, ReplayStore | None]:
    """The first five sentences as they stand: what news writing gives away for nothing."""
    import datetime as dt

    from summariser import __version__
    from summariser.schema import SUPPORTED

    del settings
    document = case.document
    first = [(s.text, document.spans([s.number])) for s in document.sentences[:LEAD]]
    summary = Summary(
        document=document,
        language=document.language,
        highlights=tuple(Highlight(text=text, evidence=spans, verdict=SUPPORTED) for text, spans in first),
        key_points=tuple(KeyPoint(text=text, evidence=spans, verdict=SUPPORTED) for text, spans in first),
        provenance=Provenance(
            engine="extractive",
            model=f"lead-{LEAD}",
            source="embedded",
            prompt_version=None,
            library_version=__version__,
            created=dt.datetime.now(dt.UTC),
        ),
    )
    return summary, None


SYSTEMS: dict[str, System] = {
    system.name: system
    for system in (
        System("pipeline", "the package with a language model", True, _pipeline),
        System("plain", "the same model, a one-line prompt, no verification", True, _plain),
        System("extractive", "the embedded engine", False, _extractive),
        System("lead", f"the first {LEAD} sentences", False, _lead),
    )
}

LEDGER = System("timeline", "the package with a language model, on the articles of the ledgers", True, _pipeline)
"""The pipeline once more: its recordings lie in a folder of their own, by set and article."""


def recordings_of(root: Path, system: str, slug: str) -> Path:
    """The folder of the recordings of one case."""
    return root / system / slug
