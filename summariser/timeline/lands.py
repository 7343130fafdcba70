"""Which countries a milestone is told of, where no code says it: the countries that its article names. Pure.

A jurisdiction is a code of a list: a country that no list has, or that an article does not spell out for each of its
steps, has none. Then the actors of kind `country` stand in, by name, and what a parliament or government is "of".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from summariser.evidence import text as tx
from summariser.schema import Milestone, Summary
from summariser.timeline.facts import Facts, stands
from summariser.timeline.families import FAMILIES
from summariser.timeline.names import body

_BODY_OF = re.compile(
    r"\b(?i:parliament|government|cabinet|senate|republic|kingdom)s? of (?:the )?"
    r"([A-Z][\w-]+(?: [A-Z][\w-]+)*)"
)
"""A body that a country has one of: a ministry is of justice, and a university of a town."""
_FULL = re.compile(r"^(?:the )?(?:(?:republic|kingdom) of (?:the )?)?", re.IGNORECASE)
LOCAL = frozenset({"law", "order", "body", "enforcement", "strategy", "consultation"})
"""Families of which each country has its own."""


def land_of(name: str) -> str:
    """The code of a country's name, of a part its country's; where no list has it, the name itself, folded."""
    short = _FULL.sub("", name.strip())
    found = body(name).whole or body(short).whole
    if found:
        return found if found.startswith("+") else found.split("-", maxsplit=1)[0]
    return f"={tx.fold(short)}"


class LandsOf:
    """The countries of one article's milestones."""

    def __init__(self, summary: Summary) -> None:
        self.forms = {
            form: land_of(actor.name)
            for actor in summary.actors
            if actor.kind == "country"
            for form in (actor.name, *actor.aliases)
            if form
        }
        named = frozenset(self.forms.values())
        stated = stated_lands(code for one in summary.milestones for code in one.jurisdictions)
        unions = any(actor.kind == "intergovernmental" for actor in summary.actors)
        self.home = named if len(named) == 1 and stated <= named and not unions else frozenset()
        """The one country of an article that names but one and gives no step another."""

    def milestone(self, milestone: Milestone) -> frozenset[str]:
        """Of its jurisdictions; else those that title and cited sentences name; else, of what each country has its own,
        the article's."""
        if milestone.jurisdictions and stands(milestone, "jurisdiction"):
            return stated_lands(milestone.jurisdictions)
        named = self._named((milestone.title, *(span.quote for span in milestone.evidence)))
        return named or (self.home if FAMILIES.get(milestone.instrument, "") in LOCAL else frozenset())

    def _named(self, texts: Sequence[str]) -> frozenset[str]:
        found: set[str] = set()
        for text in texts:
            found.update(land for form, land in self.forms.items() if form in text and _spelt(form).search(text))
        for text in texts if not found else ():
            if " of " in text:
                found.update(land_of(name) for name in _BODY_OF.findall(text))
        return frozenset(found)


def _spelt(form: str) -> re.Pattern[str]:
    """A name as a whole word, with the adjective that Latin names have: Kestria, Kestrian."""
    return re.compile(rf"(?<!\w){re.escape(form)}{'n?' if form.endswith('a') else ''}(?!\w)")


def stated_lands(codes: Iterable[str]) -> frozenset[str]:
    """The countries of jurisdictions: of a state, its country."""
    return frozenset(code.split("-")[0] for code in codes)


def foreign(one: Facts, other: Facts) -> bool:
    """Whether two milestones are told of different countries; where both have jurisdictions, those say it."""
    return not (one.jurisdictions and other.jurisdictions) and apart(one.lands, other.lands)


def apart(here: frozenset[str], there: frozenset[str]) -> bool:
    """Whether two sets of countries have none in common; a union may be told of with any of its members."""
    return bool(here) and bool(there) and not here & there and not any(_union(land) for land in here | there)


def _union(land: str) -> bool:
    return land[0] != "=" and (len(land) != 2 or land in {"EU", "UN", "G7"})
