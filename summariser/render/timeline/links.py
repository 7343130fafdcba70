"""From a sentence to its article: links that open a web page at the very words."""

from __future__ import annotations

from urllib.parse import quote

from summariser.render.origin import web_address
from summariser.render.text import one_line

_WHOLE = 8
"""Words up to which a sentence is given whole; a longer one by its first and last words."""
_ENDS = 4


def at_sentence(url: str | None, sentence: str) -> str | None:
    """The address with a text fragment (``#:~:text=``) of the sentence; None where there is no address to link to.

    A browser that knows text fragments scrolls to the sentence and marks it; any other opens the page.
    """
    address = web_address(url)
    if address is None:
        return None
    words = one_line(sentence).split()
    if not words:
        return address
    parts = [words] if len(words) <= _WHOLE else [words[:_ENDS], words[-_ENDS:]]
    # A hyphen would be read as the mark of a prefix, and `quote` leaves it as it is.
    text = ",".join(quote(" ".join(part), safe="").replace("-", "%2D") for part in parts)
    return f"{address}{'' if '#' in address else '#'}:~:text={text}"
