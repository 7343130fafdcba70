"""The package's command over a corpus, `--mode` worker processes, as a user starts it: one output file.

The clock runs from the line in the output that ends the warm-up to the last line, so that start-up is left out.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.peers.task import job

JOB = job()
POLL = 0.005


def lines(path: Path, seen: int, position: int) -> tuple[int, int]:
    """How many lines a growing file has, counted on from a place in it; and the new place."""
    if not path.exists():
        return seen, position
    with path.open("rb") as file:
        file.seek(position)
        data = file.read()
    return seen + data.count(b"\n"), position + len(data)


def main() -> None:
    total = sum(1 for _ in JOB.tasks.open(encoding="utf-8"))
    last = JOB.warm + JOB.count if JOB.count else total
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder, "out.jsonl")
        line = [sys.executable, "-m", "summariser", str(JOB.tasks), "-o", str(output), "--workers", JOB.mode]
        line += ["--concurrency", str(JOB.in_flight), "--model", "openai/mock", "--base-url", JOB.url, "--quiet"]
        started: float | None = None
        seen = position = first = 0
        with subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
            while process.poll() is None and seen < last:
                time.sleep(POLL)
                seen, position = lines(output, seen, position)
                if started is None and seen >= JOB.warm:
                    started, first = time.perf_counter(), seen
            ended, counted = time.perf_counter(), seen - first
            _, errors = process.communicate()
            seen, _ = lines(output, seen, position)
        if process.returncode or seen != total or started is None:
            sys.exit((errors.strip().splitlines() or [f"{seen} of {total} lines, exit code {process.returncode}"])[-1])
        figures = {"documents": counted, "failed": 0, "errors": {}, "wall": ended - started, "cpu": 0.0}
        print(json.dumps(figures | {"early_peak_kb": 0, "peak_kb": 0}))


main()
