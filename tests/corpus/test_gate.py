"""Rate limits, pauses, overload and budget: what lets a request go, and what holds it."""

from __future__ import annotations

import asyncio
import json
from collections import Counter

import pytest

from summariser import Settings
from summariser.completers.failures import Failure
from summariser.completers.gate import Gate, Size, most_output
from summariser.completers.governor import Governor, Limits, Window
from summariser.completers.llm import LLMCompleter
from summariser.completers.ratelimits import limits_of
from summariser.completers.wire import Answer
from summariser.corpus.budget import Allowance, Budget
from summariser.corpus.prices import Price, price_of
from summariser.errors import BudgetError, UsageError
from tests.servers.chat import ChatServer, as_json, completion
from tests.servers.sample import ANSWER, a_call

# The governor: times are given, nothing waits


def _starts(governor: Governor, count: int, tokens: float = 0, now: float = 100.0) -> list[float]:
    return [now + governor.reserve(now, tokens) for _ in range(count)]


def test_without_limits_nothing_waits() -> None:
    assert _starts(Governor(), 1_000, 50_000) == [100.0] * 1_000


def test_requests_are_spread_over_the_minute() -> None:
    starts = _starts(Governor(Limits(requests=600)), 1_200)
    assert starts == sorted(starts)
    by_minute = Counter(int((start - 100) // 60) for start in starts)
    assert by_minute[0] <= 600 + 11  # the first, and a second's burst
    assert max(starts) - min(starts) == pytest.approx(120, abs=2)


def test_tokens_are_counted_and_corrected() -> None:
    governor = Governor(Limits(tokens=60_000))
    starts = _starts(governor, 30, tokens=2_000)
    assert max(starts) - 100.0 == pytest.approx(29 * 2 - 1, abs=1)
    governor.used(booked=2_000 * 30, actual=1_000 * 30)
    assert 100.0 + governor.reserve(100.0, 2_000) < max(starts) - 20


def test_the_users_limits_go_before_the_servers() -> None:
    governor = Governor(Limits(requests=60))
    governor.told(100.0, Limits(requests=6_000, tokens=1e9))
    assert max(_starts(governor, 20)) - 100 > 15


def test_the_servers_limits_hold_where_the_user_says_nothing() -> None:
    governor = Governor()
    governor.told(100.0, Limits(requests=60))
    assert max(_starts(governor, 20)) - 100 > 15


def test_a_pause_is_everybodys_and_ends() -> None:
    governor = Governor()
    governor.refused(100.0, 5.0)
    governor.refused(101.0, 2.0)  # a shorter one does not end it earlier
    assert governor.pause(102.0) == pytest.approx(3.0)
    assert governor.pause(105.0) == 0
    governor.refused(106.0, None)
    assert governor.pause(106.0) == 0


def test_a_spent_allowance_is_a_pause() -> None:
    governor = Governor()
    governor.told(100.0, Limits(requests=60, wait=3.0))
    assert governor.pause(100.0) == pytest.approx(3.0)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, None),
        (
            {
                "x-ratelimit-limit-requests": "500",
                "x-ratelimit-remaining-requests": "499",
                "x-ratelimit-reset-requests": "120ms",
            },
            Limits(requests=500.0),
        ),
        (
            {  # an allowance of a day: what comes back a second tells
                "x-ratelimit-limit-requests": "1440",
                "x-ratelimit-remaining-requests": "1439",
                "x-ratelimit-reset-requests": "1m0s",
            },
            Limits(requests=1.0),
        ),
        (
            {
                "x-ratelimit-limit-tokens": "30000",
                "x-ratelimit-remaining-tokens": "0",
                "x-ratelimit-reset-tokens": "6.5s",
            },
            Limits(tokens=30_000.0, wait=6.5),
        ),
        ({"x-ratelimit-limit-requests": "many"}, None),
    ],
)
def test_what_headers_say(headers: dict[str, str], expected: Limits | None) -> None:
    assert limits_of(headers) == expected


# The window


def test_a_lone_refusal_narrows_nothing_and_many_do() -> None:
    window = Window(100)
    window.ended(refused=True)
    assert window.size == 100
    for _ in range(20):
        window.ended(refused=True)
    assert window.size < 50
    narrow = window.size
    for _ in range(2_000):
        window.ended(refused=False)
    assert window.size == 100 > narrow


def test_a_window_never_closes_altogether() -> None:
    window = Window(8)
    for _ in range(10_000):
        window.ended(refused=True)
    assert window.is_open()


# The gate


def test_the_window_lets_no_more_through_and_the_next_in_turn() -> None:
    async def run() -> list[str]:
        gate = Gate(Governor(), Window(2))
        order: list[str] = []

        async def one(name: str, end: asyncio.Event) -> None:
            size = await gate.enter(4_000)
            order.append(name)
            await end.wait()
            gate.leave(size, Answer("", output_tokens=10))

        ends = [asyncio.Event() for _ in range(4)]
        tasks = [asyncio.ensure_future(one(name, end)) for name, end in zip("abcd", ends, strict=True)]
        for _ in range(5):
            await asyncio.sleep(0)
        assert order == ["a", "b"]
        tasks[2].cancel()
        ends[1].set()
        for _ in range(10):
            await asyncio.sleep(0)
        assert order == ["a", "b", "d"]
        for end in ends:
            end.set()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert gate.window.under_way == 0
        return order

    asyncio.run(run())


