"""Many documents on a cluster: Ray Data moves the work, workers read and write the documents themselves.

Needs the extra `ray` (``pip install 'summariser[ray]'``). `run` goes from sources to a folder of blocks; `Summarise` is
for pipelines of one's own::

    dataset.map_batches(Summarise, fn_constructor_args=[{"model": "openai/…"}], batch_size=64, compute=pool(actors=8))
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, redirect_stdout
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, Unpack, cast

from summariser.corpus.ray_cluster import context, limiter, pool, preflight, session, what_is_done
from summariser.corpus.ray_input import file_item, located, parts, row_item
from summariser.corpus.ray_limits import Channel
from summariser.corpus.ray_output import Output, table
from summariser.corpus.ray_reading import Keys, read_failures, read_output
from summariser.corpus.ray_report import Plan, Report, Tally
from summariser.corpus.ray_worker import CONCURRENCY, Block, BlockWriter, Portion, Worker
from summariser.corpus.work import asked
from summariser.errors import SummariserError, UsageError
from summariser.options import Options, checked, settings_of
from summariser.running import Setup
from summariser.settings import Settings

if TYPE_CHECKING:
    import argparse

    import pyarrow as pa
    import ray

    from summariser.corpus.items import Item

__all__ = ["Plan", "Report", "Summarise", "limiter", "pool", "read_failures", "read_output", "run", "run_command"]

_FOLDERS = ("replay", "record", "cache", "prompts")

Batch: TypeAlias = "Mapping[str, Sequence[Any]] | pa.Table"


class Summarise:
    """A callable for `map_batches`: rows in, rows out, in the same order and number.

    Columns in: `text` (with `title`, `published`, `url` … as far as they are known), or `record` (a JSON object as
    text), or `path` (a file at any fsspec path); `id` where there is one. Columns out: those of `Row`. A document that
    fails is a row with `error` and `message`; no exception stops the dataset. `options` are those of `summarise()`,
    without a key: that comes from the environment of the machines. With the `channel` of a `limiter` all workers keep
    one rate limit.
    """

    def __init__(
        self, options: Options | None = None, *, concurrency: int = CONCURRENCY, channel: Channel | None = None
    ) -> None:
        chosen = sendable(options or {})
        self._worker = Worker(chosen, concurrency, channel)

    def __call__(self, batch: Batch) -> pa.Table:
        with ExitStack() as stack:
            return table(self._worker.summarise([_item(row, stack) for row in _rows(batch)]))


def sendable(options: Options) -> Options:
    """The options as they may travel: what the driver's environment says is in them, and no key.

    A key would lie in Ray's stores and logs. Raises `UsageError` for one, and for what cannot be sent.
    """
    if options.get("completer") is not None:
        raise UsageError("a completer of your own cannot be sent to other machines: name a model")
    if options.get("api_key"):
        raise UsageError("on a cluster the key comes from the environment of its machines (OPENAI_API_KEY)")
    settings = settings_of(checked(options))
    folders = {name: Path(found).absolute() for name in _FOLDERS if (found := getattr(settings, name)) is not None}
    wanted = cast(Options, {name: value for name, value in options.items() if name not in Settings.model_fields})
    return {**wanted, "settings": settings.model_copy(update={"api_key": None, **folders})}


def _asked(options: Options) -> str:
    return asked(Setup.of({**options, "api_key": "none"}))  # nothing is sent: it needs no key here


def run(
    sources: Sequence[str],
    output: str,
    *,
    plan: Plan | None = None,
    on_progress: Callable[[Report], None] | None = None,
    **options: Unpack[Options],
) -> Report:
    """Summarise files, folders and corpora (.jsonl, .parquet) at any fsspec path into a folder of blocks.

    What the blocks of earlier runs hold is left out (same id, same source, same options), so a run that was killed is
    begun again with the same call. `on_progress` hears of every block. The results are read with `read_output` and
    `read_failures`. Raises `UsageError`, and `SourceError` where the output cannot be read.
    """
    plan = plan or Plan()
    chosen = sendable(options)
    what = _asked(chosen)
    folder = Output(located(output, str(Path.cwd())))
    with folder.locked(), session(plan.address):
        folder.sweep()
        report = Report(run=max(folder.runs(), default=0) + 1)
        facts = {"sources": list(sources), "asked": what, "plan": asdict(plan), "begun": dt.datetime.now(dt.UTC)}
        folder.manifest(report.run, facts)
        if problem := preflight(chosen):
            raise UsageError(problem)
        done = what_is_done(folder, retry_failed=plan.retry_failed)
        _work(list(dict.fromkeys(sources)), folder, plan, chosen, what, done, report, on_progress)
        counts = {name: value for name, value in asdict(report).items() if name != "run"}
        folder.manifest(report.run, {**facts, "ended": dt.datetime.now(dt.UTC), **counts})
    return report


def _work(
    sources: Sequence[str],
    folder: Output,
    plan: Plan,
    options: Options,
    what: str,
    done: ray.ObjectRef[Keys],
    report: Report,
    on_progress: Callable[[Report], None] | None,
) -> None:
    import ray

    tally = Tally(len(sources), report)
    with context(), limiter(plan.requests_per_minute, plan.tokens_per_minute) as channel:
        listed = ray.data.from_items([{"source": source} for source in sources], override_num_blocks=len(sources))
        portions = listed.map_batches(
            _portions, fn_kwargs={"size": plan.block_size, "base": str(Path.cwd())}, batch_size=1, num_cpus=0.25
        )
        blocks = portions.repartition(target_num_rows_per_block=1).map_batches(
            _Blocks,
            batch_size=1,
            num_cpus=0.5,
            compute=pool(plan.actors or max(int(ray.cluster_resources().get("CPU", 1)), 1)),
            fn_constructor_kwargs={
                "options": options,
                "output": folder.url,
                "run": report.run,
                "asked": what,
                "done": done,
                "concurrency": plan.concurrency,
                "format_": plan.format,
                "channel": channel,
            },
        )
        for row in blocks.iter_rows():
            block = cast(Block, row)
            if block["stop"]:
                raise UsageError(block["stop"])
            tally.add(block)
            if on_progress:
                on_progress(report)
    tally.close()


def _portions(batch: Mapping[str, Sequence[str]], size: int, base: str) -> Iterator[dict[str, list[Any]]]:
    """Sources as portions, one at a time: what is waiting to be done is never all in memory."""
    for source in batch["source"]:
        count, problem = 0, ""
        try:
            for part in parts(str(source), size, base):
                count += 1
                yield {"part": [part.encoded()], "parts": [0], "problem": [""]}
        except (SummariserError, ValueError, OSError) as error:  # ValueError: pyarrow's own for a damaged file
            problem = " ".join(str(error).split())
        yield {"part": [""], "parts": [count], "problem": [problem]}


class _Blocks:
    """A `BlockWriter` in a Ray actor."""

    def __init__(self, *, done: ray.ObjectRef[Keys], **arguments: Any) -> None:  # noqa: ANN401 - those of BlockWriter
        import ray

        self._writer = BlockWriter(done=ray.get(done), **arguments)

    def __call__(self, batch: Batch) -> dict[str, list[Any]]:
        blocks = [self._writer.write(cast(Portion, row)) for row in _rows(batch)]
        columns = [{**block} for block in blocks]
        return {name: [column[name] for column in columns] for name in Block.__annotations__}


def _rows(batch: Batch) -> list[dict[str, Any]]:
    if hasattr(batch, "to_pylist"):
        return cast("list[dict[str, Any]]", batch.to_pylist())
    columns = cast("Mapping[str, Sequence[Any]]", batch)
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _item(row: Mapping[str, Any], stack: ExitStack) -> Item:
    path, place = row.get("path"), "a row without an id"
    if path is not None and row.get("text") is None and row.get("record") is None:
        return file_item(str(row.get("id") or path), str(path), stack)
    return row_item(row, str(row.get("url") or place))


COMPLETE, FAILED, PARTIAL = 0, 1, 3


def run_command(arguments: argparse.Namespace, options: Options) -> int:
    """``summarise … --engine ray``: run, and say on standard error what has become of it; the exit code.

    Of the run's options it reads `sources`, `output`, `workers` (1: one for each CPU), `concurrency` (in each worker),
    `requests_per_minute`, `tokens_per_minute`, `retry_failed` and `quiet`. Raises `UsageError`.
    """
    plan = Plan(
        actors=arguments.workers if arguments.workers > 1 else None,
        concurrency=arguments.concurrency,
        requests_per_minute=arguments.requests_per_minute,
        tokens_per_minute=arguments.tokens_per_minute,
        retry_failed=arguments.retry_failed,
    )
    progress = _say_progress if sys.stderr.isatty() and not arguments.quiet else None
    with redirect_stdout(sys.stderr):  # Ray tells there of workers that died
        report = run(arguments.sources, _address(arguments.output), plan=plan, on_progress=progress, **options)
    for line in (*([] if arguments.quiet else [_sum(report)]), *report.problems):
        print(f"summarise: {line}", file=sys.stderr)
    if not report.failed and not report.problems:
        return COMPLETE
    return PARTIAL if report.finished or report.skipped else FAILED


def _address(path: Path) -> str:
    """The URL that the command's ``-o`` had before it became a `Path`, which makes one stroke of two."""
    scheme, colon, rest = str(path).partition(":/")
    if not colon or len(scheme) < 2 or "/" in scheme:
        return str(path)
    return f"/{rest}" if scheme == "file" else f"{scheme}://{rest}"


def _sum(report: Report) -> str:
    return (
        f"{report.documents:,} documents: {report.finished:,} finished, {report.failed:,} failed, "
        f"{report.skipped:,} done before; {report.requests:,} requests, {report.tokens:,} tokens"
    )


def _say_progress(report: Report) -> None:
    print(f"\r{_sum(report)}", end="", file=sys.stderr, flush=True)
