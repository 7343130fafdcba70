"""A run into a journal: what is skipped, shared, failed, left."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncGenerator, Iterable
from pathlib import Path

from summariser.corpus.items import Item
from summariser.corpus.journal import Journal
from summariser.corpus.lines import FailedLine, Head
from summariser.corpus.prices import Price
from summariser.corpus.progress import account
from summariser.corpus.run import CorpusRun, Happened
from summariser.corpus.totals import Totals
from summariser.corpus.work import Done, Failed, Left, Outcome, Twin
from summariser.schema import Attempt, Usage
from tests.corpus.made import ASKED, ATTEMPT, ids, items, line

OUT = "out.jsonl"
USAGE = Usage(attempts=(ATTEMPT,))


class Engine:
    """Gives the outcomes that it was told, by id; else the document is done."""

    def __init__(self, **outcomes: str) -> None:
        self.outcomes = outcomes
        self.asked: list[str] = []

    async def __call__(self, given: Iterable[Item]) -> AsyncGenerator[Outcome, None]:
        for item in given:
            self.asked.append(item.id)
            yield self._outcome(item)

    def _outcome(self, item: Item) -> Outcome:
        kind, _, of = self.outcomes.get(item.id, "done").partition(":")
        made = line(item.id, of or None, source_hash=item.source_hash())
        head = Head(**{name: getattr(made, name) for name in Head.model_fields})
        if kind == "twin":
            owner = line(of)
            twin_head = head.model_copy(update={"fingerprint": owner.fingerprint, "content_hash": owner.content_hash})
            return Twin(item, of, twin_head, owner.summary.document.model_copy(update={"name": item.id}))
        if kind == "failed":
            at = dt.datetime(2025, 5, 14, tzinfo=dt.UTC)
            failure = FailedLine(
                id=item.id, source_hash=item.source_hash(), error="ServerError", message="no", attempts=5, at=at
            )
            return Failed(failure, USAGE)
        if kind == "left":
            return Left(item, "budget", Usage())
        return Done(head, made.encoded(), USAGE)


def _run(path: Path, engine: Engine, *names: str, **options: object) -> tuple[Totals, list[Happened]]:
    seen: list[Happened] = []
    totals = Totals(Price(1, 2, 0.5))
    with Journal(path, ASKED) as journal:
        run = CorpusRun(journal, engine, totals, seen.append, **options)  # type: ignore[arg-type]
        asyncio.run(run.go(items(*names)))
    return totals, seen


def test_what_is_done_is_not_asked_again(tmp_path: Path) -> None:
    _run(tmp_path / OUT, Engine(), "a", "b")
    engine = Engine()
    totals, _ = _run(tmp_path / OUT, engine, "a", "b", "c")
    assert engine.asked == ["c"]
    assert (totals.finished, totals.skipped) == (1, 2)
    assert ids(tmp_path / OUT) == ["a", "b", "c"]


def test_a_source_that_changed_is_asked_again(tmp_path: Path) -> None:
    _run(tmp_path / OUT, Engine(), "a")
    engine = Engine()
    with Journal(tmp_path / OUT, ASKED) as journal:
        asyncio.run(CorpusRun(journal, engine, Totals()).go([Item("a", "other words")]))
    assert engine.asked == ["a"]
    assert ids(tmp_path / OUT) == ["a", "a"]


def test_failures_wait_until_they_are_to_be_tried_again(tmp_path: Path) -> None:
    totals, seen = _run(tmp_path / OUT, Engine(a="failed"), "a", "b")
    assert (totals.finished, totals.failed) == (1, 1)
    assert [(one.event, one.id) for one in seen] == [("failed", "a"), ("finished", "b")]
    engine = Engine()
    totals, _ = _run(tmp_path / OUT, engine, "a", "b")
    assert engine.asked == []
    assert totals.skipped_failed == 1
    totals, _ = _run(tmp_path / OUT, Engine(a="failed"), "a", "b", retry_failed=True)
    with Journal(tmp_path / OUT, ASKED) as journal:
        kept = journal.failed.by_id["a"]
    assert (kept.attempts, kept.runs) == (10, 2)
    totals, _ = _run(tmp_path / OUT, Engine(), "a", "b", retry_failed=True)
    assert totals.finished == 1
    assert not (tmp_path / f"{OUT}.failed").exists()


def test_a_document_that_says_the_same_shares_the_answer_whichever_comes_first(tmp_path: Path) -> None:
    totals, _ = _run(tmp_path / OUT, Engine(a="twin:b", c="twin:b"), "a", "b", "c")
    assert (totals.finished, totals.shared) == (1, 2)
    with Journal(tmp_path / OUT, ASKED) as journal:
        for name in ("a", "c"):
            shared = journal.line_of(name)
            assert shared is not None
            assert shared.same_as == "b"
            assert shared.summary.document.name == name
            assert shared.summary.usage.requests == 0


def test_who_shares_with_a_failure_fails_with_it(tmp_path: Path) -> None:
    totals, _ = _run(tmp_path / OUT, Engine(a="twin:b", b="failed"), "a", "b")
    assert totals.failed == 2
    with Journal(tmp_path / OUT, ASKED) as journal:
        assert journal.failed.by_id["a"].message == "says the same as b, which failed: no"
        assert journal.failed.by_id["a"].attempts == 0


def test_the_end_of_the_budget_ends_the_run_and_counts_what_is_left(tmp_path: Path) -> None:
    engine = Engine(b="left", c="twin:b")
    totals, _ = _run(tmp_path / OUT, engine, "c", "a", "b", "d", "e")
    assert engine.asked == ["c", "a", "b"]
    assert (totals.finished, totals.left) == (1, 4)
    totals, _ = _run(tmp_path / OUT, Engine(), "a", "b", "c", "d", "e")
    assert (totals.finished, totals.skipped, totals.left) == (4, 1, 0)


def test_draining_takes_nothing_more(tmp_path: Path) -> None:
    engine = Engine()
    with Journal(tmp_path / OUT, ASKED) as journal:
        run = CorpusRun(journal, engine, Totals(), lambda _: run.drain())
        totals = asyncio.run(run.go(items("a", "b", "c")))
    assert engine.asked == ["a"]
    assert (totals.finished, totals.left) == (1, 2)


def test_the_account_is_by_call_and_reason(tmp_path: Path) -> None:
    totals, _ = _run(tmp_path / OUT, Engine(b="failed"), "a", "b")
    totals.use(Usage(attempts=(Attempt(call="repair", reason="retry", input_tokens=7, cached_tokens=3),)))
    assert totals.requests == 3
    spent = totals.by_kind[("extract", "first")]
    assert (spent.requests, spent.input_tokens, spent.output_tokens) == (2, 2_000, 400)
    assert totals.tokens == 2_407
    assert totals.cost == (2_000 * 1 + 400 * 2 + 4 * 1 + 3 * 0.5) / 1e6
    said = account(totals)
    assert "3 requests (extract 2 $0.0028, repair retry 1 $0.0000), 2,407 tokens, $0.0028" in said
    assert "1 failed (1 ServerError)" in said
