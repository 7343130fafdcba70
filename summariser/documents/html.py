"""HTML pages: main text through trafilatura, headings, lists and tables kept, facts from the page's own metadata."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from summariser.documents import page_facts, page_hidden, page_tree
from summariser.documents.decoding import decode
from summariser.documents.gating import GateMode
from summariser.documents.text import read_text

if TYPE_CHECKING:
    import datetime as dt

    from lxml import etree  # type: ignore[import-untyped]

    from summariser.schema import Document, PartialDate

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s?=\s?[\"']?\s?([\w.:-]{1,40})", re.IGNORECASE)
_WIDER = dict.fromkeys(("iso-8859-1", "latin1", "latin-1", "ascii", "us-ascii"), "cp1252") | {"gb2312": "gb18030"}
"""What browsers read for these labels (WHATWG Encoding)."""


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
    """The article's text; the whole page's where no article was found, so that the gate can say what it is."""
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # its complaints are about pages, not for users
    body = root.find("body")
    everything = root if body is None else body
    whole = page_tree.lines([everything])
    found = trafilatura.bare_extraction(
        root, include_comments=False, include_formatting=True, include_tables=True, with_metadata=False
    )
    article = getattr(found, "body", None)
    text = page_tree.lines([article]) if article is not None else ""
    return text if len(text) >= min(200, 0.5 * len(whole)) else whole
