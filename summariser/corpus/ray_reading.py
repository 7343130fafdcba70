"""Reading the blocks of a folder again: what is done already, and what there is, each document once."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pydantic import ValidationError

from summariser.corpus.lines import FailedLine, Line
from summariser.corpus.ray_output import HEAD, Output, Row, key
from summariser.errors import SourceError
from summariser.schema import Summary

if TYPE_CHECKING:
    import numpy as np


def done_keys(
    url: str, names: Sequence[str], *, retry_failed: bool
) -> np.ndarray[tuple[int, int], np.dtype[np.uint64]]:
    """Keys (n × 2 numbers of 64 bits) of the documents in these blocks; failed ones too, unless `retry_failed`."""
    import numpy as np

    output = Output(url)
    wanted = ("id", "source_hash", "asked", "error")
    found = [
        key(row["id"], row["source_hash"], row["asked"])
        for name in names
        for row in output.rows(name, wanted)
        if not (retry_failed and row["error"])
    ]
    return np.frombuffer(b"".join(found), dtype=np.uint64).reshape(-1, 2)


class Keys:
    """Keys to ask for: sorted numbers, 16 bytes a document, which Ray shares between the processes of a machine."""

    def __init__(self, keys: np.ndarray[tuple[int, int], np.dtype[np.uint64]]) -> None:
        import numpy as np

        order = np.argsort(keys[:, 0], kind="stable")
        self._first, self._second = np.ascontiguousarray(keys[order, 0]), np.ascontiguousarray(keys[order, 1])

    def __len__(self) -> int:
        return len(self._first)

    def __contains__(self, wanted: bytes) -> bool:
        import numpy as np

        first, second = np.frombuffer(wanted, dtype=np.uint64)
        low, high = np.searchsorted(self._first, first, "left"), np.searchsorted(self._first, first, "right")
        return bool((self._second[low:high] == second).any())


def read_output(url: str) -> Iterator[Line]:
    """The finished documents of a folder, each once: of several lines with one id the last run's counts.

    Reads block by block; what is held is 25 bytes a document. Raises `SourceError` where a block cannot be read.
    """
    for row in _each_once(url):
        if row["summary"] is not None:
            yield line_of(row)


def read_failures(url: str) -> Iterator[FailedLine]:
    """The documents of a folder that have failed in every run, each once, with what went wrong last."""
    for row in _each_once(url):
        if row["summary"] is None:
            yield failed_line_of(row)


def _each_once(url: str) -> Iterator[Row]:
    import numpy as np

    output = Output(url)
    names = output.blocks()
    if not names:
        raise SourceError(f"{url} holds no blocks of a run")
    ids, good = bytearray(), bytearray()
    for name in names:
        for row in output.rows(name, ("id", "error")):
            ids += hashlib.sha256(row["id"].encode("utf-8", "surrogatepass")).digest()[:16]
            good.append(row["error"] is None)
    keys, places = np.frombuffer(ids, dtype=np.uint64).reshape(-1, 2), np.arange(len(good))
    order = np.lexsort((places, np.frombuffer(good, dtype=np.uint8), keys[:, 1], keys[:, 0]))
    ordered = keys[order]
    last = np.ones(len(order), dtype=bool)  # of each id: the best that there is, then the latest
    last[:-1] = (ordered[1:] != ordered[:-1]).any(axis=1)
    chosen = np.zeros(len(order), dtype=bool)
    chosen[order[last]] = True
    place = 0
    for name in names:
        for row in output.rows(name):
            if chosen[place]:
                yield row
            place += 1


def line_of(row: Row) -> Line:
    """A finished row as a line of ``out.jsonl``."""
    head = {name: row[name] for name in HEAD}  # type: ignore[literal-required]
    try:
        return Line(**head, summary=Summary.model_validate_json(row["summary"] or ""))
    except ValidationError:
        raise SourceError(f"{row['id']}: its row holds no summary of this version") from None


def failed_line_of(row: Row) -> FailedLine:
    """A failed row as a line of ``out.jsonl.failed``."""
    return FailedLine(
        id=row["id"],
        source_hash=row["source_hash"],
        error=row["error"] or "",
        message=row["message"] or "",
        code=row["code"],
        attempts=row["attempts"],
        at=dt.datetime.fromisoformat(row["at"]),
    )
