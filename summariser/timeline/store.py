"""The ledger kept in one SQLite file: articles are added and taken out, the ledger is derived from those that are in.

Crash safety goes before speed: a rollback journal with full synchronisation, because a write-ahead log needs memory
that processes share and does not work in a network folder. What is written is small; what is large (the derived
ledger) can be lost, because it can be derived again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Self

from summariser.errors import StoreError, UsageError
from summariser.schema import Document, PartialDate, Summary
from summariser.timeline.building import build
from summariser.timeline.model import Ledger
from summariser.timeline.store_collector import uncollected
from summariser.timeline.store_records import Record, pack, restore
from summariser.timeline.store_schema import prepare, told, transaction
from summariser.timeline.store_views import slim

BATCH = 200
"""Articles in one transaction: a killed run loses what it had not yet committed, and is simply run again."""

PATIENCE = 60.0
"""Seconds to wait for another process to end its transaction."""


@dataclass(slots=True)
class Added:
    """What became of the articles given, by id: `replaced` had said something else before, `same` were known."""

    new: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Look:
    """What was there to see when somebody last looked; `at` is UTC, the ledger's quotes are left out."""

    at: dt.datetime
    ledger: Ledger


class Store:
    """A ledger file. Use it as a context manager; every method raises `StoreError` where the file does not serve."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.connection = connection

    @classmethod
    def open(cls, path: Path, *, create: bool = True) -> Self:
        """Opens the file, makes it where it is not there (`create`), and brings an older one up to date."""
        if not create and not path.exists():
            raise StoreError(f"no such file: {path}")
        with told(path):
            connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
            try:
                connection.execute("PRAGMA journal_mode = DELETE")
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute("PRAGMA secure_delete = ON")  # what is taken out is overwritten, not just unlinked
                prepare(connection, path)
            except BaseException:
                connection.close()
                raise
        return cls(path, connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def __len__(self) -> int:
        with told(self.path):
            return int(self.connection.execute("SELECT count(*) FROM articles").fetchone()[0])

    def ids(self) -> list[str]:
        """The ids of all articles, sorted."""
        with told(self.path):
            return [identifier for (identifier,) in self.connection.execute("SELECT id FROM articles ORDER BY id")]

    def add(self, articles: Iterable[tuple[str, Summary]]) -> Added:
        """Adds articles under their ids, batch by batch; an article with the id of one that is in replaces it.

        Adding what is in changes nothing. Where the iterable fails half-way, what came before the last whole batch
        is in, and adding all of it again does no harm.
        """
        added = Added()
        packed = (pack(identifier, summary) for identifier, summary in articles)
        while batch := list(islice(packed, BATCH)):
            with self._writing():
                for record in batch:
                    self._put(record, added)
        return added

    def _put(self, record: Record, added: Added) -> None:
        row = self.connection.execute("SELECT identity FROM articles WHERE id = ?", (record.id,)).fetchone()
        if row and row[0] == record.identity:
            added.same.append(record.id)
            return
        if row:
            # The ledger that was derived quotes what the article no longer says.
            self.connection.execute("DELETE FROM derived")
        (added.replaced if row else added.new).append(record.id)
        self.connection.execute(
            "INSERT OR REPLACE INTO articles (id, content_hash, identity, added, published, record)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (record.id, record.content_hash, record.identity, _now(), record.published, record.data),
        )

    def remove(self, ids: Sequence[str]) -> None:
        """Takes articles out, all of them or none: raises `UsageError` for an id that is not in."""
        with self._writing():
            for identifier in dict.fromkeys(ids):
                if not self.connection.execute("DELETE FROM articles WHERE id = ?", (identifier,)).rowcount:
                    raise UsageError(f"no article {identifier!r} in {self.path}: nothing was removed")
            self.connection.execute("DELETE FROM derived")  # it still quotes them

    def ledger(self) -> Ledger:
        """The ledger of all articles, as `build` makes it; kept until an article comes or goes."""
        with self._reading():
            state = self._state()
            row = self.connection.execute("SELECT ledger FROM derived WHERE state = ?", (state,)).fetchone()
            records = None if row else self._records()
        if records is None:
            return _unpacked(row[0])
        ledger = _built(records)
        self._keep(state, ledger)
        return ledger

    def before(self, day: dt.date) -> Ledger:
        """The ledger of the articles that had appeared before this day; one without a date appeared when it came in."""
        with self._reading():
            rows = self.connection.execute("SELECT id, published, added FROM articles").fetchall()
            records = self._records()
        early = {identifier for identifier, published, added in rows if _appeared(published, added) < day}
        return _built({identifier: data for identifier, data in records.items() if identifier in early})

    def documents(self, ids: Iterable[str]) -> dict[str, Document]:
        """For each of these articles a document that holds the sentences cited and their neighbours, and blanks.

        An article that has gone in the meantime is left out.
        """
        with self._reading():
            found = (
                self.connection.execute("SELECT id, record FROM articles WHERE id = ?", (identifier,)).fetchone()
                for identifier in ids
            )
            records = [row for row in found if row]
        return {identifier: restore(data).document for identifier, data in records}

    def last_look(self, view: str = "") -> Look | None:
        """The last look at this view or at everything (``""``), whichever was later; None before the first."""
        with told(self.path):
            row = self.connection.execute(
                "SELECT at, ledger FROM looks WHERE view IN ('', ?) ORDER BY at DESC LIMIT 1", (view,)
            ).fetchone()
        return Look(dt.datetime.fromisoformat(row[0]), _unpacked(row[1])) if row else None

    def looked(self, ledger: Ledger, view: str = "") -> None:
        """Records that this ledger was shown, now; `view` names the filters that it was seen through."""
        with uncollected():
            seen = _packed(slim(ledger))
        with self._writing():
            self.connection.execute(
                "INSERT OR REPLACE INTO looks (view, at, ledger) VALUES (?, ?, ?)", (view, _now(), seen)
            )

    def _records(self) -> dict[str, bytes]:
        """The records by id. One text that is in under several ids is one article: the first id in order stands."""
        # SQLite takes the other columns of a group from the row that has the minimum.
        rows = self.connection.execute("SELECT min(id), record FROM articles GROUP BY content_hash ORDER BY 1")
        return dict(rows)

    def _state(self) -> str:
        """A fingerprint of what the ledger follows from: the articles that are in, and the rules that derive it."""
        digest = hashlib.sha256(_rules())
        for identifier, identity in self.connection.execute("SELECT id, identity FROM articles ORDER BY id"):
            digest.update(f"{identity}{len(identifier)}:{identifier}".encode("utf-8", "surrogatepass"))
        return digest.hexdigest()

    def _keep(self, state: str, ledger: Ledger) -> None:
        packed = _packed(ledger)
        try:
            with self._writing():
                if self._state() == state:  # else an article came or went while the ledger was derived
                    self.connection.execute("DELETE FROM derived")
                    self.connection.execute("INSERT INTO derived (state, ledger) VALUES (?, ?)", (state, packed))
        except StoreError:
            pass  # a file that can only be read serves as well, it only takes longer

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """One view of the file, whatever others write."""
        with told(self.path), transaction(self.connection, "BEGIN"):
            yield

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """All of it or nothing, and nobody else in between."""
        with told(self.path), transaction(self.connection, "BEGIN IMMEDIATE"):
            yield


def _built(records: Mapping[str, bytes]) -> Ledger:
    with uncollected():
        return build((restore(data) for data in records.values()), list(records))


def _packed(ledger: Ledger) -> bytes:
    return zlib.compress(ledger.model_dump_json().encode("utf-8"), 1)


def _unpacked(data: bytes) -> Ledger:
    with uncollected():
        return Ledger.model_validate_json(zlib.decompress(data))


def _appeared(published: str | None, added: str) -> dt.date:
    """The last day on which the article can have appeared, so that nothing counts as seen that may be new."""
    return PartialDate(published).last if published else dt.datetime.fromisoformat(added).date()


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")


@cache
def _rules() -> bytes:
    """A digest of the package's version and of the code that derives a ledger: other rules, another ledger."""
    from summariser import __version__

    digest = hashlib.sha256(__version__.encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.digest()
