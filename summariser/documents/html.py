"""HTML pages: main text through trafilatura, headings, lists and tables kept, facts from the page's own metadata."""

from __future__ import annotations

import logging
import re
from copy import copy
from functools import cache
from typing import TYPE_CHECKING

from lxml import etree  # type: ignore[import-untyped]

from summariser.documents import page_facts, page_hidden, page_tree
from summariser.documents.decoding import decode
from summariser.documents.gating import GateMode
from summariser.documents.text import read_text

if TYPE_CHECKING:
    import datetime as dt

    from summariser.schema import Document, PartialDate

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s?=\s?[\"']?\s?([\w.:-]{1,40})", re.IGNORECASE)
_WIDER = dict.fromkeys(("iso-8859-1", "latin1", "latin-1", "ascii", "us-ascii"), "cp1252") | {"gb2312": "gb18030"}
"""What browsers read for these labels (WHATWG Encoding)."""
_ENOUGH = 200  # characters: less is an article only where the page holds little more
_MOST_CHILDREN = 10_000
_MOST_CELLS = 500
_MOST_STEPS = 3_000_000
"""Elements times their depth: 100,000 elements at a depth of 30."""


def read_html(
    data: bytes,
    *,
    published: str | PartialDate | dt.date | None = None,
    language: str | None = None,
    name: str | None = None,
    url: str | None = None,
    charset: str | None = None,
    gate: GateMode = "default",
) -> Document:
    """A `Document` from a page's bytes; `text` is what was extracted, as Markdown.

    `charset` (of the HTTP header) goes before the page's own; `url` is where the page was fetched. What the page hides
    is not read. Raises `SourceError` where it is no page or is nested too deep, `RefusedSourceError` as `read` does.
    """
    called = name or "the page"
    declared = _CHARSET.search(data[:4096])
    stated = charset or (declared[1].decode("ascii") if declared else None)
    text, notes = decode(data, name=called, charset=_WIDER.get((stated or "").lower(), stated))
    root = page_tree.parse(text, called)
    stated = page_facts.Stated.of(root)
    page_hidden.prune(root)
    facts = page_facts.facts(root, stated, url=url, notes=notes)
    return read_text(
        _main_text(root), published=published, language=language, name=name, url=facts.url, facts=facts, gate=gate
    )


def _main_text(root: etree._Element) -> str:
    """The article's text; where no article was found, the page's, so that the gate can say what it is."""
    body = root.find("body")
    everything = root if body is None else body
    untouched = copy(everything)  # trafilatura prunes what it is given
    article = None if _is_vast(everything) else _extracted(everything)
    if article is not None and len(article) >= _ENOUGH:
        return article
    whole = page_tree.lines([untouched])
    least = min(_ENOUGH, 0.5 * len(whole))
    if article is not None and len(article) >= least:
        return article
    main = _without_surroundings(everything)
    return main if len(main) >= least else whole


def _extracted(body: etree._Element) -> str:
    import trafilatura

    _silence_the_extractor()
    try:
        found = trafilatura.bare_extraction(
            body.getroottree().getroot(),
            include_comments=False,
            include_formatting=True,
            include_tables=True,
            with_metadata=False,
        )
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError, etree.LxmlError):
        return ""  # a page that it trips over: its own text is still there
    article = getattr(found, "body", None)
    return page_tree.lines([article]) if article is not None else ""


@cache
def _silence_the_extractor() -> None:
    """Once: its complaints are about pages, not for users, and a change of level empties the caches of all loggers."""
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def _is_vast(body: etree._Element) -> bool:
    """Whether trafilatura, quadratic in an element's children and in the depth, would not come to an end."""
    depth = steps = 0
    for event, node in etree.iterwalk(body, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if event == "start":
            steps += depth
            if steps > _MOST_STEPS or len(node) > (_MOST_CELLS if node.tag == "tr" else _MOST_CHILDREN):
                return True
    return False


def _without_surroundings(body: etree._Element) -> str:
    """The text of the page's only `<main>` or `<article>`, else of the body, menus and footers left out."""
    for tag in ("nav", "footer", "aside", "form"):
        for node in list(body.iter(tag)):
            if node is not body:
                node.drop_tree()
    for tag in ("article", "main"):
        if len(found := list(body.iter(tag))) == 1:
            return page_tree.lines(found)
    return page_tree.lines([body])
