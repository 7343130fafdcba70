"""What a run has done, on disk: SQLite tables that stay small in memory however many documents there are."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self


class Index:
    """Documents by id, and who was first to ask about a text.

    Without a `path` it is private to one connection and is gone with it (SQLite spills it to a temporary file); with
    one, several processes share the claims.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._base = sqlite3.connect(path or "", isolation_level=None, timeout=60.0, check_same_thread=False)
        # A cache of what the output file says already: it need not survive a crash.
        self._base.execute("PRAGMA synchronous=OFF")
        self._base.execute("PRAGMA cache_size=-1024")
        if path is None:
            self._base.execute("PRAGMA journal_mode=OFF")
        self._base.executescript(
            "CREATE TABLE IF NOT EXISTS done (id TEXT PRIMARY KEY, source TEXT, start INTEGER) WITHOUT ROWID;"
            "CREATE TABLE IF NOT EXISTS places (number INTEGER PRIMARY KEY, id TEXT);"
            "CREATE TABLE IF NOT EXISTS claims (fingerprint TEXT PRIMARY KEY, owner TEXT) WITHOUT ROWID;"
        )

    def finish(self, id: str, source_hash: str, start: int) -> None:  # noqa: A002 - it is the document's id
        """The document has its line at this offset of the output."""
        self._base.execute("INSERT OR REPLACE INTO done VALUES (?, ?, ?)", (id, source_hash, start))

    def finished(self, id: str) -> tuple[str, int] | None:  # noqa: A002
        """Source hash and offset of the line of a document, None where it has none."""
        found: tuple[str, int] | None = self._base.execute(
            "SELECT source, start FROM done WHERE id = ?", (id,)
        ).fetchone()
        return found

    def count(self) -> int:
        """How many documents are finished."""
        (count,) = self._base.execute("SELECT count(*) FROM done").fetchone()
        return int(count)

    def place(self, id: str) -> None:  # noqa: A002
        """The document is the next of the input."""
        self._base.execute("INSERT INTO places (id) VALUES (?)", (id,))

    def in_order(self) -> Iterator[int]:
        """Offsets of the finished documents' lines, in the order of the input; those of other inputs last."""
        yield from (
            start
            for (start,) in self._base.execute(
                "SELECT start FROM done LEFT JOIN (SELECT id, min(number) AS number FROM places GROUP BY id) USING (id)"
                " ORDER BY number IS NULL, number, start"
            )
        )

    def claim(self, fingerprint: str, owner: str) -> str:
        """Who asks about this text: `owner`, where nobody did before, else who did."""
        self._base.execute("INSERT OR IGNORE INTO claims VALUES (?, ?)", (fingerprint, owner))
        (found,) = self._base.execute("SELECT owner FROM claims WHERE fingerprint = ?", (fingerprint,)).fetchone()
        return str(found)

    def unclaim(self, fingerprint: str, owner: str) -> None:
        """The owner has no answer: the next one who comes with this text asks."""
        self._base.execute("DELETE FROM claims WHERE fingerprint = ? AND owner = ?", (fingerprint, owner))

    def close(self) -> None:
        self._base.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
