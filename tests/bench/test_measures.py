"""How results are judged and requests counted; and a short run of the real thing, without any peer's environment."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import get_args

import pytest

from bench.__main__ import main
from bench.articles import article
from bench.environments import available, interpreters
from bench.measures import recorded, robustness, wire
from bench.peers import FULL, PEERS, Peer, task
from bench.results import Results
from bench.running import running
from bench.scope import BrokenRunError, Scope, run
from summariser.schema import vocabulary


def claims(number: int) -> dict[str, list[str]]:
    return {kind: sorted(said) for kind, said in robustness.expected(number).items()}


def test_fates_are_told_apart(tmp_path: Path) -> None:
    false = claims(2) | {"actors": [*claims(2)["actors"], "Nobody"]}
    short = claims(3) | {"key_points": claims(3)["key_points"][1:]}
    undated = claims(8) | {"milestones": [f"{said.partition(' | ')[0]} | None" for said in claims(8)["milestones"]]}
    lines: list[dict[str, object]] = [
        {"number": 1, "claims": claims(1), "rejected": 0},
        {"number": 2, "claims": false, "rejected": 0},
        {"number": 3, "claims": short, "rejected": 1},
        {"number": 4, "claims": claims(4) | {"actors": []}, "rejected": 0},
        {"number": 5, "error": "TimeoutError"},
        {"number": 6, "claims": claims(7), "rejected": 3},
        {"number": 8, "claims": undated, "rejected": 1},
        {"number": 9, "claims": undated, "rejected": 1},
    ]
    path = tmp_path / "results.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    assert robustness.judge(path, 9) == {
        robustness.RIGHT: 1,
        robustness.WRONG: 4,
        robustness.TOLD: 2,
        robustness.FAILED: 1,
        robustness.MISSING: 1,
    }


def test_the_common_prefix_ends_where_any_body_differs() -> None:
    assert wire.common(["abcd", "abce", "abxx"]) == 2
    assert wire.common(["ab", "abc"]) == 2
    assert wire.common(["ab", "ab"]) == 2


def test_overhead_is_what_is_not_the_article() -> None:
    bodies = [json.dumps({"text": article(number).text}) for number in (1, 2)]
    overhead, own = wire.overheads(bodies, 2)
    assert overhead == len('{"text": ""}')
    assert own == pytest.approx(sum(len(json.dumps(article(n).text)) - 2 for n in (1, 2)) / 2)


def test_peers_are_asked_for_the_packages_vocabulary() -> None:
    assert get_args(task.ActorKind) == get_args(vocabulary.ActorKind)
    assert get_args(task.Instrument) == get_args(vocabulary.Instrument)
    assert get_args(task.Status) == get_args(vocabulary.Status)
    assert get_args(task.DateRole) == get_args(vocabulary.DateRole)


def test_an_environment_that_cannot_be_made_is_reported(tmp_path: Path) -> None:
    told: list[str] = []
    # A file where the environment should go: no network is needed to fail.
    (tmp_path / "envs").write_text("")
    found, missing = interpreters(tmp_path / "envs", told.append, {"nowhere": ("nothing==0",)})
    assert found == {}
    assert missing["nowhere"]
    assert {peer.name for peer, _ in available(found)} == {peer.name for peer in PEERS if peer.environment is None}


def test_a_subject_that_breaks_is_named_and_spared_the_next_run(tmp_path: Path) -> None:
    peer = Peer("broken", "no_such_module")
    with running() as server:
        scope = Scope(server, [(peer, Path(sys.executable))], tmp_path, Results(), runs=3, say=lambda text: None)
        turns = 0
        for _, one, python in scope.rounds("a title"):
            turns += 1
            with pytest.raises(BrokenRunError, match="No module named"):
                run(scope, one, python, scope.tasks(1), 1)
            scope.broke("a title", one, "a reason")
    assert turns == 1
    assert scope.results.failures == ["a title: broken: a reason"]


@pytest.mark.parametrize("in_flight", [1, 4])
def test_the_package_runs_in_the_harness(tmp_path: Path, in_flight: int) -> None:
    peer = next(peer for peer in PEERS if peer.name == FULL)
    results = tmp_path / "results.jsonl"
    with running() as server:
        scope = Scope(server, [], tmp_path, Results())
        found = run(scope, peer, Path(sys.executable), scope.tasks(12), in_flight, warm=4, results=results)
        assert server.stats()["requests"] == 12
    assert (found.documents, found.failed) == (8, 0)
    assert found.cpu > 0
    assert robustness.judge(results, 12)[robustness.RIGHT] == 12


def test_a_short_run_writes_figures_and_page(tmp_path: Path) -> None:
    figures, page = tmp_path / "figures.json", tmp_path / "page.md"
    asked = ["--quick", "--only", "wire", "--peer", FULL, "--envs", str(tmp_path / "envs")]
    assert main([*asked, "--figures", str(figures), "--page", str(page)]) == 0
    assert Results.read(figures).median("wire", FULL, wire.REQUESTS) == 1
    text = page.read_text("utf-8")
    assert "requests a second" in text
    assert str(Path.home()) not in text


def test_a_recorded_answer_is_held_against_the_same_with_quotes(tmp_path: Path) -> None:
    item = {"text": "A cat sat.", "ev": [1, 2]}
    answer: dict[str, object] = {"highlights": [item], "key_points": [], "actors": [], "milestones": []}

    def recording(content: object) -> Path:
        path = tmp_path / "take.json"
        request = {"messages": [{"content": "Read."}, {"content": "[1] A cat sat on a mat.\n[2] It slept."}]}
        response = {"choices": [{"message": {"content": json.dumps(content)}}]}
        path.write_text(json.dumps({"request": request, "response": response}), "utf-8")
        return path

    compared = recorded.compare(recording(answer))
    quoted = {**answer, "highlights": [{"text": "A cat sat.", "quotes": ["A cat sat on a mat.", "It slept."]}]}
    assert compared == (pytest.approx(len(json.dumps(answer)) / len(json.dumps(quoted))), 2.0)
    repair = {**answer, "highlights": [{**item, "id": 1}]}
    assert recorded.compare(recording(repair)) is None
    assert recorded.compare(recording({"points": [1]})) is None


def test_of_a_stream_only_what_comes_between_warm_up_and_tail_is_measured(tmp_path: Path) -> None:
    peer = next(peer for peer in PEERS if peer.name == FULL)
    with running() as server:
        scope = Scope(server, [], tmp_path, Results())
        found = run(scope, peer, Path(sys.executable), scope.tasks(20), 4, warm=4, count=10)
        assert server.stats()["requests"] == 20
    assert found.documents == 10
