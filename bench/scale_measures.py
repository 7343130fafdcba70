"""What docs/scale.md needs from this machine: CPU and bytes of a document, the driver's share, and one real run."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Literal

import summariser.completers.governor as governors
from bench.articles import articles
from bench.running import Running, running
from bench.scale_model import Averages, Measured
from bench.scale_simulation import Outcome, Simulation, World
from bench.server import Behaviour
from evals.usage import RECORDINGS, recorded
from summariser.calls import Call, D_co, Reply
from summariser.completers.governor import Limits
from summariser.corpus.index import Index
from summariser.corpus.items import Item
from summariser.corpus.pool import pooled
from summariser.corpus.prices import price_of
from summariser.corpus.ray import Plan, run
from summariser.corpus.ray_input import Part, parts
from summariser.corpus.ray_limits import LeasedGovernor, Limiter, Lot, Report
from summariser.corpus.ray_output import Output, Row, decoded_line
from summariser.corpus.ray_reading import Keys
from summariser.corpus.ray_worker import BlockWriter, Portion
from summariser.corpus.work import Done, Work
from summariser.documents import read
from summariser.options import Options
from summariser.plan.asking import extract_call
from summariser.plan.chunks import chunks
from summariser.replay import ReplayStore
from summariser.schema import DraftSummary

RUNS, DOCUMENTS, BLOCK = 5, 200, 50
MODEL = "openai/gpt-5-mini"
SPEED = 10.0
REAL = World(workers=4, concurrency=16, requests=60.0, tokens=1e9, document_tokens=2_500, minutes=6.0, delay=0.5)
"""What is run in earnest at `SPEED` times its speed, and simulated: few enough requests for one machine."""


def averages() -> Averages:
    """What the recorded cases used, in the mean."""
    used = recorded()
    words = [one.case.document.words for one in used]
    requests = [request for one in used for request in ReplayStore(RECORDINGS / one.case.slug).recordings()]
    return Averages(
        cases=len(used),
        words=statistics.mean(words),
        requests=len(requests) / len(used),
        input_tokens=statistics.mean(one.extract[0] + (one.repair[0] if one.repair else 0) for one in used),
        prefix_tokens=_prefix(),
        output_tokens=statistics.mean(one.extract[1] + (one.repair[1] if one.repair else 0) for one in used),
    )


def _prefix() -> float:
    """Tokens of the part of an extract request that no document changes: what it is told, and the schema."""
    from summariser.completers.gate import CHARACTERS_A_TOKEN
    from summariser.completers.strict_schema import schema_text
    from summariser.prompting import load

    return (len(load(None).system("extract")) + len(schema_text(DraftSummary))) / CHARACTERS_A_TOKEN


def measure(machine: str) -> Measured:
    """Everything; takes some minutes."""
    with tempfile.TemporaryDirectory(prefix="scale") as name, running() as server:
        folder = Path(name)
        cpu = [_cpu(folder / f"cpu-{number}", server) for number in range(RUNS + 1)][1:]  # the first one warms up
        rows, size = _recorded_rows()
        output = Output(str(folder / "sizes"))
        output.write("r0001-" + "0" * 32 + ".parquet", rows)
        output.write("r0001-" + "0" * 32 + ".jsonl", rows)
        parquet, jsonl = (
            (folder / "sizes" / f"r0001-{'0' * 32}.{kind}").stat().st_size for kind in ("parquet", "jsonl")
        )
        real = [asyncio.run(_real(server)) for _ in range(3)]
        price = price_of(MODEL)
        assert price is not None
        return Measured(
            date=dt.datetime.now(dt.UTC).date().isoformat(),
            machine=machine,
            runs=RUNS,
            documents=DOCUMENTS,
            cpu_ms=round(statistics.median(cpu), 2),
            cpu_ms_range=(round(min(cpu), 2), round(max(cpu), 2)),
            driver_ms=round(_driver(folder), 2),
            input_bytes=round(size),
            parquet_bytes=round(parquet / len(rows)),
            jsonl_bytes=round(jsonl / len(rows)),
            index_bytes=round(_index(folder)),
            part_bytes=len(
                Part("lines", ("s3://bucket/corpus/part-00001.jsonl",), 10**9, 10**9 + 10**7, 10**6).encoded()
            ),
            real_share=round(statistics.median(one.share for one in real), 4),
            real_refused=round(statistics.median(one.refused / one.sent for one in real), 4),
            real_speed=SPEED,
            price_model=MODEL,
            price_source=f"genai-prices {version('genai-prices')}",
            price_input=price.input,
            price_cached=price.cached,
            price_output=price.output,
        )


def _cpu(folder: Path, server: Running) -> float:
    """Milliseconds of this process for a document: read, asked, verified, encoded, written in blocks."""
    import numpy as np

    from summariser.corpus.ray import _asked, sendable

    folder.mkdir()
    corpus = folder / "in.jsonl"
    with corpus.open("w", encoding="utf-8") as file:
        for number, article in enumerate(articles(DOCUMENTS)):
            file.write(json.dumps({"id": f"doc-{number}", "text": article.text}) + "\n")
    server.reset(Behaviour(latency=0.005))
    options = sendable(Options(model="mock", base_url=server.url))
    done = Keys(np.empty((0, 2), dtype=np.uint64))
    writer = BlockWriter(options, output=str(folder / "out"), run=1, asked=_asked(options), done=done)
    portions = [Portion(part=part.encoded(), parts=0, problem="") for part in parts(str(corpus), BLOCK)]
    start = time.process_time()
    blocks = [writer.write(portion) for portion in portions]
    spent = time.process_time() - start
    writer.close()
    assert sum(block["finished"] for block in blocks) == DOCUMENTS, blocks[0]
    return 1_000 * spent / DOCUMENTS


class _Recorded:
    """Answers an article with what was recorded for it, whatever the prompts say by now; repairs nothing."""

    engine: Literal["llm"] = "llm"
    model = "recorded"
    reads_prompts = True

    def __init__(self, folder: Path) -> None:
        bodies = [recording.response for recording in ReplayStore(folder).recordings()]
        texts = [body["choices"][0]["message"]["content"] for body in bodies]  # type: ignore[index, call-overload]
        self._draft = next(DraftSummary.model_validate_json(str(text)) for text in texts if "highlights" in str(text))

    def complete(self, call: Call[D_co]) -> Reply[D_co]:
        draft = self._draft if isinstance(self._draft, call.draft) else call.draft()
        return Reply(draft)

    async def acomplete(self, call: Call[D_co]) -> Reply[D_co]:
        return self.complete(call)

    def provenance(self) -> tuple[Literal["replay"], None]:
        return "replay", None


def _recorded_rows() -> tuple[list[Row], float]:
    """The recorded cases as rows, and the mean bytes of their sources."""
    rows, sizes = [], []
    for one in recorded():
        work = Work(Options(completer=_Recorded(RECORDINGS / one.case.slug)), concurrency=1)
        outcome = asyncio.run(work.do(Item(one.case.slug, one.case.document)))
        assert isinstance(outcome, Done), outcome
        rows.append(decoded_line(outcome.line, one.case.slug))
        sizes.append(len(one.case.document.text.encode()))
    return rows, statistics.mean(sizes)


def _driver(folder: Path, count: int = 200) -> float:
    """Milliseconds of the driver's process for a block, over a run of blocks of one document."""
    corpus = folder / "driver.jsonl"
    with corpus.open("w", encoding="utf-8") as file:
        for number in range(count):
            file.write(
                json.dumps({"id": f"doc-{number}", "text": f"{number}"}) + "\n"
            )  # refused: costs the worker nothing
    before = resource.getrusage(resource.RUSAGE_SELF)
    report = run([str(corpus)], str(folder / "driver"), plan=Plan(block_size=1, actors=2), model="extractive")
    after = resource.getrusage(resource.RUSAGE_SELF)
    assert report.blocks == count, report
    return 1_000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / count


