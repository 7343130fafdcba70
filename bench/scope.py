"""What every measurement needs: the server, the subjects, how many runs; and how a subject is run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.articles import articles
from bench.peers import Peer
from bench.results import Results
from bench.running import ROOT, Running

TIMEOUT = 600
"""Seconds for one run of a subject."""


@dataclass(slots=True)
class Scope:
    """`scale` divides the numbers of documents: 1 for a full run, more for a quick one."""

    server: Running
    subjects: list[tuple[Peer, Path]]
    folder: Path
    results: Results
    runs: int = 5
    scale: int = 1
    say: Callable[[str], None] = lambda text: print(text, file=sys.stderr, flush=True)
    _broken: set[tuple[str, str]] = field(default_factory=set)

    def documents(self, count: int, peer: Peer, least: int = 4) -> int:
        """How many documents a subject gets where the full number is `count`."""
        return max(count // self.scale // peer.slow, least)

    def tasks(self, count: int) -> Path:
        """A file with this many articles, one JSON object a line."""
        path = self.folder / f"tasks-{count}.jsonl"
        if not path.exists():
            with path.open("w", encoding="utf-8") as file:
                for made in articles(count):
                    file.write(json.dumps({"number": made.number, "text": made.text}) + "\n")
        return path

    def rounds(
        self, title: str, runs: int | None = None, skip: tuple[str, ...] = ()
    ) -> Iterator[tuple[int, Peer, Path]]:
        """Every subject once in each run, in turn: a slow minute of the machine falls on all of them alike."""
        for run in range(runs or self.runs):
            self.say(f"{title}, run {run + 1} of {runs or self.runs}")
            for peer, python in self.subjects:
                if peer.name not in skip and (title, peer.name) not in self._broken:
                    yield run, peer, python

    def broke(self, title: str, peer: Peer, reason: str) -> None:
        """Note that a subject could not be measured, and spare it the further runs."""
        self._broken.add((title, peer.name))
        self.results.failures.append(f"{title}: {peer.name}: {reason}")
        self.say(f"{title}: {peer.name}: {reason}")


@dataclass(frozen=True, slots=True)
class Run:
    """What a run of a subject came to; times in seconds, memory in KB."""

    documents: int
    failed: int
    errors: dict[str, int]
    wall: float
    cpu: float
    early_peak_kb: int
    peak_kb: int


class BrokenRunError(Exception):
    """A subject did not finish; the message says why in one line."""


def command(peer: Peer, python: Path, url: str, tasks: Path, *more: str) -> list[str]:
    """The command line of a subject's runner."""
    mode = ["--mode", peer.mode] if peer.mode else []
    return [str(python), "-m", f"bench.peers.{peer.module}", "--url", url, "--tasks", str(tasks), *mode, *more]


def run(
    scope: Scope,
    peer: Peer,
    python: Path,
    tasks: Path,
    in_flight: int,
    *,
    warm: int = 0,
    count: int = 0,
    results: Path | None = None,
    timeout: float = TIMEOUT,
) -> Run:
    """Run a subject over the tasks in a process of its own. Raises `BrokenRunError`."""
    more = ["--in-flight", str(in_flight), "--warm", str(warm), "--count", str(count)] + (
        ["--results", str(results)] if results else []
    )
    line = command(peer, python, scope.server.url, tasks, *more)
    try:
        done = subprocess.run(
            line, check=False, capture_output=True, text=True, cwd=ROOT, env=environment(), timeout=timeout
        )
    except subprocess.TimeoutExpired:
        raise BrokenRunError(f"not finished after {timeout:g} s") from None
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or [f"exit code {done.returncode}"]
        raise BrokenRunError(last[0][:200])
    return Run(**json.loads(done.stdout.strip().splitlines()[-1]))


def environment() -> dict[str, str]:
    """The environment without what would reach into a client: keys, addresses, settings, proxies."""
    unwanted = ("SUMMARISER_", "OPENAI_", "LLM_", "LANGEXTRACT_", "LANGCHAIN_", "LANGSMITH_", "PYDANTIC_", "PYTHON")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(unwanted) and not k.lower().endswith("_proxy")}
    return kept | {"PYTHONWARNINGS": "ignore"}
