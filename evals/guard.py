"""Do two statements differ in a fact? Numbers, dates, names and negation, on the words alone. Pure.

This guard is the judge's own and simpler than the package's verifier on purpose: a judge that asked the defendant's
own functions would share their errors.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from evals.words import content, fold, stem, stopwords, tables, words

SCOPE = 1
"""Content words that a negation is taken to deny."""
_NT = re.compile(r"n['’]t\b")
_CAPITALISED = re.compile(r"(?<![.!?:“\"«]\s)(?<!^)(?<![^\W_])[A-ZÀ-Þ][\w’'-]+")


def clash(one: str, other: str, language: str = "en") -> bool:
    """Whether two statements differ in a fact that both state: then they are not the same statement."""
    return _numbers_clash(one, other) or _negation_clash(one, other, language) or _names_clash(one, other)


@lru_cache(maxsize=20_000)
def numbers(text: str) -> Mapping[str, frozenset[str]]:
    """The numbers of a text in digits, by what they count: the content word after them, else the one before.

    Thousands separators and trailing zeros do not matter, small number words are numbers, and years count years.
    """
    found: dict[str, set[str]] = {}
    said = words(text)
    for at, word in enumerate(said):
        value = _value(word)
        if value:
            year = len(value) == 4 and value[:2] in {"19", "20"} and "," not in word
            found.setdefault("a year" if year else _counted(said, at), set()).add(value)
    return {unit: frozenset(values) for unit, values in found.items()}


def _value(word: str) -> str | None:
    if word[0].isdigit():
        bare = word.replace(",", "")
        return bare.rstrip("0").rstrip(".") if "." in bare else bare
    return tables()["number_words"].get(word)


def _counted(said: list[str], at: int) -> str:
    """The nearest word beside a number that is neither a number nor mere grammar; those after it come first."""
    stops = stopwords("en")
    near = [*said[at + 1 : at + 3], *reversed(said[max(0, at - 2) : at])]
    return next((stem(word) for word in near if word not in stops and not word[0].isdigit()), "")


def _numbers_clash(one: str, other: str) -> bool:
    """Both count the same thing, each with a number that the other lacks: one that merely says less does not clash."""
    left, right = numbers(one), numbers(other)
    return any(left[unit] - right[unit] and right[unit] - left[unit] for unit in left.keys() & right.keys())


def _negation_clash(one: str, other: str, language: str) -> bool:
    """What one statement denies, the other says without denying it; one that leaves the denied part out says less."""
    here, there = denied(one, language), denied(other, language)
    left, right = set(content(one, language)), set(content(other, language))
    return bool((here & right) - there or (there & left) - here)


@lru_cache(maxsize=20_000)
def denied(text: str, language: str = "en") -> frozenset[str]:
    """The content stem after each negation of a statement."""
    lists = tables()["negations"]
    negations, stops = set(lists.get(language, lists["en"])), stopwords(language)
    found: set[str] = set()
    left = 0
    for word in words(_NT.sub(" not ", fold(text))):
        if word in negations:
            left = SCOPE
        elif left and word not in stops:
            found.add(stem(word, language))
            left -= 1
    return frozenset(found)


@lru_cache(maxsize=20_000)
def names(text: str) -> Mapping[str, frozenset[str]]:
    """Capitalised words within the sentence, folded and stemmed, by the content word before them, else after them.

    Months and weekdays are none, and scripts without capitals have none.
    """
    none = stopwords("en") | set(tables()["no_names"])
    found: dict[str, set[str]] = {}
    for hit in _CAPITALISED.finditer(text):
        stems = {stem(word) for word in words(hit.group()) if word not in none and len(word) > 1}
        before = [word for word in re.findall(r"\b[a-z]\w+", text[: hit.start()]) if word not in none]
        after = [word for word in re.findall(r"\b[a-z]\w+", text[hit.end() :]) if word not in none]
        beside = before[-1:] or after[:1]
        if stems and beside:
            found.setdefault(stem(beside[0]), set()).update(stems)
    return {place: frozenset(stems) for place, stems in found.items()}


def _names_clash(one: str, other: str) -> bool:
    """In the same place, beside the same word, both have names that stand nowhere in the other."""
    left, right = names(one), names(other)
    here, there = ({stem(word) for word in words(text)} for text in (one, other))
    shared = left.keys() & right.keys()
    return any(left[place].isdisjoint(there) and right[place].isdisjoint(here) for place in shared)
