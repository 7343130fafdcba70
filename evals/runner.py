"""Run systems over cases: every answer judged, every crash named, every recording accounted for."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from evals.cases import HERE, Case
from evals.metrics import Sight, all_scores
from evals.results import CaseResult, RunResult
from evals.systems import HIGHLIGHTS, SYSTEMS, Answered, System, recordings_of
from summariser import Settings
from summariser.errors import ReplayError
from summariser.schema import Summary

RECORDINGS = HERE / "recordings"
Progress = Callable[[str, str], None]
"""Called with system and slug before each case."""


def run(
    cases: Sequence[Case],
    systems: Sequence[str],
    *,
    recordings: Path = RECORDINGS,
    model: str | None = None,
    whole: bool = False,
    progress: Progress | None = None,
) -> RunResult:
    """Answer and judge every case with every system.

    `model` names the model of the recordings where they hold several. `whole`: these are all cases there are, so that
    recordings of others are orphans.
    """
    started = time.perf_counter()
    results: list[CaseResult] = []
    faults: list[str] = []
    provenance: dict[str, str] = {}
    for name in systems:
        system = SYSTEMS[name]
        sources: dict[str, None] = {}
        for case in cases:
            if progress:
                progress(name, case.slug)
            result, wrong = judge(system, case, recordings, model)
            faults += wrong
            if result is not None:
                results.append(result)
                if result.summary:
                    sources[source_of(result.summary)] = None
        provenance[name] = "; ".join(sources) or "no answer"
        if whole and system.asks:
            faults += strangers(recordings, name, {case.slug for case in cases})
    return RunResult(
        created=dt.datetime.now(dt.UTC).replace(microsecond=0),
        systems=list(systems),
        cases=[case.slug for case in cases],
        provenance=provenance,
        results=results,
        recordings=faults,
        seconds=time.perf_counter() - started,
    )


def judge(
    system: System, case: Case, recordings: Path, model: str | None = None
) -> tuple[CaseResult | None, list[str]]:
    """The result of one case and what is wrong with its recordings; no result where there is no recording at all."""
    folder = recordings_of(recordings, system.name, case.slug)
    where = f"{system.name}/{case.slug}"
    if system.asks and not any(folder.glob("*.json")):
        return None, [f"{where}: not recorded"]
    started = time.perf_counter()
    try:
        answered = system.run(case, Settings(replay=folder, model=model) if system.asks else None)
        scores = all_scores(Sight(case, answered.summary, HIGHLIGHTS), answered.seconds)
    except ReplayError as error:
        return None, [f"{where}: {error}"]
    except Exception as error:  # noqa: BLE001 - a crash of one case is a result of the run, named and counted
        if is_a_miss(error):
            return None, [f"{where}: {error}"]
        return _result(system, case, time.perf_counter() - started, error=f"{type(error).__name__}: {error}"), []
    result = _result(system, case, answered.seconds)
    return result.model_copy(update={"scores": scores, "summary": answered.summary}), leftovers(where, answered)


def _result(system: System, case: Case, seconds: float, error: str | None = None) -> CaseResult:
    return CaseResult(
        slug=case.slug,
        system=system.name,
        language=case.language,
        form=case.labels.form,
        seconds=seconds,
        error=error,
    )


def is_a_miss(error: Exception) -> bool:
    """The openai client turns a recording that is missing into its own 404; the transport marks it."""
    return "replay_error" in str(getattr(error, "body", "")) or "replay_error" in str(getattr(error, "code", ""))


def leftovers(where: str, answered: Answered) -> list[str]:
    """Recordings of a case that were not played: its request has changed, or a conversation ended earlier."""
    store = answered.store
    if store is None:
        return []
    left = [f"{key[:12]}.{take}" for key, take in store.unplayed()]
    return [f"{where}: {len(left)} recordings not played ({', '.join(left[:3])}): record again"] if left else []


def strangers(recordings: Path, system: str, slugs: set[str]) -> list[str]:
    """Folders of recordings that belong to no case."""
    there = sorted(path.name for path in (recordings / system).glob("*") if path.is_dir())
    return [f"{system}/{name}: recordings of a case that does not exist" for name in there if name not in slugs]


def source_of(summary: Summary) -> str:
    """What answered, in a few words."""
    origin, usage = summary.provenance, summary.usage
    if origin.engine == "extractive":
        return f"{origin.model}, no model asked"
    measured = "usage estimated" if usage.estimated else "usage measured"
    return f"{origin.recorded_by or origin.model} ({origin.source}, {measured})"
