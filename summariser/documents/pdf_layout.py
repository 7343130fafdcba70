"""From pieces of text at places to lines in reading order: columns, running heads, paragraphs, broken words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

_WIDTH = 0.5  # of a letter, in sizes: the mean of text faces, enough to tell columns from words
_LEAST_ROWS = 5
_MOST_ROWS = 2000
_LIST = re.compile(r"(?:[-*•‣▪●○◦–—·]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]|(?:Article|Section|Art\.|Sec\.|§)\s?\d)\s?\S")
_SENTENCE_END = re.compile(r"[.!?…؟:;][\"'”’»)\]]{0,3}$")
_BROKEN = re.compile(r"([^\W\d_]+)[-\u00ad\u2010]$")
_HYPHENATED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a page or of a column: its left end, its baseline and its size in points; y grows upwards.

    `cells` are its parts where it is made of several that stand apart: the row of a table, perhaps.
    """

    x: float
    y: float
    size: float
    text: str
    cells: tuple[str, ...] = ()

    @property
    def right(self) -> float:
        return self.x + _WIDTH * self.size * len(self.text)


Page = list[Row]


def rows(pieces: Sequence[Row]) -> Page:
    """The pieces of a page, in the order in which it draws them, as lines in the order in which they are read."""
    joined: list[Row] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last and _goes_on(last, piece):
            joined[-1] = replace(last, text=last.text + piece.text, size=max(last.size, piece.size))
        else:
            joined.append(piece)
    clean = [replace(row, text=" ".join(row.text.split())) for row in joined]
    return _in_columns([row for row in clean if row.text], depth=0)


def _goes_on(last: Row, piece: Row) -> bool:
    """Whether a piece stands on the same line, right behind the last one."""
    same_line = abs(last.y - piece.y) < 0.5 * max(last.size, 1)
    return same_line and last.x - 1 <= piece.x < last.right + 3 * last.size


def _in_columns(page: Page, depth: int) -> Page:
    """Left column before right column, between the lines that run across both."""
    gutter = _gutter(page) if depth < 3 else None
    if gutter is None:
        return _side_by_side(page) if depth == 0 else _downwards(page)
    ordered: Page = []
    left: Page = []
    right: Page = []
    for row in _downwards(page):
        if row.x < gutter < row.right:
            ordered += _in_columns(left, depth + 1) + _in_columns(right, depth + 1) + [row]
            left, right = [], []
        else:
            (left if row.x < gutter else right).append(row)
    return ordered + _in_columns(left, depth + 1) + _in_columns(right, depth + 1)


def _downwards(page: Page) -> Page:
    return sorted(page, key=lambda row: (-round(row.y, 1), row.x))


def _gutter(page: Page) -> float | None:
    """The x of a white strip with running text on both sides, or None: short cells side by side are a table."""
    starts = Counter(round(row.x / 4) for row in page) if len(page) <= _MOST_ROWS else Counter[int]()
    for start, count in sorted(starts.most_common(20), key=lambda item: -item[0]):
        gutter = 4 * start - 4.0
        left = [row for row in page if row.x < gutter and row.right <= gutter + 8]
        right = [row for row in page if row.x >= gutter]
        if count < _LEAST_ROWS or len(left) < _LEAST_ROWS or len(right) < _LEAST_ROWS:
            continue
        if len(page) - len(left) - len(right) > 0.3 * len(page):
            continue
        beside = sum(min(r.y for r in right) - 2 <= row.y <= max(r.y for r in right) + 2 for row in left[:200])
        prose = all(median(len(row.text) for row in side) >= 18 for side in (left, right))
        if prose and beside >= _LEAST_ROWS:
            return gutter - 4
    return None


def _side_by_side(page: Page) -> Page:
    """Pieces on one baseline that follow one another, as one line: the cells of a table's row."""
    out: Page = []
    for row in page:
        last = out[-1] if out else None
        if last and abs(last.y - row.y) < 0.3 * row.size and row.x > last.x:
            out[-1] = replace(last, text=f"{last.text} {row.text}", cells=(*(last.cells or (last.text,)), row.text))
        else:
            out.append(row)
    return out


def without_running_heads(pages: Sequence[Page]) -> list[Page]:
    """The pages without the first and last lines that come again, at the same place, on others."""
    if len(pages) < 2:
        return list(pages)
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        seen.update({_head_key(page[at]) for at in _edges(page)})
    least = 2 if len(pages) < 4 else max(3, round(0.3 * len(pages)))
    kept = []
    for page in pages:
        drop = {at for at in _edges(page) if seen[_head_key(page[at])] >= least}
        kept.append([row for at, row in enumerate(page) if at not in drop])
    return kept if any(kept) else list(pages)


