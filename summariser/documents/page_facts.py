"""What an HTML page says about itself: JSON-LD, meta tags, `<time>`, `<html lang>`, the canonical address.

Nothing is guessed: a date comes from metadata or a `<time>` element at the head of the article, never from the
address or the body. A headline that only machines read counts where the page shows it too.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urljoin, urlsplit

from lxml import etree  # type: ignore[import-untyped]

from summariser.documents import dates, furniture, page_tree
from summariser.documents.blocks import key
from summariser.documents.text import Facts
from summariser.schema import Note, PartialDate

Record = dict[str, object]

_MOST_LD = 500_000
_MOST_RECORDS = 2000


@dataclass(frozen=True, slots=True)
class Stated:
    """What machines read in the page: the objects of its JSON-LD that are articles, and its `<meta>` by name."""

    records: list[Record]
    meta: dict[str, str]

    @classmethod
    def of(cls, root: etree._Element) -> Stated:
        """To be read before the unseen parts of the tree are taken out."""
        return cls([record for record in _records(root) if _is_article(record)], _meta(root))

    def first(self, key: str) -> object:
        """The first value of a JSON-LD property."""
        return next((record[key] for record in self.records if record.get(key)), None)

    def named(self, kind: str) -> list[str]:
        """The contents of the `<meta>` names of one kind, best first."""
        return [self.meta[name] for name in page_tree.table("meta", kind) if name in self.meta]


def facts(root: etree._Element, stated: Stated, *, url: str | None, notes: tuple[Note, ...] = ()) -> Facts:
    """The page's metadata, held against what it shows (`root` without its unseen parts).

    `url` is where the page was fetched: a relative canonical address is read against it.
    """
    section = stated.first("articleSection")
    section = section[0] if isinstance(section, list) and section else section
    return Facts(
        title=_title(root, stated),
        byline=_byline(root, stated),
        category=next((v for v in (_text(section), *stated.named("category")) if v and _is_label(v)), None),
        published=_published(root, stated),
        language=root.get("lang")
        or root.get("{http://www.w3.org/XML/1998/namespace}lang")
        or stated.meta.get("og:locale"),
        url=_canonical(root, stated, url),
        notes=notes,
    )


def _meta(root: etree._Element) -> dict[str, str]:
    """`<meta>` contents by lower-case name or property; the first of a name counts."""
    found: dict[str, str] = {}
    for node in root.iter("meta"):
        name = (node.get("property") or node.get("name") or node.get("itemprop") or "").strip().lower()
        content = " ".join((node.get("content") or "")[:2000].split())
        if name and content:
            found.setdefault(name, content)
    return found


def _records(root: etree._Element) -> Iterator[Record]:
    """Every object of the page's JSON-LD, outermost first."""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = (script.text or "").strip()
        if not text or len(text) > _MOST_LD:
            continue
        try:
            waiting = deque[object]([json.loads(text, strict=False)])
        except (ValueError, RecursionError):
            continue
        count = 0
        while waiting and count < _MOST_RECORDS:
            count += 1
            item = waiting.popleft()
            if isinstance(item, dict):
                yield item
                waiting += [item[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in item]
            elif isinstance(item, list):
                waiting += item


def _is_article(record: Record) -> bool:
    kinds = record.get("@type")
    named = [
        kind.rsplit("/", 1)[-1] for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)
    ]
    known = page_tree.table("json_ld", "types")
    return any(kind in known or kind.endswith(("Article", "BlogPosting")) for kind in named)


def _text(value: object) -> str | None:
    return " ".join(value[:1000].split()) or None if isinstance(value, str) else None


def _is_label(text: str) -> bool:
    """Whether a text can name a category: short, and no sentence."""
    return len(text.split()) <= 6 and len(text) <= 80 and not text.endswith((".", "!", "?"))


def _title(root: etree._Element, stated: Stated) -> str | None:
    """The headline: a stated one that the page shows, else its only `<h1>`, else `<title>` without the site's name."""
    shown = [line for node in islice(root.iter("h1"), 50) if (line := _words(node))]
    window = next((_words(node) for node in root.iter("title")), "")
    keys = {key(line) for line in shown}
    for headline in (_text(stated.first("headline")), *stated.named("title")):
        bare = _without_site(headline, stated) if headline else ""
        if bare and (key(bare) in keys or key(bare) in key(window)):
            return bare
    if len(keys) == 1:
        return shown[0]
    return _without_site(window, stated) or (shown[0] if shown else None)


