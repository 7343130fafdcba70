"""The arithmetic of docs/scale.md: from what a document uses to tokens, cost, time, machines, and what breaks first.

Three kinds of input: `Averages` (of the recordings), `Measured` (on a machine, by ``--measure``), both kept in
`bench/scale_measured.json`, and `Assumptions` (variables below, each with its source).
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Self

MEASURED = Path(__file__).with_name("scale_measured.json")
SIZES = (1_000_000, 100_000_000)
MINUTES_A_DAY = 1_440


@dataclass(frozen=True)
class Averages:
    """A document's means over the recorded cases, in tokens as the recording server told them."""

    cases: int
    words: float
    requests: float
    input_tokens: float
    prefix_tokens: float
    """Of `input_tokens`: those that are the same for every document, and can be cached."""
    output_tokens: float

    @property
    def tokens(self) -> float:
        return self.input_tokens + self.output_tokens

    @classmethod
    def load(cls) -> Self:
        """As they were kept."""
        return cls(**json.loads(MEASURED.read_text("utf-8"))["averages"])


@dataclass(frozen=True)
class Measured:
    """What was measured: medians of `runs` runs; bytes and CPU for a document."""

    date: str
    machine: str
    runs: int
    documents: int
    cpu_ms: float
    cpu_ms_range: tuple[float, float]
    driver_ms: float
    """The driver's CPU for one block of a cluster run, Ray Data's own work included."""
    input_bytes: float
    parquet_bytes: float
    jsonl_bytes: float
    index_bytes: float
    """Of the table by which a run on one machine finds what is done."""
    part_bytes: float
    """Of the description of a part, as it goes through the object store."""
    real_share: float
    real_refused: float
    """Of a run against a mock server at `real_speed`: share of the allowed requests, and refusals a request."""
    real_speed: float
    price_model: str
    price_source: str
    price_input: float
    price_cached: float
    price_output: float

    @classmethod
    def load(cls) -> Self:
        """As it was kept."""
        values = json.loads(MEASURED.read_text("utf-8"))["measured"]
        values["cpu_ms_range"] = tuple(values["cpu_ms_range"])
        return cls(**values)


def keep(averages: Averages, measured: Measured) -> None:
    """Write both down."""
    text = json.dumps({"averages": asdict(averages), "measured": asdict(measured)}, indent=1)
    MEASURED.write_text(text + "\n", "utf-8")


@dataclass(frozen=True)
class Tier:
    """What a provider allows a minute."""

    name: str
    requests: float
    tokens: float
    batch_queue: float
    """Tokens that may wait in the batch queue at once; 0 where nobody says."""


_WEBLOG = "gpt-5-mini as reported on simonwillison.net, 12 September 2025"
_TIERS = "third-party tables of OpenAI's limits (2026); the account's own page counts"


def _assumed(value: float, source: str) -> float:
    return field(default=value, metadata={"source": source})


@dataclass(frozen=True)
class Assumptions:
    """What was not measured here. Change a value, run ``python -m bench.scale``, and the page follows."""

    batch_share: float = _assumed(0.5, "OpenAI, Azure, Mistral, Groq: a batch costs half")
    batch_hours: float = _assumed(24, "the window that a batch is promised for; most come sooner")
    cache_from: float = _assumed(1_024, "OpenAI's prompt cache: tokens that must be the same at the start")
    reasoning_tokens: float = _assumed(
        0, "choice: a request's hidden output, billed and in no recording; set it to yours"
    )
    latency_s: float = _assumed(20, "assumption: a request's time at the provider")
    gpu_prompt_rate: float = _assumed(20_000, "assumption: prompt tokens/s of one H100 under vLLM, 8B model in FP8")
    gpu_output_rate: float = _assumed(2_500, "assumption, as above: output tokens/s (published runs: 3,000–12,500)")
    gpu_dollars: float = _assumed(2.5, "assumption: an H100 for an hour, rented")
    gpu_days: float = _assumed(10, "choice: how long the run on own GPUs may take")
    core_share: float = _assumed(0.7, "choice: how full the cores may be")
    core_dollars: float = _assumed(0.04, "assumption: a core with 4 GB for an hour, rented")
    storage_dollars: float = _assumed(0.023, "assumption: a GB in an object store for a month")
    block_size: float = _assumed(1_000, "choice: documents in a block (default of the package: 256)")
    concurrency: float = _assumed(32, "the package's default: documents under way in a worker")
    retried: float = _assumed(0.02, "assumption: requests that are paid twice (failures after the answer, kills)")

    def rows(self) -> list[tuple[str, str, str]]:
        """Name, value, source."""
        return [(f.name, number(getattr(self, f.name)), str(f.metadata["source"])) for f in fields(self)]


