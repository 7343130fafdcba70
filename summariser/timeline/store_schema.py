"""The tables of a ledger file, version by version, and how an older file becomes one of today.

`PRAGMA application_id` tells a ledger from any other SQLite file, `PRAGMA user_version` which of these versions it is.
A new file goes through every step, so that there is one way to the present schema and not two.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from summariser.errors import StoreError

APPLICATION = 0x4C44_4752
"""“LDGR”: what the files of this store carry in their header."""


def _articles(connection: sqlite3.Connection) -> None:
    """Version 1: the articles, one row each; `record` is what `store_records` packs, `added` is UTC."""
    connection.execute(
        """CREATE TABLE articles (
            id TEXT NOT NULL PRIMARY KEY,
            content_hash TEXT NOT NULL,
            identity TEXT NOT NULL,
            added TEXT NOT NULL,
            record BLOB NOT NULL
        )"""
    )


def _looks(connection: sqlite3.Connection) -> None:
    """Version 2: the publication date beside the record, the derived ledger, and what was seen at the last looks."""
    from summariser.timeline.store_records import restore

    connection.execute("ALTER TABLE articles ADD COLUMN published TEXT")
    rows = connection.execute("SELECT id, record FROM articles").fetchall()
    dates = ((restore(record).document.published, identifier) for identifier, record in rows)
    connection.executemany("UPDATE articles SET published = ? WHERE id = ?", dates)
    # One row at most: the ledger of the articles that `state` stands for. It can be dropped at any time.
    connection.execute("CREATE TABLE derived (state TEXT NOT NULL PRIMARY KEY, ledger BLOB NOT NULL)")
    # `view` is what was looked at (the filters, "" for everything), `ledger` what there was to see, without quotes.
    connection.execute("CREATE TABLE looks (view TEXT NOT NULL PRIMARY KEY, at TEXT NOT NULL, ledger BLOB NOT NULL)")


MIGRATIONS = (_articles, _looks)
VERSION = len(MIGRATIONS)


def prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Makes the file a ledger of today's version, in one transaction. Raises `StoreError` for one that must not be."""
    with transaction(connection, "BEGIN"):  # the facts of the header belong together: another process may be at them
        present = _version(connection, path)
    if present == VERSION:
        return
    with transaction(connection, "BEGIN IMMEDIATE"):
        # Again, now that nobody else writes: another process may have done it in the meantime.
        for step in MIGRATIONS[_version(connection, path) :]:
            step(connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {VERSION}")


@contextmanager
def transaction(connection: sqlite3.Connection, begin: str) -> Iterator[None]:
    """One transaction, taken back where the block fails."""
    connection.execute(begin)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _version(connection: sqlite3.Connection, path: Path) -> int:
    """The file's version, 0 for an empty one."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    if application != APPLICATION and (application or version or tables):
        raise StoreError(f"{path} is no ledger: it is a database of something else")
    if version > VERSION:
        raise StoreError(
            f"{path} was written by a newer version of summariser (schema {version}, this one knows {VERSION}): "
            "update summariser"
        )
    return int(version)


_SAYINGS: Mapping[str, str] = {
    "SQLITE_NOTADB": "is no ledger",
    "SQLITE_CORRUPT": "is damaged",
    "SQLITE_BUSY": "is in use by another process",
    "SQLITE_LOCKED": "is in use by another process",
    "SQLITE_READONLY": "cannot be written",
    "SQLITE_CANTOPEN": "cannot be opened",
    "SQLITE_FULL": "cannot be written: the disk is full",
}


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turns what SQLite says into one clear line."""
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", None) or ""
        said = next((words for code, words in _SAYINGS.items() if name.startswith(code)), None)
        raise StoreError(f"{path} {said}" if said else f"{path}: {error}") from error
