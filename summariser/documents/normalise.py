"""Typography made plain: non-breaking spaces, invisible characters, ligatures, line ends, with a way back.

Sentences are found in the normalised text; `Normal.original` leads every offset back into the text as given, so
that `document.text[start:end]` stays exactly what the user gave. `plain` is the readable form of such a slice.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from dataclasses import dataclass, field

from summariser.documents.scanning import finditer

# Joiners (U+200C, U+200D) shape words in Arabic and Indic scripts and hold emoji together: kept there.
_JOINER = r"(?<![\u0600-\u0dff\ufe0f\U0001f300-\U0001faff])[\u200c\u200d]"
_INVISIBLE = r"\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
_CONTROL = r"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\U000e0000-\U000e007f"
_FORM = r"\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufefc"
_CHANGED = re.compile(rf"(?P<drop>(?:[{_INVISIBLE}{_CONTROL}]|{_JOINER}|\r(?=\n))+)|(?P<form>[{_FORM}])")
_MAY_CHANGE = re.compile(rf"[{_INVISIBLE}{_CONTROL}\u200c\u200d\r{_FORM}]")
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_SAME_LENGTH = str.maketrans(
    dict.fromkeys(_SPACES, " ")
    | {"\t": " ", "\u2011": "-", "\u2010": "-"}
    | dict.fromkeys("\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", "\n")  # a lone carriage return is a line end too
)
_REPLACED = re.compile(f"[{re.escape(''.join(map(chr, _SAME_LENGTH)))}]")
_TOUCHED = re.compile(rf"[\u034f\u2010\u2011{_FORM}]")  # what `str.isprintable` lets through and `normalise` does not


@dataclass(frozen=True, slots=True)
class Normal:
    """Normalised text; `original(i)` is the offset in `given`, the text as it was, of the character at `i`."""

    text: str
    given: str = field(repr=False)
    _at: array[int] = field(repr=False)
    _source: array[int] = field(repr=False)

    def original(self, offset: int) -> int:
        """The offset in the given text, in code points, of the normalised offset."""
        found = bisect_right(self._at, offset) - 1 if self._at else -1
        if found < 0:
            return offset
        return self._source[found] + offset - self._at[found]

    def original_end(self, offset: int) -> int:
        """The offset just after the given character that the normalised character before `offset` stands for."""
        return self.original(offset - 1) + 1 if offset else 0


def normalise(text: str) -> Normal:
    """The text with plain spaces, line feeds only, no invisible or control characters, ligatures spelt out."""
    pieces: list[str] = []
    at, source = array("q"), array("q")
    length = last = 0
    for found in finditer(_CHANGED, _MAY_CHANGE, text):
        pieces.append(text[last : found.start()])
        length += found.start() - last
        if found["form"] is not None:
            spelt = unicodedata.normalize("NFKC", found["form"])
            for step in range(len(spelt)):  # each part of a ligature is the whole ligature
                at.append(length + step)
                source.append(found.start())
            pieces.append(spelt)
            length += len(spelt)
        last = found.end()
        at.append(length)
        source.append(last)
    kept = "".join([*pieces, text[last:]]) if pieces else text
    return Normal(_REPLACED.sub(_same_length, kept), text, at, source)


def _same_length(found: re.Match[str]) -> str:
    return found[0].translate(_SAME_LENGTH)


_LINK = re.compile(r"!?\[([^\[\]\n]{1,300})\]\((?:https?://|/|#|mailto:)[^()\s]{0,1000}\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,500})(?<=\S)\1")
_QUOTE_MARK = re.compile(r"\n> ?")


def plain(sentence_text: str) -> str:
    """The readable form of a raw slice: one line, plain spaces, nothing invisible, no Markdown links or emphasis.

    For prompts, checks and display; the slice itself stays what it is. Typography that readers see (quotes, dashes,
    ellipses, accents) is kept; composed characters are composed (NFC).
    """
    # Most sentences need nothing: no character of theirs is invisible, and what is printable is told fast.
    text = sentence_text
    if not (text.isprintable() and (text.isascii() or not _TOUCHED.search(text))):
        text = normalise(text).text
    if "\n>" in text:
        text = _QUOTE_MARK.sub(" ", text)
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    if "**" in text or "__" in text:
        text = _STRONG.sub(r"\2", text)
    return unicodedata.normalize("NFC", " ".join(text.split()))
