"""Where and when: the dates and jurisdictions of a sentence, as the verifier reads them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from summariser.schema import PartialDate

_ELSEWHERE = re.compile(r"\b(?:University|College|Bank|Institute) of $")
_USABLE = frozenset({"date", "relative", "weekday", "offset"})
_BESIDE = 25
"""Characters after an instrument that still belong to it: "the bill in the Canadian …"."""


@dataclass(frozen=True)
class When:
    """A date in a sentence: `text[start:end]` is `words`, `value` a partial date."""

    start: int
    end: int
    words: str
    value: PartialDate
    spell: bool
    """Whether the words give a length of time ("within 60 days"), which is a date for a deadline only."""


def dates(text: str, language: str | None, published: PartialDate | None) -> list[When]:
    """The dates that a sentence gives, resolved from the publication date where they are relative."""
    from summariser.evidence.dates import find_dates

    return [
        When(found.start, found.end, found.words, found.value, found.kind == "offset")
        for found in find_dates(text, language=language, published=published)
        if found.value is not None and found.kind in _USABLE
    ]


def jurisdictions(text: str, verb: tuple[int, int], noun: tuple[int, int], clause: tuple[int, int]) -> list[str]:
    """Whose step it is: the places of its clause before the verb or beside its instrument, else of the sentence.

    Capitals are left out (a summit in Paris is not France's law).
    """
    named = _places(text)
    inside = [place for place in named if clause[0] <= place[1] < clause[1]]
    end = max(verb[1], noun[1]) + _BESIDE
    near = [code for code, start in inside if start < verb[0] or start <= end]
    earlier = [code for code, start in named if start < verb[0]]
    return list(dict.fromkeys(near or earlier or [code for code, _ in named]))


def title_places(title: str, most: int) -> list[str]:
    """The places that a title names, or none where there are more than `most`."""
    codes = {code for code, _ in _places(title)}
    return sorted(codes) if len(codes) <= most else []


def named_places(text: str) -> list[tuple[str, str, str]]:
    """Places and bodies in a text: code, kind (name, demonym, capital, body, weak) and the words that name them."""
    from summariser.evidence.jurisdiction import places
    from summariser.evidence.text import tokens

    words = tokens(text)
    return [
        (place.code, place.kind, text[words[place.first].start : words[place.last - 1].end]) for place in places(text)
    ]


def _places(text: str) -> list[tuple[str, int]]:
    """Codes with the offsets of the words that name them; names that could mean another body are left out."""
    from summariser.evidence.jurisdiction import places
    from summariser.evidence.text import tokens

    words = tokens(text)
    named = places(text)
    # "Washington" is the capital before it is the state.
    capitals = {words[place.first].start for place in named if place.kind == "capital"}
    found = []
    for place in named:
        start = words[place.first].start
        small = text[start].isascii() and text[start].islower()
        if (
            place.kind not in {"capital", "weak"}
            and start not in capitals
            and not place.code.startswith("X-")
            and not small
            and not _ELSEWHERE.search(text[:start])
        ):
            found.append((place.code, start))
    return [(code, start) for code, start in found if code != "INT"]
