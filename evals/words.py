"""Words for the judge: a tokeniser that works for every script, stems, content words, n-grams, ROUGE.

Pure and small. rouge-score's tokeniser keeps only ASCII letters, so that it scores two identical Arabic texts 0;
for English the figures here agree with it (tests hold that).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Protocol, TypedDict

WORD = re.compile(r"\d+(?:[.,\u066b\u066c]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")
_STEMMERS = {"ar": "arabic", "de": "german", "en": "english", "es": "spanish", "fr": "french", "it": "italian",
             "nl": "dutch", "pt": "portuguese"}  # fmt: skip
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_DATA = Path(__file__).parent / "_data"


def fold(text: str) -> str:
    """Text without case, marks (accents, Arabic vowels, tatweel), invisible signs and typographic apostrophes.

    Digits of every script become 0 to 9.
    """
    if text.isascii():
        return text.casefold()
    bare = unicodedata.normalize("NFKD", text.replace("\u0640", "").replace("’", "'"))
    kept = (char for char in bare if unicodedata.category(char) not in {"Mn", "Cf"})
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in kept).casefold()


def words(text: str) -> list[str]:
    """The words and numbers of a text, folded, in order; an English possessive ending is no part of its word."""
    return [_bare(word) for word in WORD.findall(fold(text))]


def _bare(word: str) -> str:
    if word.endswith("'s"):
        return word[:-2]
    # French and Italian elision: l'État is État.
    head, mark, tail = word.partition("'")
    return tail if mark and len(head) <= 2 and len(tail) > 1 else word.replace("'", "")


@lru_cache(maxsize=200_000)
def stem(word: str, language: str = "en") -> str:
    """The stem of a folded word, by Snowball where the language has a stemmer, else the word itself."""
    if word[0].isdigit():
        return word.replace(",", "")
    name = "arabic" if _ARABIC.match(word) else _STEMMERS.get(language)
    return _stemmer(name).stemWord(word) if name else word


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 (Snowball's own name)


@cache
def _stemmer(name: str) -> _Stemmer:
    import snowballstemmer

    made: _Stemmer = snowballstemmer.stemmer(name)
    return made


class Tables(TypedDict):
    """`_data/judge.json`."""

    negations: dict[str, list[str]]
    number_words: dict[str, str]
    titles: list[str]
    no_names: list[str]
    light: list[str]
    age: list[str]


@cache
def tables() -> Tables:
    """The judge's word lists."""
    loaded: Tables = json.loads((_DATA / "judge.json").read_text("utf-8"))
    return loaded


@cache
def stopwords(language: str) -> frozenset[str]:
    """Words that carry no fact of their own, folded; English ones where the language has no list."""
    table: dict[str, list[str]] = json.loads((_DATA / "stopwords.json").read_text("utf-8"))["words"]
    return frozenset(fold(word).replace("'", "") for word in table.get(language, table["en"]))


@lru_cache(maxsize=20_000)
def stems(text: str, language: str = "en") -> tuple[str, ...]:
    """Stems of all words, in order."""
    return tuple(stem(word, language) for word in words(text))


@lru_cache(maxsize=20_000)
def content(text: str, language: str = "en") -> tuple[str, ...]:
    """Stems of the words that are no stop words, in order."""
    stops = stopwords(language)
    return tuple(stem(word, language) for word in words(text) if word not in stops)


def overlap_f1(one: str, other: str, language: str = "en") -> float:
    """F1 of the content stems that two texts share, 0 to 1 (multisets); 0 where either has none."""
    left, right = Counter(content(one, language)), Counter(content(other, language))
    shared = sum((left & right).values())
    return 2 * shared / (left.total() + right.total()) if shared else 0.0


def rouge_n(candidate: str, reference: str, n: int, language: str = "en") -> float:
    """ROUGE-N F1 over stems, 0 to 1."""
    left, right = (Counter(_grams(stems(text, language), n)) for text in (candidate, reference))
    shared = sum((left & right).values())
    return 2 * shared / (left.total() + right.total()) if shared else 0.0


def rouge_l(candidate: str, reference: str, language: str = "en") -> float:
    """ROUGE-L F1 over stems, 0 to 1: the longest common subsequence of the whole texts."""
    from rapidfuzz.distance import LCSseq

    left, right = stems(candidate, language), stems(reference, language)
    if not left or not right:
        return 0.0
    return 2 * LCSseq.similarity(left, right) / (len(left) + len(right))


def _grams(tokens: Sequence[str], n: int) -> list[tuple[str, ...]]:
    return [tuple(tokens[at : at + n]) for at in range(len(tokens) - n + 1)]
