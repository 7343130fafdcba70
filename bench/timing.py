"""Run commands in fresh interpreters and measure them."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass

RUNS = 7


@dataclass(frozen=True)
class Timing:
    """Seconds of several runs of one command: wall clock and CPU (user and system, children included)."""

    name: str
    wall: tuple[float, ...]
    cpu: tuple[float, ...]

    def row(self) -> str:
        wall, cpu = statistics.median(self.wall), statistics.median(self.cpu)
        return (
            f"{self.name:<52} wall {wall:6.3f} s ({min(self.wall):.3f}–{max(self.wall):.3f})"
            f"   cpu {cpu:6.3f} s   n={len(self.wall)}"
        )


def once(command: list[str]) -> tuple[float, float]:
    """Wall and CPU seconds of one run; raises `CalledProcessError` when the command fails."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("SUMMARISER_", "OPENAI_"))}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def interleaved(commands: dict[str, list[str]], runs: int = RUNS) -> list[Timing]:
    """Every command `runs` times, in turn, so that a slow minute of the machine falls on all of them alike."""
    for command in commands.values():
        once(command)  # the first run compiles and fills the file cache
    results: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            results[name].append(once(command))
    return [Timing(name, tuple(w for w, _ in r), tuple(c for _, c in r)) for name, r in results.items()]


def python(code: str) -> list[str]:
    """The command that runs code in a fresh interpreter of this environment."""
    return [sys.executable, "-c", code]
