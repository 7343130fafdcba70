"""Find the quantities of a text: digits and words, scale, unit, bound, range. Pure, linear, never raises."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from summariser.evidence.numbers_quantity import (
    DURATIONS,
    THIN,
    Bound,
    Kind,
    Quantity,
    currencies,
    currency_code,
    read_digits,
    suffixes,
    units,
)
from summariser.evidence.numbers_words import (
    WORD,
    Lexicon,
    at,
    fold,
    language_of,
    lexicon,
    load,
    phrase_after,
    phrase_before,
    spelled,
    stretches,
    tokenise,
)

_GROUPED = rf"\d{{1,3}}(?:[ {THIN}]\d{{3}})+(?!\d)(?:[.,]\d+)?"
_REST = rf"\d+(?:[.,٫٬'’]\d+)*|{WORD}|[^\w\s]|_"
_PATTERN = re.compile(f"{_GROUPED}|{_REST}")  # the groups first: 1 234,5
_DASHES = {"-", "‐", "‑", "‒"} | {"–", "—", "−"}
_SUPERSCRIPTS = set("⁰¹²³⁴⁵⁶⁷⁸⁹")
_POWERS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_TO = {"-", "–", "—", "to", "a", "الى"}
_POINTS = {"point", "virgule", "coma", "فاصله"}
_PARTITIVES = {fold(word) for word in ("dont", "منها", "منهم")}
_PARTITIVE_PAIRS = {
    ("of", "which"),
    ("of", "whom"),
    ("of", "them"),
    ("los", "cuales"),
    ("las", "cuales"),
    ("los", "que"),
}
_BARE_FRACTIONS = {fold(word) for word in ("half", "moitié", "mitad", "نصف")}
_HALVES = {fold(word) for word in ("half", "demi", "demie", "medio", "media", "ونصف")}
_FROM = {fold(word) for word in ("from", "de", "desde", "من")}
_OF_THE = "of the its their his her these those de des du d la le les los las ses leurs من"
_LINKS = {fold(word) for word in _OF_THE.split()}
_ARABIC_PREFIXES = {"و", "ب", "ل", "ف", "ال", "بـ", "لـ"}
_ORDINAL_ENDINGS = {"st", "nd", "rd", "th", "er", "re", "e", "eme", "o", "a", "nde", "ᵉ"}


class _Finder:
    """One pass over the tokens of one text."""

    def __init__(self, text: str, language: str, skip: Sequence[tuple[int, int]]) -> None:
        self.text = text
        self.language = language
        self.words: Lexicon = lexicon(language)
        self.tokens = tokenise(text, _PATTERN)
        self.skipped = self._skipped(sorted(skip))
        self.spans: list[tuple[int, int]] = []

    def _skipped(self, skip: list[tuple[int, int]]) -> list[bool]:
        marks, place = [], 0
        for token in self.tokens:
            while place < len(skip) and skip[place][1] <= token.start:
                place += 1
            marks.append(place < len(skip) and skip[place][0] < token.end)
        return marks

    def find(self) -> list[Quantity]:
        found: list[Quantity] = []
        place = 0
        while place < len(self.tokens):
            step = None if self.skipped[place] else self._quantity(place)
            if step is None:
                place += 1
                continue
            place, quantity, first, last = step
            found.append(quantity)
            self.spans.append((first, last))
        return self._ranges(found)

    def _touches(self, left: int, right: int) -> bool:
        """Whether the tokens stand side by side without a space."""
        return left >= 0 and right < len(self.tokens) and self.tokens[left].end == self.tokens[right].start

    def _quantity(self, i: int) -> tuple[int, Quantity, int, int] | None:
        token = self.tokens[i]
        if token.folded in self.words.starters:
            return self._word(i)
        if token.text[0].isdecimal():
            return self._digits(i)
        if token.text[0].isascii():
            return None
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

    def _is_number(self, i: int) -> bool:
        return i < len(self.tokens) and self.tokens[i].text[0].isdecimal()

    def _compound(self, i: int) -> tuple[int, Quantity, int, int]:
        """What holds digits but is no number: 2024/1689, 18:30, 4.2.1. It must stand in the support as it is."""
        end = i + 1
        while at(self.tokens, end) in ("/", ":") and self._touches(end - 1, end) and self._is_number(end + 1):
            if not self._touches(end, end + 1):
                break
            end += 2
        start, stop = self.tokens[i].start, self.tokens[end - 1].end
        words = self.text[start:stop]
        parts = words.split("/")
        if (
            len(parts) == 2
            and all(part.isdecimal() and len(part) == 1 for part in parts)
            and int(parts[0]) < int(parts[1])
        ):
            return self._finish(i, end, Decimal(int(parts[0])) / int(parts[1]), kind="fraction")
        quantity = Quantity(start, stop, words, Decimal(0), Decimal(0), kind="name", label=f"={fold(words)}")
        return end, quantity, i, end

    def _power(self, i: int, base: Decimal) -> tuple[int, Quantity, int, int] | None:
        """10^26, 10²⁶."""
        end, digits = i + 1, ""
        if at(self.tokens, end) == "^" and self._is_number(end + 1):
            end, digits = end + 2, self.tokens[end + 1].text
        else:
            while self._touches(end - 1, end) and set(self.tokens[end].text) <= _SUPERSCRIPTS:
                digits += self.tokens[end].text.translate(_POWERS)
                end += 1
        if not digits.isdecimal() or len(digits) > 3 or base > 1000:
            return None
        return self._finish(i, end, base ** int(digits))

    def _name(self, i: int, value: Decimal, label: str, last: int = 0) -> tuple[int, Quantity, int, int]:
        last = last or i + 1
        start, end = self.tokens[i].start, self.tokens[last - 1].end
        words = self.text[start:end]
        return last, Quantity(start, end, words, value, value, kind="name", label=label), i, last

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
        return tokens[i + 1].text[0].isalpha() and tokens[i + 1].folded not in _function_words(self.language)

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

    def _finish(
        self,
        first: int,
        end: int,
        value: Decimal,
        *,
        other: Decimal | None = None,
        step: Decimal = Decimal(1),
        scale: Decimal = Decimal(1),
        ordinal: bool = False,
        kind: Kind = "count",
        weak: bool = False,
        bare: bool = False,
    ) -> tuple[int, Quantity, int, int]:
        """Add what stands around the number: scale, unit, currency, bound, label, nouns."""
        start, tokens, words = first, self.tokens, self.words
        if not bare and not ordinal:
            end, value, other = self._half_more(end, value, other)
            for _ in range(2):
                place = end + 1 if at(tokens, end) == "-" and at(tokens, end + 1) in words.scales else end
                if at(tokens, place) not in words.scales:
                    break
                scale, end = scale * words.scales[at(tokens, place)], place + 1
            short = at(tokens, end)
            if (
                scale == 1
                and kind == "count"
                and len(short) <= 3
                and short in suffixes()
                and not self._is_number(end + 1)
            ):
                near_money = (first and tokens[first - 1].text in "$€£¥₹") or at(tokens, end + 1) in ("€", "$", "£")
                if near_money or short in ("bn", "tn", "mn"):
                    scale, end = suffixes()[short], end + 1
        if kind == "fraction" and scale > 1:
            kind = "count"
        start, end, unit, weak_end = self._unit(first, end, ordinal)
        label = "" if unit else self._label(first)
        sign = (
            first
            and at(tokens, first - 1) == "-"
            and tokens[first].text[0].isdecimal()
            and self._touches(first - 1, first)
        )
        if sign and (first == 1 or not self._touches(first - 2, first - 1)) and not label:
            start, value = first - 1, -value
        edge = start - 1 if start and tokens[start - 1].folded == "the" else start
        bound, stressed, below = self._bound(edge, end)
        quantity = Quantity(
            start=tokens[start].start,
            end=tokens[end - 1].end,
            words=self.text[tokens[start].start : tokens[end - 1].end],
            low=value * scale,
            high=value * scale,
            bound=bound if not (unit in DURATIONS and at(tokens, edge - 1) == "over") else "exact",
            unit=unit,
            scale=scale,
            step=step * scale,
            ordinal=ordinal,
            kind=kind,
            nouns=() if bare or label or self._partitive(start) else self._nouns(end, weak),
            label=label,
            weak=weak and (unit is None or first + 1 == end or tokens[first].folded in words.articles) and scale == 1,
            other=None if other is None else other * scale,
            stressed=stressed,
            below=below,
        )
        return max(end, weak_end), quantity, start, end

    def _half_more(self, end: int, value: Decimal, other: Decimal | None) -> tuple[int, Decimal, Decimal | None]:
        """Two and a half, deux et demi, dos y medio."""
        joined = at(self.tokens, end) in ("and", "et", "y")
        place = end + 2 if joined and at(self.tokens, end + 1) in ("a", "one") else end + 1
        if joined and at(self.tokens, place) in _HALVES and value == int(value):
            return place + 1, value + Decimal("0.5"), None
        return end, value, other

    def _unit(self, first: int, end: int, ordinal: bool) -> tuple[int, int, str | None, int]:
        tokens = self.tokens
        before = tokens[first - 1] if first else None
        if before and before.text in "$€£¥₹₩₦₺₽":
            prefixed = first > 1 and self._touches(first - 2, first - 1) and (tokens[first - 2].folded, "$")
            unit = units().get(prefixed) if prefixed else None
            start = first - 2 if unit else first - 1
            unit = unit or units()[(before.text,)]
            name = phrase_after(tokens, end, units())
            return start, name[0] if name and name[1] in currencies() else end, unit, end
        if before and currency_code(before.text) and not ordinal:
            return first - 1, end, before.text, end
        if ordinal:
            return first, end, None, end
        place = end + 1 if at(tokens, end) in _DASHES | {"-"} else end
        if at(tokens, place) in ("%", "٪"):
            return first, place + 1, "percent", place + 1
        found = phrase_after(tokens, place, self.words.words)
        if found and found[1] in ("percent", "points"):
            return first, found[0], found[1], found[0]
        unit_place = place + 1 if at(tokens, place) in ("de", "d") and at(tokens, place + 1) != "l" else place
        unit_place += at(tokens, unit_place) == "'" and at(tokens, place) == "d"
        if place < len(tokens) and (code := currency_code(tokens[place].text)):
            return first, place + 1, code, place + 1
        named = phrase_after(tokens, unit_place, units())
        if named and not (named[0] == unit_place + 1 and at(tokens, unit_place) in self.words.articles):
            if named[0] < len(tokens) and at(tokens, named[0] - 1) == "point":
                return first, end, None, end
            return first, named[0], named[1], named[0]
        return first, end, None, end

    def _label(self, first: int) -> str:
        """The word that makes the number part of a name: Article 5, Llama 3, No. 5."""
        tokens = self.tokens
        if first and tokens[first - 1].text in ("#", "№", "§"):
            return tokens[first - 1].text
        place = first - 1
        if (
            at(tokens, place) in (".", "°", "º")
            and self._touches(place - 1, place)
            and at(tokens, place - 1) in ("no", "n", "art", "sec")
        ):
            place -= 1
        word = at(tokens, place)
        if not tokens[first].text[0].isdecimal():
            return word if word in self.words.labels and word not in ("order", "act", "law", "part") else ""
        if word in self.words.labels:
            return word
        named = place > 0 and tokens[place].text[:1].isupper() and at(tokens, place - 1) not in (".", "?", "!", ":")
        return word if named and (word,) not in self.words.before else ""

    def _bound(self, start: int, end: int) -> tuple[Bound, bool, bool]:
        found = phrase_before(self.tokens, start, self.words.before)
        kind = found[1] if found else None
        if kind in (None, "exactly"):
            kind = self._bound_after(end) or kind
        if kind == "nearly":
            return "about", False, True
        if kind is None or kind == "exactly":
            return "exact", kind is not None, False
        return kind, False, False  # type: ignore[return-value]

    def _bound_after(self, end: int) -> str | None:
        """ "120 or more", "120 members at most"; in "120, at least 50 of them" the bound is the next number's."""
        noun = end < len(self.tokens) and self.tokens[end].text[0].isalpha()
        for place in (end, end + 1) if noun else (end,):
            after = phrase_after(self.tokens, place, self.words.after)
            if after and not (self._is_number(after[0]) or at(self.tokens, after[0]) in self.words.cardinals):
                return after[1]
        return None

    def _partitive(self, start: int) -> bool:
        """Whether the number counts what was named before: "1,500 places, of which the first 200 open"."""
        before = [token.folded for token in self.tokens[max(0, start - 4) : start]]
        pairs = pairwise(before)
        return not _PARTITIVES.isdisjoint(before) or any(pair in _PARTITIVE_PAIRS for pair in pairs)

    def _nouns(self, end: int, weak: bool) -> tuple[str, ...]:
        """The first letters of the words counted: at most three, up to a function word or a mark."""
        nouns: list[str] = []
        stop = _function_words(self.language)
        for token in self.tokens[end : end + 6]:
            if token.folded == "-" or (token.folded in _LINKS and not nouns and not weak):
                continue
            if not token.text[0].isalpha() or token.folded in stop or len(nouns) == 3:
                break
            nouns.append(token.folded.removeprefix("ال")[:5])
        return tuple(nouns)

    def _ranges(self, found: list[Quantity]) -> list[Quantity]:
        """Join "10 to 15" and hand the unit of "10 and 15%" to the first of the two."""
        result: list[Quantity] = []
        for quantity, (first, last) in zip(reversed(found), reversed(self.spans), strict=True):
            if not result:
                result.append(quantity)
                following = first
                continue
            later = result[-1]
            link = [token.folded for token in self.tokens[last:following]] if following - last <= 3 else ["?"]
            following = first
            if quantity.ordinal or later.ordinal or {"name", "multiple"} & {quantity.kind, later.kind} or not link:
                result.append(quantity)
                continue
            counted = later.nouns and quantity.unit not in currencies()
            if quantity.unit and later.unit is None and not counted and not set(link) - _TO:
                later = result[-1] = replace(later, unit=quantity.unit)
            spread = self._spread(quantity, later, link)
            opened = at(self.tokens, first - 1)
            ranged = (link in (["-"], ["–"], ["—"]) or fits(link, self.words.words, "range")) and opened not in _FROM
            ranged = ranged or (fits(link, self.words.words, "and") and fits([opened], self.words.words, "between"))
            if ranged and spread.unit == later.unit and spread.low < later.low and later.low == later.high:
                words = self.text[quantity.start : later.end]
                whole = replace(
                    later, start=quantity.start, words=words, low=spread.low, bound=spread.bound, weak=False, other=None
                )
                result[-1] = whole
            else:
                result.append(spread)
        return result[::-1]

    def _spread(self, quantity: Quantity, later: Quantity, link: list[str]) -> Quantity:
        joins = {"-", "–", "—", ",", "and", "or", "to", "et", "ou", "a", "y", "o", "و", "او", "الى"}
        if not set(link) <= joins or (quantity.unit is not None and quantity.unit not in currencies()):
            return quantity
        if quantity.scale == 1 < later.scale and quantity.low < 1000:
            if link in (["-"], ["–"], ["—"]) or fits(link, self.words.words, "range"):
                quantity = replace(quantity, low=quantity.low * later.scale, high=quantity.high * later.scale)
            else:
                quantity = replace(quantity, other=quantity.low * later.scale)
        return replace(quantity, unit=quantity.unit or later.unit, nouns=quantity.nouns or later.nouns)


