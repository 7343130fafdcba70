"""PDF files: text in reading order with its pages, through pypdf; facts only where the pages show them too."""

from __future__ import annotations

import logging
import math
import time
import zlib
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError, WrongPasswordError
from pypdf.generic import ArrayObject, DictionaryObject

from summariser.documents import stated
from summariser.documents.gating import GateMode
from summariser.documents.pdf_layout import Page, Row, rows, text_of, without_running_heads
from summariser.documents.pdf_visible import Visibility
from summariser.documents.text import Facts, read_text
from summariser.errors import RefusedSourceError, SourceError
from summariser.schema import Note

if TYPE_CHECKING:
    import datetime as dt

    from summariser.schema import Document, PartialDate

MOST_PAGES = 5000
MOST_SECONDS = 120.0
"""A file that takes longer to read is refused: some are made to take for ever."""

_DAMAGE = (
    PyPdfError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, AssertionError,
    NotImplementedError, RecursionError, OSError, zlib.error,
)  # fmt: skip
"""What pypdf raises on files that break the format."""


class _TooSlowError(Exception):
    pass


def read_pdf(
    data: bytes,
    *,
    published: str | PartialDate | dt.date | None = None,
    language: str | None = None,
    name: str | None = None,
    url: str | None = None,
    charset: str | None = None,
    gate: GateMode = "default",
) -> Document:
    """A `Document` from a PDF file's bytes; `Sentence.page` counts from 1. Text that the pages do not show is not read.

    Raises `SourceError` for files that are encrypted, damaged beyond reading or without end, `RefusedSourceError` with
    the code ``no_text`` for scans, and as `read` does.
    """
    del charset  # fonts say how text is encoded
    called = name or "the PDF"
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its complaints are about the file, not for users
    try:
        cut_off = b"%%EOF" not in data[-4096:]
        reader = PdfReader(BytesIO(data + b"\n%%EOF\n" if cut_off else data))
        _unlock(reader, called)
        pages, notes = _pages(reader, called)
        information = reader.metadata
        title, author = (information.title, information.author) if information else (None, None)
    except _TooSlowError:
        raise SourceError(
            f"{called} takes more than {MOST_SECONDS:.0f} seconds to read: save it as plain text"
        ) from None
    except _DAMAGE as error:
        raise SourceError(f"{called} is damaged or no whole PDF and cannot be read ({type(error).__name__})") from None
    if not any(pages) and any(note.code == "pages_unreadable" for note in notes):
        raise SourceError(f"{called} is damaged: none of its pages can be read")
    if not any(pages):
        raise RefusedSourceError(f"{called} holds no text, only images or drawings: run OCR on it first", "no_text")
    if cut_off:
        notes.append(Note(code="damaged_file", message="the PDF is cut off: its end, and maybe pages, are missing"))
    text, starts = text_of(without_running_heads(pages))
    first = " ".join(row.text for page in pages[:2] for row in page)
    facts = Facts(title=stated.shown(title, first), byline=stated.shown(author, first), notes=tuple(notes))
    return read_text(
        text, published=published, language=language, name=name, url=url, facts=facts, pages=starts, gate=gate
    )


def _unlock(reader: PdfReader, called: str) -> None:
    """Open a file that anybody may read with the empty password; the others are refused."""
    if not reader.is_encrypted:
        return
    try:
        if reader.decrypt(""):
            return
    except (DependencyError, WrongPasswordError, FileNotDecryptedError, NotImplementedError):
        pass
    raise SourceError(f"{called} is encrypted: save a copy without a password")


def _pages(reader: PdfReader, called: str) -> tuple[list[Page], list[Note]]:
    """The lines of every page, and notes on pages that could not be read or hold no text."""
    count = len(reader.pages)
    if count > MOST_PAGES:
        raise SourceError(f"{called} has {count:,} pages, at most {MOST_PAGES:,} are read")
    deadline = time.monotonic() + MOST_SECONDS
    layers = _hidden_layers(reader)
    pages: list[Page] = []
    broken: list[int] = []
    unseen = 0
    for number in range(count):
        try:
            page, held_back = _page(reader.pages[number], layers, deadline)
        except _DAMAGE:
            page, held_back = [], 0
            broken.append(number + 1)
        unseen += held_back
        pages.append(page)
    return pages, list(_notes(pages, broken, unseen))