def test_a_refusal_with_a_pause_holds_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    clock = [50.0]

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        clock[0] += seconds

    monkeypatch.setattr("summariser.completers.gate.time.monotonic", lambda: clock[0])

    async def run() -> None:
        gate = Gate(Governor(), Window(10))
        first = await gate.enter(400)
        gate.leave(first, Failure("status", status=429, transient=True, wait=4.0))
        monkeypatch.setattr("summariser.completers.gate.asyncio.sleep", sleep)
        await gate.enter(400)

    asyncio.run(run())
    assert slept == [pytest.approx(4.0)]


def test_what_the_server_tells_of_its_limits_reaches_the_governor() -> None:
    governor = Governor()

    async def run(server: ChatServer) -> None:
        settings = Settings.load(model="openai/m", base_url=server.base_url, api_key="k")
        async with LLMCompleter(settings, Gate(governor, Window(4))) as completer:
            await completer.acomplete(a_call())

    limited = as_json(json.loads(completion(ANSWER).body), **{"x-ratelimit-limit-requests": "60"})
    with ChatServer(limited) as server:
        asyncio.run(run(server))
    assert max(governor.reserve(100.0, 0) for _ in range(11)) == pytest.approx(9.0)


# Money


def test_prices_are_known_given_or_said_not_to_be() -> None:
    known = price_of("openai/gpt-5-mini")
    assert known is not None
    assert 0 < known.cached < known.input < known.output
    assert price_of("nobody/ever-heard-of-it") is None
    assert price_of("ollama/llama3.2") == Price(0, 0, 0)
    assert price_of("openai/gpt-5-mini", "1,2") == Price(1, 2, 1)
    assert price_of("m", "1,2,0.5") == Price(1, 2, 0.5)
    with pytest.raises(UsageError, match="a price is"):
        price_of("m", "cheap")


def test_cached_tokens_are_charged_as_such() -> None:
    assert Price(10, 20, 1).of(1_000_000, 500_000, 400_000) == pytest.approx(6 + 0.4 + 10)


@pytest.mark.parametrize(
    ("said", "amount", "tokens"),
    [("5.00", 5, False), ("$5", 5, False), ("200k tokens", 200_000, True), ("3M", 3e6, True), ("1_000t", 1_000, True)],
)
def test_a_budget_is_dollars_or_tokens(said: str, amount: float, tokens: bool) -> None:
    assert Allowance.read(said) == Allowance(amount, tokens)


def test_a_budget_that_is_neither_is_refused() -> None:
    with pytest.raises(UsageError, match="a budget is"):
        Allowance.read("five")
    with pytest.raises(UsageError, match="needs the model's price"):
        Budget(Allowance(5, tokens=False), None)


def test_a_budget_is_never_passed_and_nearly_used_up() -> None:
    """Requests that cost at most what they reserve: as many go as fit, and the rest is told to stop."""
    budget = Budget(Allowance(10_000, tokens=True), None)
    size = Size(500, 200, 900)
    gone = under_way = 0
    while (said := budget.take(size)) != "stop":
        if said == "go":
            gone, under_way = gone + 1, under_way + 1
        if said == "wait" or under_way == 3:
            under_way -= 1
            budget.settle(size, Answer("", input_tokens=500, output_tokens=400))
    assert budget.spent + under_way * 900 <= 10_000
    assert budget.spent == pytest.approx(gone * 900)
    assert budget.spent > 10_000 - 1_400
    assert budget.spent_out


def test_a_failure_costs_nothing_and_an_uncounted_answer_what_was_expected() -> None:
    budget = Budget(Allowance(10_000, tokens=True), None)
    size = Size(500, 200, 900)
    assert budget.take(size) == "go"
    budget.settle(size, None)
    assert budget.spent == 0
    assert budget.take(size) == "go"
    budget.settle(size, Answer("no usage told"))
    assert budget.spent == 700


def test_a_gate_without_money_says_so_and_keeps_no_place() -> None:
    async def run() -> None:
        gate = Gate(Governor(), Window(1), Budget(Allowance(10, tokens=True), None))
        with pytest.raises(BudgetError):
            await gate.enter(40_000)
        assert gate.window.under_way == 0

    asyncio.run(run())


def test_longer_answers_than_expected_raise_what_is_reserved() -> None:
    async def run() -> None:
        gate = Gate(Governor(), Window(4))
        first = await gate.enter(8_000)
        gate.leave(first, Answer("", input_tokens=2_000, output_tokens=3 * int(most_output(2_000))))
        second = await gate.enter(8_000)
        assert second.most_output > 3 * first.most_output
        assert Gate(Governor(), Window(1), None, 700)._size(8_000).most_output == 700

    asyncio.run(run())
