"""Turned polarity and changed modality, by the patterns of `_data/mutations.json`."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from evals.mutate.claims import QUOTED, Claim, Mutant, World, tables
from summariser.schema import DraftKeyPoint


def negations(claim: Claim, world: World, rng: random.Random) -> Iterator[Mutant]:
    """A "not" put in or taken out, at the first verb of the claim that takes one."""
    del world, rng
    if isinstance(claim.item, DraftKeyPoint):
        wrong = _first(claim, "negation", [(p, r) for p, r in tables()["negation"].get(claim.case.language, [])])
        wrong = wrong or (_did_not(claim) if claim.case.language == "en" else None)
        if wrong:
            yield wrong


def modalities(claim: Claim, world: World, rng: random.Random) -> Iterator[Mutant]:
    """A duty made a choice, a wish a duty, a plan a deed."""
    del world, rng
    if isinstance(claim.item, DraftKeyPoint):
        wrong = _first(claim, "modality", list(_modal_rules(claim.case.language)))
        if wrong:
            yield wrong


def _first(claim: Claim, kind: Literal["negation", "modality"], rules: list[tuple[str, str]]) -> Mutant | None:
    text = claim.text
    quoted = [hit.span() for hit in QUOTED.finditer(text)]
    for pattern, replacement in rules:
        for hit in re.finditer(pattern, text):
            if not any(start <= hit.start() < end for start, end in quoted):
                now = hit.expand(replacement)
                wrong = claim.reworded(text[: hit.start()] + now + text[hit.end() :])
                return Mutant(kind, wrong, hit.group(), now)
    return None


@cache
def _modal_rules(language: str) -> tuple[tuple[str, str], ...]:
    """The table's rules, those with a verb form in them written out for each verb that the table knows."""
    rules: list[tuple[str, str]] = []
    for pattern, replacement in tables()["modality"].get(language, []):
        if "<base>" not in pattern:
            rules.append((pattern, replacement))
            continue
        for verb in tables()["verbs_en"]:
            filled = replacement.replace("<participle>", verb["participle"]).replace("<past>", verb["past"])
            rules.append((pattern.replace("<base>", verb["base"]), filled))
    return tuple(rules)


def _did_not(claim: Claim) -> Mutant | None:
    """ "adopted" → "did not adopt", "requires" → "does not require", where the word before can be a subject."""
    forms = {verb["past"]: f"did not {verb['base']}" for verb in tables()["verbs_en"]}
    forms |= {verb["third"]: f"does not {verb['base']}" for verb in tables()["verbs_en"]}
    auxiliaries = {
        "has",
        "have",
        "had",
        "was",
        "were",
        "is",
        "are",
        "be",
        "been",
        "to",
        "the",
        "a",
        "an",
        "its",
        "by",
        "of",
    }
    quoted = [hit.span() for hit in QUOTED.finditer(claim.text)]
    for hit in re.finditer(r"(\w+)\s(?P<verb>[a-z]+)\b(?!,)", claim.text):
        now = forms.get(hit["verb"])
        if now and hit[1].lower() not in auxiliaries and not any(s <= hit.start() < e for s, e in quoted):
            start, end = hit.span("verb")
            return Mutant("negation", claim.reworded(claim.text[:start] + now + claim.text[end:]), hit["verb"], now)
    return None