def _notes(pages: list[Page], broken: list[int], unseen: int) -> Iterator[Note]:
    if broken:
        yield Note(code="pages_unreadable", message=f"damaged pages that could not be read: {_listed(broken)}")
    empty = [number for number, page in enumerate(pages, start=1) if not page and number not in broken]
    if empty:
        yield Note(code="pages_without_text", message=f"pages without text (blank, or images): {_listed(empty)}")
    if unseen:
        yield Note(code="hidden_text", message=f"{unseen} characters that the pages do not show were not read")


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers[:10])) + (f" and {len(numbers) - 10} more" if len(numbers) > 10 else "")


def _page(page: PageObject, layers: frozenset[object], deadline: float) -> tuple[Page, int]:
    """A page's lines in reading order, and how many characters it holds that nobody sees."""
    found, watch = _pieces(page, layers, deadline, read_inkless=False)
    if not found and watch.inkless:  # a scan: its text layer is all there is
        found, watch = _pieces(page, layers, deadline, read_inkless=True)
    return rows(found), watch.unseen


def _pieces(
    page: PageObject, layers: frozenset[object], deadline: float, *, read_inkless: bool
) -> tuple[list[Row], Visibility]:
    box = page.cropbox
    watch = Visibility(
        box=(float(box.left), float(box.bottom), float(box.right), float(box.top)),
        clear_states=frozenset(key for key, _, value in _entries(page, "/ExtGState") if _is_clear(value)),
        hidden_layers=frozenset(key for key, number, _ in _entries(page, "/Properties") if number in layers),
        read_inkless=read_inkless,
    )
    turned: Counter[int] = Counter()
    found: list[tuple[int, Row]] = []

    def before(operator: bytes, operands: list[object], cm: list[float], tm: list[float]) -> None:
        if time.monotonic() > deadline:
            raise _TooSlowError
        watch.watch(operator, operands, cm, tm)

    def piece(text: str, cm: list[float], tm: list[float], font: object, size: float) -> None:
        del font
        if text.strip():
            turn, row = _row(text, cm, tm, size)
            turned[turn] += len(text)
            found.append((turn, row))

    page.extract_text(visitor_operand_before=before, visitor_text=piece)
    upright = turned.most_common(1)[0][0] if turned else 0  # text in the margin, turned against the rest, is none
    return [row for turn, row in found if turn == upright], watch


def _row(text: str, cm: list[float], tm: list[float], size: float) -> tuple[int, Row]:
    """A piece of text by its direction (quarter turns) and its place, as it stands when the page is turned upright."""
    across, up = tm[0] * cm[0] + tm[1] * cm[2], tm[0] * cm[1] + tm[1] * cm[3]
    x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
    y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
    scale = math.sqrt(abs((tm[0] * tm[3] - tm[1] * tm[2]) * (cm[0] * cm[3] - cm[1] * cm[2])))
    turn = round(math.atan2(up, across) / (math.pi / 2)) % 4
    x, y = {0: (x, y), 1: (y, -x), 2: (-x, -y), 3: (-y, x)}[turn]
    return turn, Row(x, y, abs(size) * scale or 1.0, text)


def _entries(page: PageObject, kind: str) -> Iterator[tuple[str, object, object]]:
    """Name, reference and value of the page's resources of one kind."""
    resources = page.get("/Resources")
    held = resources.get_object() if resources is not None else None
    listed = held.get(kind) if isinstance(held, DictionaryObject) else None
    entries = listed.get_object() if listed is not None else None
    if isinstance(entries, DictionaryObject):
        for key in entries:
            raw = entries.raw_get(key)
            yield str(key), getattr(raw, "idnum", None), raw.get_object()


def _hidden_layers(reader: PdfReader) -> frozenset[object]:
    """Object numbers of the optional content groups that are off when the file is opened."""
    properties = reader.root_object.get("/OCProperties")
    held = properties.get_object() if properties is not None else None
    if not isinstance(held, DictionaryObject):
        return frozenset()
    start = held.get("/D")
    config = start.get_object() if start is not None else None
    if not isinstance(config, DictionaryObject):
        return frozenset()
    off = _numbers(config, "/OFF")
    if config.get("/BaseState") == "/OFF":
        off |= _numbers(held, "/OCGs") - _numbers(config, "/ON")
    return frozenset(off)


def _numbers(holder: DictionaryObject, key: str) -> set[object]:
    listed = holder.get(key)
    array = listed.get_object() if listed is not None else None
    references = list.__iter__(array) if isinstance(array, ArrayObject) else iter(())
    return {getattr(reference, "idnum", None) for reference in references} - {None}


def _is_clear(state: object) -> bool:
    opacity = state.get("/ca") if isinstance(state, DictionaryObject) else None
    return isinstance(opacity, (int, float)) and opacity <= 0.05
