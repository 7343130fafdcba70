"""A quantity, its units, and how digits are read. Pure."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from summariser.evidence.numbers_words import THIN, Phrases, entries, load

Bound = Literal["exact", "at_least", "more_than", "at_most", "less_than", "about"]
Kind = Literal["count", "fraction", "multiple", "name"]

DURATIONS = frozenset({"second", "minute", "hour", "day", "week", "month", "quarter_year", "year", "decade"})
_DECIMAL_POINT = {"en", "ar", "zh", "ja", "ko", "he", "hi", "th"}
_ONE = Decimal(1)
_LONGEST = 40  # digits; a longer run is an identifier, not a number


class Quantity(NamedTuple):
    """A number as it stands in a text: ``text[start:end] == words``, offsets in code points.

    `low` and `high` are equal but for ranges, and hold the scale ("1.2 million" is 1,200,000; percent stays as
    written, 5% is 5; a half is 0.5). `step` is what one unit of the last written digit is worth (100,000 in
    "1.2 million"): the grain of honest rounding. `other` is a second reading where the notation is ambiguous
    ("1.234" in French). `unit` is ``percent``, ``points``, an ISO 4217 code or a shared currency name
    (``dollar?``), a unit of measure, or None; `nouns` are the first letters of the words counted. `label` is what
    a number belongs to that is part of a name (``gpt`` in GPT-4, ``article`` in Article 5). `weak` numbers ("one",
    "first", "doubled") carry other senses and count against a claim only where the text gives another number.
    """

    start: int
    end: int
    words: str
    low: Decimal
    high: Decimal
    bound: Bound = "exact"
    unit: str | None = None
    scale: Decimal = Decimal(1)
    step: Decimal = Decimal(1)
    ordinal: bool = False
    kind: Kind = "count"
    nouns: tuple[str, ...] = ()
    label: str = ""
    weak: bool = False
    other: Decimal | None = None
    stressed: bool = False
    below: bool = False
    """Hedged from below: "nearly", "almost"."""


@lru_cache(maxsize=1)
def units() -> Phrases:
    """The units and currencies by the words that name them."""
    table = load("numbers_units.toml")
    named = [pair for kind in ("measures", "currencies") for pair in table[kind].items()]
    return Phrases({words: name for name, line in named for words in entries(line)})


@lru_cache(maxsize=1)
def currencies() -> frozenset[str]:
    """The names of currencies among the units, shared ones ("dollar?") included."""
    return frozenset(load("numbers_units.toml")["currencies"])


@lru_cache(maxsize=1)
def shared_currencies() -> dict[str, frozenset[str]]:
    """The ISO codes that a shared name can mean: ``dollar?`` is USD, CAD, AUD …"""
    return {name: frozenset(codes.split()) for name, codes in load("numbers_units.toml")["shared"].items()}


@lru_cache(maxsize=1)
def suffixes() -> dict[str, Decimal]:
    """The scales that are written right after the digits (10k, 5bn)."""
    table = load("numbers_units.toml")["suffixes"]
    return {words[0]: Decimal(value) for value, line in table.items() for words in entries(line)}


@lru_cache(maxsize=1)
def _iso_codes() -> frozenset[str]:
    from babel.core import get_global

    return frozenset(get_global("all_currencies"))


def currency_code(word: str) -> str | None:
    """`word` where it is an ISO 4217 code in capitals."""
    return word if len(word) == 3 and word.isascii() and word.isupper() and word in _iso_codes() else None


def read_digits(literal: str, language: str) -> tuple[Decimal, Decimal | None, Decimal] | None:
    """The value of digits as written in `language`, a second reading where there is one, and the worth of the last
    digit; None for what is no number (versions, addresses, runs of over 40 digits)."""
    if len(literal) > _LONGEST:
        return None
    if literal.isascii() and literal.isdigit():  # most numbers
        return Decimal(literal), None, _ONE
    plain = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in literal)
    plain = re.sub(f"[ {THIN}'’٬]", "", plain).replace("٫", ".")
    points = [char for char in plain if char in ".,"]
    if not points:
        return Decimal(plain), None, Decimal(1)
    whole, *groups = re.split("[.,]", plain)
    thousands = len(whole) <= 3 and whole != "0" and all(len(group) == 3 for group in groups)
    joined = Decimal(whole + "".join(groups))
    decimals = len(groups[-1])
    fraction = joined.scaleb(-decimals)
    if len(set(points)) == 2:
        regular = points[-1] not in points[:-1] and all(len(group) == 3 for group in groups[:-1])
        return (fraction, None, Decimal(1).scaleb(-decimals)) if regular else None
    if len(points) > 1:
        return (joined, None, Decimal(1)) if thousands else None
    is_point = points[0] == ("." if language in _DECIMAL_POINT or "٫" in literal else ",")
    if not thousands:
        return fraction, None, Decimal(1).scaleb(-decimals)
    if not is_point:
        return joined, None, Decimal(1)
    return fraction, joined, Decimal(1).scaleb(-decimals)
