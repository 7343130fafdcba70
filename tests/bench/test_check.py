"""The regression check on ratios: it fails when one gets worse, and names it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench import check
from bench.measures import cold, load, wire
from bench.peers import DRAFT, FULL, INSTRUCTOR, OPENAI
from bench.results import Results, Table


def made_up(*, draft: float = 2.0, prefix: float = 0.9, machine: float = 1.0) -> Results:
    """Made-up results; `machine` makes every time longer."""
    tables = {"cpu": Table("CPU"), "cold": Table("Cold"), "wire": Table("Wire")}
    for name, value in ((FULL, 5.0), (DRAFT, draft), (OPENAI, 2.0), (INSTRUCTOR, 6.0)):
        tables["cpu"].add(name, load.column(50), value * machine)
        tables["cold"].add(name, cold.CPU, value * machine)
    tables["wire"].add(FULL, wire.PREFIX, prefix)
    return Results(tables=tables)


def names(found: Results, baseline: Results) -> list[str]:
    return check.compare(check.ratios(found), check.ratios(baseline))[1]


def test_nothing_is_worse_than_itself_nor_on_a_slower_machine() -> None:
    assert names(made_up(), made_up()) == []
    assert names(made_up(machine=3.0), made_up()) == []


def test_what_gets_slower_is_named() -> None:
    assert names(made_up(draft=3.0), made_up()) == [
        "CPU before verification, over instructor's",
        "CPU before verification, over openai's",
    ]


def test_what_is_better_passes_and_what_is_within_the_tolerance_too() -> None:
    assert names(made_up(draft=1.0, prefix=1.0), made_up()) == []
    assert names(made_up(draft=2.2), made_up()) == []


def test_where_higher_is_better_a_fall_is_worse() -> None:
    assert names(made_up(prefix=0.8), made_up()) == ["cacheable prefix of those"]


def test_a_baseline_of_nothing_leaves_no_room() -> None:
    ratio = next(one for one in check.RATIOS if one.name == "silently wrong under 13 % faults")
    assert not ratio.worse(0.0, 0.0)
    assert ratio.worse(1.0, 0.0)


def test_a_ratio_that_is_no_longer_measured_counts_as_worse() -> None:
    gone = made_up()
    del gone.tables["wire"]
    assert names(gone, made_up()) == ["cacheable prefix of those"]


def test_the_command_ends_with_1_and_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(check, "BASELINE", tmp_path / "baseline.json")
    monkeypatch.setattr(check, "measure", made_up)
    assert check.main(update=False) == 2
    assert check.main(update=True) == 0
    assert json.loads((tmp_path / "baseline.json").read_text("utf-8")) == check.ratios(made_up())
    assert check.main(update=False) == 0
    monkeypatch.setattr(check, "measure", lambda: made_up(prefix=0.5))
    assert check.main(update=False) == 1
    assert "worse: cacheable prefix of those" in capsys.readouterr().err
