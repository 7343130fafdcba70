"""`read`: whatever people have, as a `Document`. Which reader gets it is told by content first, by name second."""

from __future__ import annotations

import datetime as dt
import errno
import re
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from summariser.documents import dates
from summariser.documents.decoding import decode
from summariser.documents.gating import GateMode
from summariser.documents.text import Facts, read_text
from summariser.errors import RefusedSourceError, SourceError, UsageError
from summariser.schema import Document, PartialDate

MAX_BYTES = 50_000_000
"""A larger file is refused before it is read."""

Published = str | PartialDate | dt.date | None


class Reader(Protocol):
    """What a format's module offers: `read_<kind>` in `summariser.documents.<module>`, called by keyword."""

    def __call__(
        self,
        data: bytes,
        *,
        published: Published = None,
        language: str | None = None,
        name: str | None = None,
        url: str | None = None,
        charset: str | None = None,
        gate: GateMode = "default",
    ) -> Document: ...


READERS: dict[str, tuple[str, str]] = {
    "html": ("summariser.documents.html", "read_html"),
    "pdf": ("summariser.documents.pdf", "read_pdf"),
    "docx": ("summariser.documents.docx", "read_docx"),
    "json": ("summariser.documents.records", "read_json"),
    "jsonl": ("summariser.documents.records", "read_jsonl"),
    "eml": ("summariser.documents.eml", "read_eml"),
    "epub": ("summariser.documents.epub", "read_epub"),
}
"""Kind of content: the module and the function that read it. "text" is read here."""

_SUFFIXES = {
    **dict.fromkeys(("txt", "text", "md", "markdown", "rst"), "text"),
    **dict.fromkeys(("html", "htm", "xhtml"), "html"),
    **dict.fromkeys(("jsonl", "ndjson"), "jsonl"),
    **{kind: kind for kind in ("pdf", "docx", "json", "eml", "epub")},
}
_TYPES = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/json": "json",
    "application/ld+json": "json",
    "application/x-ndjson": "jsonl",
    "message/rfc822": "eml",
}
_NO_TEXT: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "an old Office file (.doc, .xls, .ppt): save it as .docx or PDF"),
    (b"{\\rtf", "an RTF file: save it as .docx, PDF or plain text"),
    (b"\x89PNG", "an image: run OCR on it first"),
    (b"\xff\xd8\xff", "an image: run OCR on it first"),
    (b"GIF8", "an image: run OCR on it first"),
    (b"\x1f\x8b", "a gzip archive: unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive: unpack it first"),
    (b"Rar!", "a RAR archive: unpack it first"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,2000}-->\s*)?<(?:!doctype\s+html|html|head|body)[\s>]",
    re.IGNORECASE,
)
_URL = re.compile(r"https?://[^\s<>\"]{1,4000}", re.IGNORECASE)


def read(
    source: str | Path | Document,
    *,
    published: Published = None,
    language: str | None = None,
    name: str | None = None,
    gate: GateMode = "default",
    allow_private_addresses: bool = False,
) -> Document:
    """A `Document` from text, a URL (a `str` that is nothing but one), a file (`Path`) or a `Document`.

    `published` and `language` (ISO 639-1) go before what the source says; `name` is what messages call it. A URL is
    fetched from public hosts only, unless `allow_private_addresses`. Raises `SourceError` where the source cannot be
    read and `RefusedSourceError` where the gate refuses it.
    """
    if not isinstance(source, str | Path | Document):
        what = type(source).__name__
        raise UsageError(f"a source is text (str), a file (Path) or a Document, not {what}; for bytes, read_bytes()")
    if isinstance(source, Document):
        return _laid_over(source, published, language, name)
    if isinstance(source, Path):
        data = _file(source)
        return read_bytes(
            data, suffix=source.suffix, published=published, language=language, name=name or source.name, gate=gate
        )
    if _URL.fullmatch(source.strip()):
        from summariser.documents.fetch import fetch

        fetched = fetch(source.strip(), allow_private_addresses=allow_private_addresses)
        return read_bytes(
            fetched.data,
            content_type=fetched.content_type,
            published=published,
            language=language,
            name=name or fetched.name,
            url=fetched.url,
            gate=gate,
        )
    return read_text(source, published=published, language=language, name=name, gate=gate)


