"""Facts that a file's own information states: believed where the text shows them too, for programs fill it in."""

from __future__ import annotations

import re

from summariser.documents.blocks import key


def shown(fact: object, text: str) -> str | None:
    """A title or a name on one line, where `text` (the first pages) holds it in the same words; else None."""
    if not isinstance(fact, str) or not 2 <= len(fact.strip()) <= 300:
        return None
    bare = key(fact)
    found = bare and re.search(rf"(?<!\w){re.escape(bare)}(?!\w)", key(text))
    return " ".join(fact.split()) if found else None
