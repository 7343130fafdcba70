"""Find in a sentence what happened to which instrument: the verb that tells a status and what it is said of."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from summariser.completers.extractive.cues import Table, Verb, key
from summariser.schema import DateRole, Instrument, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summariser.completers.extractive.lines import Line, Page

HARD = frozenset({"law", "regulation", "executive_order", "directive", "treaty", "resolution"})
"""Instruments that only those who govern have."""

_REACH = 12
"""Words between a verb and its instrument."""
_SEAM = re.compile(
    r"; |\s?—\s?|\s–\s"
    r"|, (?=(?:and|but|while|after|before|as|although|though|which|who|whereas|qui|que|dont|quien|mais|pero|tandis) )"
)


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


def steps_by_clause(text: str, table: Table) -> list[Step]:
    """At most one step of each clause, with offsets in the sentence."""
    found = []
    edges = [0, *(seam.end() for seam in _SEAM.finditer(text)), len(text)]
    for start, end in pairwise(edges):
        step = next(_steps(text[start:end], table), None)
        if step:
            found.append(step.moved(start, end))
    return found


def duty_of_instrument_before(page: Page, line: Line, text: str, table: Table) -> list[Step]:
    """ "Providers must register by 30 June" after a sentence on what the Act does: a deadline of the Act."""
    previous = page.before(line)
    duty = table.duties.search(text)
    noun = table.nouns.search(previous.text) if previous and duty else None
    if not (previous and duty and noun and table.deadline.search(text, duty.end())) or _negated(
        text[: duty.start()], table
    ):
        return []
    instrument = table.by_noun[key(noun.group())]
    if instrument not in HARD:
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


def _ordering(before: str, table: Table) -> re.Match[str] | None:
    """The instrument that lays down a duty: "Under the plan, every agency must …"."""
    orders = {*HARD, "strategy", "guidance"}
    found = [noun for noun in table.nouns.finditer(before) if table.by_noun[key(noun.group())] in orders]
    return found[-1] if found else None
