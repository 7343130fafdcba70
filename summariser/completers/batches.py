"""The Batch API of an OpenAI-compatible server: its files and its batches, over the openai client.

A line that breaks is tried again like one of a live request, with one difference: a batch whose creation may have
reached the server is looked for before it is created again, because two batches are paid for twice.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tenacity import Retrying

from summariser.completers.batch_lines import ENDPOINT
from summariser.completers.clients import NO_KEY, CompatibleTarget, key_for, route
from summariser.completers.failures import Failure, error_for, quotable
from summariser.completers.retrying import policy
from summariser.completers.wire import Request
from summariser.errors import CompletionError, ServerError, SettingsError, SummariserError

if TYPE_CHECKING:
    from openai.types import Batch as TheirBatch

    from summariser.completers.llm import LLMCompleter

T = TypeVar("T")

ENDED = frozenset({"completed", "failed", "expired", "cancelled"})
"""States that a batch does not leave."""


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch as its server tells it; times are Unix seconds, `problem` says why it failed."""

    id: str
    status: str
    total: int = 0
    completed: int = 0
    failed: int = 0
    expires_at: int | None = None
    output_file: str | None = None
    error_file: str | None = None
    code: str = ""
    problem: str = ""

    @property
    def ended(self) -> bool:
        """Whether everything that there will ever be is there: answers that were counted have a file."""
        has_file = self.output_file is not None or self.error_file is not None
        return self.status in ENDED and (has_file or not self.completed)


