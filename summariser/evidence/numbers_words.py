"""Tokens and number words: what the finders of numbers and of dates both stand on. Pure and linear in the text."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib import resources
from itertools import pairwise
from typing import Any, NamedTuple

from summariser.evidence.text import PASSAGES, SENTENCES, WORDS

LANGUAGES = ("en", "fr", "es", "ar")
_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670"
_WORD_FORM = rf"[a-zA-Z]+(?=[ ,])|[^\W\d_][^\W\d_{_MARKS}]*(?:[{_MARKS}]+[^\W\d_]*)*"
_WORD = re.compile(_WORD_FORM)
_DIGIT = re.compile(r"\d")
_TOKEN = re.compile(rf"{_WORD_FORM}|\d+|[^\w\s]|_")
_STOP = re.compile(r"(?<=[^\W\d_]{5})[.!?؟]\s+(?=[^\W\da-z_])|(?<=\d{4})[.!?]\s+(?=[^\W\da-z_])|\n+")
"""The end of a sentence: not behind a short word ("Sept. 2024", "No. 5") and not before a digit or a small letter."""
THIN = "\u00a0\u202f\u2009"
_GROUPED = re.compile(  # the groups first: 1 234,5
    rf"\d{{1,3}}(?:[ {THIN}]\d{{3}})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,٫٬'’]\d+)*|{_WORD_FORM}|[^\w\s]|_"
)
_PARTED = re.compile(rf"\d[ {THIN}.,٫٬'’]\d")
_MAY_STOP = re.compile(r"[.!?؟](?=\s)|\n")
_ARABIC = re.compile(r"[\u0621-\u064a]")
_LATIN_WORD = re.compile(r"[a-zàâçéèêëîïôûùüñáíóúœ]+")
_LONGEST_PHRASE = 5


class Token(NamedTuple):
    """A word, a run of digits or one other character; `folded` is without case, accents and Arabic vowel marks."""

    text: str
    folded: str
    start: int
    end: int


@lru_cache(maxsize=WORDS)
def fold(word: str) -> str:
    """`word` without case, accents, Arabic vowel marks and hamza seats; typographic apostrophes become plain."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char) and char != "\u0640")
    return {"’": "'", "–": "-", "—": "-", "‑": "-", "‐": "-", "−": "-"}.get(plain, plain)


@lru_cache(maxsize=PASSAGES)
def stretches(text: str) -> tuple[tuple[int, int], ...]:
    """Where the sentences of `text` are, near enough that no number or date is cut: what is cached by sentence."""
    ends = [0]
    for mark in _MAY_STOP.finditer(text):  # few places can be ends: `_STOP` looks back, which is slow everywhere
        if mark.start() >= ends[-1] and (stop := _STOP.match(text, mark.start())):
            ends.append(stop.end())
    return tuple((start, end) for start, end in pairwise((*ends, len(text))) if start < end)


def tokenise(text: str) -> tuple[Token, ...]:
    """The tokens of `text` in order; white space is left out, offsets are exact."""
    return _cut(text, _TOKEN)


def tokenise_grouped(text: str) -> tuple[Token, ...]:
    """`tokenise`, with numbers whole as they are written: "1,234.5", "1 234"."""
    return _cut(text, _GROUPED if _PARTED.search(text) else _TOKEN)


@lru_cache(maxsize=SENTENCES)
def _cut(text: str, pattern: re.Pattern[str]) -> tuple[Token, ...]:
    tokens: list[Token] = []
    make, find = tuple.__new__, text.find  # as Token(...), without the Python function around it
    words = pattern.findall(text)
    end = 0
    for word, folded in zip(words, map(_folded, words), strict=True):
        start = find(word, end)  # between two tokens is white space only
        end = start + len(word)
        tokens.append(make(Token, (word, folded, start, end)))
    return tuple(tokens)


@lru_cache(maxsize=WORDS)
def _folded(word: str) -> str:
    return fold(word) if word.isascii() or len(word) < 64 else word


@lru_cache(maxsize=SENTENCES)
def words_in(text: str) -> frozenset[str]:
    """The folded words of a text: most sentences have none that a number or date needs, and are passed over."""
    return frozenset(map(_folded, _WORD.findall(text)))


def has_digits(text: str) -> bool:
    """Whether a text has a digit, or another character that stands for a number."""
    return _DIGIT.search(text) is not None if text.isascii() else any(map(str.isnumeric, text))


@lru_cache(maxsize=1024)
def phrase(words: str) -> tuple[str, ...]:
    """The folded tokens of a table entry."""
    return tuple(token.folded for token in tokenise(words))


def entries(words: str) -> list[tuple[str, ...]]:
    """The phrases of one table value, which are written with "|" between them."""
    return [phrase(entry) for entry in words.split("|") if entry.strip()]


