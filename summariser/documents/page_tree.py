"""An HTML page as a tree, and a tree as lines of text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from lxml import etree, html  # type: ignore[import-untyped]

from summariser.errors import SourceError

MOST_DEPTH = 2000
"""libxml2 drops what is nested deeper than 2,048 without a word, so such a page is refused."""


_NO_XML = re.compile("[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff]")  # what no tree can hold, and no reader sees


@cache
def table(section: str, key: str) -> tuple[str, ...]:
    """A list of `_data/page.toml`, in its order."""
    tables = tomllib.loads(files("summariser.documents").joinpath("_data/page.toml").read_text("utf-8"))
    return tuple(tables[section][key])


def parse(text: str, name: str) -> etree._Element:
    """The page's root element; raises `SourceError` where it is no page or is nested too deep to be read whole."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(_NO_XML.sub("", text).encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise SourceError(f"{name} is no readable HTML page") from None
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MOST_DEPTH:
            raise SourceError(f"{name} nests its elements more than {MOST_DEPTH:,} deep: save the text of it as a file")
    return root


@cache
def _blocks() -> frozenset[str]:
    return frozenset(table("elements", "blocks"))


_HEADS = {f"h{level}": level for level in range(1, 7)}
_BREAK = "\v"


def lines(roots: Iterable[etree._Element]) -> str:
    """The text under these elements as Markdown: headings, list items and table rows marked, blocks set apart.

    Reads HTML and the elements that trafilatura makes of it.
    """
    page = _Lines()
    for root in roots:
        for event, node in etree.iterwalk(root, events=("start", "end")):
            if event == "start":
                page.open(node)
            else:
                page.close(node, last=node is root)
        page.flush()
    return "".join(page.out).strip()


class _Lines:
    """Blocks of text under way: what is written, what the open block holds, and the sign it begins with."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self._buffer: list[str] = []
        self._sign = ""
        self._before = ""
        self._blocks = _blocks()

    def open(self, node: etree._Element) -> None:
        if node.tag in self._blocks and not (node.tag in ("p", "div") and self._sign and self._empty()):
            self.flush()
            self._sign = _sign(node)
        elif node.tag in ("br", "lb"):
            self._buffer.append(_BREAK)
        self._buffer.append(node.text or "")

    def close(self, node: etree._Element, *, last: bool) -> None:
        if node.tag in ("td", "th", "cell"):
            self._buffer.append(" | ")
        elif node.tag in self._blocks and not (node.tag in ("p", "div") and self._sign == "| "):
            self.flush()
        if not last:
            self._buffer.append(node.tail or "")

    def flush(self) -> None:
        """Write the open block, if it holds anything."""
        held = "".join(self._buffer)
        if held and not held.isspace():
            self._write(held)
        self._buffer.clear()
        self._sign = ""

    def _write(self, held: str) -> None:
        parts = (" ".join(part.split()) for part in held.split(_BREAK))
        text = "\n".join(part for part in parts if part.strip(" |"))
        if text:
            row = self._sign == "| "
            tight = self._sign == self._before and self._sign in ("- ", "| ")
            self.out += ["\n" if tight else "\n\n", self._sign, " ".join(text.split("\n")) if row else text]
            self._before = self._sign

    def _empty(self) -> bool:
        return not "".join(self._buffer).strip()


def _sign(node: etree._Element) -> str:
    tag = node.tag
    if tag in _HEADS or tag == "head":
        return "#" * _HEADS.get(tag, _HEADS.get(node.get("rend") or "", 2)) + " "
    return {"li": "- ", "item": "- ", "dd": "- ", "tr": "| ", "row": "| "}.get(tag, "")
