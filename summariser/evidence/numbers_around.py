"""What stands around a number: its unit, its bound, the name that it is part of, the things counted. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from summariser.evidence.numbers_quantity import (
    Bound,
    currencies,
    currency_code,
    units,
)
from summariser.evidence.numbers_words import (
    Lexicon,
    at,
    fold,
    lexicon,
    load,
    phrase_after,
    phrase_before,
    tokenise_grouped,
)

_DASHES = {"-", "‐", "‑", "‒"} | {"–", "—", "−"}
_PARTITIVES = {fold(word) for word in ("dont", "منها", "منهم")}
_PARTITIVE_PAIRS = {
    ("of", "which"),
    ("of", "whom"),
    ("of", "them"),
    ("los", "cuales"),
    ("las", "cuales"),
    ("los", "que"),
}
_HALVES = {fold(word) for word in ("half", "demi", "demie", "medio", "media", "ونصف")}
_OF_THE = "of the its their his her these those de des du d la le les los las ses leurs من"
_LINKS = {fold(word) for word in _OF_THE.split()}


@lru_cache(maxsize=8)
def function_words(language: str) -> frozenset[str]:
    """Words that end the phrase of what a number counts."""
    words = lexicon(language)
    stop = load("numbers_words.toml").get(language, {}).get("stop", "")
    return frozenset(fold(word) for word in stop.split()) | words.articles | {"or", "ou", "o", "و", "by", "than", "per"}


class Surroundings:
    """The tokens of one text, and what is beside the number among them."""

    def __init__(self, text: str, language: str, skip: Sequence[tuple[int, int]]) -> None:
        self.text = text
        self.language = language
        self.words: Lexicon = lexicon(language)
        self.tokens = tokenise_grouped(text)
        self.skipped = self._skipped(sorted(skip))
        self.spans: list[tuple[int, int]] = []

    def _skipped(self, skip: list[tuple[int, int]]) -> list[bool]:
        marks = [False] * len(self.tokens)
        first = 0
        for start, end in skip:
            for place in range(first, len(marks)):
                token = self.tokens[place]
                if token.start >= end:
                    break
                if token.end > start:
                    marks[place] = True
                first = place
        return marks

    def _touches(self, left: int, right: int) -> bool:
        """Whether the tokens stand side by side without a space."""
        return left >= 0 and right < len(self.tokens) and self.tokens[left].end == self.tokens[right].start

    def _is_number(self, i: int) -> bool:
        return i < len(self.tokens) and self.tokens[i].text[0].isdecimal()

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
        return not _PARTITIVES.isdisjoint(before) or not _PARTITIVE_PAIRS.isdisjoint(pairwise(before))

    def _nouns(self, end: int, weak: bool) -> tuple[str, ...]:
        """The first letters of the words counted: at most three, up to a function word or a mark."""
        nouns: list[str] = []
        stop = function_words(self.language)
        for token in self.tokens[end : end + 6]:
            if token.folded == "-" or (token.folded in _LINKS and not nouns and not weak):
                continue
            if not token.text[0].isalpha() or token.folded in stop or len(nouns) == 3:
                break
            nouns.append(token.folded.removeprefix("ال")[:5])
        return tuple(nouns)
