"""The command over recordings that are made on loopback: recorded, replayed, missing, stale, orphaned, crashed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals import baseline, runner, systems
from evals.__main__ import OK, UNUSABLE, WORSE, main
from evals.baseline import Regression, cells_of, regressions
from evals.results import RunResult, load
from tests.evals.made import write_case
from tests.evals.server import model_server


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch):
    for name in ("SUMMARISER_MODEL", "SUMMARISER_BASE_URL", "SUMMARISER_API_KEY", "OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def places(tmp_path: Path) -> tuple[str, ...]:
    cases = write_case(tmp_path / "cases")
    return ("--cases", str(cases), "--recordings", str(tmp_path / "recordings"))


def record(places: tuple[str, ...], *more: str) -> tuple[int, list[dict]]:
    with model_server() as (address, asked):
        code = main(["record", *places, "--model", "openai/tester", "--base-url", address, "--note", "a test", *more])
    return code, asked


def run_to_json(places: tuple[str, ...], tmp_path: Path, *more: str) -> tuple[int, RunResult]:
    out = tmp_path / "run.json"
    code = main([*places, "--json", str(out), *more])
    return code, load(out)


def test_recorded_answers_are_replayed_offline_with_their_provenance(places, tmp_path, capsys):
    code, asked = record(places)
    assert code == OK
    assert len(asked) >= 2
    code, run = run_to_json(places, tmp_path)
    assert code == OK
    assert run.recordings == []
    assert [result.error for result in run.results] == [None] * 4
    assert run.provenance["pipeline"] == "a test (replay, usage estimated)"
    assert "a test" in capsys.readouterr().out
    pipeline, plain = run.of("pipeline")[0], run.of("plain")[0]
    assert pipeline.score("points.recall_must").value == 0.5
    assert pipeline.score("support.cited").value == 1.0
    assert plain.score("support.cited").value == 0.0
    assert plain.score("milestones.date").value == 0.0  # "last week" is no date
    assert plain.score("cost.input_tokens").value == 700


def test_what_is_recorded_is_kept_and_asked_again_only_on_demand(places):
    _, first = record(places)
    _, second = record(places)
    assert (len(first) > 0, len(second)) == (True, 0)
    _, third = record(places, "--again")
    assert len(third) == len(first)


def test_a_request_that_changed_is_recorded_anew(places, tmp_path):
    record(places, "--system", "plain")
    article = tmp_path / "cases" / "register" / "article.txt"
    article.write_text(article.read_text("utf-8") + "\nThe president has yet to sign the act.\n", "utf-8")
    assert main([*places, "--system", "plain"]) == UNUSABLE
    code, asked = record(places, "--system", "plain")
    assert (code, len(asked)) == (OK, 1)
    assert len(list((tmp_path / "recordings" / "plain" / "register").glob("*.json"))) == 1
    assert main([*places, "--system", "plain"]) == OK


def test_missing_recordings_are_named(places, capsys):
    assert main([*places, "--system", "pipeline"]) == UNUSABLE
    assert "pipeline/register: not recorded" in capsys.readouterr().out


def test_a_recording_that_no_request_asks_for_is_named(places, tmp_path, capsys):
    record(places, "--system", "plain")
    folder = tmp_path / "recordings" / "plain" / "register"
    only = next(folder.glob("*.json"))
    other = folder / f"{'0' * 64}.json"
    other.write_text(only.read_text("utf-8").replace(only.stem, "0" * 64), "utf-8")
    assert main([*places, "--system", "plain"]) == UNUSABLE
    assert "plain/register: 1 recordings not played" in capsys.readouterr().out


def test_recordings_of_a_case_that_is_gone_are_named_and_removed(places, tmp_path, capsys):
    record(places, "--system", "plain")
    gone = tmp_path / "recordings" / "plain" / "gone"
    gone.mkdir()
    assert main([*places, "--system", "plain"]) == UNUSABLE
    assert "plain/gone" in capsys.readouterr().out
    record(places, "--system", "plain")
    assert not gone.exists()


def test_a_failed_recording_leaves_nothing_half(places, tmp_path, capsys):
    code = main(["record", *places, "--model", "openai/x", "--base-url", "http://127.0.0.1:9/v1", "--system", "plain"])
    assert code == WORSE
    assert "plain/register" in capsys.readouterr().err
    assert not list((tmp_path / "recordings").rglob("*.json"))
    assert not list((tmp_path / "recordings").rglob("*.part"))


def test_a_crash_is_a_failure_by_name_and_no_hole(places, tmp_path, monkeypatch, capsys):
    write_case(tmp_path / "cases", "second")
    whole = systems.SYSTEMS["extractive"]

    def answer(case, settings):
        if case.slug == "second":
            raise ZeroDivisionError("by design")
        return whole.answer(case, settings)

    monkeypatch.setitem(systems.SYSTEMS, "extractive", systems.System("extractive", "", False, answer))
    code, run = run_to_json(places, tmp_path, "--system", "extractive")
    assert code == WORSE
    assert [result.slug for result in run.crashed()] == ["second"]
    assert run.crashed()[0].scores == []
    out = capsys.readouterr().out
    assert "extractive/second: ZeroDivisionError: by design" in out
    assert "·1" in out  # the figures say that one case has no value


def test_unknown_case_is_refused(places, capsys):
    assert main([*places, "--system", "lead", "nowhere"]) == UNUSABLE
    assert "nowhere" in capsys.readouterr().err


def test_a_regression_is_found_on_the_cases_in_common(places, tmp_path):
    _, run = run_to_json(places, tmp_path, "--system", "lead")
    before = cells_of(run)
    assert regressions(run, before) == []
    better = json.loads(json.dumps(before))
    better["lead"]["highlights.rouge1"]["register"] = [0.9, 1.0]
    found = regressions(run, better)
    assert found == [Regression("lead", "highlights.rouge1", 0.9, found[0].now, ("register",))]
    assert "lead highlights.rouge1: 0.900 →" in str(found[0])


def test_a_figure_that_can_no_longer_be_scored_is_a_regression(places, tmp_path):
    _, run = run_to_json(places, tmp_path, "--system", "lead")
    before = cells_of(run)
    before["lead"]["milestones.date"] = {"register": [2.0, 2.0]}
    assert [one.figure for one in regressions(run, before)] == ["milestones.date"]


def test_baseline_round_trip_keeps_other_systems(places, tmp_path):
    path = tmp_path / "baseline.json"
    _, run = run_to_json(places, tmp_path, "--system", "lead")
    path.write_text('{"pipeline": {"points.f1": {"register": [1.0, 1.0]}}}', "utf-8")
    baseline.write(run, path)
    assert set(baseline.read(path)) == {"pipeline", "lead"}
    assert regressions(run, baseline.read(path)) == []
    assert baseline.read(tmp_path / "none.json") == {}


def test_compare_names_what_moved(places, tmp_path, capsys):
    assert main(["compare", "lead", "extractive", *places]) == OK
    out = capsys.readouterr().out
    assert "extractive against lead" in out
    assert "register:" in out


def test_compare_of_files_finds_no_difference_between_equal_runs(places, tmp_path, capsys):
    run_to_json(places, tmp_path, "--system", "lead")
    path = str(tmp_path / "run.json")
    capsys.readouterr()
    assert main(["compare", path, path]) == OK
    assert "no figure differs" in capsys.readouterr().out


def test_a_file_that_is_no_result_is_refused_in_one_line(tmp_path, capsys):
    path = tmp_path / "x.json"
    path.write_text("{}", "utf-8")
    assert main(["compare", str(path), str(path)]) == UNUSABLE
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_runner_judges_in_the_order_of_systems_and_cases(places, tmp_path):
    _, run = run_to_json(places, tmp_path, "--system", "lead", "--system", "extractive")
    assert [(result.system, result.slug) for result in run.results] == [
        ("lead", "register"),
        ("extractive", "register"),
    ]
    assert runner.RECORDINGS.name == "recordings"
