"""Ray itself: the session, Ray Data's settings for a run, the actor with the rate limit, and small tasks around a run.

Nothing is sent home and no dashboard is started.
"""

from __future__ import annotations

import copy
import logging
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summariser.completers.governor import Limits
from summariser.corpus.ray_limits import Limiter, Lot, Report
from summariser.corpus.ray_output import Output
from summariser.corpus.ray_reading import Keys, done_keys
from summariser.corpus.ray_worker import settings_here
from summariser.errors import SummariserError, UsageError
from summariser.options import Options
from summariser.running import Setup

if TYPE_CHECKING:
    import ray
    from ray.actor import ActorHandle
    from ray.data import ActorPoolStrategy

_STORE = 512_000_000
"""Bytes of the object store of a Ray of this machine's own: only descriptions of parts go through it."""

_NAMES = 256
"""Blocks whose keys one task reads."""


@contextmanager
def session(address: str | None) -> Iterator[None]:
    """A connection to Ray: the one that there is, else the cluster at `address` or RAY_ADDRESS, else one of our own."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray
        import ray.data
    except ImportError:
        raise UsageError("this needs Ray: pip install 'summariser[ray]'") from None
    if ray.is_initialized():
        yield
        return
    address = address or os.environ.get("RAY_ADDRESS") or "local"
    try:
        if address == "local":
            ray.init(
                "local",
                include_dashboard=False,
                log_to_driver=False,
                logging_level=logging.ERROR,
                object_store_memory=_STORE,
            )
        else:
            ray.init(address, log_to_driver=False, logging_level=logging.ERROR)
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise UsageError(f"Ray cannot be reached at {address}: {' '.join(str(error).split())[:200]}") from None
    try:
        yield
    finally:
        ray.shutdown()


@contextmanager
def context() -> Iterator[None]:
    """Ray Data's settings for a run: quiet, and a part that fails by a fault of ours does not stop the others."""
    from ray.data import DataContext

    chosen = copy.deepcopy(DataContext.get_current())
    chosen.enable_progress_bars = False
    chosen.max_errored_blocks = -1
    log = logging.getLogger("ray.data")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        with DataContext.current(chosen):
            yield
    finally:
        log.setLevel(level)


def pool(actors: int) -> ActorPoolStrategy:
    """So many workers, each with two batches at a time: the second fills the places while the first runs out."""
    from ray.data import ActorPoolStrategy

    return ActorPoolStrategy(
        size=actors, max_tasks_in_flight_per_actor=3, max_concurrent_calls_per_actor=2, enable_true_multi_threading=True
    )


@dataclass(frozen=True, slots=True)
class RayChannel:
    """The way to a limiter in a Ray actor; it may be sent to other machines."""

    actor: ActorHandle[Limiter]

    def take(self, count: int, tokens: float, report: Report) -> Lot:
        import ray

        lot: Lot = ray.get(self.actor.take.remote(count, tokens, report))
        return lot

    def tell(self, report: Report) -> None:
        self.actor.hear.remote(report)

    def begin(self, work: bytes) -> int:
        import ray

        count: int = ray.get(self.actor.begin.remote(work))
        return count

    def end(self, work: bytes) -> None:
        self.actor.end.remote(work)


@contextmanager
def limiter(requests_per_minute: float | None = None, tokens_per_minute: float | None = None) -> Iterator[RayChannel]:
    """One rate limit for all who get the channel; where none is given, what the server tells holds for all of them.

    It lives in a named actor, which is begun anew where it dies, and ends with the context.
    """
    import ray

    made = ray.remote(num_cpus=0, max_restarts=-1, max_task_retries=-1)(Limiter)
    named = made.options(name=f"summariser-limiter-{uuid.uuid4().hex[:8]}")
    actor = named.remote(Limits(requests_per_minute, tokens_per_minute))
    try:
        yield RayChannel(actor)
    finally:
        ray.kill(actor)


def preflight(options: Options) -> str:
    """What would stop every document on a machine of the cluster (no key, a prompt that is not there); else ""."""
    import ray

    problem: str = ray.get(ray.remote(num_cpus=0)(_problem).remote(options))
    return problem


def _problem(options: Options) -> str:
    try:
        Setup.of({**options, "settings": settings_here(options)})
    except SummariserError as error:
        return str(error)
    return ""


def what_is_done(folder: Output, *, retry_failed: bool) -> ray.ObjectRef[Keys]:
    """The keys of everything that the folder's blocks hold, in the object store, where every worker reads them."""
    import numpy as np
    import ray

    names = folder.blocks()
    task = ray.remote(num_cpus=0.25)(done_keys)
    lots = [names[start : start + _NAMES] for start in range(0, len(names), _NAMES)]
    keys = ray.get([task.remote(folder.url, lot, retry_failed=retry_failed) for lot in lots])
    return ray.put(Keys(np.concatenate(keys) if keys else np.empty((0, 2), dtype=np.uint64)))
