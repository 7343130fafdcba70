"""`python -m bench.scale`: write the tables of docs/scale.md; `--measure` measures this machine first (minutes).

A table stands between ``<!-- table: NAME -->`` and ``<!-- end -->``; the prose around it is written by hand.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache

from bench.running import ROOT
from bench.scale_model import (
    SIZES,
    TIER_SOURCES,
    TIERS,
    Assumptions,
    Averages,
    Measured,
    Plan,
    bytes_,
    dollars,
    duration,
    keep,
    number,
)
from bench.scale_simulation import Outcome, Simulation, World
from summariser.corpus.ray_limits import LOT

PAGE = ROOT / "docs" / "scale.md"
_TABLE = re.compile(r"(<!-- table: (?P<name>\w+) -->\n)(?P<old>.*?)(<!-- end -->)", re.DOTALL)


def refreshed(text: str, found: Averages, measured: Measured, assumed: Assumptions) -> str:
    """The page with every table as the figures make it. Raises `KeyError` for a table that nobody makes."""
    plans = tuple(Plan(size, found, measured, assumed) for size in SIZES)
    return _TABLE.sub(lambda hit: f"{hit[1]}{TABLES[hit['name']](plans).rstrip()}\n{hit[4]}", text)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _by_size(plans: Sequence[Plan], rows: Sequence[tuple[str, Callable[[Plan], str]]]) -> str:
    head = ["", *(f"{number(plan.documents)} documents" for plan in plans)]
    return _table(head, [[name, *(tell(plan) for plan in plans)] for name, tell in rows])


def document(plans: Sequence[Plan]) -> str:
    a, m = plans[0].averages, plans[0].measured
    rows = [
        ("words", number(a.words), f"mean of the {a.cases} recorded cases"),
        ("requests", number(a.requests), "recordings: one to extract, and a repair where a claim failed"),
        (
            "input tokens",
            number(a.input_tokens),
            "recordings, as their server told them (estimated: 4 characters each)",
        ),
        (
            "of them the same for every document",
            number(a.prefix_tokens),
            "instructions and schema: a provider can cache them",
        ),
        ("output tokens", number(a.output_tokens), "recordings"),
        (
            "CPU of a worker, ms",
            number(m.cpu_ms),
            f"{m.runs} runs of {m.documents} documents ({m.cpu_ms_range[0]}–{m.cpu_ms_range[1]}): read, asked (mock "
            "server), verified, written in blocks",
        ),
        ("text in", bytes_(m.input_bytes), "recorded cases, UTF-8"),
        ("row in a Parquet block (zstd)", bytes_(m.parquet_bytes), "recorded cases; holds the text and all evidence"),
        ("line in a JSONL block", bytes_(m.jsonl_bytes), "the same"),
    ]
    return _table(["a document", "mean", "from"], rows) + f"\n\nMeasured on {m.date}: {m.machine}."


def assumptions(plans: Sequence[Plan]) -> str:
    m = plans[0].measured
    prices = f"${m.price_input:g} in, ${m.price_cached:g} cached, ${m.price_output:g} out"
    rows = [*plans[0].assumed.rows(), (f"{m.price_model}, a million tokens", prices, m.price_source)]
    return _table(["variable", "value", "source"], rows)


def volume(plans: Sequence[Plan]) -> str:
    return _by_size(
        plans,
        [
            ("requests", lambda p: number(p.requests)),
            ("input tokens", lambda p: number(p.input_tokens)),
            ("output tokens", lambda p: number(p.output_tokens)),
            ("text in", lambda p: bytes_(p.documents * p.measured.input_bytes)),
            ("blocks out, Parquet", lambda p: bytes_(p.documents * p.measured.parquet_bytes)),
            ("blocks out, JSONL", lambda p: bytes_(p.documents * p.measured.jsonl_bytes)),
            ("number of blocks", lambda p: number(p.blocks())),
            ("CPU of the workers", lambda p: f"{number(p.cpu_hours())} core-hours"),
        ],
    )


def cost(plans: Sequence[Plan]) -> str:
    return _by_size(
        plans,
        [
            ("live", lambda p: dollars(p.live_dollars(cached=False))),
            ("live, common prefix cached", _cached),
            ("batch", lambda p: dollars(p.batch_dollars())),
            (
                "own vLLM, GPUs",
                lambda p: f"{dollars(p.gpu_hours() * p.assumed.gpu_dollars)} ({number(p.gpu_hours())} GPU-hours)",
            ),
            ("own vLLM, GPUs at once", lambda p: f"{p.gpus():,} for {number(p.assumed.gpu_days)} days"),
            (
                "workers' cores, any route",
                lambda p: dollars(p.cpu_hours() / p.assumed.core_share * p.assumed.core_dollars),
            ),
            (
                "a month of Parquet",
                lambda p: dollars(p.documents * p.measured.parquet_bytes / 1e9 * p.assumed.storage_dollars),
            ),
        ],
    )


def _cached(plan: Plan) -> str:
    if plan.averages.prefix_tokens < plan.assumed.cache_from:
        return f"{dollars(plan.live_dollars(cached=True))}, but the common part is too short for the cache"
    return dollars(plan.live_dollars(cached=True))


def tiers(plans: Sequence[Plan]) -> str:
    rows = []
    for tier in TIERS:
        rate = plans[0].rate(tier)
        binding = "requests" if plans[0].requests / tier.requests >= plans[0].minutes(tier) else "tokens"
        rows.append(
            [
                tier.name,
                number(tier.requests),
                number(tier.tokens),
                binding,
                f"{rate:.3g}",
                *(duration(plan.minutes(tier)) for plan in plans),
                number(plans[0].in_flight(rate)),
                f"{plans[0].cores(rate):,}",
                f"{plans[0].workers(rate):,}",
            ]
        )
    head = ["", "requests/min", "tokens/min", "binds", "documents/s", *(number(p.documents) for p in plans)]
    queue = TIERS[0].batch_queue
    days = [(p.input_tokens + p.output_tokens) / queue * p.assumed.batch_hours / 24 for p in plans]
    batch = " and ".join(f"{number(day)} days" for day in days)
    return (
        _table([*head, "in flight", "cores", "workers"], rows) + f"\n\nSources: {TIER_SOURCES}. A batch queue of "
        f"{number(queue)} tokens (tier 1) that takes its full {number(plans[0].assumed.batch_hours)} hours each time "
        f"would need {batch}: ask for the queue that the account has before choosing batches."
    )


def breaks(plans: Sequence[Plan]) -> str:
    one = plans[0]
    m = one.measured
    blocks_a_second = 1_000 / m.driver_ms
    top = TIERS[-1]
    return _by_size(
        plans,
        [
            (f"rate limit ({top.name})", lambda p: duration(p.minutes(top))),
            ("price (live)", lambda p: dollars(p.live_dollars(cached=False))),
            ("one machine of 2 cores, all CPU", lambda p: duration(p.cpu_hours() * 60 / 2)),
            ("one out.jsonl, one writer", lambda p: bytes_(p.documents * m.jsonl_bytes)),
            (
                f"SQLite index of such a run ({bytes_(m.index_bytes)} each)",
                lambda p: bytes_(p.documents * m.index_bytes),
            ),
            ("a file for each document: files to list", lambda p: number(p.documents)),
            (f"blocks of {number(one.assumed.block_size)}: files to list", lambda p: number(p.blocks())),
            ("keys of what is done, in every machine's object store", lambda p: bytes_(16 * p.documents)),
            ("hashes of ids in the driver, sorted at the end", lambda p: bytes_(2 * 8 * p.documents)),
            (
                f"descriptions of parts ({m.part_bytes:.0f} B each), all at once",
                lambda p: bytes_(p.blocks() * m.part_bytes),
            ),
            (f"driver's CPU ({number(m.driver_ms)} ms a block)", lambda p: duration(p.blocks() / blocks_a_second / 60)),
            ("limiter: calls a second at " + top.name, lambda p: number(p.rate(top) * p.averages.requests / LOT)),
        ],
    )


@cache
def simulated(world: World) -> Outcome:
    return Simulation(world).run()


def worlds(found: Averages) -> list[tuple[str, World]]:
    """Workers in tiers, each with more places than the limit lets it fill."""
    made = []
    for tier, workers, minutes in ((TIERS[1], 20, 6.0), (TIERS[2], 100, 6.0), (TIERS[3], 500, 3.0)):
        base = World(workers, 32, tier.requests, tier.tokens, found.tokens / found.requests, minutes=minutes)
        made.append((tier.name, base))
    made.append((TIERS[2].name, replace(made[1][1], shared=False)))
    return made


def simulation(plans: Sequence[Plan]) -> str:
    rows = []
    for name, world in worlds(plans[0].averages):
        seen = simulated(world)
        rows.append(
            [
                name,
                f"{world.workers:,}",
                "one limiter" if world.shared else "each for itself",
                f"{100 * seen.share:.1f} %",
                f"{100 * seen.refused / seen.sent:.2f} %",
                f"{seen.asked_limiter / (seen.sent + 1):.2f}" if world.shared else "–",
            ]
        )
    head = ["limits of", "workers", "kept by", "of the allowance", "refused (429)", "calls to the limiter a request"]
    return _table(head, rows)


def real(plans: Sequence[Plan]) -> str:
    from bench.scale_measures import REAL
    from bench.scale_measures import simulated as rehearsed

    m, seen = plans[0].measured, rehearsed()
    rows = [
        ["simulated", f"{100 * seen.share:.1f} %", f"{100 * seen.refused / seen.sent:.2f} %"],
        [
            f"in earnest, at {m.real_speed:g} times the speed",
            f"{100 * m.real_share:.1f} %",
            f"{100 * m.real_refused:.2f} %",
        ],
        [
            "difference",
            f"{100 * (m.real_share - seen.share):+.1f} points",
            f"{100 * (m.real_refused - seen.refused / seen.sent):+.2f} points",
        ],
    ]
    title = f"{REAL.workers} workers, {REAL.requests:g} requests a minute, answers after {REAL.latency:g} s"
    return _table([title, "of the allowance", "refused (429)"], rows)


TABLES: dict[str, Callable[[Sequence[Plan]], str]] = {
    "document": document,
    "assumptions": assumptions,
    "volume": volume,
    "cost": cost,
    "tiers": tiers,
    "breaks": breaks,
    "simulation": simulation,
    "real": real,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description=__doc__)
    parser.add_argument("--measure", action="store_true", help="measure this machine first, and keep the figures")
    from bench.machine import machine
    from bench.scale_measures import averages, measure

    told = ", ".join(value for name, value in machine().items() if name != "date")
    found, measured = averages(), measure(told) if parser.parse_args().measure else Measured.load()
    keep(found, measured)
    PAGE.write_text(refreshed(PAGE.read_text("utf-8"), found, measured, Assumptions()), "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
