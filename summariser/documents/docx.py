"""Word files (.docx): paragraphs, headings, lists and tables as they are shown; needs the extra `docx`."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from lxml import etree  # type: ignore[import-untyped]

from summariser.documents import archive, stated
from summariser.documents.gating import GateMode
from summariser.documents.text import Facts, read_text
from summariser.errors import SourceError

if TYPE_CHECKING:
    import datetime as dt

    from summariser.schema import Document, PartialDate

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SPACES = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_WHITE = ("FFFFFF", "FEFEFE")


def read_docx(
    data: bytes,
    *,
    published: str | PartialDate | dt.date | None = None,
    language: str | None = None,
    name: str | None = None,
    url: str | None = None,
    charset: str | None = None,
    gate: GateMode = "default",
) -> Document:
    """A `Document` from a .docx file's bytes; `text` is its body as Markdown.

    Text that is hidden, deleted under revision, or in comments, headers and footers is not read. Raises `SourceError`
    where the file is damaged or unpacks to too much, `RefusedSourceError` as `read` does.
    """
    del charset
    called = name or "the Word file"
    archive.opened(data, called).close()
    import docx

    try:
        file = docx.Document(BytesIO(data))
        if file.element.getroottree().docinfo.internalDTD is not None:
            raise ValueError("entities of its own")  # no Word file has them; text behind them would be lost
        styles = {style.style_id: style.name or "" for style in file.styles}
        text = _text_of(file.element.body, styles)
        properties = file.core_properties
        title, author, category = properties.title, properties.author, properties.category
    except (*archive.DAMAGE, etree.XMLSyntaxError, AttributeError, TypeError, RecursionError) as error:
        raise SourceError(f"{called} is damaged and cannot be read ({type(error).__name__})") from None
    first = text[:5000]
    facts = Facts(
        title=stated.shown(title, first), byline=stated.shown(author, first), category=stated.shown(category, first)
    )
    return read_text(text, published=published, language=language, name=name, url=url, facts=facts, gate=gate)


def _text_of(body: etree._Element, styles: dict[str, str]) -> str:
    lines: list[str] = []
    before = ""
    for sign, text in _blocks(body, styles):
        tight = sign == before and sign in ("- ", "| ")
        lines += ["\n" if tight else "\n\n", sign, text]
        before = sign
    return "".join(lines).strip()


def _blocks(body: etree._Element, styles: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Paragraphs and table rows in their order, each with the Markdown sign of what it is."""
    waiting = list(reversed(body))
    while waiting:
        node = waiting.pop()
        if node.tag == f"{_W}p":
            if text := _paragraph(node).strip():
                yield _sign(node, styles), text
        elif node.tag == f"{_W}tr":
            cells = (" ".join(_paragraph(cell).split()) for cell in node.iterchildren(f"{_W}tc"))
            if row := " | ".join(cell for cell in cells if cell):
                yield "| ", row
        elif node.tag not in (f"{_W}del", f"{_W}moveFrom", _FALLBACK):
            waiting += reversed(node)  # tables, content controls, insertions


def _sign(paragraph: etree._Element, styles: dict[str, str]) -> str:
    found = paragraph.find(f"{_W}pPr/{_W}pStyle")
    style = styles.get(found.get(f"{_W}val") or "", "") if found is not None else ""
    if style == "Title":
        return "# "
    if style.startswith("Heading ") and style[8:].isdigit():
        return "#" * min(6, int(style[8:])) + " "
    listed = style.startswith("List") or paragraph.find(f"{_W}pPr/{_W}numPr") is not None
    return "- " if listed else ""


def _paragraph(node: etree._Element) -> str:
    """The text that a paragraph or a cell shows, its paragraphs on lines of their own."""
    parts: list[str] = []
    skipped: etree._Element | None = None
    for event, at in etree.iterwalk(node, events=("start", "end")):
        if skipped is not None:
            if event == "end" and at is skipped:
                skipped = None
        elif event == "start" and _is_unseen(at):
            skipped = at
        elif event == "start" and at.tag == f"{_W}t":
            parts.append(at.text or "")
        elif event == "start" and at.tag in _SPACES and at.getparent().tag == f"{_W}r":
            parts.append(_SPACES[at.tag])
        elif event == "end" and at.tag == f"{_W}p" and at is not node:
            parts.append("\n")
    return "".join(parts)


def _is_unseen(node: etree._Element) -> bool:
    if node.tag in (f"{_W}del", f"{_W}moveFrom", _FALLBACK, f"{_W}instrText"):
        return True
    marks = node.find(f"{_W}rPr") if node.tag == f"{_W}r" else None
    if marks is None:
        return False
    if any(
        (found := marks.find(f"{_W}{mark}")) is not None and _on(found)
        for mark in ("vanish", "webHidden", "strike", "dstrike")
    ):
        return True
    size, colour = marks.find(f"{_W}sz"), marks.find(f"{_W}color")
    if size is not None and (size.get(f"{_W}val") or "").isdigit() and int(size.get(f"{_W}val")) <= 2:  # half points
        return True
    white = colour is not None and (colour.get(f"{_W}val") or "").upper() in _WHITE
    return white and marks.find(f"{_W}shd") is None and marks.find(f"{_W}highlight") is None and not _shaded(node)


def _on(mark: etree._Element) -> bool:
    return (mark.get(f"{_W}val") or "1").lower() not in ("0", "false", "off", "none")


def _shaded(run: etree._Element) -> bool:
    """Whether the paragraph or the cell around a run has a colour of its own."""
    for holder in run.iterancestors(f"{_W}p", f"{_W}tc"):
        found = holder.find(f"{_W}pPr/{_W}shd" if holder.tag == f"{_W}p" else f"{_W}tcPr/{_W}shd")
        if found is not None and (found.get(f"{_W}fill") or "auto").lower() not in ("auto", "ffffff"):
            return True
    return False
