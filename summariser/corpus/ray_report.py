"""How a cluster run is to go about it, and what it has come to."""

from __future__ import annotations

from dataclasses import dataclass, field

from summariser.corpus.ray_output import Format
from summariser.corpus.ray_worker import CONCURRENCY, Block
from summariser.errors import UsageError

BLOCK_SIZE = 256
"""Documents in a block, unless told otherwise: what a killed worker has to do again, and pay again."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How a run goes about it. `actors`: workers (None: one for each CPU); limits are a minute's, over all workers."""

    actors: int | None = None
    concurrency: int = CONCURRENCY
    block_size: int = BLOCK_SIZE
    format: Format = "parquet"
    requests_per_minute: float | None = None
    tokens_per_minute: float | None = None
    retry_failed: bool = False
    address: str | None = None
    """Of a Ray cluster; None: RAY_ADDRESS, else one of this machine's own that ends with the run."""

    def __post_init__(self) -> None:
        for name in ("actors", "concurrency", "block_size", "requests_per_minute", "tokens_per_minute"):
            value = getattr(self, name)
            if value is not None and not value > 0:
                raise UsageError(f"{name} must be more than 0, not {value!r}")
        if self.format not in ("parquet", "jsonl"):
            raise UsageError(f"format must be parquet or jsonl, not {self.format!r}")


@dataclass
class Report:
    """What a run has done: counts of documents, of requests, of tokens; what went wrong beyond single documents."""

    run: int
    documents: int = 0
    finished: int = 0
    failed: int = 0
    skipped: int = 0
    requests: int = 0
    tokens: int = 0
    blocks: int = 0
    problems: list[str] = field(default_factory=list)

    def add(self, block: Block) -> None:
        self.documents += block["documents"]
        self.finished += block["finished"]
        self.failed += block["failed"]
        self.skipped += block["skipped"]
        self.requests += block["requests"]
        self.tokens += block["tokens"]
        self.blocks += bool(block["block"])


@dataclass
class Tally:
    """Whether everything came back that was sent out."""

    sources: int
    report: Report
    ended: int = 0
    announced: int = 0
    seen: int = 0
    ids: list[bytes] = field(default_factory=list)

    def add(self, block: Block) -> None:
        self.report.add(block)
        if block["part"]:
            self.seen += 1
            self.ids.append(block["ids"])
            return
        self.ended += 1
        self.announced += block["parts"]
        if block["problem"]:
            self.report.problems.append(block["problem"])

    def close(self) -> None:
        import numpy as np

        lost, unread = self.announced - self.seen, self.sources - self.ended
        if lost > 0 or unread > 0:
            what = f"{lost} parts" if lost > 0 else f"{unread} sources"
            self.report.problems.append(
                f"{what} were given up by a fault of this program or of Ray: begin the run again"
            )
        ids = np.frombuffer(b"".join(self.ids), dtype=np.uint64)
        if twice := len(ids) - len(np.unique(ids)):
            said = f"{twice} ids stand in the sources more than once: of each, only one document will be read back"
            self.report.problems.append(said)
