"""``summarise … --engine ray``: what it hands to `run`, what it says, and its exit codes; Ray itself is not started."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from summariser.cli import main
from summariser.corpus import ray
from summariser.corpus.ray import Plan, Report
from summariser.errors import UsageError


@pytest.fixture
def handed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], str, Plan, dict[str, Any]]]:
    seen: list[tuple[list[str], str, Plan, dict[str, Any]]] = []

    def run(sources: list[str], output: str, *, plan: Plan, on_progress: object, **options: Any) -> Report:
        seen.append((sources, output, plan, options))
        finished, failed = {"all": (3, 0), "some": (2, 1), "none": (0, 3)}[sources[0]]
        return Report(run=1, documents=3, finished=finished, failed=failed, requests=4, tokens=5_000)

    monkeypatch.setattr(ray, "run", run)
    return seen


@pytest.mark.parametrize(("source", "code"), [("all", 0), ("some", 3), ("none", 1)])
def test_the_exit_code_tells_complete_partial_and_failed(
    handed: list[Any], source: str, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([source, "--engine", "ray", "-o", "s3://bucket/out", "--model", "extractive"]) == code
    assert handed[0][1] == "s3://bucket/out"
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "3 documents:" in captured.err
    assert "5,000 tokens" in captured.err


def test_options_reach_the_plan(handed: list[Any], tmp_path: Path) -> None:
    words = ["--workers", "3", "-j", "7", "--tokens-per-minute", "90000", "--retry-failed", "--quiet", "-n", "2"]
    assert main(["all", "--engine", "ray", "-o", str(tmp_path), *words]) == 0
    (sources, output, plan, options) = handed[0]
    assert (sources, output) == (["all"], str(tmp_path))
    assert (plan.actors, plan.concurrency, plan.tokens_per_minute, plan.retry_failed) == (3, 7, 90_000, True)
    assert options["highlights"] == 2


def test_a_plan_that_cannot_be_is_refused() -> None:
    with pytest.raises(UsageError, match="block_size must be more than 0"):
        Plan(block_size=0)
    with pytest.raises(UsageError, match="parquet or jsonl"):
        Plan(format="csv")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("path", "address"),
    [("out", "out"), ("/a/b", "/a/b"), ("gs://b/x", "gs://b/x"), ("file:///a/b", "/a/b"), ("a/s3:/b", "a/s3:/b")],
)
def test_addresses_survive_being_a_path(path: str, address: str) -> None:
    assert ray._address(Path(path)) == address


def test_without_the_extra_one_line_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    assert main([str(tmp_path), "--engine", "ray", "-o", str(tmp_path / "out"), "--model", "extractive"]) == 2
    assert capsys.readouterr().err == "summarise: this needs the extra 'ray': pip install 'summariser[ray]'\n"


def test_ray_is_not_imported_before_it_is_needed() -> None:
    code = "import sys, summariser.corpus.ray; print(sorted({'ray', 'pyarrow', 'fsspec', 'numpy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
