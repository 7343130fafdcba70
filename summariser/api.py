"""The public drivers: one document or many, sync or async, over the one plan."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator
from typing import Unpack

from summariser.errors import SummariserError
from summariser.options import Options
from summariser.running import LONG_TEXT, Run, Source, adrive, drive
from summariser.schema import Summary

__all__ = ["Options", "Source", "asummarise", "asummarise_many", "summarise", "summarise_many"]


def summarise(source: Source, **options: Unpack[Options]) -> Summary:
    """Summarise one article or policy document.

    `source` is the text itself (or a URL, when it is nothing else), a `Path` to a file, or a `Document`. `options`
    are those of `Options`. Every claim of the result carries its verdict and exact spans of `summary.document.text`.

    Raises `SourceError` where the source cannot be read or is refused, `CompletionError` where the model gives no
    usable answer, `UnsupportedError` with ``on_unsupported="raise"``, `UsageError` for wrong options; all are
    `SummariserError`.
    """
    run = Run.of(source, options)
    return run.finish(drive(run.plan(), run.setup.completer))


async def asummarise(source: Source, **options: Unpack[Options]) -> Summary:
    """`summarise` for a running event loop: the same plan, the same result."""
    run = await asyncio.to_thread(Run.of, source, options)
    return run.finish(await adrive(run.plan(), run.setup.completer, long=len(run.document.text) > LONG_TEXT))


def summarise_many(
    sources: Iterable[Source], *, concurrency: int = 8, ordered: bool = True, **options: Unpack[Options]
) -> Iterator[Summary | SummariserError]:
    """Summaries of many sources, `concurrency` at a time; the input is read as it is needed, in the caller's thread.

    In the order of the sources, or as they are completed with ``ordered=False``. A source that fails yields its error
    in its place and does not stop the others; wrong options raise `UsageError` at once. Sources that say the same are
    asked for once. Works inside a running event loop too (a loop of its own runs in a thread).
    """
    from summariser.corpus.bridge import bridged
    from summariser.corpus.many import Many, listed

    many = Many(options, concurrency=concurrency, ordered=ordered)
    return bridged(many.results, listed(sources))


def asummarise_many(
    sources: Iterable[Source] | AsyncIterable[Source],
    *,
    concurrency: int = 8,
    ordered: bool = True,
    **options: Unpack[Options],
) -> AsyncIterator[Summary | SummariserError]:
    """`summarise_many` for a running event loop."""
    from summariser.corpus.many import Many, listed

    return Many(options, concurrency=concurrency, ordered=ordered).results(listed(sources))