def _words(node: etree._Element) -> str:
    return " ".join("".join(islice(node.itertext(), 200))[:1000].split())


def _without_site(title: str, stated: Stated) -> str:
    """A window title without " — The Courier" at its end, where the page says that this is the site's name."""
    sites = {key(name) for name in stated.named("site")}
    found = re.search(r"\s[|–—·:-]\s([^|–—·]{1,80})$", title)
    return title[: found.start()].strip() if found and key(found[1]) in sites else title.strip()


def _byline(root: etree._Element, stated: Stated) -> str | None:
    """Names from JSON-LD, meta tags, or an element marked as the author's."""
    names = [name for name in _people(stated.first("author")) if _is_name(name)]
    if not names:
        marked = islice((node for node in root.iter(etree.Element) if _is_author(node)), 50)
        lines = (furniture.byline(line) or line for line in (*stated.named("author"), *map(_words, marked)))
        names = [name for name in lines if name and _is_name(name)][:1]
    return ", ".join(dict.fromkeys(names)) or None


def _people(value: object) -> list[str]:
    listed = value if isinstance(value, list) else [value]
    found = [_text(item.get("name") if isinstance(item, dict) else item) for item in listed[:20]]
    return [name for name in found if name]


def _is_name(text: str) -> bool:
    """Whether a text can be names: no address, no sentences."""
    sentences = re.search(r"[!?]|\.\s+\w{3,}\s+\w{3,}", text)
    return len(text) <= 120 and len(text.split()) <= 12 and "://" not in text and sentences is None


def _is_author(node: etree._Element) -> bool:
    marks = f"{node.get('itemprop') or ''} {node.get('rel') or ''} {node.get('class') or ''}".lower().split()
    return any(mark in page_tree.table("marks", "author") for mark in marks)


def _published(root: etree._Element, stated: Stated) -> PartialDate | None:
    values = (_text(stated.first("datePublished")), *stated.named("published"))
    return next((date for value in values if value and (date := _date(value))), None) or _time(root)


def _date(value: str) -> PartialDate | None:
    """The day of an ISO time as it is written there, or of a written date; nothing outside 1900 to 2100."""
    found = re.match(r"(\d{4})-?(\d{2})-?(\d{2})(?!\d)", value.strip())
    try:
        date = PartialDate("-".join(found.groups())) if found else None
    except ValueError:
        return None
    if date is None and (written := dates.find(value[:100])):
        date = written[0]
    return date if date and 1900 <= date.year <= 2100 else None


def _time(root: etree._Element) -> PartialDate | None:
    """The day of a `<time>` that is marked as the publication's, or that stands between headline and text."""
    marked: PartialDate | None = None
    paragraphs, after_title = 0, False
    beside: list[PartialDate] = []
    for node in root.iter("h1", "p", "time", "meta", "span"):
        if node.tag == "h1":
            after_title = True
        elif node.tag == "p" and len(_words(node).split()) >= 12:
            paragraphs += 1
        date = _date(node.get("datetime") or node.get("content") or "")
        if date is None:
            continue
        if (node.get("itemprop") or "").lower() == "datepublished" or "pubdate" in node.attrib:
            marked = marked or date
        elif node.tag == "time" and after_title and paragraphs <= 1:
            beside.append(date)
    return marked or (beside[0] if beside and len(set(beside)) == 1 else min(beside[:2], default=None))


def _canonical(root: etree._Element, stated: Stated, url: str | None) -> str | None:
    """The page's own address; one of another host than it was fetched from is not believed."""
    linked = [node.get("href") for node in root.iter("link") if "canonical" in (node.get("rel") or "").lower().split()]
    for candidate in [*linked[:1], stated.meta.get("og:url")]:
        address = _joined(url, candidate)
        if address and (url is None or _host(address) == _host(url)):
            return address
    return url


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")


def _joined(base: str | None, address: str | None) -> str | None:
    if not address or len(address) > 2000:
        return None
    try:
        whole = urljoin(base or "", address.strip())
        parts = urlsplit(whole)
    except ValueError:
        return None
    return whole if parts.scheme in ("http", "https") and parts.hostname and not parts.username else None
