"""Hold the numbers of a claim against those of its support. Pure, linear in the text, never raises.

What counts as borne out: the same value with the same unit, under a bound that the support entails; honest rounding
where the claim says that it rounds, or rounds at the grain that it writes. Anything else is a reason against it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from summariser.evidence.numbers_compare import LIMITS, bears, same_number, units_fit
from summariser.evidence.numbers_find import find_numbers
from summariser.evidence.numbers_quantity import DURATIONS, Bound, Quantity
from summariser.evidence.numbers_words import fold, language_of, lexicon
from summariser.evidence.reasons import NOTHING, Findings
from summariser.schema import Match, Reason

__all__ = ["Bound", "Quantity", "check_numbers", "find_numbers"]

_CEILING = re.compile(
    r"\b(?:max|limit|ceiling|reach|cap(?:ped|s)?\b|can\b|could\b|may\b|might\b|peu(?:t|vent)\b|pourr|plafon|attein"
    r"|puede|podr|alcanz|m[áa]xim|within\b)|قد |يمكن|أقصى",
    re.IGNORECASE,
)
_LIST = re.compile(r"[^.;:!?]{1,400}")
_LIST_END = re.compile(r",?\s(?:and|as well as|et|ainsi que|y|e|و)\s?")
_MOST_LISTED = 20
_MOST = 60  # numbers of one claim that are judged; a "claim" with more is refused, which keeps the cost linear
_SMALL = 12
_SHORT = 1500  # characters: a few sentences


def _strict(quantity: Quantity, labels: frozenset[str]) -> bool:
    return quantity.kind == "name" or quantity.label in labels


class _Checker:
    """The numbers of one claim against those of one support."""

    def __init__(self, claim: str, support: str, found: tuple[Quantity, ...], given: tuple[Quantity, ...]) -> None:
        self.claim, self.support, self.found, self.given = claim, support, found, given
        self.units = {quantity.unit for quantity in given}
        self.across = False
        self.labels: frozenset[str] = frozenset()

    @cached_property
    def ceiling(self) -> bool:
        """Whether the claim speaks of a limit; asked only where the support sets one."""
        return _CEILING.search(self.claim) is not None

    def judge(self, claim: Quantity) -> Reason | Match | None:
        if claim.kind == "name" and claim.label.startswith("="):
            return self._verbatim(claim)
        if claim.weak:
            return self._weak(claim)
        usable = [quantity for quantity in self.given if self._usable(claim, quantity)]
        bearing = self._of_its_unit(claim, [quantity for quantity in usable if self._fits(claim, quantity)])
        rival = self._rival(claim, bearing)
        if bearing and rival is None:
            best = next((quantity for quantity in bearing if set(quantity.nouns) & set(claim.nouns)), bearing[0])
            return Match(kind="number", claim=claim.words, source=best.words)
        if rival is None and (claim.low < claim.high and self._ends(claim, usable)):
            return Match(kind="number", claim=claim.words, source=claim.words) if claim.words in self.support else None
        if (
            rival is None
            and not bearing
            and (self._listed(claim) or self._others(claim, usable) or self._other_end(claim, usable))
        ):
            return None
        if claim.low == 2 and rival is None and claim.words.isalpha() and not claim.unit and not claim.ordinal:
            return None  # "two ministers" is counted from the text more often than read in it
        return self._reason(claim, usable, rival)

    def _of_its_unit(self, claim: Quantity, bearing: list[Quantity]) -> list[Quantity]:
        """`bearing` without bare numbers where the support counts the claim's unit otherwise: 20 is not "20 days"
        where it says "30 days"; and without what only rounds to the claim's where the same thing has its own number."""
        if claim.unit is None or not any(other.unit == claim.unit for other in self.given):
            return bearing
        nouns = set(claim.nouns)
        named = any(other.unit == claim.unit and nouns & set(other.nouns) for other in self.given)
        return [
            quantity
            for quantity in bearing
            if (quantity.unit is not None or quantity.kind == "fraction")
            and (not named or nouns & set(quantity.nouns) or same_number(claim, quantity))
        ]

    def _fits(self, claim: Quantity, quantity: Quantity) -> bool:
        ceiling = quantity.bound in LIMITS and self.ceiling
        return units_fit(claim, quantity, self.across, self.units) and bears(claim, quantity, ceiling)

    def _usable(self, claim: Quantity, quantity: Quantity) -> bool:
        """Article 5 says nothing of 5 bodies, GPT-4 nothing of 4 models, the third round nothing of 3 rounds."""
        if claim.kind == "multiple" or quantity.kind == "multiple":
            return claim.kind == quantity.kind
        if _strict(claim, self.labels):
            same = [other for other in self.given if other.label == claim.label]
            return quantity in same if same else not quantity.unit
        if _strict(quantity, self.labels):
            return (claim.ordinal and quantity.kind != "name") or (not claim.nouns and not claim.unit)
        return claim.ordinal == quantity.ordinal

    def _verbatim(self, claim: Quantity) -> Reason | Match:
        if re.search(rf"(?<!\d){re.escape(claim.words)}(?!\d)", self.support):
            return Match(kind="number", claim=claim.words, source=claim.words)
        return Reason(code="number_not_found", claim=claim.words)

    def _weak(self, claim: Quantity) -> Reason | None:
        """For "one" and "first" where the support numbers the same thing otherwise; "doubled" where nothing doubles."""
        if claim.kind == "multiple":
            values = [Fraction(other.low) for other in self.given if other.kind != "multiple" and other.low]
            ratios = {one / other for one in values[:20] for other in values[:20]}
            twice = any(quantity.kind == "multiple" and quantity.low == claim.low for quantity in self.given)
            percent = {Fraction(quantity.low) for quantity in self.given if quantity.unit == "percent"}
            if twice or Fraction(claim.low) in ratios or (Fraction(claim.low) - 1) * 100 in percent:
                return None
            return Reason(code="number_not_found", claim=claim.words)
        if not (claim.ordinal and claim.nouns):
            return None
        same = [q for q in self.given if q.ordinal and q.nouns[:1] == claim.nouns[:1]]
        if any(q.low == claim.low for q in same):
            return None
        rivals = [q for q in same if q.low != claim.low]
        return Reason(code="number_mismatch", claim=claim.words, source=rivals[0].words) if rivals else None

    def _rival(self, claim: Quantity, bearing: Sequence[Quantity]) -> Quantity | None:
        """The number that the support gives for what the claim counts, where it gives the claim's for another thing."""
        if self.across or not claim.nouns or claim.unit or claim.kind != "count" or claim.label:
            return None
        if any(not quantity.nouns or set(quantity.nouns) & set(claim.nouns) for quantity in bearing):
            return None
        if bearing and not self._swapped(claim, bearing):
            return None
        for quantity in self.given:
            same = quantity.nouns[:1] == claim.nouns[:1] and quantity.ordinal == claim.ordinal
            if same and quantity.unit is None and not quantity.weak and quantity.kind == "count":
                return quantity
        return None

    def _swapped(self, claim: Quantity, bearing: Sequence[Quantity]) -> bool:
        """Whether a number that stands in the support with another noun has been moved: where the claim speaks of
        that other thing too, or where the number is so small that it stands there by chance. Else the claim may
        call the same thing otherwise ("870 infections" for "870 people")."""
        words = {word[:5] for word in re.findall(r"\w+", fold(self.claim))}
        if any(quantity.nouns[0] in words for quantity in bearing):
            return True
        return claim.low <= _SMALL and len(self.support) <= _SHORT

    def _ends(self, claim: Quantity, usable: Iterable[Quantity]) -> bool:
        """Whether both ends of a range stand in the support by themselves ("from 3 percent to 5 percent")."""
        values = {v for q in usable if units_fit(claim, q, self.across, self.units) for v in (q.low, q.high)}
        return {claim.low, claim.high} <= values

    def _other_end(self, claim: Quantity, usable: Iterable[Quantity]) -> bool:
        """Whether the number is one end of a range whose other end the claim gives too ("from 3 percent to 5")."""
        said = {quantity.low for quantity in self.found}
        return any(
            claim.low in (quantity.low, quantity.high) and {quantity.low, quantity.high} <= said
            for quantity in usable
            if quantity.low < quantity.high
        )

    def _others(self, claim: Quantity, usable: Iterable[Quantity]) -> bool:
        """ "A and five other governments" for "A was among six governments"."""
        if claim.nouns[:1] not in (("other",), ("autre",), ("otros",), ("otras",)):
            return False
        return any(quantity.low == claim.low + 1 and set(claim.nouns[1:]) & set(quantity.nouns) for quantity in usable)

    def _listed(self, claim: Quantity) -> bool:
        """Whether the claim counts a list of the support: "three bodies" for "A, B and C"."""
        if claim.unit or claim.ordinal or claim.bound != "exact" or not 2 <= claim.low <= _MOST_LISTED:
            return False
        for stretch in _LIST.findall(self.support):
            if stretch.count(",") == claim.low - 1 and all(part.strip()[:1].isupper() for part in stretch.split(",")):
                return True
            parts = _LIST_END.split(stretch)
            for before, after in pairwise(parts):
                items = before.count(",") + 2
                named = before.split()[-1:] and before.split()[-1][:1].isupper() and after[:1].isupper()
                if items == claim.low and (items > 2 or named):
                    return True
        return False

    def _reason(self, claim: Quantity, usable: Sequence[Quantity], rival: Quantity | None) -> Reason:
        if rival is not None and not same_number(claim, rival):
            return Reason(code="number_mismatch", claim=claim.words, source=rival.words)
        usable = self._of_its_unit(claim, list(usable))
        fitting = [quantity for quantity in usable if units_fit(claim, quantity, self.across, self.units)]
        for quantity in fitting:
            if same_number(claim, quantity):
                return Reason(code="bound_flipped", claim=self._with_bound(claim), source=quantity.words)
        for quantity in usable:
            bare = claim.low / claim.scale == quantity.low / quantity.scale and claim.low == claim.high
            if (bare or same_number(claim, quantity)) and (claim.unit or claim.scale > 1) and not quantity.weak:
                return Reason(code="unit_mismatch", claim=claim.words, source=quantity.words)
        for quantity in fitting:
            noun = quantity.nouns[:1] == claim.nouns[:1] if claim.nouns else False
            if not quantity.weak and (noun or claim.unit or claim.label) and quantity.label == claim.label:
                return Reason(code="number_mismatch", claim=claim.words, source=quantity.words)
        return Reason(code="number_not_found", claim=claim.words)

    def _with_bound(self, quantity: Quantity) -> str:
        """The number with the few words before it, where the bound is."""
        before = self.claim[: quantity.start].rstrip()
        start = max(0, len(before) - 24)
        start = before.find(" ", start) + 1 if start else 0
        return self.claim[start : quantity.end] if quantity.bound != "exact" else quantity.words


