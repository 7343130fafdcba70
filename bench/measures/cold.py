"""What a user waits for before anything has happened: import, --help, one complete document, in fresh processes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.articles import article
from bench.peers import DRAFT, FULL, WORKERS, Peer
from bench.results import Table
from bench.running import ROOT
from bench.scope import Scope, command, environment
from bench.timing import once

ONE, CPU, IMPORT, HELP = "one document", "its CPU", "import", "--help"
EMBEDDED = "summariser, embedded engine"


def measure(scope: Scope) -> None:
    table = Table(
        "Cold start",
        "s",
        "A fresh process each time, wall clock (and CPU where it says so). One document: import, open a client, ask "
        "the mock server, parse; the package verifies too. The embedded engine asks nobody.",
    )
    scope.results.tables["cold"] = table
    scope.server.reset()
    for run, peer, python in scope.rounds("cold start", scope.runs + 1, skip=(DRAFT, WORKERS)):
        for column, line in _commands(scope, peer, python):
            _time(scope, table, peer, column, line, warm_up=run == 0)
    text = scope.folder / "article.txt"
    text.write_text(article(1).text, "utf-8")
    line = [sys.executable, "-m", "summariser", str(text), "--model", "extractive"]
    for run in range(scope.runs + 1):
        wall, cpu = once(line, environment(), ROOT)
        if run:
            table.add(EMBEDDED, ONE, wall)
            table.add(EMBEDDED, CPU, cpu)


def _commands(scope: Scope, peer: Peer, python: Path) -> Iterator[tuple[str, list[str]]]:
    yield ONE, command(peer, python, scope.server.url, scope.tasks(1))
    if peer.imports:
        yield IMPORT, [str(python), "-c", f"import {peer.imports}"]
    if peer.name in (FULL, "llm"):
        yield HELP, [str(python), "-m", peer.imports, "--help"]


def _time(scope: Scope, table: Table, peer: Peer, column: str, line: list[str], *, warm_up: bool) -> None:
    """One sample; the first run compiles and fills the file cache, and does not count."""
    try:
        wall, cpu = once(line, environment(), ROOT)
    except subprocess.CalledProcessError as error:
        scope.broke("cold start", peer, f"{column}: exit code {error.returncode}")
        return
    if warm_up:
        return
    table.add(peer.name, column, wall)
    if column == ONE:
        table.add(peer.name, CPU, cpu)
