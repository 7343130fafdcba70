"""Normalised text as blocks: paragraphs, headings, list items, table rows and marks, each with its offsets.

Lines belong together where they were wrapped at a column, and stand alone otherwise, blank lines or not. What a
block *is* in an article (title, byline, caption) is decided in `furniture.py` and `head.py`; here only its shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import median
from typing import Literal

Shape = Literal["text", "heading", "item", "row", "mark"]


@dataclass(frozen=True)
class Block:
    """`text` stands at `start` in the normalised text; list signs and `#` before it are left out of it.

    `mark` is a line without words of its own: a rule, a fence, a comment, the head matter of a Markdown file.
    `gap` says whether a blank line stands before the block. What many rules ask of a block is found out once.
    """

    text: str
    start: int
    shape: Shape = "text"
    level: int = 0
    gap: bool = False

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @cached_property
    def words(self) -> int:
        """Words by white space."""
        return len(self.text.split())

    @cached_property
    def counted_words(self) -> int:
        """Words in any script: see `count_words`."""
        return count_words(self.text)

    @cached_property
    def closed(self) -> bool:
        """Whether the block ends as a sentence does."""
        return ends_sentence(self.text)

    @cached_property
    def key(self) -> str:
        """What two printings of one line have in common: see `key`."""
        return key(self.text)


EDGES = " \t\n.:!…·•|>»›→-–—_*#\"'“”‘’()[]{}/\\،"
"""Marks around a line that are no part of its words."""

_RULE = re.compile(r"\s*(?:[-*_=~#•·.—–+|:]\s*){1,400}|\s*(?:`{3,}|~{3,})[\w+-]{0,30}\s*")
_SETEXT = re.compile(r"(?:={3,}|-{3,})\s*")
_ATX = re.compile(r"(#{1,6})\s+(?=\S)")
_BULLET = re.compile(r"\s*(?:[-*+•‣▪▫●○◦■□➤►✓✔→·–—]|\\-)\s+(?=\S)")
_NUMBERED = re.compile(r"\s*[(\[]?(?:\d{1,3}|[a-z]|[ivxlc]{1,6})[.)\]]\s+(?=\S)")
_QUOTED = re.compile(r"\s*(?:>\s?){1,5}")
_ENDS = re.compile(r"[.!?…؟。！？۔:;؛][\"'”’»)\]*_]{0,4}\s*$")
_STOP = re.compile(r"[.!?؟。]['\"”’»)]{0,2}(?=\s)")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff]")
_BOLD_LINE = re.compile(r"\s*(\*\*|__)(?=\S)([^*_]{1,150})\1\s*")


def blocks(text: str) -> list[Block]:
    """The blocks of a normalised text, in order; together with white space they cover it."""
    found, at = _front(text)
    groups = list(_groups(text, at))
    wrapped = _wrapped([line for group in groups for line in group[:-1]])
    for group in groups:
        found.extend(_group(group, wrapped))
    return found


def key(text: str) -> str:
    """A line without case, outer marks and doubled spaces: what two printings of one headline have in common."""
    return " ".join(text.casefold().replace("’", "'").replace("‘", "'").strip(EDGES).split())


def ends_sentence(text: str) -> bool:
    """Whether the text ends as a sentence does: stop, question or exclamation mark, colon, semicolon."""
    return _ENDS.search(text[-12:]) is not None


def count_words(text: str) -> int:
    """Words by white space; in scripts that write none (Chinese, Japanese, Thai …) two letters count as a word."""
    return max(len(text.split()), len(_UNSPACED.findall(text)) // 2)


def stops(text: str) -> int:
    """About how many sentences a block holds."""
    return len(_STOP.findall(text)) + 1


def _front(text: str) -> tuple[list[Block], int]:
    """The head matter of a Markdown file (`---` to `---`) as a mark, and the offset behind it."""
    if not text.startswith("---\n"):
        return [], 0
    end = text.find("\n---", 3, 20_000)
    if end < 0 or not re.match(r"\s*[\w-]{1,40}:", text[4:80]):
        return [], 0
    return [Block(text[: end + 4], 0, "mark")], end + 4


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    start: int


def _groups(text: str, at: int) -> Iterator[list[_Line]]:
    """Runs of lines without a blank line between them; an HTML comment is a run of its own."""
    group: list[_Line] = []
    last_close = text.rfind("-->")
    while at < len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        line = text[at:stop]
        if at < last_close and line.lstrip().startswith("<!--"):
            if group:
                yield group
            stop = text.find("-->", at) + 3
            yield [_Line(text[at:stop], at)]
            group = []
        elif line.strip():
            group.append(_Line(line, at))
        elif group:
            yield group
            group = []
        at = stop + (1 if text[stop : stop + 1] == "\n" else 0)
    if group:
        yield group


def _wrapped(lines: list[_Line]) -> bool:
    """Whether these lines, each with another right under it, look like prose broken at a column."""
    long = [line for line in lines if len(line.text) >= 40]
    if len(long) < 2 or len(long) < len(lines) * 0.4:
        return False
    open_ended = sum(not ends_sentence(line.text) for line in long)
    return median(len(line.text) for line in long) <= 130 and open_ended >= 0.55 * len(long)


def _group(group: list[_Line], wrapped: bool) -> Iterator[Block]:
    """The blocks of one run of lines."""
    if len(group) > 4:
        wrapped = _wrapped(group[:-1])
    width = max(len(line.text.rstrip()) for line in group)
    open_block: list[_Line] = []
    gap = True
    for position, line in enumerate(group):
        if open_block and _SETEXT.fullmatch(line.text) and len(open_block) == 1 and not _is_row(open_block[0].text):
            yield replace(_block(open_block, gap), shape="heading", level=1 if "=" in line.text else 2)
            yield Block(line.text.strip(), line.start + _indent(line.text), "mark")
            open_block, gap = [], False
            continue
        if open_block and not _goes_on(open_block[-1].text, line.text, width, wrapped):
            yield _block(open_block, gap)
            open_block, gap = [], False
        open_block.append(line)
        if position == len(group) - 1:
            yield _block(open_block, gap)


def _goes_on(line: str, following: str, width: int, wrapped: bool) -> bool:
    """Whether `following` is the same paragraph as `line`: the column was full, or the sentence runs on."""
    if _stands_alone(line) or _stands_alone(following) or _BULLET.match(following) or _NUMBERED.match(following):
        return False
    bare = _QUOTED.sub("", following).lstrip() if following.lstrip().startswith(">") else following.lstrip()
    if wrapped and len(line) + 1 + len((bare.split(maxsplit=1) or [""])[0]) > min(width, 130) - 4:
        return True
    return len(line) >= 25 and not ends_sentence(line) and (bare[:1].islower() or (wrapped and len(line) > 0.7 * width))


def _stands_alone(line: str) -> bool:
    return _ATX.match(line) is not None or _RULE.fullmatch(line) is not None or _is_row(line)


def _is_row(line: str) -> bool:
    return line.lstrip().startswith("|")


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _block(lines: list[_Line], gap: bool) -> Block:
    """One block of these lines, its sign in front taken off."""
    text = "\n".join(line.text for line in lines)
    start = lines[0].start
    if _RULE.fullmatch(text) or text.lstrip().startswith("<!--"):
        return Block(text, start, "mark", gap=gap)
    shape: Shape = "text"
    level = 0
    lead = _indent(text)
    if quoted := _QUOTED.match(text):
        lead = quoted.end()
    if atx := _ATX.match(text, lead):
        shape, level, lead = "heading", len(atx[1]), atx.end()
        text = text.rstrip().rstrip("#")
    elif bullet := _BULLET.match(text, lead):
        shape, lead = "item", bullet.end()
    elif _NUMBERED.match(text, lead):
        shape = "item"  # the number stays: articles and paragraphs of a law are cited by it
    elif _is_row(text):
        shape, lead = "row", len(text) - len(text.lstrip(" |"))
        text = text.rstrip(" |")
    elif bold := _BOLD_LINE.fullmatch(text):
        shape, level = ("heading", 3) if not ends_sentence(bold[2]) else ("text", 0)
    return Block(text[lead:].rstrip(), start + lead, shape, level, gap)
