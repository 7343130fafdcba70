"""The page, the plots and the goals, from made-up results."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from bench import report
from bench.goals import GOALS
from bench.measures import load, robustness
from bench.peers import DRAFT, FULL, INSTRUCTOR
from bench.plots import Bar, bars, stacks
from bench.results import Results, Table


def made_up() -> Results:
    cpu = Table("Client CPU per document", "ms", "A note.")
    for full, draft, instructor in ((6.0, 2.0, 8.0), (5.0, 3.0, 6.0), (4.0, 2.5, 5.0)):
        cpu.add(FULL, load.column(50), full)
        cpu.add(DRAFT, load.column(50), draft)
        cpu.add(INSTRUCTOR, load.column(50), instructor)
    faults = Table("13 % faults, 300 documents", "documents")
    for fate, counts in {
        robustness.RIGHT: (297, 298),
        robustness.TOLD: (0, 0),
        robustness.FAILED: (3, 1),
        robustness.WRONG: (0, 1),
        robustness.MISSING: (0, 0),
    }.items():
        for count in counts:
            faults.add(FULL, fate, count)
    return Results(
        {"CPU": "a machine"}, {"llm": {"llm": "1"}}, {"baml": "no wheel"}, {"cpu": cpu, "faults_mixed": faults}
    )


def test_results_survive_being_written(tmp_path: Path) -> None:
    made_up().write(tmp_path / "r.json")
    assert Results.read(tmp_path / "r.json") == made_up()


def test_the_page_gives_medians_ranges_and_numbers_of_runs(tmp_path: Path) -> None:
    page = tmp_path / "benchmarks.md"
    report.write(made_up(), page)
    text = page.read_text("utf-8")
    assert f"| {FULL} | 5 (4–6), n=3 |" in text
    assert "- baml: no wheel" in text
    assert "(bench-cpu.svg)" in text
    assert (tmp_path / "bench-cpu.svg").exists()


def test_goals_stand_beside_results_and_missed_ones_are_marked() -> None:
    lines = {line.split(" | ")[0]: line for line in report.text(made_up()).splitlines()}
    assert lines["| client CPU a document before verification, over instructor's (50 in flight)"].endswith(
        "| at most 0.5 | 0.417 | met |"
    )
    assert lines["| 13 % faults: silently wrong or lost, worst run"].endswith("| at most 0 | 1 | **missed** |")
    assert lines["| requests for 120,000 words"].endswith("| – | not measured |")


def test_a_goal_that_nothing_measured_is_neither_met_nor_missed() -> None:
    assert [goal.value(Results()) for goal in GOALS] == [None] * len(GOALS)


@pytest.mark.parametrize(
    ("value", "shown"), [(0.41666, "0.417"), (1234.4, "1,234"), (3.0, "3"), (0.00042, "0.00042"), (0.0, "0")]
)
def test_numbers_have_three_digits(value: float, shown: str) -> None:
    assert report.number(value) == shown


def test_bars_are_as_long_as_their_values() -> None:
    picture = bars("A & B", [Bar("one", 2, 1, 4, "2", own=True), Bar("two", 4, 4, 4, "4")], goal=3)
    root = ET.fromstring(picture)
    space = "{http://www.w3.org/2000/svg}"
    widths = [float(rect.get("width", "0")) for rect in root.iter(f"{space}rect")]
    assert widths[1] == pytest.approx(2 * widths[0])
    assert [rect.get("class") for rect in root.iter(f"{space}rect")] == ["own", "bar"]
    assert "goal 3" in "".join(root.itertext())


def test_a_bar_that_would_dwarf_the_others_is_cut_and_says_so() -> None:
    root = ET.fromstring(bars("A", [Bar("one", 2, 2, 2, "2"), Bar("two", 90, 90, 90, "90")]))
    widths = [float(rect.get("width", "0")) for rect in root.iter("{http://www.w3.org/2000/svg}rect")]
    assert widths[1] == pytest.approx(1.5 * widths[0])
    assert "90 (bar cut)" in "".join(root.itertext())


def test_parts_of_a_whole_fill_it() -> None:
    picture = stacks("Fates", [("x", [3.0, 1.0, 0.0])], ("good", "fair", "poor"))
    rects = [r for r in ET.fromstring(picture).iter("{http://www.w3.org/2000/svg}rect") if r.get("height") == "18"]
    widths = [float(rect.get("width", "0")) for rect in rects]
    assert widths[0] == pytest.approx(3 * widths[1])
    assert widths[2] == 0


def test_a_later_run_adds_its_tables_to_an_earlier_one() -> None:
    first, later = made_up(), Results(machine={"the run took": "2 minutes"}, tables={"new": Table("New")})
    first.machine["the run took"] = "9 minutes"
    joined = first.joined(later)
    assert joined.tables.keys() == {*first.tables, "new"}
    assert joined.machine["the run took"] == "9 minutes; 2 minutes"
