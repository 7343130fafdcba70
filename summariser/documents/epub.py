"""EPUB books and reports: the chapters in their order, each read as a page."""

from __future__ import annotations

import posixpath
import zipfile
from typing import TYPE_CHECKING
from urllib.parse import unquote

from lxml import etree  # type: ignore[import-untyped]

from summariser.documents import archive, dates, page_hidden, page_tree
from summariser.documents.decoding import decode
from summariser.documents.gating import GateMode
from summariser.documents.text import Facts, read_text
from summariser.errors import SourceError

if TYPE_CHECKING:
    import datetime as dt

    from summariser.schema import Document, PartialDate

_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"


def read_epub(
    data: bytes,
    *,
    published: str | PartialDate | dt.date | None = None,
    language: str | None = None,
    name: str | None = None,
    url: str | None = None,
    charset: str | None = None,
    gate: GateMode = "default",
) -> Document:
    """A `Document` from an EPUB file's bytes, with the title, author, date and language of its package.

    Raises `SourceError` where it is damaged, unpacks to too much or is locked, `RefusedSourceError` as `read` does.
    """
    del charset
    called = name or "the EPUB"
    with archive.opened(data, called) as book:
        try:
            package, folder = _package(book)
            text = "\n\n".join(_chapters(book, package, folder, called))
        except (*archive.DAMAGE, etree.XMLSyntaxError, AttributeError):
            raise SourceError(f"{called} is damaged, locked or no whole EPUB and cannot be read") from None
    facts = Facts(
        title=_fact(package, "title"), byline=_fact(package, "creator"), published=_published(package),
        language=_fact(package, "language"),
    )  # fmt: skip
    return read_text(text, published=published, language=language, name=name, url=url, facts=facts, gate=gate)


def _xml(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, recover=True))


def _package(book: zipfile.ZipFile) -> tuple[etree._Element, str]:
    """The package document, and the folder that its links are read against."""
    path = _xml(book.read("META-INF/container.xml")).find(f".//{_CONTAINER}rootfile").get("full-path")
    return _xml(book.read(path)), posixpath.dirname(path)


def _chapters(book: zipfile.ZipFile, package: etree._Element, folder: str, called: str) -> list[str]:
    """The text of each part of the reading order, the table of contents left out."""
    items = {item.get("id"): item for item in package.iter(f"{_OPF}item")}
    chapters = []
    for reference in package.iter(f"{_OPF}itemref"):
        item = items.get(reference.get("idref"))
        if (
            item is None
            or "nav" in (item.get("properties") or "").split()
            or "html" not in (item.get("media-type") or "")
        ):
            continue
        path = posixpath.normpath(posixpath.join(folder, unquote(item.get("href"))))
        root = page_tree.parse(decode(book.read(path), name=called)[0], called)
        page_hidden.prune(root)
        body = root.find("body")
        chapters.append(page_tree.lines([root if body is None else body]))
    return [chapter for chapter in chapters if chapter]


def _fact(package: etree._Element, name: str) -> str | None:
    return next(
        (" ".join(node.text.split()) for node in package.iter(f"{_DC}{name}") if node.text and node.text.strip()), None
    )


def _published(package: etree._Element) -> PartialDate | None:
    """The date of publication; those of changes are marked as such and left out."""
    for node in package.iter(f"{_DC}date"):
        event = (node.get(f"{_OPF}event") or "publication").lower()
        if event in ("publication", "original-publication") and (found := dates.find(node.text or "")):
            return found[0]
    return None