def _index(folder: Path, count: int = 100_000) -> float:
    """Bytes a document of the table by which a run on one machine finds what is done."""
    path = folder / "index.db"
    with Index(path) as index:
        for number in range(count):
            name = f"corpus/part-{number // 1_000:05d}.jsonl#{number}"
            index.finish(name, f"{number:032x}", number * 10_000)
            index.claim(f"{number:032x}", name)
    return sum(file.stat().st_size for file in folder.glob("index.db*")) / count


class _Direct:
    def __init__(self, limits: Limits) -> None:
        self._limiter = Limiter(limits)

    def take(self, count: int, tokens: float, report: Report) -> Lot:
        return self._limiter.take(count, tokens, report)

    def tell(self, report: Report) -> None:
        self._limiter.hear(report)

    def begin(self, work: bytes) -> int:
        return self._limiter.begin(work)

    def end(self, work: bytes) -> None:
        self._limiter.end(work)


async def _real(server: Running) -> Outcome:
    """`REAL` over real sockets, every time in it divided by `SPEED`; the first window is not counted."""
    world = REAL
    behaviour = Behaviour(
        latency=world.latency / SPEED,
        rate_requests=int(world.requests * world.window / 60),
        rate_window=world.window / SPEED,
    )
    server.reset(behaviour)
    burst, governors.BURST = governors.BURST, governors.BURST / SPEED
    limits = Limits(requests=world.requests * SPEED)
    channel = _Direct(limits)
    options = Options(model="mock", base_url=server.url)
    workers = [
        Work(options, concurrency=world.concurrency, governor=LeasedGovernor(channel, limits))
        for _ in range(world.workers)
    ]
    calls = _calls(workers[0], int(world.requests * world.minutes * 2))
    feeding = [asyncio.create_task(_drain(work, calls, world.concurrency)) for work in workers]
    try:
        while server.stats().get("requests", 0) < world.requests:  # imports and connections are no part of it
            await asyncio.sleep(0.1)
        await asyncio.sleep(world.window / SPEED)
        before, began = server.stats(), time.monotonic()
        await asyncio.sleep((world.minutes * 60 - world.window) / SPEED)
        after, ended = server.stats(), time.monotonic()
    finally:
        governors.BURST = burst
        for task in feeding:
            task.cancel()
        await asyncio.gather(*feeding, return_exceptions=True)
        for work in workers:
            await work.close()
    sent = after["requests"] - before["requests"]
    refused = after["faults"].get("rate", 0) - before["faults"].get("rate", 0)
    allowed = world.requests * SPEED / 60 * (ended - began)
    return Outcome(sent=sent, refused=refused, answered=sent - refused, share=(sent - refused) / allowed)


def _calls(work: Work, count: int) -> Iterator[Call[DraftSummary]]:
    """Prepared requests: reading and verifying would keep a busy machine from sending them in time."""
    documents = [read(article.text) for article in articles(count)]
    return iter([extract_call(one, chunks(one)[0], work.setup.wish) for one in documents])


async def _drain(work: Work, calls: Iterator[Call[DraftSummary]], concurrency: int) -> None:
    async for _ in pooled(calls, work.setup.completer.acomplete, concurrency=concurrency):
        pass


def simulated() -> Outcome:
    """`REAL`, simulated."""
    return Simulation(REAL).run()
