"""Whether a date stands with its own event where a text gives several dates. Pure, linear."""

from __future__ import annotations

import re
from collections.abc import Sequence

from summariser.evidence.dates_resolve import DateMention
from summariser.evidence.numbers_words import fold

_WORD = re.compile(r"[^\W\d_]{3,}")
_BREAK = re.compile(
    r"[.;:!?](?=\s)|,\s(?=\w)|\b(?:and|but|while|whereas|then|which|et|mais|puis|tandis|qui|pero|mientras|luego)\b"
    r"|\sy\s|\sو",
    re.IGNORECASE,
)
_STEM = 5  # letters: enough to hold "adopted" and "adoption" together
_REACH = 30  # characters over which nearness halves
_MOST_DATES, _MOST_PLACES = 12, 12


def other_event(
    title: str, support: str, bearing: Sequence[DateMention], others: Sequence[DateMention]
) -> DateMention | None:
    """The date of `others` that stands with the event of `title`, where those in `bearing` stand with another one.

    Every word of the title votes for the date nearest to it, a break between clauses counts as distance, and a word
    that is part of a name counts half. Only a clear majority speaks against a date.
    """
    dates = [*bearing, *others][:_MOST_DATES]
    if not title or not others:
        return None
    breaks = [found.start() for found in _BREAK.finditer(support)]
    votes = [0.0] * len(dates)
    places: dict[str, list[re.Match[str]]] = {}
    wanted = {fold(word)[:_STEM] for word in _WORD.findall(title)}
    for found in _WORD.finditer(support):
        stem = fold(found[0])[:_STEM]
        if stem in wanted and len(places.setdefault(stem, [])) < _MOST_PLACES:
            places[stem].append(found)
    for occurrences in places.values():
        nearness = [max(_near(found, date, breaks) for found in occurrences) for date in dates]
        best = max(nearness)
        named = all(found[0][:1].isupper() for found in occurrences)
        for place, near in enumerate(nearness):
            if near == best:
                votes[place] += 0.5 if named else 1.0
    mine = max(votes[: len(bearing)], default=0.0)
    rival = max(range(len(bearing), len(dates)), key=lambda place: votes[place], default=None)
    if rival is None or votes[rival] < 1 or 2 * mine > votes[rival]:
        return None
    return dates[rival]


def _near(found: re.Match[str], date: DateMention, breaks: Sequence[int]) -> float:
    """How near a word is to a date, 1 beside it; every break of a clause between them halves it."""
    first, last = (found.end(), date.start) if found.start() < date.start else (date.end, found.start())
    between = sum(first <= place < last for place in breaks[:200])
    return float(0.5**between / (1 + max(0, last - first) / _REACH))