class Phrases(dict[tuple[str, ...], str]):
    """Phrases in folded words and what each means, with the words that they begin and end with."""

    def __init__(self, phrases: Mapping[tuple[str, ...], str]) -> None:
        super().__init__(phrases)
        self.first = frozenset(words[0] for words in phrases if words)
        self.last = frozenset(words[-1] for words in phrases if words)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The number words of one language, folded."""

    cardinals: Mapping[str, Decimal]
    ordinals: Mapping[str, Decimal]
    scales: Mapping[str, Decimal]
    fractions: Mapping[str, Decimal]
    multiples: Mapping[str, Decimal]
    hundreds: frozenset[str]
    joiners: frozenset[str]
    articles: frozenset[str]
    weak: frozenset[str]
    labels: frozenset[str]
    before: Phrases
    after: Phrases
    words: Phrases
    starters: frozenset[str]
    """Every word that a number can begin with: the rest of a text is passed over."""
    numerals: frozenset[str]
    """`starters` that are numbers by themselves: an article alone is none."""
    french: bool = False
    arabic: bool = False


@lru_cache(maxsize=4)
def load(name: str) -> dict[str, Any]:
    """A table of this folder's `_data`."""
    source = resources.files("summariser.evidence") / "_data" / name
    return tomllib.loads(source.read_text(encoding="utf-8"))


@lru_cache(maxsize=16)
def lexicon(language: str) -> Lexicon:
    """The lexicon of `language`; for a language without one, an empty lexicon (digits are still read)."""
    table = load("numbers_words.toml").get(language[:2], {})

    def values(key: str) -> dict[str, Decimal]:
        return {words[0]: Decimal(value) for value, line in table.get(key, {}).items() for words in entries(line)}

    def phrases(key: str) -> Phrases:
        lines = table.get(key, {}).items()
        return Phrases({words: name for name, line in lines if name != "labels" for words in entries(line)})

    def words(line: str) -> frozenset[str]:
        return frozenset(fold(word) for word in line.split())

    numerals = {key: values(key) for key in ("cardinals", "ordinals", "scales", "fractions", "multiples")}
    hundreds = frozenset(entry[0] for entry in entries(table.get("hundreds", "")))
    articles = words(table.get("articles", ""))
    numbers = hundreds.union(*numerals.values())
    return Lexicon(
        **numerals,
        hundreds=hundreds,
        joiners=words(table.get("joiners", "")),
        articles=articles,
        starters=numbers | articles,
        numerals=numbers,
        weak=words(table.get("weak", "")),
        labels=words(table.get("words", {}).get("labels", "")),
        before=phrases("before"),
        after=phrases("after"),
        words=phrases("words"),
        french=language == "fr",
        arabic=language == "ar",
    )


@lru_cache(maxsize=1)
def _stop_words() -> dict[str, frozenset[str]]:
    tables = load("numbers_words.toml")
    return {language: frozenset(tables[language]["stop"].split()) for language in LANGUAGES}


@lru_cache(maxsize=SENTENCES)
def language_of(text: str, default: str | None = None) -> str:
    """The language of `text` among those with tables, by its script and commonest words; else `default`, else "en".

    A guess for callers that do not know better: it reads the first 2,000 characters.
    """
    head = text[:2000]
    arabic = len(_ARABIC.findall(head))
    if arabic and 3 * arabic > sum(map(str.isalpha, head)):
        return "ar"
    counts = Counter(_LATIN_WORD.findall(head.lower()))
    scores = {name: sum(counts[word] for word in stop) for name, stop in _stop_words().items()}
    best = max(scores, key=lambda name: (scores[name], name == default, name == "en"))
    runner_up = max((score for name, score in scores.items() if name != best), default=0)
    if scores[best] > runner_up and (scores[best] > 1 or runner_up == 0):
        return best
    return default or (best if scores[best] else "en")


def at(tokens: Sequence[Token], index: int) -> str:
    """The folded token at `index`, or "" outside."""
    return tokens[index].folded if 0 <= index < len(tokens) else ""


def phrase_before(tokens: Sequence[Token], end: int, table: Phrases) -> tuple[int, str] | None:
    """The longest phrase of `table` that ends just before token `end`: its first token and what it means."""
    if not 0 < end <= len(tokens) or tokens[end - 1].folded not in table.last:
        return None
    for size in range(min(_LONGEST_PHRASE, end), 0, -1):
        key = tuple(token.folded for token in tokens[end - size : end])
        if key in table:
            return end - size, table[key]
    return None


def phrase_after(tokens: Sequence[Token], start: int, table: Phrases) -> tuple[int, str] | None:
    """The longest phrase of `table` that starts at token `start`: the token after it and what it means."""
    if not 0 <= start < len(tokens) or tokens[start].folded not in table.first:
        return None
    for size in range(min(_LONGEST_PHRASE, len(tokens) - start), 0, -1):
        key = tuple(token.folded for token in tokens[start : start + size])
        if key in table:
            return start + size, table[key]
    return None
