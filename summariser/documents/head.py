"""The head of a pasted page: category, title, byline, dates, reading time and the publisher's own highlights.

The head is everything before the first body paragraph. Lines there are told apart by what they are, by being
printed twice, and by their place; what is not understood and ends like a sentence stays in the article.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from summariser.documents import dates, furniture, highlights
from summariser.documents.blocks import Block, key, stops
from summariser.documents.highlights import twice
from summariser.schema import FurnitureKind, PartialDate

MOST_BLOCKS = 400
"""No head is longer than this, menus and all."""

_BEYOND = 6
"""Blocks behind the first paragraph in which a byline or a date line still counts: a standfirst may come before it."""

_COLUMNS = re.compile(r"\s?[|·•]\s?|\s[–—-]\s|\s{3,}")
_FRONT = re.compile(r"^(\w[\w-]{0,30}):[ \t]*(\S[^\n]{0,300})$", re.MULTILINE)


@dataclass(slots=True)
class Head:
    """What the head of a page says; `end` is the index of the first block of the body."""

    end: int = 0
    title: str | None = None
    byline: str | None = None
    category: str | None = None
    minutes: int | None = None
    published: PartialDate | None = None
    language: str | None = None
    url: str | None = None
    highlights: list[int] = field(default_factory=list)
    """Indexes of the blocks that are the publisher's highlights."""


def read(blocks: list[Block], kinds: list[FurnitureKind | None], known_title: str | None = None) -> Head:
    """The head of these blocks; `kinds` (one a block) is filled in for what belongs to it."""
    head = Head(end=min(_first_body(blocks, kinds), MOST_BLOCKS))
    if blocks and blocks[0].shape == "mark" and blocks[0].text.startswith("---\n"):
        _front_matter(head, blocks[0].text)
    title = _title(blocks, kinds, head, known_title or head.title)
    if title is not None:
        head.title = head.title or blocks[title].text.replace("\n", " ")
        _mark_copies(blocks, kinds, blocks[title].text)
        _before_title(blocks, kinds, head, title)
    _facts(blocks, kinds, head)
    after = 0 if title is None else title + 1
    head.highlights = highlights.find(blocks, kinds, after, head.end)
    for index in head.highlights:
        kinds[index] = "publisher_highlight"
    if title is not None:
        _after_title(blocks, kinds, head, after)
    return head


def _first_body(blocks: list[Block], kinds: list[FurnitureKind | None]) -> int:
    """Index of the first block that reads like a paragraph of an article."""
    free = [index for index, block in enumerate(blocks) if kinds[index] is None and block.shape in ("text", "item")]
    for least in (25, 8):
        for index in free:
            words = blocks[index].counted_words
            full = blocks[index].closed or words >= 45
            if full and (words >= least or (words >= 12 and stops(blocks[index].text) >= 2)):
                return index
    return 0


def _front_matter(head: Head, text: str) -> None:
    """Facts from the head matter of a Markdown file (plain `key: value` lines)."""
    values = {key.lower(): value.strip().strip("\"'[]").strip() for key, value in _FRONT.findall(text)}
    head.title = values.get("title") or None
    head.byline = values.get("author") or values.get("byline") or values.get("authors") or None
    head.category = values.get("category") or values.get("categories") or values.get("section") or None
    language = values.get("lang") or values.get("language") or ""
    head.language = language[:2].lower() if re.fullmatch(r"[A-Za-z]{2}([-_].{1,10})?", language) else None
    url = values.get("canonical") or values.get("canonical_url") or values.get("url") or ""
    head.url = url if url.startswith(("http://", "https://")) else None
    found = dates.find(values.get("date") or values.get("published") or "")
    head.published = found[0] if found else None


def _open(blocks: list[Block], kinds: list[FurnitureKind | None], index: int) -> bool:
    """Whether a block of the head is a line that nothing has claimed and that is no sentence."""
    return kinds[index] is None and blocks[index].shape != "row" and not blocks[index].closed


def _title(blocks: list[Block], kinds: list[FurnitureKind | None], head: Head, known: str | None) -> int | None:
    """Index of the title's line, or None."""
    region = range(head.end)
    if known is not None:
        return next(
            (i for i in range(min(head.end + 3, len(blocks))) if blocks[i].key == key(known)),
            None,
        )
    for index in region:
        if blocks[index].shape == "heading" and blocks[index].level == 1 and kinds[index] is None:
            return index
    lines: list[int] = []
    for index in region:
        if kinds[index] is not None or blocks[index].shape in ("item", "row"):
            continue
        words = blocks[index].counted_words
        question = blocks[index].text.rstrip("\"'”’») ").endswith(("?", "!", "؟")) and 3 <= words <= 20 and not lines
        if blocks[index].closed and not question and not (twice(blocks, index) and words <= 25):
            break
        if words <= 40 and furniture.byline(blocks[index].text) is None:
            lines.append(index)
    doubled = [i for i in lines if twice(blocks, i)]
    for group in (doubled, lines):
        for least in (5, 4):
            for index in group:
                if blocks[index].counted_words >= least:
                    return index
    several = [i for i in lines if blocks[i].words >= 2]
    return several[0] if several else (lines[0] if len(lines) == 1 else None)


