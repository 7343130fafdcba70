"""Steps of AI policy in the text: what happened to which instrument, when and where.

A milestone needs, in one sentence: a word of the topic, a verb that tells a status, and the instrument that it is said
of (its object, or the subject of a passive); and somebody who governs, or an instrument that only those who govern
have. Better none than one that is not there: companies' launches and opinions give none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from summariser.completers.extractive.clauses import finite, stands_alone
from summariser.completers.extractive.cues import Table, Verb, cues, key
from summariser.completers.extractive.points import readable
from summariser.completers.extractive.shorten import shorten
from summariser.completers.extractive.when import When, dates, jurisdictions, title_places
from summariser.schema import DateRole, DraftMilestone, Instrument, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summariser.completers.extractive.lines import Line, Page
    from summariser.schema import PartialDate

MOST = 25
"""Milestones of one call: a table of dates has no more."""
TITLE_WORDS = 20
_REACH = 12
"""Words between a verb and its instrument."""
_HARD = frozenset({"law", "regulation", "executive_order", "directive", "treaty", "resolution"})
_SEAM = re.compile(
    r"; |\s?—\s?|\s–\s"
    r"|, (?=(?:and|but|while|after|before|as|although|though|which|who|whereas|qui|que|dont|quien|mais|pero|tandis) )"
)
_BINDING = re.compile(r"\b(?P<no>non-binding|not binding|voluntary)\b|\b(?:legally )?binding\b", re.IGNORECASE)


@dataclass(frozen=True)
class Step:
    """What a sentence says of one instrument; `verb` is where its verb stands."""

    instrument: Instrument
    status: Status
    role: DateRole
    verb: tuple[int, int]
    noun: tuple[int, int]
    clause: tuple[int, int] = (0, 0)
    before: int | None = None
    """The sentence that names the instrument, where it is the one before."""

    def moved(self, start: int, end: int) -> Step:
        verb = (self.verb[0] + start, self.verb[1] + start)
        noun = (self.noun[0] + start, self.noun[1] + start)
        return replace(self, verb=verb, noun=noun, clause=(start, end))


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
        steps = _steps_by_clause(text, table) or _duty_of_instrument_before(page, line, text, table)
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
        return (line.paragraph in self._paragraphs and not new) or (
            known and (self._titled or step.instrument in _HARD)
        )


def _steps_by_clause(text: str, table: Table) -> list[Step]:
    """At most one step of each clause, with offsets in the sentence."""
    found = []
    edges = [0, *(seam.end() for seam in _SEAM.finditer(text)), len(text)]
    for start, end in pairwise(edges):
        step = next(_steps(text[start:end], table), None)
        if step:
            found.append(step.moved(start, end))
    return found


def _duty_of_instrument_before(page: Page, line: Line, text: str, table: Table) -> list[Step]:
    """ "Providers must register by 30 June" after a sentence on what the Act does: a deadline of the Act."""
    previous = page.before(line)
    duty = table.duties.search(text)
    noun = table.nouns.search(previous.text) if previous and duty else None
    if not (previous and duty and noun and table.deadline.search(text, duty.end())) or _negated(
        text[: duty.start()], table
    ):
        return []
    instrument = table.by_noun[key(noun.group())]
    if instrument not in _HARD:
        return []
    step = Step(
        instrument, "planned", "deadline", duty.span(), duty.span(), clause=(0, len(text)), before=previous.number
    )
    return [step]


def _steps(text: str, table: Table) -> Iterator[Step]:
    for found in table.future.finditer(text):
        verb = table.future_bases[key(found["base"])]
        noun = _noun(text, found.span(), table, verb, passive=verb.subject)
        if noun and not _negated(text[: found.start()], table) and not _none_of(text, found, noun, table):
            yield Step(table.by_noun[key(noun.group())], "planned", verb.role or "expected", found.span(), noun.span())
    for found in table.verbs.finditer(text):
        verb = table.by_form[key(found.group())]
        through = "chamber" in verb.statuses and _through_chamber(text[found.end() :], table)
        passive = through or _passive(text, found, table)
        if passive is None or _negated(text[: found.start()], table):
            continue
        noun = _noun(text, found.span(), table, verb, passive=passive or verb.subject)
        if noun and not _none_of(text, found, noun, table):
            instrument = table.by_noun[key(noun.group())]
            in_chamber = through or bool(table.chambers.search(_around(text, found.span())))
            yield Step(instrument, verb.status(instrument, in_chamber), verb.role or "event", found.span(), noun.span())
    for found in table.duties.finditer(text):
        due = table.deadline.search(text, found.end())
        noun = _ordering(text[: found.start()], table)
        if due and noun and not _negated(text[: found.start()], table):
            yield Step(table.by_noun[key(noun.group())], "planned", "deadline", found.span(), noun.span())


def _through_chamber(after: str, table: Table) -> bool:
    """Whether the object of "passed" is a chamber: "passed the state Senate" is said of the bill before it."""
    found = table.chambers.search(after[:50])
    return found is not None and re.fullmatch(r" (?:the |both )?(?:[\w'’]+ ){0,2}", after[: found.start()]) is not None


def _passive(text: str, found: re.Match[str], table: Table) -> bool | None:
    """Whether the verb is said of what stands before it; None where the word is no verb of a clause here."""
    before = text[: found.start()].split()[-3:]
    after = text[found.end() :].split(" ", 2)[1:2]
    if before and before[-1].lower() in {
        "the",
        "a",
        "an",
        "to",
        "newly",
        "recently",
        "of",
        "would",
        "could",
        "may",
        "might",
        "if",
    }:
        return None
    if any(word.lower() in table.auxiliary for word in before[-2:]):
        return True
    if after and after[0].lower().strip(",.") in {"by", "in", "on", "last", "this", "earlier", "at", "under"}:
        return not before[-1:] or before[-1].lower() not in {
            "it",
            "they",
            "he",
            "she",
            "who",
            "which",
            "that",
            "has",
            "have",
            "had",
        }
    return False


def _noun(text: str, verb: tuple[int, int], table: Table, row: Verb, passive: bool) -> re.Match[str] | None:
    """The instrument that the verb is said of, within reach and in the same clause."""
    if row.itself:
        return re.compile(r"\w+").match(text, verb[0])
    if passive:
        near = " ".join(text[: verb[0]].split(" ")[-_REACH:])
        offset = verb[0] - len(near)
        candidates = list(table.nouns.finditer(text, max(0, offset), verb[0]))[::-1]
    else:
        rest = re.split(r"[;—]|, (?!(?:[\w’'\-]+ ){0,2}[\w’'\-]+,)", text[verb[1] :], maxsplit=1)[0]
        reach = len(" ".join(rest.split(" ")[:_REACH]))
        candidates = list(table.nouns.finditer(text, verb[1], min(len(text), verb[1] + reach)))
    return next((found for found in candidates if table.by_noun[key(found.group())] in row.only), None)


def _negated(before: str, table: Table) -> bool:
    words = [word.lower().replace("’", "'") for word in before.split()[-5:]]
    return any(word in table.negation or word.endswith("n't") for word in words)


def _none_of(text: str, verb: re.Match[str], noun: re.Match[str], table: Table) -> bool:
    """Whether the object is denied: "has passed no law"."""
    between = text[verb.end() : noun.start()].lower().split()
    return any(word in table.negation for word in between)


def _around(text: str, verb: tuple[int, int]) -> str:
    """The doer's side of a verb: what stands before it, and an agent after "by"."""
    agent = re.match(r"(?: \w+){0,2} by [^,;.]{1,60}", text[verb[1] :])
    return text[max(0, verb[0] - 80) : verb[0]] + (agent.group() if agent else "")


def _milestone(
    page: Page, text: str, evidence: list[int], step: Step, published: PartialDate | None, told: bool
) -> DraftMilestone | None:
    """The draft of a step, or None where nobody who governs is behind it (`told`: an earlier one has said who is)."""
    governing = {*_HARD, "strategy", "institution", "declaration", "agreement", "enforcement"}
    places = jurisdictions(text, step.verb, step.noun, step.clause)
    if not places and step.instrument in governing:
        places = title_places(page.title, 2 if step.instrument in {"agreement", "declaration"} else 1)
    when = _date(text, page.language, published, step)
    sure = told or (step.instrument in _HARD and when is not None)
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
        status=step.status,
        ev=[step.before, *evidence] if step.before else evidence,
    )


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


def _ordering(before: str, table: Table) -> re.Match[str] | None:
    """The instrument that lays down a duty: "Under the plan, every agency must …"."""
    orders = {*_HARD, "strategy", "guidance"}
    found = [noun for noun in table.nouns.finditer(before) if table.by_noun[key(noun.group())] in orders]
    return found[-1] if found else None