TIERS = (
    Tier("tier 1", 500, 500_000, 5_000_000),
    Tier("tier 3", 5_000, 4_000_000, 0),
    Tier("tier 4", 10_000, 10_000_000, 0),
    Tier("tier 5", 30_000, 180_000_000, 0),
)
TIER_SOURCES = f"tokens a minute: {_WEBLOG}; requests a minute: {_TIERS}"


@dataclass(frozen=True)
class Plan:
    """Everything that follows for a number of documents."""

    documents: int
    averages: Averages
    measured: Measured
    assumed: Assumptions

    @property
    def requests(self) -> float:
        return self.documents * self.averages.requests * (1 + self.assumed.retried)

    @property
    def input_tokens(self) -> float:
        return self.documents * self.averages.input_tokens * (1 + self.assumed.retried)

    @property
    def output_tokens(self) -> float:
        hidden = self.averages.requests * self.assumed.reasoning_tokens
        return self.documents * (self.averages.output_tokens + hidden) * (1 + self.assumed.retried)

    def live_dollars(self, *, cached: bool) -> float:
        """At the price of the model, with the common prefix from the provider's cache or not."""
        prefix = self.documents * self.averages.prefix_tokens * (1 + self.assumed.retried) if cached else 0.0
        m = self.measured
        fresh = self.input_tokens - prefix
        return (fresh * m.price_input + prefix * m.price_cached + self.output_tokens * m.price_output) / 1e6

    def batch_dollars(self) -> float:
        return self.assumed.batch_share * self.live_dollars(cached=False)

    def gpu_hours(self) -> float:
        a = self.assumed
        return (self.input_tokens / a.gpu_prompt_rate + self.output_tokens / a.gpu_output_rate) / 3_600

    def gpus(self) -> int:
        return math.ceil(self.gpu_hours() / (24 * self.assumed.gpu_days))

    def minutes(self, tier: Tier) -> float:
        """Of a live run that uses all that a tier allows."""
        return max(self.requests / tier.requests, (self.input_tokens + self.output_tokens) / tier.tokens)

    def rate(self, tier: Tier) -> float:
        """Documents a second under a tier."""
        return self.documents / self.minutes(tier) / 60

    def cores(self, rate: float) -> int:
        """For so many documents a second."""
        return math.ceil(rate * self.measured.cpu_ms / 1_000 / self.assumed.core_share)

    def in_flight(self, rate: float) -> float:
        """Little's law: documents under way at once."""
        return rate * self.assumed.latency_s * self.averages.requests

    def workers(self, rate: float) -> int:
        """As many as there must be cores for, or places."""
        return max(self.cores(rate), math.ceil(self.in_flight(rate) / self.assumed.concurrency))

    def cpu_hours(self) -> float:
        return self.documents * self.measured.cpu_ms / 3.6e6

    def blocks(self) -> int:
        return math.ceil(self.documents / self.assumed.block_size)


def number(value: float) -> str:
    """Three figures are enough: 1,234,567 → 1.23 million."""
    for size, word in ((1e12, " trillion"), (1e9, " billion"), (1e6, " million")):
        if abs(value) >= size:
            return f"{value / size:.3g}{word}"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def dollars(value: float) -> str:
    return f"${number(value)}"


def bytes_(value: float) -> str:
    for size, word in ((1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB")):
        if value >= size:
            return f"{value / size:.3g} {word}"
    return f"{value:.0f} B"


def duration(minutes: float) -> str:
    if minutes >= 2 * MINUTES_A_DAY:
        return f"{number(minutes / MINUTES_A_DAY)} days"
    return f"{minutes / 60:.3g} h" if minutes >= 120 else f"{minutes:.3g} min"