def read_bytes(
    data: bytes,
    *,
    suffix: str | None = None,
    content_type: str | None = None,
    published: Published = None,
    language: str | None = None,
    name: str | None = None,
    url: str | None = None,
    gate: GateMode = "default",
) -> Document:
    """A `Document` from a file's or an answer's bytes; `suffix` and `content_type` are hints, content decides.

    Raises `SourceError` for binary data and formats that are not read, `RefusedSourceError` as `read` does.
    """
    called = name or "the source"
    if len(data) > MAX_BYTES:
        raise SourceError(_too_large(called, len(data)))
    if not data.strip(b"\xef\xbb\xbf \t\r\n\0"):
        raise RefusedSourceError(f"{called} is empty", "near_empty")
    kind = _kind(data, called, suffix, content_type)
    charset = _charset(content_type)
    if kind != "text":
        reader = _reader(kind)
        return reader(data, published=published, language=language, name=name, url=url, charset=charset, gate=gate)
    text, notes = decode(data, name=called, charset=charset)
    facts = Facts(notes=notes)
    return read_text(text, published=published, language=language, name=name, url=url, facts=facts, gate=gate)


def _laid_over(document: Document, published: Published, language: str | None, name: str | None) -> Document:
    """The document as it is, with what the caller says about it."""
    changes: dict[str, object] = {}
    if (when := dates.given(published)) is not None:
        changes |= {"published": when, "published_basis": "given"}
    if language is not None:
        changes["language"] = language
    if name is not None:
        changes["name"] = name
    return document.model_copy(update=changes) if changes else document


def _file(path: Path) -> bytes:
    """The file's bytes; every way in which a file cannot be read is one line, without its folders."""
    name = "".join(character for character in path.name or str(path) if character.isprintable())
    try:
        status = path.stat()
        if path.is_dir():
            raise SourceError(f"{name} is a directory; name a file")
        if not path.is_file():
            raise SourceError(f"{name} is no regular file")
        if status.st_size > MAX_BYTES:
            raise SourceError(_too_large(name, status.st_size))
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise SourceError(f"{name}: no such file") from None
    except PermissionError:
        raise SourceError(f"{name}: no permission to read it") from None
    except (OSError, ValueError) as error:
        code = errno.errorcode.get(error.errno or 0, "") if isinstance(error, OSError) else ""
        raise SourceError(f"{name[:100]}: cannot be read ({code or 'not a possible file name'})") from None


def _too_large(name: str, size: int) -> str:
    return f"{name} is too large: {-(-size // 1_000_000):,} MB, at most {MAX_BYTES / 1e6:,.0f} MB"


def _kind(data: bytes, name: str, suffix: str | None, content_type: str | None) -> str:
    """What the content is; raises `SourceError` for what is never read."""
    head = data[:4096]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        if b"word/document.xml" in data or b"word/" in head:
            return "docx"
        if b"application/epub+zip" in head[:200]:
            return "epub"
        raise SourceError(
            f"{name} is an archive or an Office file that is not read: pass .docx, .epub, PDF, HTML or text"
        )
    for mark, what in _NO_TEXT:
        if head.startswith(mark):
            raise SourceError(f"{name} is {what}")
    if _HTML.match(head):
        return "html"
    named = _SUFFIXES.get((suffix or "").lower().lstrip(".")) or _TYPES.get(
        (content_type or "").split(";")[0].strip().lower(), "text"
    )
    if named in ("json", "jsonl") and head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"["):
        return "text"
    if named == "html" and b"<" not in head:
        return "text"
    return "text" if named in ("pdf", "docx", "epub") else named  # a name that the content does not bear out


def _charset(content_type: str | None) -> str | None:
    found = re.search(r"charset\s?=\s?[\"']?([\w.:-]{1,40})", content_type or "", re.IGNORECASE)
    return found[1] if found else None


def _reader(kind: str) -> Reader:
    module, function = READERS[kind]
    return cast(Reader, getattr(import_module(module), function))
