"""Counts that cannot both be right: 123 and 125 member states, not 123 and "more than 120". Pure.

Only numbers of the cited sentences are compared, only across articles, and only where both count the same thing: the
same words in one language, or the same money where each article has one sum.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from summariser.evidence import text as tx
from summariser.evidence.content import same_sense
from summariser.evidence.dates import find_dates
from summariser.evidence.numbers import find_numbers
from summariser.evidence.numbers_compare import bears
from summariser.evidence.numbers_quantity import DURATIONS, Quantity, currencies
from summariser.schema import Span
from summariser.timeline import lists
from summariser.timeline.facts import Facts

_MOST = 60
_ARTICLE = re.compile(r" an? $")
_DONE_BY = re.compile(r"(\w+ed) by (?:[a-z]+ ){0,3}$")
_AGAINST = re.compile(r"\s?(?:[-–—]|to|against|contre|contra|a|à|ضد|مقابل)\s?\d")
_UNTOLD = frozenset(
    {"article", "articles", "section", "chapter", "page", "time", "times", "year", "years", "percent", "day", "days"}
)


_MONTHS = """
January February March April May June July August September October November December
janvier février mars avril mai juin juillet août septembre octobre novembre décembre
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
"""
_DATE = re.compile(rf"(?:\b\d\d? (?:de )?)?\b(?:{'|'.join(_MONTHS.split())}) (?:\d\d?, )?(?:de )?(?:19|20)\d\d\b")
"""Dates in their commonest forms: 21 March 2024, March 21, 2024, March 2024, 21 de marzo de 2024."""


@dataclass(frozen=True, eq=False)
class Count:
    """A number of one article: `thing` the terms counted (or the currency), `words` as written with its bound."""

    facts: Facts
    span: Span
    quantity: Quantity
    thing: frozenset[str]
    about: str
    words: str
    deed: str = ""
    """What they did, as a stem: "co-sponsored by 123 countries" counts sponsors."""

    def is_of(self, term: str) -> bool:
        return term in self.thing or term == self.deed


def may_count(facts: Facts) -> bool:
    """Whether the cited sentences have a number besides plain dates; most have none, and are looked at no further."""
    return any(find_numbers(_DATE.sub("", span.quote), facts.text_language) for span in facts.own)


def counts_of(facts: Facts) -> list[Count]:
    """The counts of a milestone's cited sentences; parts of dates may be among them (see `_is_dated`)."""
    found: list[Count] = []
    for span in facts.own:
        for quantity in find_numbers(span.quote, facts.text_language)[:_MOST]:
            count = _count(facts, span, _bounded(span.quote, quantity, facts.text_language))
            if count is not None:
                found.append(count)
    return found


def _bounded(quote: str, quantity: Quantity, language: str) -> Quantity:
    """A "dozen" with the bound of "more than a dozen", which the article between them hides."""
    before = _ARTICLE.search(quote, max(0, quantity.start - 24), quantity.start)
    if before is None or quantity.bound != "exact" or quantity.words[0].isdigit():
        return quantity
    found = find_numbers(f"{quote[max(0, before.start() - 20) : before.start()]} {quantity.words}", language)
    return quantity._replace(bound=found[-1].bound) if found else quantity


def _is_dated(count: Count) -> bool:
    """Whether a number is part of a date; looked up last, because finding dates costs most."""
    dates = find_dates(count.span.quote, count.facts.text_language, count.facts.published)
    return any(date.start < count.quantity.end and count.quantity.start < date.end for date in dates)


def _count(facts: Facts, span: Span, quantity: Quantity) -> Count | None:
    """The number as a count of something; None where it is none ("Article 5", "5 percent", "the first", "90 days")."""
    if (
        quantity.weak
        or quantity.ordinal
        or quantity.kind != "count"
        or quantity.unit in {*DURATIONS, "percent", "points"}
    ):
        return None
    words = _with_bound(span.quote, quantity)
    if quantity.unit and (quantity.unit in currencies() or len(quantity.unit) == 3):
        return Count(facts, span, quantity, frozenset({f"${quantity.unit}"}), "amount", words)
    nouns = _nouns(span.quote, quantity.end, facts.text_language)
    things = frozenset(_sense(noun, facts.text_language) for noun in nouns)
    counted = any(thing[0] == "=" for thing in things)  # "gave the bill 47 votes": the number is not the bill's
    if not nouns and _is_tally(span.quote, quantity):
        return Count(facts, span, quantity, frozenset({"=votes"}), "votes", words)
    if not nouns or nouns[0] in _UNTOLD or (quantity.label and quantity.scale == 1 and not counted):
        return None
    did = _DONE_BY.search(span.quote, max(0, quantity.start - 60), quantity.start)
    deed = tx.stem(tx.fold(did[1])) if did else ""
    return Count(facts, span, quantity, things, " ".join(nouns), words, deed)


