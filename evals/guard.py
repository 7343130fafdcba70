"""Do two statements differ in a fact? Numbers, dates, names and negation, on the words alone. Pure.

This guard is the judge's own and simpler than the package's verifier on purpose: a judge that asked the defendant's
own functions would share their errors.
"""

from __future__ import annotations

import re
from functools import lru_cache

from evals.words import fold, stem, stopwords, tables, words

_NT = re.compile(r"n['’]t\b")
_CAPITALISED = re.compile(r"(?<![.!?:“\"«]\s)(?<!^)(?<![^\W_])[A-ZÀ-Þ][\w’'-]+")


def clash(one: str, other: str, language: str = "en") -> bool:
    """Whether two statements differ in a fact that both state: then they are not the same statement."""
    return _numbers_clash(one, other) or negated(one, language) != negated(other, language) or _names_clash(one, other)


@lru_cache(maxsize=20_000)
def numbers(text: str) -> frozenset[str]:
    """The numbers of a text in digits, thousands separators and trailing zeros apart; small number words too."""
    found = set()
    for word in words(text):
        if word[0].isdigit():
            bare = word.replace(",", "")
            found.add(bare.rstrip("0").rstrip(".") if "." in bare else bare)
        elif word in tables()["number_words"]:
            found.add(tables()["number_words"][word])
    return frozenset(found)


def _numbers_clash(one: str, other: str) -> bool:
    """Each has a number that the other lacks: one that merely says less does not clash."""
    left, right = numbers(one), numbers(other)
    return bool(left - right and right - left)


@lru_cache(maxsize=20_000)
def negated(text: str, language: str = "en") -> bool:
    """Whether a statement holds a negation."""
    lists = tables()["negations"]
    return not set(words(text)).isdisjoint(lists.get(language, lists["en"])) or _NT.search(fold(text)) is not None


@lru_cache(maxsize=20_000)
def names(text: str) -> frozenset[str]:
    """Capitalised words within the sentence, folded and stemmed (scripts without capitals have none)."""
    stops = stopwords("en")
    return frozenset(
        stem(word) for run in _CAPITALISED.findall(text) for word in words(run) if word not in stops and len(word) > 1
    )


def _names_clash(one: str, other: str) -> bool:
    """Both name somebody, and neither names anything that stands in the other."""
    left, right = names(one), names(other)
    there = {stem(word) for word in words(other)}
    here = {stem(word) for word in words(one)}
    return bool(left) and bool(right) and not left & there and not right & here