@lru_cache(maxsize=8)
def _function_words(language: str) -> frozenset[str]:
    words = lexicon(language)
    stop = load("numbers_words.toml").get(language, {}).get("stop", "")
    return frozenset(fold(word) for word in stop.split()) | words.articles | {"or", "ou", "o", "و", "by", "than", "per"}


def fits(link: Sequence[str], table: Mapping[tuple[str, ...], str], meaning: str) -> bool:
    """Whether the folded words `link` are an entry of `table` with this meaning."""
    return table.get(tuple(link)) == meaning


def find_numbers(text: str, language: str | None = None, skip: Sequence[tuple[int, int]] = ()) -> tuple[Quantity, ...]:
    """The quantities of `text`, in order. `skip` holds the spans that are something else (dates).

    `language` is ISO 639-1 (guessed where None): it decides on number words and on the decimal mark.
    """
    return _find(text, language or language_of(text), tuple(sorted(skip)))


@lru_cache(maxsize=256)
def _find(text: str, language: str, skip: tuple[tuple[int, int], ...]) -> tuple[Quantity, ...]:
    found: list[Quantity] = []
    place = 0
    for start, end in stretches(text):
        inside: list[tuple[int, int]] = []
        while place < len(skip) and skip[place][0] < end:
            inside.append((max(0, skip[place][0] - start), skip[place][1] - start))
            place += 1
        for quantity in _find_in(text[start:end], language, tuple(inside)):
            moved = replace(quantity, start=quantity.start + start, end=quantity.end + start) if start else quantity
            found.append(moved)
    return tuple(found)


@lru_cache(maxsize=2048)
def _find_in(text: str, language: str, skip: tuple[tuple[int, int], ...]) -> tuple[Quantity, ...]:
    """The quantities of one sentence, which several claims may cite."""
    return tuple(_Finder(text, language, skip).find())
