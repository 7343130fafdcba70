"""Instruments that articles call by number or by name: HB 4187 is the Companion Chatbot Disclosure Act. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from summariser.timeline.facts import Facts
from summariser.timeline.instruments import named, serials, weight

Number = tuple[str, str]
_LEAST = 1.5
"""Weight of a name that is taken for a number's: an "AI Act" is too common."""


def numbered(facts: Sequence[Facts]) -> list[Facts]:
    """The facts, with the number of an instrument where they only name it and some sentence says both.

    A name to which the articles give several numbers keeps none.
    """
    numbers: dict[frozenset[str], set[Number]] = {}
    for one in facts:
        if not one.serials:
            continue
        texts = [(one.milestone.title, one.language), *((q.quote, one.text_language) for q in one.milestone.evidence)]
        for text, language in texts:
            found = serials(text)
            names = [name for name in named(text, language) if weight(name) >= _LEAST] if len(found) == 1 else []
            if len(names) == 1:
                numbers.setdefault(names[0], set()).update(found)
    return [one if one.serials else _numbered(one, numbers) for one in facts]


def _numbered(one: Facts, numbers: dict[frozenset[str], set[Number]]) -> Facts:
    known = [numbers[name] for name in one.names if len(numbers.get(name, ())) == 1]
    return replace(one, serials=frozenset(known[0])) if len(known) == 1 else one