def check_numbers(
    claim: str,
    support: str,
    *,
    language: str | None = None,
    claim_language: str | None = None,
    claim_skip: Sequence[tuple[int, int]] = (),
    support_skip: Sequence[tuple[int, int]] = (),
) -> Findings:
    """The numbers of `claim` that `support` bears out, and those that it does not.

    `language` is that of the support, `claim_language` that of the claim (by default guessed); the skips are spans
    of dates, which are checked as dates. Reasons: ``number_mismatch``, ``number_not_found``, ``unit_mismatch``,
    ``bound_flipped``.
    """
    if not any(map(str.isalnum, claim)):
        return NOTHING
    of_support = language or language_of(support)
    of_claim = claim_language or language_of(claim, of_support)
    found = find_numbers(claim, of_claim, claim_skip)
    if not found:
        return NOTHING
    given = _distinct(find_numbers(support, of_support, support_skip))
    checker = _Checker(claim, support, found[:_MOST], given)
    checker.across = of_support != of_claim
    checker.labels = lexicon(of_claim).labels
    if checker.across:
        checker.labels |= lexicon(of_support).labels
    reasons: list[Reason] = []
    matches: list[Match] = []
    if len(found) > _MOST:
        reasons.append(Reason(code="number_not_found", claim=found[_MOST].words))
    for quantity in found[:_MOST]:
        result = checker.judge(quantity)
        if isinstance(result, Match):
            matches.append(result)
        elif result is not None:
            if support_skip and (quantity.unit in DURATIONS or quantity.low >= 1000):
                # "90 days" may stand in the support as a date ("within 90 days"), 2030 as a year
                checker.given = find_numbers(support, of_support)
                again = checker.judge(quantity)
                checker.given = given
                if isinstance(again, Match):
                    matches.append(again)
                    continue
            reasons.append(result)
    return Findings(tuple(reasons), tuple(matches))


def _distinct(found: tuple[Quantity, ...]) -> tuple[Quantity, ...]:
    """The quantities of a text without those that only say again what an earlier one says."""
    if len({quantity.words for quantity in found}) == len(found):
        return found
    return tuple({_sense(quantity): quantity for quantity in reversed(found)}.values())[::-1]


def _sense(quantity: Quantity) -> Quantity:
    """The quantity without its place: what is said twice is compared once."""
    return quantity._replace(start=0, end=0)
