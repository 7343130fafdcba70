"""Steps of AI policy in the text: what happened to which instrument, when and where.

A milestone needs, in one sentence: a word of the topic, a verb that tells a status, and the instrument that it is said
of (its object, or the subject of a passive); and somebody who governs, or an instrument that only those who govern
have. Better none than one that is not there: companies' launches and opinions give none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from summariser.completers.extractive.clauses import finite, stands_alone
from summariser.completers.extractive.cues import Table, cues
from summariser.completers.extractive.points import readable
from summariser.completers.extractive.shorten import shorten
from summariser.completers.extractive.steps import HARD, Step, duty_of_instrument_before, steps_by_clause
from summariser.completers.extractive.when import When, dates, jurisdictions, title_places
from summariser.schema import DraftMilestone

if TYPE_CHECKING:
    from summariser.completers.extractive.lines import Line, Page
    from summariser.schema import PartialDate

MOST = 25
"""Milestones of one call: a table of dates has no more."""
TITLE_WORDS = 20
_BINDING = re.compile(r"\b(?P<no>non-binding|not binding|voluntary)\b|\b(?:legally )?binding\b", re.IGNORECASE)


def milestones(page: Page, published: PartialDate | None) -> list[DraftMilestone]:
    """The milestones of a page in its order; none where there are no cues for its language."""
    table = cues(page.lexicon.language)
    if table is None:
        return []
    topics = _Topics(page, table)
    found: list[DraftMilestone] = []
    for line in page.lines:
        if not topics.near(line):
            continue
        text, evidence = readable(page, line)
        steps = steps_by_clause(text, table) or duty_of_instrument_before(page, line, text, table)
        for step in steps:
            if topics.on(line, text, step):
                told = any(item.instrument == step.instrument for item in found)
                milestone = _milestone(page, text, evidence, step, published, told)
                found += [milestone] if milestone else []
        if len(found) >= MOST:
            break
    return _distinct(found)[:MOST]


class _Topics:
    """Whether a sentence speaks of the topic: by itself, or as one of a text about it."""

    def __init__(self, page: Page, table: Table) -> None:
        named = [line for line in page.lines if table.topic.search(line.text)]
        self._numbers = {line.number for line in named}
        self._paragraphs = {line.paragraph for line in named}
        self._titled = bool(table.topic.search(page.title))
        self._themed = self._titled or len(named) * 5 >= len(page.lines) > 0

    def near(self, line: Line) -> bool:
        return line.number in self._numbers or self._themed

    def on(self, line: Line, text: str, step: Step) -> bool:
        """In a text about the topic, "the bill" is about it too, and so is what its paragraph goes on to say."""
        if line.number in self._numbers:
            return True
        before = f" {text[: step.noun[0]].lower()}".split()[-3:]
        known = not before or bool({"the", "its", "this"} & set(before if self._titled else before[-1:]))
        new = "a" in before or "an" in before
        return (line.paragraph in self._paragraphs and not new) or (known and (self._titled or step.instrument in HARD))


def _milestone(
    page: Page, text: str, evidence: list[int], step: Step, published: PartialDate | None, told: bool
) -> DraftMilestone | None:
    """The draft of a step, or None where nobody who governs is behind it (`told`: an earlier one has said who is)."""
    governing = {*HARD, "strategy", "institution", "declaration", "agreement", "enforcement"}
    places = jurisdictions(text, step.verb, step.noun, step.clause)
    if not places and step.instrument in governing:
        places = title_places(page.title, 2 if step.instrument in {"agreement", "declaration"} else 1)
    when = _date(text, page.language, published, step)
    sure = told or (step.instrument in HARD and when is not None)
    if not (places or sure or _names_government(text, page)):
        return None
    if when is None and (step.role == "deadline" or step.instrument not in governing):
        return None
    title = _title(text, page, step)
    if stands_alone(title, page.lexicon) < 0.3:
        return None
    binding = _BINDING.search(text)
    return DraftMilestone(
        title=title,
        date=str(when.value) if when else None,
        date_text=when.words if when else None,
        date_role=step.role if when else None,
        jurisdictions=places,
        instrument=step.instrument,
        binding=(not binding["no"]) if binding else None,
        # "Applies from 2027", written in 2026, is planned: nothing is in force yet.
        status="planned" if _ahead(step, when, published) else step.status,
        ev=[step.before, *evidence] if step.before else evidence,
    )


def _ahead(step: Step, when: When | None, published: PartialDate | None) -> bool:
    return bool(step.status == "in_force" and when and published and when.value.first > published.last)


def _names_government(text: str, page: Page) -> bool:
    government = page.lexicon.words("names.government") - {"house", "office", "service", "board", "council"}
    words = {word.strip(".,;:’'s").lower() for word in text.split()}
    return bool(
        words & (government | {"lawmakers", "legislators", "senators", "ministers", "minister", "president", "states"})
    )


def _date(text: str, language: str | None, published: PartialDate | None, step: Step) -> When | None:
    """The date that stands with the verb: in its own part of the sentence, the nearest one."""
    found = dates(text, language, published)
    if step.role == "deadline":
        found = [when for when in found if when.start > step.verb[0]]

    else:
        found = [when for when in found if not when.spell]
    if step.role == "event" and published:
        # What is done lies behind: a date ahead of the dateline is not its date.
        found = [when for when in found if when.value.first <= published.last]
    inside = [when for when in found if step.clause[0] <= when.start < step.clause[1]]
    return min(inside, key=lambda when: abs(when.start - step.verb[0]), default=None)


def _title(text: str, page: Page, step: Step) -> str:
    """The words of the sentence around the verb: the clause, a shorter form, or all of it."""
    verb, noun = text[slice(*step.verb)], text[slice(*step.noun)]
    clause = re.sub(r"^(?:and|but|while) ", "", text[slice(*step.clause)]).rstrip(",;—– ")
    begins = clause[:1].isupper() or clause.split(" ", 1)[0] in page.lexicon.words("determiners")
    whole = begins and finite(clause, page.lexicon) is not None
    short = shorten(text, page.lexicon, TITLE_WORDS)
    if whole and clause != text and stands_alone(clause, page.lexicon) > 0.5:
        title = clause
    elif short and verb in short and noun in short:
        title = short
    else:
        title = text
    if stands_alone(title, page.lexicon) < 0.3 and step.noun[0] < step.verb[0]:
        title = text[step.noun[0] : step.clause[1]]
    return (title[:1].upper() + title[1:]).rstrip(".,; ")


def _distinct(found: list[DraftMilestone]) -> list[DraftMilestone]:
    """One milestone for a sentence that says the same again (same instrument, status, date and places)."""
    seen: dict[tuple[object, ...], DraftMilestone] = {}
    for item in found:
        seen.setdefault((item.instrument, item.status, item.date, tuple(item.jurisdictions)), item)
    return list(seen.values())
