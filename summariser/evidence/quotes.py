"""Hold the words that a claim puts in quotation marks against its support. Pure, linear, never raises.

A quotation must stand in the support word for word. Forgiven: typography (quotation marks, apostrophes, dashes, white
space, soft hyphens), the case of the first letter, trailing punctuation, and an honest ellipsis. Never the words.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from summariser.evidence.reasons import NOTHING, Findings
from summariser.schema import Match, Reason

_PAIRS = {
    "“": "”",
    "„": "“”",
    "«": "»",
    "»": "«",
    "‹": "›",
    "「": "」",
    "『": "』",
    "‘": "’",
    "‚": "‘’",
    '"': '"',
    "”": "”",
}
_OPENING = re.compile("[" + "".join(_PAIRS) + "]|(?<![^\\W_])'")
_CLOSING = {mark: re.compile(f"[{closing}]" + (r"(?!\w)" if mark in "‘‚" else "")) for mark, closing in _PAIRS.items()}
_CLOSING["'"] = re.compile(r"['’](?!\w)")
_LONGEST = 2000
_ELLIPSIS = re.compile(r"\s*(?:\[\s*(?:\.{3}|…)\s*\]|\(\s*(?:\.{3}|…)\s*\)|\.{3,}|…)\s*")
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼ′`´", "'"),
        **dict.fromkeys("“”„‟«»‹›「」『』″", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00ad\u200b\u2060\ufeff\u200c\u200d\u200e\u200f\u0640", ""),
    }
)
_RUNS = re.compile(r"([!-_a-~]+)|[\s\S]")
_EDGES = " \t\n.,;:!?…،؛؟\"'-"
_WORDS = re.compile(r"\w+")
_LIKE = 0.5  # share of a quotation's words that the support must hold for it to count as altered rather than absent


def _quotations(text: str) -> list[str]:
    """What stands between quotation marks, without the marks; an apostrophe inside a word opens nothing."""
    if text.isascii() and '"' not in text and "'" not in text:
        return []
    found: list[str] = []
    closings: dict[str, int] = {}  # the next closing mark of each kind: every stretch is searched once
    place = 0
    while opening := _OPENING.search(text, place):
        mark, start = opening[0], opening.end()
        end = closings.get(mark, -1)
        if end < start:
            closing = _CLOSING[mark].search(text, start)
            end = closings[mark] = closing.start() if closing else len(text) + _LONGEST
        if end - start > _LONGEST:
            place = start
            continue
        words = text[start:end].strip()
        if words.strip(_EDGES):
            found.append(words)
        place = end + 1
    return found


def _plain(text: str) -> tuple[str, list[int]]:
    """`text` in plain typography, one space for any white space, with the place in `text` of each character."""
    letters: list[str] = []
    places: list[int] = []
    for run in _RUNS.finditer(text):
        start, end = run.span()
        if run[1]:  # nothing to change
            letters += run[0]
            places += range(start, end)
            continue
        for letter in _typed(run[0]):
            if letter.isspace():
                if letters and letters[-1] == " ":
                    continue
                letter = " "  # noqa: PLW2901
            letters.append(letter)
            places.append(start)
    return "".join(letters), places


@lru_cache(maxsize=512)
def _typed(char: str) -> str:
    """A character in plain typography, as none, one or several."""
    return unicodedata.normalize("NFKC", char).translate(_PLAIN)


def _find(piece: str, plain: str, start: int) -> int:
    """Where the words of `piece` stand in `plain` as whole words, from `start` on; the first letter in either case."""
    for form in dict.fromkeys((piece, piece[:1].swapcase() + piece[1:])):
        place = plain.find(form, start)
        tries = 0
        while place >= 0 and tries < 50:
            before, after = plain[place - 1 : place] if place else "", plain[place + len(form) : place + len(form) + 1]
            if not (_joins(before, form[:1]) or _joins(form[-1:], after)):
                return place
            place, tries = plain.find(form, place + 1), tries + 1
    return -1


def _joins(left: str, right: str) -> bool:
    """Whether two characters are inside one word, in a script that puts spaces between words."""
    return left.isalnum() and right.isalnum() and _spaced(left) and _spaced(right)


def _spaced(char: str) -> bool:
    return char < "\u0e00" or "\u1e00" <= char < "\u2000"


def check_quotes(claim: str, support: str) -> Findings:
    """The quotations of `claim` that stand in `support` word for word, and those that do not.

    Reasons: ``quote_altered`` where at least half of the words stand there, else ``quote_not_found``.
    """
    quotations = _quotations(claim)
    if not quotations:
        return NOTHING
    plain, places = _plain(support)
    there = {word.casefold() for word in _WORDS.findall(plain)}
    reasons, matches = [], []
    for quotation in quotations:
        found = _locate(quotation, plain)
        if found:
            first, last = places[found[0]], places[found[1] - 1] + 1
            matches.append(Match(kind="quote", claim=quotation, source=support[first:last]))
            continue
        words = _WORDS.findall(_plain(quotation)[0].casefold())
        share = sum(word in there for word in words) / max(1, len(words))
        code = "quote_altered" if share >= _LIKE and len(words) > 1 else "quote_not_found"
        reasons.append(Reason(code=code, claim=quotation))
    return Findings(tuple(reasons), tuple(matches))


def _locate(quotation: str, plain: str) -> tuple[int, int] | None:
    """The stretch of `plain` that holds the pieces of a quotation in order, or None."""
    pieces = [_plain(piece)[0].strip(_EDGES) for piece in _ELLIPSIS.split(quotation)]
    pieces = [piece for piece in pieces if piece]
    first = place = -1
    for piece in pieces:
        place = _find(piece, plain, max(place, 0))
        if place < 0:
            return None
        first = place if first < 0 else first
        place += len(piece)
    return (first, place) if pieces else None
