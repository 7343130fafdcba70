"""The publisher's own bullets above an article: told from short opening paragraphs, never part of the text."""

from __future__ import annotations

import re
from statistics import median

from summariser.documents import furniture
from summariser.documents.blocks import Block, stops
from summariser.schema import FurnitureKind

_STEM = re.compile(r"(\w{4,5})\w*")
"""The first five letters of words of four and more."""


def twice(blocks: list[Block], index: int) -> bool:
    """Whether the line is printed again right after it (marks and blank lines aside)."""
    return index + 1 < len(blocks) and blocks[index].key == blocks[index + 1].key


def find(blocks: list[Block], kinds: list[FurnitureKind | None], after: int, end: int) -> list[int]:
    """Blocks that are the publisher's own bullets: three to eight short lines, one sentence each, before the body.

    Under a heading such as "Key points" their shape is enough. Without one they follow a line of page facts or are
    bullets, the paragraph behind them is much longer, and it and the rest say again what they say.
    """
    index = after
    while index < end:
        run = _run(blocks, kinds, index, end)
        if len(run) < 3:
            index += max(1, len(run))
            continue
        before = [kinds[i] for i in range(after, run[0])]
        named = "heading" in before
        bullets = all(blocks[i].shape == "item" for i in run)
        facts = any(kind in ("byline", "reading_time", "dateline", "share") for kind in before) or _names_between(
            blocks, kinds, after, run[0]
        )
        if len(run) <= 8 and (named or ((bullets or facts) and _restated(blocks, kinds, run, end))):
            return run
        index = run[-1] + 1
    return []


def _run(blocks: list[Block], kinds: list[FurnitureKind | None], start: int, end: int) -> list[int]:
    """Indexes of consecutive one-sentence lines from `start`: bullets, or sentences of at most 24 words."""
    run: list[int] = []
    for index in range(start, end):
        block, words = blocks[index], blocks[index].words
        sentence = block.shape == "item" or (block.shape == "text" and block.closed)
        if kinds[index] is not None or not sentence or not 3 <= words <= 30 or stops(block.text) > 1:
            break
        run.append(index)
    return run


def _names_between(blocks: list[Block], kinds: list[FurnitureKind | None], after: int, end: int) -> bool:
    """Whether an unclaimed line between title and bullets is a byline by its look."""
    return any(
        kinds[i] is None and (twice(blocks, i) or furniture.looks_like_name(blocks[i].text)) for i in range(after, end)
    )


def _restated(blocks: list[Block], kinds: list[FurnitureKind | None], run: list[int], body: int) -> bool:
    """Whether short lines are a digest of the longer text behind them."""
    lengths = [blocks[i].words for i in run]
    lead = blocks[body].text if body < len(blocks) else ""
    if median(lengths) > 20 or max(lengths) > 26 or len(lead.split()) < 1.6 * median(lengths):
        return False
    if any(kinds[i] is None for i in range(run[-1] + 1, body)):
        return False
    rest = set(_STEM.findall("\n".join(block.text for block in blocks[body : body + 60]).casefold()))
    shares = []
    for i in run:
        words = set(_STEM.findall(blocks[i].text.casefold()))
        shares.append(sum(word in rest for word in words) / len(words) if words else 0.0)
    return sum(shares) / len(shares) >= 0.5
