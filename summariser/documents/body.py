"""The body of a page: which lines are headings, and what stands after "Read next" and under a press contact."""

from __future__ import annotations

from summariser.documents import furniture, headings
from summariser.documents.blocks import Block
from summariser.schema import FurnitureKind


def read(blocks: list[Block], kinds: list[FurnitureKind | None], begin: int) -> dict[int, int]:
    """The heading level of every block that is a heading; `kinds` is filled in from the block `begin` on."""
    levels: dict[int, int] = {}
    _links(blocks, kinds, begin)
    _contacts(blocks, kinds, begin)
    _tail(blocks, kinds, begin)
    for index, block in enumerate(blocks):
        if kinds[index] == "heading":
            levels[index] = block.level or 2
        if kinds[index] is not None:
            continue
        if furniture.byline(block.text) is not None:
            kinds[index] = "byline"
            continue
        level = headings.level(block)
        if level is None and _heads(blocks, kinds, index):
            level = 3
        if level is not None:
            levels[index] = level
            kinds[index] = "heading"
    return levels


def _full(block: Block) -> bool:
    """Whether a block is body text beyond doubt: it ends as a sentence does, or it is long."""
    return block.closed or block.words >= 20


def _heads(blocks: list[Block], kinds: list[FurnitureKind | None], index: int) -> bool:
    """Whether a short line is a heading by its place: body text follows, and no list that a colon announced."""
    if not headings.may_be(blocks[index]) or blocks[index].shape == "row":
        return False
    following = next((i for i in range(index + 1, min(index + 6, len(blocks))) if kinds[i] is None), None)
    before = next((i for i in range(index - 1, max(-1, index - 6), -1) if kinds[i] is None), None)
    if following is None or (before is not None and blocks[before].text.rstrip().endswith((":", ";", "؛"))):
        return False
    if before is not None and index - before == 1 and not blocks[before].closed:
        return False  # one of several short lines: a list without signs
    if blocks[index].shape == "item" and blocks[following].shape == "item":
        return False
    return _full(blocks[following]) and blocks[following].words >= 6


def _links(blocks: list[Block], kinds: list[FurnitureKind | None], begin: int) -> None:
    """Headlines listed after "Read next" and its like."""
    after = False
    count = 0
    for index, block in enumerate(blocks):
        if kinds[index] == "link" and index >= begin:
            after, count = furniture.is_label(block), 0
        elif after and kinds[index] is None:
            title_like = not block.closed and 2 <= block.words <= 20 and "\n" not in block.text
            if not title_like or count >= 6 or block.shape in ("heading", "row") or headings.level(block):
                after = False
                continue
            kinds[index] = "link"
            count += 1


def _contacts(blocks: list[Block], kinds: list[FurnitureKind | None], begin: int) -> None:
    """Names, posts and numbers under a press contact, until a paragraph follows."""
    after = False
    for index in range(begin, len(blocks)):
        if kinds[index] == "contact":
            after = True
        elif after and kinds[index] is None:
            short = blocks[index].words <= 12 and not blocks[index].closed
            after = short and blocks[index].shape != "heading"
            if after:
                kinds[index] = "contact"


def _tail(blocks: list[Block], kinds: list[FurnitureKind | None], begin: int) -> None:
    """Three or more short lines after the last sentence of the page are its menu, not its text."""
    last = next((i for i in range(len(blocks) - 1, begin - 1, -1) if kinds[i] is None and _full(blocks[i])), None)
    if last is None or blocks[last].text.rstrip().endswith((":", ";", "،")):
        return
    lines = [i for i in range(last + 1, len(blocks)) if kinds[i] is None]
    if 3 * sum(any(map(str.isdigit, blocks[i].text)) for i in lines) > len(lines):  # figures: a table, not a menu
        return
    if len(lines) >= 3 and all(blocks[i].shape in ("text", "heading") and blocks[i].words <= 12 for i in lines):
        for index in lines:
            kinds[index] = "menu"
