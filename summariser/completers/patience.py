"""A sync HTTP client whose timeout holds for the whole body, not anew for every byte of it.

The async client needs none: there a timeout is set around the request.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

import httpx2

_LIMITS = httpx2.Limits(max_connections=1_000, max_keepalive_connections=100)


def patient_client() -> httpx2.Client:
    """The limits that openai's own clients have, proxies from the environment, and the limit on the body."""
    return httpx2.Client(limits=_LIMITS, follow_redirects=True, event_hooks={"response": [_limit]})


class _Limited(httpx2.SyncByteStream):
    def __init__(self, stream: httpx2.SyncByteStream, seconds: float) -> None:
        self._stream = stream
        self._end = time.monotonic() + seconds

    def __iter__(self) -> Iterator[bytes]:
        for part in self._stream:
            yield part
            if time.monotonic() > self._end:
                raise httpx2.ReadTimeout("the body did not arrive in time")

    def close(self) -> None:
        self._stream.close()


def _limit(response: httpx2.Response) -> None:
    seconds = response.request.extensions.get("timeout", {}).get("read")
    if seconds is not None and isinstance(response.stream, httpx2.SyncByteStream):
        response.stream = _Limited(response.stream, seconds)
