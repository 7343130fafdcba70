"""A cluster run on a Ray of this machine with two workers: kills lose nothing and double nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.corpus.ray_scenarios import BLOCK, DOCUMENTS

ROOT = Path(__file__).resolve().parent.parent.parent
UNDER_WAY = 2 * 2 * BLOCK
"""Documents of two workers with two blocks each."""


@pytest.fixture(scope="module")
def seen() -> Iterator[dict[str, Any]]:
    """What `tests.corpus.ray_scenarios` saw: in a process of its own, because Ray's sockets are not for the guard."""
    with tempfile.TemporaryDirectory(prefix="ray") as folder:  # sockets below it: their paths must be short
        work, home = Path(folder) / "work", Path(folder) / "home"
        work.mkdir()
        home.mkdir()
        environment = {"PATH": os.environ["PATH"], "HOME": str(home), "RAY_TMPDIR": folder, "LANG": "C.UTF-8"}
        done = subprocess.run(
            [sys.executable, "-m", "tests.corpus.ray_scenarios", str(work)],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=400,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        yield json.loads(done.stdout.splitlines()[-1])


def test_a_killed_run_leaves_whole_blocks_and_no_process(seen: dict[str, Any]) -> None:
    killed = seen["killed driver"]
    assert killed["ended"] == -9
    assert killed["blocks"] >= 2
    assert seen["left of the killed run"] == []


def test_the_next_run_does_the_rest_though_one_of_its_workers_is_killed(seen: dict[str, Any]) -> None:
    run = seen["killed worker"]
    assert run["killed"] == 1
    assert run["problems"] == []
    assert run["documents"] == DOCUMENTS + 1
    assert run["skipped"] >= seen["killed driver"]["blocks"]
    assert run["finished"] + run["failed"] + run["skipped"] == DOCUMENTS + 1


def test_nothing_is_lost_and_nothing_doubled(seen: dict[str, Any]) -> None:
    output = seen["after the kills"]
    names = [name.rpartition("/")[2].removesuffix(".txt") for name in output["ids"]]
    assert sorted(names) == sorted(f"doc-{n}" for n in range(DOCUMENTS))
    assert all(output["verified"])
    (failure,) = output["failures"]
    assert failure[0].endswith("/in/corpus.jsonl#25")
    assert failure[1] == "SourceError"
    assert not [name for name in output["files"] if name.endswith(".part")]


def test_only_what_was_under_way_is_asked_again(seen: dict[str, Any]) -> None:
    asked = seen["killed worker"]["asked"]
    assert len(asked) == DOCUMENTS
    # Two kills: of the whole run, and of one of two workers.
    assert sum(asked.values()) - DOCUMENTS <= UNDER_WAY + UNDER_WAY // 2


def test_a_finished_run_begun_again_asks_nothing(seen: dict[str, Any]) -> None:
    again = seen["again"]
    assert again["requests seen"] == 0
    assert again["skipped"] == again["documents"] == DOCUMENTS + 1
    assert again["blocks"] == 0


def test_what_is_new_or_edited_is_asked_and_nothing_else(seen: dict[str, Any]) -> None:
    changed = seen["changed"]
    assert changed["requests seen"] == changed["finished"] == 2
    output = seen["after the change"]
    assert len(output["ids"]) == DOCUMENTS + 1
    (edited,) = [text for name, text in output["texts"].items() if name.endswith(f"doc-{DOCUMENTS - 1}.txt")]
    (before,) = [text for name, text in seen["after the kills"]["texts"].items() if name.endswith("doc-47.txt")]
    assert edited != before


def test_rows_of_ones_own_dataset(seen: dict[str, Any]) -> None:
    empty, path, text = seen["rows"]
    assert json.loads(text["summary"])["highlights"]
    assert json.loads(path["summary"])["document"]["name"] == "doc-46.txt"
    assert (empty["summary"], empty["error"], empty["attempts"]) == (None, "SourceError", 0)
    assert text["attempts"] == 1
    assert text["tokens"] > 0


def test_workers_take_their_turns_from_one_limit(seen: dict[str, Any]) -> None:
    waits = sorted(seen["turns"])
    assert len(waits) == 8
    # One a second after the first two. Had each its own limit, nobody would wait for more than two seconds.
    assert waits[-1] > 4.0
