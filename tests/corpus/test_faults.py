"""Thousands of documents over real sockets, against a server that fails in every way it can.

What is right is known: `bench.articles` says which claims each article bears out.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator

import pytest

from bench.articles import article, articles
from bench.faults import FAULTS, TENTH
from bench.running import Running, running
from bench.server import Behaviour
from summariser import Settings, Summary, summarise_many
from summariser.errors import CompletionError, SummariserError, TruncatedError

DOCUMENTS = 2_000
LASTING = {"length": TruncatedError}
"""What no retry mends: the same request would be cut off again."""


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    with running() as found:
        yield found


def _settings(server: Running, **more: object) -> Settings:
    return Settings.load(model="openai/m", base_url=server.url, api_key="k", retry_wait=0.01, **more)


def _said(summary: Summary) -> dict[str, set[str]]:
    return {
        "highlights": {one.text for one in summary.highlights},
        "key_points": {one.text for one in summary.key_points},
        "actors": {one.name for one in summary.actors},
        "milestones": {f"{one.title} {one.date}" for one in summary.milestones},
    }


def _expected(number: int) -> dict[str, set[str]]:
    claims = article(number).claims
    return {
        "highlights": {str(one.fields["text"]) for one in claims["highlights"]},
        "key_points": {str(one.fields["text"]) for one in claims["key_points"]},
        "actors": {str(one.fields["name"]) for one in claims["actors"]},
        "milestones": {f"{one.fields['title']} {one.fields['date']}" for one in claims["milestones"]},
    }


def _fate(number: int, result: Summary | SummariserError) -> str:
    """Right, told (something is missing and the summary says what), failed by name, or wrong without a word.

    A milestone whose date was struck is missing its date, and the rejected say so.
    """
    if isinstance(result, CompletionError):
        return "failed"
    if not isinstance(result, Summary):
        return "lost"
    said, expected = _said(result), _expected(number)
    struck = {"milestones": {f"{title.rpartition(' ')[0]} None" for title in expected["milestones"]}}
    if any(said[kind] - expected[kind] - struck.get(kind, set()) for kind in expected):
        return "wrong"
    if said == expected:
        return "right"
    return "told" if result.rejected else "wrong"


def _fates(server: Running, count: int, settings: Settings, concurrency: int = 50) -> list[str]:
    texts = (one.text for one in articles(count))
    results = summarise_many(texts, concurrency=concurrency, settings=settings)
    return [_fate(number, result) for number, result in enumerate(results, start=1)]


def test_two_thousand_documents_at_a_tenth_of_faults_are_right_or_say_so(server: Running) -> None:
    server.reset(Behaviour(seed=7, faults=TENTH, retry_after=0.02, slow=0.2))
    fates = Counter(_fates(server, DOCUMENTS, _settings(server)))
    stats = server.stats()
    injected = sum(count for fault, count in stats["faults"].items() if fault != "ok")
    assert injected > 0.08 * DOCUMENTS
    assert set(stats["faults"]) >= set(TENTH)
    assert fates["wrong"] == fates["lost"] == 0, fates
    assert sum(fates.values()) == DOCUMENTS
    assert fates["right"] > 0.98 * DOCUMENTS
    assert stats["requests"] - injected <= 1.25 * DOCUMENTS


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_one_fault_is_mended_or_named(server: Running, fault: str) -> None:
    """Each of ten documents meets the fault once, and once more."""
    script = {f"{number:06d}": [fault] * (1 + number % 2) for number in range(1, 11)}
    server.reset(Behaviour(script=script, retry_after=0.01, slow=0.3))
    timeout = 0.5 if fault == "silent" else 30.0
    fates = _fates(server, 10, _settings(server, timeout=timeout), concurrency=5)
    if fault in LASTING:
        assert fates == ["failed"] * 10
    else:
        # The answer that belongs to another document is caught by the verifier, item by item.
        assert set(fates) <= ({"right", "told"} if fault == "other" else {"right"}), fates
    assert server.stats()["faults"][fault] >= 10


def test_a_server_that_never_recovers_fails_every_document_by_name(server: Running) -> None:
    server.reset(Behaviour(faults={"500": 1.0}))
    settings = _settings(server, max_retries=2)
    assert _fates(server, 20, settings) == ["failed"] * 20
    assert server.stats()["requests"] == 60


def test_a_clock_that_jumps_changes_nothing(server: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """The wall clock leaps an hour ahead and back at every look."""
    now = 1_800_000_000.0
    leaps = itertools.cycle([now, now + 3_600, now - 3_600])
    monkeypatch.setattr("time.time", lambda: next(leaps))
    monkeypatch.setattr("summariser.completers.failures.time", lambda: next(leaps))
    server.reset(Behaviour(seed=3, faults=TENTH, retry_after=0.02, slow=0.2))
    fates = Counter(_fates(server, 100, _settings(server)))
    assert fates["wrong"] == fates["lost"] == 0
    assert fates["right"] >= 95
