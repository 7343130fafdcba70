"""Regular expressions over whole documents, at a price that a document can pay."""

from __future__ import annotations

import re
from collections.abc import Iterator


def finditer(pattern: re.Pattern[str], first: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """`pattern.finditer(text)`, where every match begins with a character that `first`, one class, matches.

    The engine runs over a text with a single class ten times as fast as with alternatives that begin in several ways
    or look behind. `pattern` must not match the empty string.
    """
    at = 0
    while (begin := first.search(text, at)) is not None:
        found = pattern.match(text, begin.start())
        if found is not None:
            yield found
        at = found.end() if found is not None else begin.end()
