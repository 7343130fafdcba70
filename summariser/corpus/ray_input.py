"""What a cluster run reads: files, folders and corpora at any fsspec path, cut into parts for one worker each.

A part is a description of a few hundred documents (a range of a file, or a list of files), not their text: the text
goes from the storage to the worker that needs it, never through Ray's object store.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, Self

from summariser.corpus.items import CORPUS_SUFFIXES, LONGEST_RECORD, READABLE, Item, record_item
from summariser.errors import SourceError, UsageError

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

_PARQUET = frozenset({".parquet", ".pq"})
_COMPRESSED = frozenset({".gz", ".bz2", ".xz", ".zst"})
_WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Part:
    """Documents that are done, and written, together.

    `lines`: bytes `start` to `end` of one JSONL file (of its unpacked content), whose first line is number `first`.
    `rows`: rows `start` to `end` of row group `first` of one Parquet file. `files`: each of `urls` is one document.
    """

    kind: Literal["lines", "rows", "files"]
    urls: tuple[str, ...]
    start: int = 0
    end: int = 0
    first: int = 0
    base: str = ""
    """The folder that relative paths are relative to: a worker may run in another one than who named them."""

    def encoded(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def decoded(cls, text: str) -> Self:
        fields = json.loads(text)
        return cls(**{**fields, "urls": tuple(fields["urls"])})


def filesystem(url: str, base: str = "") -> tuple[AbstractFileSystem, str]:
    """The file system of an fsspec URL (or local path), and the path on it. Raises `UsageError`."""
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise UsageError("this needs the extra 'ray': pip install 'summariser[ray]'") from None
    try:
        found: tuple[AbstractFileSystem, str] = url_to_fs(located(url, base))
    except (ValueError, ImportError) as error:
        raise UsageError(f"{url}: {' '.join(str(error).split())}") from None
    return found


def located(url: str, base: str) -> str:
    """A local path below `base`, where it is relative; a URL as it is."""
    return url if "://" in url else str(Path(base) / url)


def parts(source: str, size: int, base: str = "") -> Iterator[Part]:
    """A source in parts of at most `size` documents: a file, a folder (walked, hidden files left out) or a pattern.

    Corpora (.jsonl, .ndjson, also compressed; .parquet) are cut, other files are counted. Ids do not depend on `size`.
    Raises `SourceError` where nothing is there.
    """
    waiting: list[str] = []
    for url in _files(source, base):
        kind = _kind(url)
        if kind == "file":
            waiting.append(url)
            if len(waiting) == size:
                yield Part("files", tuple(waiting), base=base)
                waiting = []
        else:
            yield from _lines_in_parts(url, size, base) if kind == "lines" else _rows_in_parts(url, size, base)
    if waiting:
        yield Part("files", tuple(waiting), base=base)


def _files(source: str, base: str) -> Iterator[str]:
    if source.lower().startswith(_WEB):
        yield source  # fetched by the package's own reader, which goes to public hosts only
        return
    system, path = filesystem(source, base)
    try:
        if not _is_pattern(path) and not system.isdir(path):
            if not system.exists(path):
                raise SourceError(f"{source}: no such file")
            yield _named(system, path, source, base)
            return
        found = sorted(system.glob(path) if _is_pattern(path) else system.find(path))
    except OSError as error:
        raise SourceError(f"{source} cannot be read: {error.strerror or error}") from None
    below = PurePosixPath(path)
    for one in found:
        relative = PurePosixPath(one).relative_to(below) if PurePosixPath(one).is_relative_to(below) else None
        hidden = any(piece.startswith(".") for piece in (relative.parts if relative else (PurePosixPath(one).name,)))
        if not hidden and (_kind(one) != "file" or PurePosixPath(one).suffix.lower() in READABLE):
            yield _named(system, one, source, base)


def _named(system: AbstractFileSystem, path: str, source: str, base: str) -> str:
    """A file as it is called in ids: local ones by their path as it was given, others by their URL."""
    if "://" in source:
        return str(system.unstrip_protocol(path))
    given = Path(source)
    while _is_pattern(given.as_posix()):
        given = given.parent
    top = (Path(base) / given).absolute()
    return (given / Path(path).relative_to(top)).as_posix() if Path(path).is_relative_to(top) else path


def _is_pattern(path: str) -> bool:
    return any(sign in path for sign in "*?[")


def _kind(url: str) -> Literal["lines", "rows", "file"]:
    suffixes = [suffix.lower() for suffix in PurePosixPath(url).suffixes]
    if suffixes and suffixes[-1] in _COMPRESSED:
        suffixes.pop()
    last = suffixes[-1] if suffixes else ""
    return "lines" if last in CORPUS_SUFFIXES else "rows" if last in _PARQUET else "file"


def _lines_in_parts(url: str, size: int, base: str) -> Iterator[Part]:
    start = position = 0
    first = number = 1
    with _opened(url, base) as file:
        for _, length in _lines(file):
            position, number = position + length, number + 1
            if number - first == size:
                yield Part("lines", (url,), start, position, first, base)
                start, first = position, number
    if position > start:
        yield Part("lines", (url,), start, position, first, base)


def _rows_in_parts(url: str, size: int, base: str) -> Iterator[Part]:
    from pyarrow.parquet import ParquetFile

    with _opened(url, base) as file:
        metadata = ParquetFile(file).metadata
        counts = [metadata.row_group(index).num_rows for index in range(metadata.num_row_groups)]
    for group, count in enumerate(counts):
        for start in range(0, count, size):
            yield Part("rows", (url,), start, min(start + size, count), group, base)


def _lines(file: BinaryIO) -> Iterator[tuple[bytes | None, int]]:
    """Every line with its length in bytes; None for one that is too long to be held."""
    while line := file.readline(LONGEST_RECORD):
        length, whole = len(line), line.endswith(b"\n") or len(line) < LONGEST_RECORD
        while not whole:
            rest = file.readline(LONGEST_RECORD)
            length, whole = length + len(rest), rest.endswith(b"\n") or len(rest) < LONGEST_RECORD
            line = b""
        yield (line or None), length


@contextmanager
def _opened(url: str, base: str) -> Iterator[BinaryIO]:
    system, path = filesystem(url, base)
    try:
        with system.open(path, "rb", compression="infer") as file:
            yield file
    except OSError as error:
        raise SourceError(f"{url} cannot be read: {error.strerror or error}") from None


@contextmanager
def items(part: Part) -> Iterator[list[Item]]:
    """The documents of a part; files from elsewhere are fetched to a temporary folder that goes with the context.

    What cannot be read is an item with a problem: the part of a file that has gone yields one.
    """
    with ExitStack() as stack:
        try:
            match part.kind:
                case "files":
                    found = [file_item(url, url, stack, part.base) for url in part.urls]
                case "lines":
                    found = list(_line_items(part))
                case "rows":
                    found = list(_row_items(part))
        except (SourceError, ValueError) as error:  # ValueError: pyarrow's own for a damaged file
            found = [Item(f"{part.urls[0]}#{part.first}", b"", " ".join(str(error).split()))]
        yield found


def _line_items(part: Part) -> Iterator[Item]:
    (url,) = part.urls
    position, number = part.start, part.first
    with _opened(url, part.base) as file:
        file.seek(part.start)
        for line, length in _lines(file):
            place = f"{url}#{number}"
            if line is None:
                yield Item(place, b"", f"line {number} holds more than {LONGEST_RECORD // 1_000_000} MB")
            elif line.strip(b"\xef\xbb\xbf \t\r\n"):
                yield record_item(line.strip(), place)
            position, number = position + length, number + 1
            if position >= part.end:
                return


def _row_items(part: Part) -> Iterator[Item]:
    from pyarrow.parquet import ParquetFile

    (url,) = part.urls
    with _opened(url, part.base) as file:
        parquet = ParquetFile(file)
        before = sum(parquet.metadata.row_group(index).num_rows for index in range(part.first))
        row = 0
        for batch in parquet.iter_batches(row_groups=[part.first], batch_size=1_024):
            low, high = max(part.start, row), min(part.end, row + batch.num_rows)
            if low < high:
                wanted = batch.slice(low - row, high - low).to_pylist()
                yield from (row_item(values, f"{url}#{before + low + n}") for n, values in enumerate(wanted, start=1))
            row += batch.num_rows
            if row >= part.end:
                return


def row_item(row: Mapping[str, Any], place: str) -> Item:
    """One row of a table: `record` (a JSON object as text), or `text` with the other columns as what is known of it.

    `id` names it, else its place.
    """
    values = {name: _plain(value) for name, value in row.items()}
    record = values.get("record")
    if isinstance(record, str):
        item = record_item(record.encode("utf-8", "surrogatepass"), place)
    else:
        known = {name: value for name, value in values.items() if value is not None}
        item = record_item(json.dumps(known, ensure_ascii=False, default=str).encode("utf-8", "surrogatepass"), place)
    own = values.get("id")
    return Item(str(own), item.source, item.problem) if own not in (None, "") else item


def file_item(id_: str, url: str, stack: ExitStack, base: str = "") -> Item:
    """One file as a document; what is elsewhere is fetched, and is gone when `stack` closes."""
    if url.lower().startswith(_WEB):
        return Item(id_, url)
    try:
        system, path = filesystem(url, base)
        if "file" in (system.protocol if isinstance(system.protocol, tuple) else (system.protocol,)):
            return Item(id_, Path(path if "://" in url else located(url, base)))
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="summariser-"))
        here = Path(folder) / PurePosixPath(path).name
        system.get_file(path, str(here))
    except (OSError, UsageError) as error:
        return Item(id_, b"", f"cannot be read: {getattr(error, 'strerror', None) or error}")
    return Item(id_, here)


def _plain(value: Any) -> Any:  # noqa: ANN401 - a cell of any table
    """A NumPy scalar as Python's own."""
    return value.item() if hasattr(value, "item") and not getattr(value, "shape", ()) else value
