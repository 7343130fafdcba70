"""docs/scale.md: its tables are the script's, and the script's arithmetic is arithmetic."""

from __future__ import annotations

import dataclasses

import pytest

from bench.scale import PAGE, TABLES, refreshed, simulated, worlds
from bench.scale_measures import averages
from bench.scale_measures import simulated as rehearsed
from bench.scale_model import Assumptions, Averages, Measured, Plan, Tier, bytes_, duration, number

ONE = Averages(cases=1, words=100, requests=2, input_tokens=3_000, prefix_tokens=1_000, output_tokens=500)
EXACT = Assumptions(retried=0, batch_share=0.5, latency_s=10, core_share=0.5, concurrency=10, block_size=1_000)


@pytest.fixture(scope="module")
def plan() -> Plan:
    prices = {"price_input": 1.0, "price_cached": 0.1, "price_output": 4.0, "cpu_ms": 20.0}
    return Plan(1_000_000, ONE, dataclasses.replace(Measured.load(), **prices), EXACT)


def test_the_page_says_what_the_script_says() -> None:
    page = PAGE.read_text("utf-8")
    assert page.count("<!-- table: ") == len(TABLES)
    assert refreshed(page, Averages.load(), Measured.load(), Assumptions()) == page, "run python -m bench.scale"


def test_the_kept_averages_are_near_those_of_the_recordings() -> None:
    kept, found = Averages.load(), averages()
    assert kept.cases == found.cases
    assert kept.requests == pytest.approx(found.requests, rel=0.15), "run python -m bench.scale"
    assert kept.tokens == pytest.approx(found.tokens, rel=0.15), "run python -m bench.scale"


def test_cost(plan: Plan) -> None:
    assert plan.live_dollars(cached=False) == pytest.approx(3_000 * 1.0 + 500 * 4.0)  # a million documents: per million
    assert plan.live_dollars(cached=True) == pytest.approx(2_000 * 1.0 + 1_000 * 0.1 + 500 * 4.0)
    assert plan.batch_dollars() == pytest.approx(2_500)
    more = dataclasses.replace(plan, assumed=dataclasses.replace(EXACT, retried=0.1))
    assert more.live_dollars(cached=False) == pytest.approx(1.1 * plan.live_dollars(cached=False))


def test_own_gpus(plan: Plan) -> None:
    assumed = dataclasses.replace(EXACT, gpu_prompt_rate=10_000, gpu_output_rate=1_000, gpu_days=10)
    own = dataclasses.replace(plan, assumed=assumed)
    assert own.gpu_hours() == pytest.approx((3e9 / 10_000 + 5e8 / 1_000) / 3_600)
    assert own.gpus() == 1
    assert dataclasses.replace(own, documents=100_000_000).gpus() == 93  # 22,222 hours in 240


@pytest.mark.parametrize(
    ("requests", "tokens", "minutes"), [(1_000, 1e9, 2_000), (1e9, 1_000_000, 3_500), (1_000, 1_000_000, 3_500)]
)
def test_the_limit_that_binds_sets_the_time(plan: Plan, requests: float, tokens: float, minutes: float) -> None:
    tier = Tier("t", requests, tokens, 0)
    assert plan.minutes(tier) == pytest.approx(minutes)
    assert plan.rate(tier) == pytest.approx(1e6 / minutes / 60)


def test_machines(plan: Plan) -> None:
    assert plan.cores(100.0) == 4  # 100 × 20 ms = 2 cores, half full
    assert plan.in_flight(100.0) == pytest.approx(2_000)
    assert plan.workers(100.0) == 200
    assert plan.blocks() == 1_000
    assert plan.cpu_hours() == pytest.approx(1e6 * 0.02 / 3_600)


def test_figures_are_readable() -> None:
    assert [number(value) for value in (0.5, 12.34, 1_234, 1_234_567, 2e9, 3e12)] == [
        "0.5", "12.3", "1,234", "1.23 million", "2 billion", "3 trillion",
    ]  # fmt: skip
    assert [bytes_(value) for value in (5, 1_500, 2.5e9, 3e12)] == ["5 B", "1.5 kB", "2.5 GB", "3 TB"]
    assert [duration(value) for value in (90, 180, 2_880)] == ["90 min", "3 h", "2 days"]


def test_many_workers_behind_one_limiter_use_it_without_storms() -> None:
    for name, world in worlds(Averages.load()):
        seen = simulated(world)
        if world.shared:
            assert seen.share >= 0.95, name
            assert seen.refused <= 0.005 * seen.sent, name
    alone = simulated(worlds(Averages.load())[-1][1])
    together = simulated(dataclasses.replace(worlds(Averages.load())[-1][1], shared=True))
    assert alone.refused > 10 * together.refused


def test_the_simulation_is_near_what_was_measured() -> None:
    measured, seen = Measured.load(), rehearsed()
    assert abs(measured.real_share - seen.share) <= 0.05