def _edges(page: Page) -> set[int]:
    """Indexes of the three highest and the three lowest lines."""
    order = sorted(range(len(page)), key=lambda at: page[at].y)
    return set(order[:3] + order[-3:])


def _head_key(row: Row) -> tuple[str, int]:
    return re.sub(r"\d+", "0", row.text.casefold()), round(row.y / 4)


def text_of(pages: Sequence[Page]) -> tuple[str, list[int]]:
    """The text of the pages, paragraphs set apart and words that a line end broke made whole; where pages begin.

    Offsets are those of each page's first character; a page without text begins where the next one does.
    """
    body = _body_size(pages)
    known = Counter(word.casefold() for page in pages for row in page for word in _HYPHENATED.findall(row.text))
    out: list[str] = []
    starts: list[int] = []
    length = 0
    last: Row | None = None
    for page in pages:
        starts.append(length)
        ends = _right_ends(page)
        leading = _leading(page)
        for at, row in enumerate(page):
            joint = "" if last is None else _joint(last, row, leading, ends, body)
            text = f"| {' | '.join(row.cells)} |" if _is_table_row(page, at) else row.text
            if joint == " " and (cut := _cut(out[-1], row.text, known)) is not None:
                out[-1] = out[-1][: len(out[-1]) - cut]
                length -= cut
                joint = ""
            elif joint != " " and (level := _level(row, body)):
                text = f"{level} {text}"
            if starts[-1] == length and last is not None and row is page[0]:
                starts[-1] += len(joint)
            out += [joint, text] if joint else [text]
            length += len(joint) + len(text)
            last = row
    return "".join(out), starts


def _is_table_row(page: Page, at: int) -> bool:
    """Whether a line is made of cells and so is one beside it."""
    return bool(page[at].cells) and any(row.cells for row in (*page[max(0, at - 1) : at], *page[at + 1 : at + 2]))


def _body_size(pages: Sequence[Page]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for row in page:
            sizes[round(row.size, 1)] += len(row.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _leading(page: Page) -> float:
    steps = [a.y - b.y for a, b in pairwise(page) if 0.5 * b.size < a.y - b.y < 3 * b.size]
    return Counter(round(step, 0) for step in steps).most_common(1)[0][0] if steps else 12.0


def _level(row: Row, body: float) -> str:
    """The sign of a heading: a short line in a larger size."""
    if row.size < 1.15 * body or len(row.text) > 150:
        return ""
    return "#" if row.size >= 1.5 * body else "##"


def _joint(last: Row, row: Row, leading: float, ends: dict[int, float], body: float) -> str:
    """What stands between two lines: nothing but a space, a line end, or the end of a paragraph."""
    drop = last.y - row.y
    if abs(last.size - row.size) > 0.08 * body:
        return "\n\n"
    if last.cells and row.cells:
        return "\n"
    ended = _SENTENCE_END.search(last.text) is not None
    if drop <= 0 or drop > 10 * row.size:  # the next column or the next page
        return "\n\n" if ended or _LIST.match(row.text) else " "
    if drop > 1.35 * leading:
        return "\n\n"
    if _LIST.match(row.text):
        return "\n"
    if ended and row.x - last.x > 0.8 * row.size:
        return "\n\n"
    short = last.right - last.x < 0.6 * (ends.get(_left(last), last.right) - last.x)
    return "\n" if short and (ended or not row.text[0].islower()) else " "


def _left(row: Row) -> int:
    return round(row.x / 8)


def _right_ends(page: Page) -> dict[int, float]:
    """How far the lines that begin at the same left edge go: nine tenths of them end before it."""
    rights: dict[int, list[float]] = {}
    for row in page:
        rights.setdefault(_left(row), []).append(row.right)
    return {left: sorted(found)[int(0.9 * (len(found) - 1))] for left, found in rights.items()}


def _cut(before: str, after: str, known: Counter[str]) -> int | None:
    """Letters to cut off a broken word: its hyphen, none where the word has one of its own; None for no broken word."""
    found = _BROKEN.search(before)
    if found is None or not after[0].islower():
        return None
    rest = re.match(r"[^\W\d_]+", after)
    whole = f"{found[1]}-{rest[0] if rest else ''}".casefold()
    return 0 if before[-1] == "-" and known[whole] else 1
