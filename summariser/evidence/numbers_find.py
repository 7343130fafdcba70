"""Find the quantities of a text: digits and words, scale, unit, bound, range. Pure, linear, never raises."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from summariser.evidence.numbers_around import function_words
from summariser.evidence.numbers_completed import Completer
from summariser.evidence.numbers_quantity import (
    DURATIONS,
    Quantity,
    currency_code,
    read_digits,
    suffixes,
    units,
)
from summariser.evidence.numbers_spelled import spelled
from summariser.evidence.numbers_words import (
    at,
    fold,
    has_digits,
    language_of,
    lexicon,
    phrase_after,
    stretches,
    words_in,
)
from summariser.evidence.text import PASSAGES, SENTENCES

_NO_NUMBER = frozenset(chr(code) for code in range(128) if not chr(code).isdecimal())
"""The first letters of what is a number only where it is a number word."""
_POINTS = {"point", "virgule", "coma", "فاصله"}
_BARE_FRACTIONS = {fold(word) for word in ("half", "moitié", "mitad", "نصف")}
_ARABIC_PREFIXES = {"و", "ب", "ل", "ف", "ال", "بـ", "لـ"}
_ORDINAL_ENDINGS = {"st", "nd", "rd", "th", "er", "re", "e", "eme", "o", "a", "nde", "ᵉ"}


class _Finder(Completer):
    """One pass over the tokens of one text."""

    def find(self) -> list[Quantity]:
        found: list[Quantity] = []
        place = 0
        starters = self.words.starters
        for start, (word, folded, _, _) in enumerate(self.tokens):
            if start < place or (folded not in starters and word[0] in _NO_NUMBER) or self.skipped[start]:
                continue
            step = self._quantity(start)
            if step is not None:
                place, quantity, first, last = step
                found.append(quantity)
                self.spans.append((first, last))
        return self._ranges(found) if len(found) > 1 else found

    def _quantity(self, i: int) -> tuple[int, Quantity, int, int] | None:
        token = self.tokens[i]
        if token.folded in self.words.starters:
            return self._word(i)
        if token.text[0].isdecimal():
            return self._digits(i)
        if (
            len(token.text) == 1
            and unicodedata.category(token.text) == "No"
            and 0 < unicodedata.numeric(token.text) < 1
        ):
            return self._finish(i, i + 1, Decimal(str(unicodedata.numeric(token.text))), kind="fraction")
        return None

    def _digits(self, i: int) -> tuple[int, Quantity, int, int] | None:
        token = self.tokens[i]
        value = read_digits(token.text, self.language)
        compound = at(self.tokens, i + 1) in ("/", ":") and self._touches(i, i + 1) and self._is_number(i + 2)
        if value is None or compound:
            return self._compound(i)
        power = self._power(i, value[0])
        if power:
            return power
        if self._touches(i - 1, i) and i and (self.tokens[i - 1].text[0].isalpha() or at(self.tokens, i - 1) == "_"):
            before = self.tokens[i - 1]
            if not currency_code(before.text) and before.folded not in _ARABIC_PREFIXES:
                return self._name(i, value[0], before.folded)
        if (
            i > 1
            and at(self.tokens, i - 1) == "-"
            and self._touches(i - 1, i)
            and self._touches(i - 2, i - 1)
            and self.tokens[i - 2].text[:1].isupper()
        ):
            return self._name(i, value[0], self.tokens[i - 2].folded)
        end, scale, ordinal = i + 1, Decimal(1), False
        after = at(self.tokens, i + 1)
        if self._touches(i, i + 1) and self.tokens[i + 1].text[0].isalpha():
            if after in _ORDINAL_ENDINGS and "." not in token.text:
                end, ordinal = i + 2, True
            elif after in suffixes():
                end, scale = i + 2, suffixes()[after]
            elif (after,) not in units() and not self.words.arabic:
                return self._name(i, value[0], after, last=i + 2)
        elif self._touches(i, i + 1) and after in ("º", "ª", "°"):
            end, ordinal = i + 2, after != "°"
        return self._finish(i, end, value[0], other=value[1], step=value[2], scale=scale, ordinal=ordinal)

    def _word(self, i: int) -> tuple[int, Quantity, int, int] | None:
        words, word = self.words, self.tokens[i].folded
        if word in words.multiples:
            return self._finish(i, i + 1, words.multiples[word], kind="multiple", weak=True, bare=True)
        if word in _BARE_FRACTIONS and word in words.fractions:
            if i and at(self.tokens, i - 1) in words.ordinals:
                return None
            end = i + 1
            if at(self.tokens, end) in words.articles and at(self.tokens, end + 1) in words.scales.keys() | {"dozen"}:
                end += 1
            if at(self.tokens, end) == "dozen":
                return self._finish(i, end + 1, Decimal(6))
            return self._finish(i, end, Decimal("0.5"), kind="fraction")
        fraction = self._fraction(i)
        if fraction:
            return fraction
        named = phrase_after(self.tokens, i + 1, units()) if word in words.articles else None
        if named and named[1] in DURATIONS and not self._second_of(i + 1):
            return self._finish(i, i + 1, Decimal(1), weak=True)  # "within a year" can bear out "12 months"
        read = spelled(self.tokens, i, words)
        if read is None:
            return None
        end, value, ordinal = read
        if at(self.tokens, end) in _POINTS and not ordinal and at(self.tokens, end + 1) in words.cardinals:
            value += Decimal(f"0.{int(words.cardinals[at(self.tokens, end + 1)])}")  # "deux virgule quatre milliards"
            end += 2
        weak = word in words.weak and end == i + 1
        single_hundred = end == i + 1 and (word in words.hundreds or word in words.scales)
        if single_hundred and (words.articles or words.hundreds) and word not in ("cent", "mille", "mil"):
            return None  # "hundreds of", "million" alone
        return self._finish(i, end, value, ordinal=ordinal, weak=weak)

    def _second_of(self, i: int) -> bool:
        """Whether "a second" counts what follows ("a second session") and is no time."""
        tokens = self.tokens
        if at(tokens, i) not in self.words.ordinals or i + 1 >= len(tokens):
            return False
        return tokens[i + 1].text[0].isalpha() and tokens[i + 1].folded not in function_words(self.language)

    def _fraction(self, i: int) -> tuple[int, Quantity, int, int] | None:
        """Two-thirds, a quarter, un tiers: a numerator and the name of a part; one in five."""
        words, word = self.words, self.tokens[i].folded
        if words.cardinals.get(word) == 1 and at(self.tokens, i + 1) in ("in", "sur"):
            whole = words.cardinals.get(at(self.tokens, i + 2))
            return self._finish(i, i + 3, 1 / whole, kind="fraction") if whole and whole > 1 else None
        top = Decimal(1) if word in words.articles else words.cardinals.get(word)
        if top is None or top > 20:
            return None
        place = i + 2 if at(self.tokens, i + 1) == "-" else i + 1
        part = words.fractions.get(at(self.tokens, place))
        if part is None or top >= part or at(self.tokens, place + 1) in words.cardinals:
            return None
        return self._finish(i, place + 1, top / part, kind="fraction", step=Decimal("0.01"))


def find_numbers(text: str, language: str | None = None, skip: Sequence[tuple[int, int]] = ()) -> tuple[Quantity, ...]:
    """The quantities of `text`, in order. `skip` holds the spans that are something else (dates).

    `language` is ISO 639-1 (guessed where None): it decides on number words and on the decimal mark.
    """
    return _find(text, language or language_of(text), tuple(sorted(skip)))


@lru_cache(maxsize=PASSAGES)
def _find(text: str, language: str, skip: tuple[tuple[int, int], ...]) -> tuple[Quantity, ...]:
    found: list[Quantity] = []
    place = 0
    for start, end in stretches(text):
        inside: list[tuple[int, int]] = []
        while place < len(skip) and skip[place][0] < end:
            inside.append((max(0, skip[place][0] - start), skip[place][1] - start))
            place += 1
        for quantity in _find_in(text[start:end], language, tuple(inside)):
            moved = quantity._replace(start=quantity.start + start, end=quantity.end + start) if start else quantity
            found.append(moved)
    return tuple(found)


@lru_cache(maxsize=SENTENCES)
def _find_in(text: str, language: str, skip: tuple[tuple[int, int], ...]) -> tuple[Quantity, ...]:
    """The quantities of one sentence, which several claims may cite."""
    if not has_digits(text) and _telling(language).isdisjoint(words_in(text)):
        return ()
    return tuple(_Finder(text, language, skip).find())


@lru_cache(maxsize=8)
def _telling(language: str) -> frozenset[str]:
    """The words of which a quantity without a digit has one: a numeral, or the unit of "a year"."""
    return lexicon(language).numerals | {words[-1] for words, unit in units().items() if unit in DURATIONS}