class BatchServer:
    """One server and its files and batches. Every method raises the typed errors of `summariser.errors`."""

    def __init__(self, completer: LLMCompleter) -> None:
        import openai

        settings = completer.settings
        where = route(settings, completer.model)
        if completer.recordings is not None:
            raise SettingsError("replay, record and cache are for live requests: a batch keeps its answers itself")
        if not where.direct:
            raise SettingsError(
                f"batches need a server that speaks OpenAI's protocol: give a base_url, not {where.provider}/"
            )
        key = key_for(settings, where) or NO_KEY
        # No limit on a body as a whole, as live requests have one: files are large, and a byte is a sign of life.
        self._client = openai.OpenAI(api_key=key, base_url=where.address, max_retries=0, timeout=settings.timeout)
        self._target = CompatibleTarget(self._client, settings, where)
        self._settings = settings
        self._secrets = (key,) if key != NO_KEY else ()
        self.place = completer.place

    def body(self, request: Request) -> Mapping[str, object]:
        """The body of the request's line: the one that a live request would have."""
        body: Mapping[str, object] = self._target.arguments(request, 1.0)["body"]
        return body

    def upload(self, path: Path, name: str) -> str:
        """The id of the file on the server."""

        def send() -> str:
            with path.open("rb") as file:
                sent = self._client.files.create(file=(name, file, "application/jsonl"), purpose="batch")
            return _text(sent, "id")

        return self._patiently(send, f"the upload of {path.stat().st_size / 1e6:.1f} MB")

    def create(self, file: str, labels: Mapping[str, str], *, doubtful: bool) -> Batch:
        """A batch of the uploaded file, with `labels` to know it by.

        `doubtful` says that it may have been created before; so it is after every request without a clear answer.
        """
        unclear = doubtful

        def send() -> Batch:
            nonlocal unclear
            if unclear and (found := self._find(file, labels)):
                return found
            unclear = True
            made = self._client.batches.create(
                input_file_id=file, endpoint=ENDPOINT, completion_window="24h", metadata=dict(labels)
            )
            return _read(made, self._secrets)

        return self._patiently(send, "the creation of a batch")

    def look(self, batch: str) -> Batch:
        """The batch as it stands."""
        return self._patiently(
            lambda: _read(self._client.batches.retrieve(batch), self._secrets), f"the state of batch {batch}"
        )

    def cancel(self, batch: str) -> Batch:
        """Ask for the batch to be stopped; what it has done until then is kept and billed."""
        return self._patiently(
            lambda: _read(self._client.batches.cancel(batch), self._secrets), f"the cancelling of batch {batch}"
        )

    def download(self, file: str, path: Path) -> bool:
        """Write the file's content to `path`; False where the server has it no more."""

        def fetch() -> bool:
            import httpx2
            import openai

            try:
                with self._client.files.with_streaming_response.content(file) as response, path.open("wb") as out:
                    for piece in response.iter_bytes(1 << 20):
                        out.write(piece)
            except openai.NotFoundError:
                return False
            # The client names the faults of its own requests only, not those of a body that is read later.
            except httpx2.TimeoutException as error:
                raise openai.APITimeoutError(request=error.request) from error
            except httpx2.TransportError as error:
                raise openai.APIConnectionError(request=error.request) from error
            return True

        return self._patiently(fetch, f"the answers in {file}")

    def close(self) -> None:
        self._client.close()

    def _find(self, file: str, labels: Mapping[str, str]) -> Batch | None:
        """The batch of this file or with these labels, among all that the server lists."""
        seen: set[str] = set()
        for batch in self._listed():
            if batch.id in seen:
                return None  # a server that knows no pages gives the first one again and again
            seen.add(batch.id)
            if batch.status == "failed":
                continue  # it did nothing, and is created again when that was for want of room
            known = batch.metadata or {}
            if batch.input_file_id == file or all(known.get(name) == value for name, value in labels.items()):
                return _read(batch, self._secrets)
        return None

    def _listed(self) -> Iterator[TheirBatch]:
        import openai

        try:
            yield from self._client.batches.list(limit=100)
        except openai.APIStatusError as error:
            if error.status_code not in (404, 405, 501):
                raise
            raise CompletionError(
                f"{self.place.address} does not list its batches: whether the last one was created before the line "
                "broke cannot be told, and a second one would be paid for again"
            ) from None

    def _patiently(self, do: Callable[[], T], what: str) -> T:
        """Do it, again where a failure passes. Raises the typed error of what stays."""

        def once() -> T | Failure:
            try:
                return do()
            except _UnreadableError:
                return Failure("body", transient=True)
            except SummariserError:
                raise
            except Exception as error:  # noqa: BLE001 - `excuse` raises again what is no failure of the line
                excuse = self._target.excuse(error)
                assert isinstance(excuse, Failure)
                return excuse

        end = time.monotonic() + self._settings.deadline
        result: T | Failure = Retrying(**policy(self._settings, lambda: end - time.monotonic(), []))(once)
        if isinstance(result, Failure):
            raise self._error(result, what)
        return result

    def _error(self, failure: Failure, what: str) -> SummariserError:
        address = self.place.address
        said = f": {failure.message}" if failure.message else ""
        match failure:
            case Failure(status=401 | 403):
                return error_for(failure, self.place, ())
            case Failure(status=404 | 405 | 501):
                return CompletionError(
                    f"{address} answered {failure.status} to {what}: it has no Batch API under this base_url, or what "
                    f"was sent there belongs to another key{said}"
                )
            case Failure(status=413):
                return CompletionError(f"{address} takes no file of this size ({what}): lower --max-megabytes{said}")
            case Failure(kind="connection"):
                return ServerError(f"cannot reach {address} ({what}){said}")
            case Failure(kind="timeout"):
                return ServerError(f"{address} did not answer in time ({what}): raise SUMMARISER_TIMEOUT")
            case Failure(kind="body"):
                return ServerError(f"{address} sent something else than the Batch API does ({what})")
        return ServerError(f"{address} answered {failure.status} to {what}{said}")


class _UnreadableError(Exception):
    """A success that is not what the API sends."""


def _text(thing: object, name: str) -> str:
    value = getattr(thing, name, None)
    if not isinstance(value, str) or not value:
        raise _UnreadableError
    return value


def _read(found: TheirBatch, secrets: tuple[str, ...]) -> Batch:
    """Theirs as ours. The client checks nothing of what it builds, so that whatever is missing is 0 or None."""
    counts = getattr(found, "request_counts", None)
    errors = getattr(getattr(found, "errors", None), "data", None) or []
    said = "; ".join(str(getattr(fault, "message", None) or "") for fault in errors[:3])
    return Batch(
        id=_text(found, "id"),
        status=_text(found, "status"),
        total=getattr(counts, "total", None) or 0,
        completed=getattr(counts, "completed", None) or 0,
        failed=getattr(counts, "failed", None) or 0,
        expires_at=getattr(found, "expires_at", None),
        output_file=getattr(found, "output_file_id", None) or None,
        error_file=getattr(found, "error_file_id", None) or None,
        code=str(getattr(errors[0], "code", None) or "") if errors else "",
        problem=quotable(said, secrets),
    )