def _mark_copies(blocks: list[Block], kinds: list[FurnitureKind | None], title: str) -> None:
    """Every line that is the title again, in whatever case or typography, wherever it stands."""
    wanted = key(title)
    for index, block in enumerate(blocks):
        if len(block.text) < 2 * len(title) + 20 and block.key == wanted:
            kinds[index] = "title"


def _before_title(blocks: list[Block], kinds: list[FurnitureKind | None], head: Head, title: int) -> None:
    """A line or two before the title name its category; more of them are a menu."""
    lines = [i for i in range(title) if _open(blocks, kinds, i)]
    distinct = {blocks[i].key for i in lines}
    trail = [i for i in range(title) if kinds[i] == "menu" and re.search(r"\s[›>»|/]\s", blocks[i].text)]
    named = bool(lines) and blocks[lines[-1]].words <= 4 and not re.search(r"\d", blocks[lines[-1]].text)
    if named and len(distinct) <= 2:
        head.category = head.category or blocks[lines[-1]].text
        last = blocks[lines[-1]].key
        for i in lines:
            kinds[i] = "category" if blocks[i].key == last else "menu"
        return
    for i in lines:
        kinds[i] = "menu"
    if trail and head.category is None:
        pieces = [piece.strip() for piece in re.split(r"\s[›>»|/]\s", blocks[trail[-1]].text)]
        others = [piece for piece in pieces[1:] if key(piece) != key(head.title or "")]
        head.category = others[-1] if others else None


def _facts(blocks: list[Block], kinds: list[FurnitureKind | None], head: Head) -> None:
    """Minutes, dates, category lines and bylines among what stands in the head."""
    for index in range(min(head.end + _BEYOND, len(blocks))):
        text = blocks[index].text
        if kinds[index] == "reading_time":
            head.minutes = head.minutes or furniture.minutes(text)
        elif kinds[index] == "dateline":
            head.published = head.published or dates.date_line(text)[1]
        elif kinds[index] == "category":
            named = text.split(":", 1)
            head.category = head.category or (named[1] if len(named) == 2 else text).strip()
        elif kinds[index] == "menu" and (found := _mixed_line(text, head)):
            kinds[index] = found
        elif kinds[index] is None:
            name = furniture.byline(text)
            if found := _mixed_line(text, head):
                kinds[index] = found
            elif name is not None:
                kinds[index] = "byline"
                head.byline = head.byline or name


def _mixed_line(text: str, head: Head) -> FurnitureKind | None:
    """ "By Jane Doe | 4 March 2025 | 5 min read": a line made of parts, each a fact of its own."""
    if len(text) > 200:
        return None
    parts = [part for part in _COLUMNS.split(text) if part.strip()]
    if not 2 <= len(parts) <= 6:
        return None
    kind: FurnitureKind | None = None
    rest: list[str] = []
    for part in parts:
        is_date, published = dates.date_line(part)
        name, read = furniture.byline(part), furniture.minutes(part)
        head.published = head.published or published
        head.minutes = head.minutes or read
        head.byline = head.byline or name
        kind = kind or ("byline" if name else "dateline" if is_date else "reading_time" if read else None)
        if not (is_date or name or read) and 1 <= len(part.split()) <= 4 and part[0].isupper():
            rest.append(part.strip())
    if kind is not None and head.category is None and len(rest) == 1 and not re.search(r"\d", rest[0]):
        head.category = rest[0]
    return kind


def _after_title(blocks: list[Block], kinds: list[FurnitureKind | None], head: Head, after: int) -> None:
    """Lines between the title and the body: a name printed twice or beside dates is the byline, the rest is a deck."""
    meta = ("dateline", "reading_time", "share", "byline", "publisher_highlight")
    lines = [i for i in range(after, head.end) if _open(blocks, kinds, i) and blocks[i].shape == "text"]
    by_key: dict[str, list[int]] = {}
    for index in lines:
        by_key.setdefault(blocks[index].key, []).append(index)
    for index in lines:
        if kinds[index] is not None:
            continue
        text, words = blocks[index].text, blocks[index].words
        copies = by_key[blocks[index].key]
        reach = 4 if words <= 3 else 2  # a name, a post, an account, then the date
        neighbours = {kinds[i] for i in range(max(0, index - 1), min(index + reach, len(kinds)))}
        placed = re.fullmatch(r"[^\W\d_][^\n–—]{1,30}\s[–—-]\s(\S.{3,60})", text)  # "Amman – Nour Salmi"
        text = placed[1] if placed else text
        named = furniture.looks_like_name(text) and (len(copies) > 1 or bool(neighbours & set(meta)))
        if head.byline is None and (named or (len(copies) > 1 and words <= 5)):
            head.byline = text
            for copy in copies:
                kinds[copy] = "byline"
        elif words >= 5 or index != head.end - 1:
            kinds[index] = "other"
