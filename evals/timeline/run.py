"""Build and judge the ledger of every set with every system."""

from __future__ import annotations

import datetime as dt
import shutil
import time
from collections.abc import Callable, Iterator, Sequence

from evals.metrics.score import Score
from evals.results import CaseResult, RunResult
from evals.runner import source_of
from evals.systems import LEDGER
from evals.timeline.conflicts import conflict_scores
from evals.timeline.errors import errors
from evals.timeline.matching import look
from evals.timeline.pairs import actor_scores, milestone_scores, thread_scores
from evals.timeline.sets import ArticleSet
from evals.timeline.systems import LEDGER_SYSTEMS, PREFIX, LedgerSystem, Place
from summariser.schema import Summary
from summariser.timeline import Ledger, build

Progress = Callable[[str, str], None]
"""Called with system and slug before each set."""


def run(
    sets: Sequence[ArticleSet],
    systems: Sequence[str],
    place: Place,
    *,
    whole: bool = False,
    progress: Progress | None = None,
) -> RunResult:
    """Judge every set with every system. `whole`: these are all sets, so that recordings of others are orphans."""
    started = time.perf_counter()
    results: list[CaseResult] = []
    faults: list[str] = []
    provenance: dict[str, str] = {}
    slugs: dict[str, None] = {}
    for name in systems:
        system = LEDGER_SYSTEMS[name]
        sources: dict[str, None] = {}
        for one in system.sets(sets, place):
            slugs[one.slug] = None
            if progress:
                progress(PREFIX + name, one.slug)
            result, wrong, summaries = judge(system, one, place)
            faults += wrong
            results += [result] if result else []
            sources |= dict.fromkeys(source_of(summary) for summary in summaries)
        provenance[PREFIX + name] = "; ".join(sources) or "no answer"
        if whole and system.asks:
            faults += strangers(place, sets)
    return RunResult(
        created=dt.datetime.now(dt.UTC).replace(microsecond=0),
        systems=[PREFIX + name for name in systems],
        cases=list(slugs),
        provenance=provenance,
        results=results,
        recordings=faults,
        seconds=time.perf_counter() - started,
    )


def judge(
    system: LedgerSystem, one: ArticleSet, place: Place
) -> tuple[CaseResult | None, list[str], Sequence[Summary]]:
    """The result of one set, what is wrong with its recordings, and the summaries; no result unless all are there."""
    started = time.perf_counter()
    summaries: Sequence[Summary] = ()
    scores: list[Score] = []
    error = None
    try:
        summaries, faults = system.summarise(one, place)
        if len(summaries) < len(one.articles):
            return None, faults, summaries
        scores = all_scores(one, summaries, _ledger(one, summaries))
    except Exception as failure:  # noqa: BLE001 - a crash of one set is a result of the run, named and counted
        faults, error = [], f"{type(failure).__name__}: {failure}"
    result = CaseResult(
        slug=one.slug,
        system=PREFIX + system.name,
        language=", ".join(sorted({article.label.language for article in one.articles})),
        form=f"{len(one.articles)} articles",
        seconds=time.perf_counter() - started,
        scores=scores,
        error=error,
    )
    return result, faults, summaries


def wrong(sets: Sequence[ArticleSet], systems: Sequence[str], place: Place) -> Iterator[str]:
    """A line for everything that is wrong with each ledger, system by system."""
    for name in systems:
        system = LEDGER_SYSTEMS[name]
        for one in system.sets(sets, place):
            summaries, faults = system.summarise(one, place)
            lines = faults
            if len(summaries) == len(one.articles):
                lines = [*faults, *errors(look(one, summaries, _ledger(one, summaries)))]
            yield from (f"{name} {one.slug}: {line}" for line in lines)


def _ledger(one: ArticleSet, summaries: Sequence[Summary]) -> Ledger:
    return build(summaries, ids=[article.id for article in one.articles])


def all_scores(one: ArticleSet, summaries: Sequence[Summary], ledger: Ledger) -> list[Score]:
    """Every figure of one ledger, in the order of `LEDGER_FIGURES`; its sources bear the ids of the articles."""
    sight = look(one, summaries, ledger)
    return [*milestone_scores(sight), *actor_scores(sight), *thread_scores(sight), *conflict_scores(sight)]


def strangers(place: Place, sets: Sequence[ArticleSet]) -> list[str]:
    """Folders of recordings that belong to no article of any set."""
    known = {article.slug for one in sets for article in one.articles}
    return [
        f"{LEDGER.name}/{slug}: recordings of an article that does not exist" for slug in sorted(there(place) - known)
    ]


def remove_strangers(place: Place, sets: Sequence[ArticleSet]) -> list[str]:
    """Remove the recordings of articles that no longer exist; returns what was removed."""
    known = {article.slug for one in sets for article in one.articles}
    removed = sorted(there(place) - known)
    for slug in removed:
        folder = place.recordings / LEDGER.name / slug
        shutil.rmtree(folder)
        if not any(folder.parent.iterdir()):
            folder.parent.rmdir()
    return removed


def there(place: Place) -> set[str]:
    """``set/article`` of every folder of recordings."""
    folders = (place.recordings / LEDGER.name).glob("*/*")
    return {f"{path.parent.name}/{path.name}" for path in folders if path.is_dir()}
