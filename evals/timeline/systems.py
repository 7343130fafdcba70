"""Whose summaries the ledger is built of: the package's with a model, the embedded engine's, or the labels' own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.runner import is_a_miss, leftovers
from evals.systems import LEDGER, SYSTEMS, Answered, recordings_of
from evals.timeline import oracle, stress
from evals.timeline.sets import Article, ArticleSet
from summariser import Settings
from summariser.errors import ReplayError
from summariser.schema import Summary

PREFIX = "ledger/"
"""Before a system's name in results and in the baseline, where systems on cases stand too."""


@dataclass(frozen=True)
class Place:
    """Where summaries come from: the folder of recordings, their model where there are several, the seed of written
    sets."""

    recordings: Path
    model: str | None = None
    seed: int = 0


@dataclass(frozen=True)
class LedgerSystem:
    """`summarise` gives the summaries of a set in the order of its articles, or says what its recordings lack.

    `generated`: the sets are written by a program, and those in the folder are not looked at.
    """

    name: str
    title: str
    summarise: Callable[[ArticleSet, Place], tuple[list[Summary], list[str]]]
    asks: bool = False
    generated: bool = False

    def sets(self, given: Sequence[ArticleSet], place: Place) -> list[ArticleSet]:
        return stress.sets(place.seed) if self.generated else list(given)


def _recorded(one: ArticleSet, place: Place) -> tuple[list[Summary], list[str]]:
    """The package's summaries of a set, replayed; where a recording is missing or left over there are faults."""
    summaries: list[Summary] = []
    faults: list[str] = []
    for article in one.articles:
        answered, wrong = _replayed(article, place)
        faults += wrong
        summaries += [answered.summary] if answered else []
    return summaries, faults


def _replayed(article: Article, place: Place) -> tuple[Answered | None, list[str]]:
    folder = recordings_of(place.recordings, LEDGER.name, article.slug)
    where = f"{LEDGER.name}/{article.slug}"
    if not any(folder.glob("*.json")):
        return None, [f"{where}: not recorded"]
    try:
        answered = LEDGER.run(article, Settings(replay=folder, model=place.model))
    except ReplayError as error:
        return None, [f"{where}: {error}"]
    except Exception as error:
        if is_a_miss(error):
            return None, [f"{where}: {error}"]
        raise
    return answered, leftovers(where, answered)


def _extracted(one: ArticleSet, place: Place) -> tuple[list[Summary], list[str]]:
    del place
    return [SYSTEMS["extractive"].run(article).summary for article in one.articles], []


def _labelled(one: ArticleSet, place: Place) -> tuple[list[Summary], list[str]]:
    del place
    return oracle.summaries(one), []


LEDGER_SYSTEMS: dict[str, LedgerSystem] = {
    system.name: system
    for system in (
        LedgerSystem("pipeline", "summaries of the package with a language model", _recorded, asks=True),
        LedgerSystem("extractive", "summaries of the embedded engine", _extracted),
        LedgerSystem("labels", "what the labels say: judges the ledger alone", _labelled),
        LedgerSystem("stress", "the same on sets written by a program, with seeded errors", _labelled, generated=True),
    )
}
