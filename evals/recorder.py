"""Fill the recordings: ask the model for every case that has no answer of today's request."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from evals.runner import leftovers
from evals.systems import Readable, System, recordings_of
from summariser import Settings, SummariserError

Said = Callable[[str], None]
"""Called with a line for each case that is done."""


@dataclass(frozen=True)
class Source:
    """Where answers come from. `wait`: seconds that one answer may take. `note` is kept in each recording."""

    model: str
    base_url: str | None = None
    note: str | None = None
    wait: float = 3000.0

    @property
    def _host(self) -> str:
        return urlsplit(self.base_url).netloc if self.base_url else "its provider"

    def settings(self, folder: Path) -> Settings:
        """Settings that record into a folder; key and address may come from the environment, as for any user."""
        return Settings.load(
            model=self.model,
            base_url=self.base_url,
            record=folder,
            record_note=self.note or f"{self.model} through {self._host}",
            timeout=self.wait,
            deadline=4 * self.wait,
            max_retries=0,
        )


def record(
    cases: Sequence[Readable],
    systems: Sequence[System],
    source: Source,
    recordings: Path,
    *,
    again: bool = False,
    at_once: int = 8,
    said: Said = print,
) -> list[str]:
    """Record what is missing or stale, several at once; returns the cases that failed, with why.

    What is recorded and still asked for stays, unless `again`. A case is recorded anew as a whole and takes the place
    of the old recordings only when it is complete, so that a stop in the middle leaves nothing half.
    """
    jobs = [(system, case) for system in systems if system.asks for case in cases]

    def one(job: tuple[System, Readable]) -> str | None:
        system, case = job
        where = f"{system.name}/{case.slug}"
        folder = recordings_of(recordings, system.name, case.slug)
        try:
            if not again and is_current(system, case, folder):
                said(f"{where}: kept")
                return None
            count = _record(system, case, source, folder)
        except Exception as error:  # noqa: BLE001 - one case that fails must not lose the answers of the others
            said(f"{where}: FAILED")
            return f"{where}: {type(error).__name__}: {error}"
        said(f"{where}: {count} recorded")
        return None

    with ThreadPoolExecutor(at_once) as pool:
        return [failure for failure in pool.map(one, jobs) if failure]


def is_current(system: System, case: Readable, folder: Path) -> bool:
    """Whether a case's recordings answer today's requests, all of them and no others."""
    if not any(folder.glob("*.json")):
        return False
    try:
        answered = system.run(case, Settings(replay=folder))
    except SummariserError:
        return False
    except Exception as error:
        if getattr(error, "status_code", None) == 404:
            return False
        raise
    return not leftovers("", answered)


def _record(system: System, case: Readable, source: Source, folder: Path) -> int:
    part = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        system.run(case, source.settings(part))
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return len(list(folder.glob("*.json")))


def remove_strangers(recordings: Path, systems: Sequence[str], slugs: set[str]) -> list[str]:
    """Remove the recordings of cases that no longer exist; returns what was removed."""
    removed = []
    for name in systems:
        for path in sorted((recordings / name).glob("*")):
            if path.is_dir() and path.name not in slugs:
                shutil.rmtree(path)
                removed.append(f"{name}/{path.name}")
    return removed