def _is_tally(quote: str, quantity: Quantity) -> bool:
    """Whether a number is the first of a vote: "41 to 17", "41–17", "Ayes 41"."""
    if quantity.label in {"ayes", "yeas"}:
        return True
    if not _AGAINST.match(quote, quantity.end):
        return False
    return quote[: quantity.start].endswith("by ") or lists.says("tally", lists.keys_of(quote))


def _nouns(quote: str, end: int, language: str) -> list[str]:
    """The words right behind a number, up to a small word or mark, three at most."""
    nouns: list[str] = []
    for token in tx.tokens(quote[end : end + 80].lstrip(" -")):
        if not token.is_word or token.key in tx.stopwords(language) or not token.key[0].isalpha() or len(nouns) == 3:
            break
        nouns.append(token.key)
    return nouns


def _sense(noun: str, language: str) -> str:
    counted = lists.groups("counted")
    for base in (noun, *tx.bases(noun)) if language == "en" else (noun, noun.rstrip("s"), noun.removesuffix("es")):
        if base in counted:
            return f"={counted[base]}"
    groups = same_sense(noun) if language == "en" else ()
    return f"~{min(groups)}" if groups else tx.stem(noun, language)


def _with_bound(quote: str, quantity: Quantity) -> str:
    """The number as written, with the words of its bound where it has one ("more than 120")."""
    if quantity.bound == "exact":
        return quantity.words
    before = quote[max(0, quantity.start - 24) : quantity.start]
    words = before.split()[-2:]
    return " ".join([*words, quantity.words])


def compatible(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers can both be right: equal, rounded, or inside each other's bounds."""
    if bears(one, other, True) or bears(other, one, True):
        return True
    low, high = _range(one)
    first, last = _range(other)
    return low <= last and first <= high


def _range(quantity: Quantity) -> tuple[float | Fraction, float | Fraction]:
    low, high = Fraction(quantity.low), Fraction(quantity.high)
    if quantity.bound in {"at_least", "more_than"}:
        return low, float("inf")
    if quantity.bound in {"at_most", "less_than"}:
        return float("-inf"), high
    if quantity.bound == "about":
        return low * 9 / 10, high * 11 / 10
    return low, high


def contradictions(event: Sequence[Facts]) -> Iterator[list[Count]]:
    """Groups of counts of one thing of which not all can be right."""
    by_source: dict[str, list[Count]] = {}
    counting = [facts for facts in event if may_count(facts)]
    for facts in counting if len({facts.source for facts in counting}) > 1 else ():
        for count in counts_of(facts):
            by_source.setdefault(facts.source, []).append(count)
    if len(by_source) < 2:
        return
    things = sorted({term for rows in by_source.values() for count in rows for term in count.thing})
    sources = sorted(by_source)
    used: set[int] = set()
    for term in things:
        rows = [[count for count in by_source[source] if count.is_of(term)] for source in sources]
        told = [row for row in rows if row]
        if term.startswith("$"):
            told = [row for row in told if len({count.quantity.low for count in row}) == 1]
        sides = _against(told) if len(told) > 1 else []
        if sides and any(_is_dated(count) for count in sides):
            sides = _against([[count for count in row if not _is_dated(count)] for row in told])
        if sides and not any(id(count) in used for count in sides):
            used.update(id(count) for count in sides)
            yield sides


def _against(told: Sequence[list[Count]]) -> list[Count]:
    """The counts of articles of which no number is compatible with any that another gives for the thing."""
    sides: dict[int, Count] = {}
    for place, row in enumerate(told):
        for other in told[place + 1 :]:
            pairs = [(one, two) for one in row for two in other if _same_thing(one, two)]
            if pairs and not any(compatible(one.quantity, two.quantity) for one, two in pairs):
                one, two = pairs[0]
                sides.setdefault(id(one), one)
                sides.setdefault(id(two), two)
    return list(sides.values())


def _same_thing(one: Count, other: Count) -> bool:
    if one.about == other.about == "amount":
        return one.quantity.unit == other.quantity.unit
    shared = one.thing & other.thing
    if one.facts.text_language != other.facts.text_language:
        shared = frozenset(term for term in shared if term[0] == "=")
    return bool(shared) or one.deed in other.thing or other.deed in one.thing
