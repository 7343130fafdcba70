"""The words of titles and quotes as terms that can be compared: stems, synonyms, places; across languages, cognates.

A term's weight says how much it tells of which event is meant: next to nothing for "artificial intelligence" or the
name of the country (which is compared as a jurisdiction), most for names and numbers. Weights come from lists, not from
counts over the ledger, so that an unrelated article never changes how two others compare.
"""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii

from summariser.evidence import text as tx
from summariser.evidence.content import same_sense
from summariser.evidence.instrument import instruments
from summariser.evidence.jurisdiction import places
from summariser.evidence.names_runs import is_acronym, listed
from summariser.evidence.status import cues
from summariser.timeline import lists
from summariser.timeline.families import FAMILIES

FAINT, LIGHT, PLAIN, NAME = 0.2, 0.4, 1.0, 1.5
_SWAPPED = frozenset(
    {"law", "regulation", "directive", "executive_order", "treaty", "resolution", "declaration", "strategy"}
)
"""Kinds whose nouns writers use for one another: the plan, the strategy; the bill, the act."""
_STEMMED = frozenset({"en", "fr", "es", "ar"})
_LONGEST = 40
"""Words of one text that are compared; titles have a dozen, a quote of more says the rest elsewhere."""


@lru_cache(maxsize=8192)
def terms(text: str, language: str) -> dict[str, float]:
    """The terms of a title or quote with their weights; read-only."""
    tokens = tx.tokens(text)[: 2 * _LONGEST]
    found: dict[str, float] = {}
    covered: set[int] = set()
    for place in places(text):
        if place.kind == "weak":
            continue
        if place.kind not in {"body", "capital"}:  # the Lisbon Declaration is named after its town
            covered.update(range(place.first, place.last))
        found[f"@{place.code}"] = FAINT
    opening = True
    for number, token in enumerate(tokens):
        if not token.is_word:
            opening = opening or tx.ends_sentence(token)
            continue
        first, opening = opening, False
        name, weight = _word(token.key, language)
        if not name or number in covered:
            continue
        if not weight:
            if not _dated(name, tokens, number):
                found[name] = NAME if len(name) > 2 else PLAIN
            continue
        if weight == PLAIN and token.word[0].isupper() and (not first or is_acronym(token.word)):
            weight = NAME
        found[name] = max(weight, found.get(name, 0.0))
    return found


def plain(text: str) -> str:
    """A text with the name of the field in one form: "inteligencia artificial" as "AI"."""
    low = text.casefold()
    return _field().sub("AI", text) if any(mark in low for mark in _field_marks()) else text


@lru_cache(maxsize=1)
def _field_marks() -> tuple[str, ...]:
    """What a text must hold to name the field: the first words of its names, without those that hold another."""
    words = {phrase.split()[0].casefold() for phrase in lists.phrases("field")}
    return tuple(sorted(word for word in words if not any(other in word for other in words - {word})))


@lru_cache(maxsize=1)
def _field() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, lists.phrases('field')))})\b", re.IGNORECASE)


def bare(key: str) -> str:
    """An Arabic word without conjunction and article."""
    if "\u0600" <= key[:1] <= "\u06ff":
        for prefix in ("وال", "بال", "لل", "ال"):
            if key.startswith(prefix) and len(key) > len(prefix) + 2:
                return key[len(prefix) :]
    return key


def _dated(key: str, tokens: tuple[tx.Token, ...], number: int) -> bool:
    """Whether digits are a year, or the day of a month that stands beside them."""
    if len(key) == 4 and key.isdecimal() and key[:2] in {"19", "20"}:
        return True
    near = [tokens[at].key for at in (number - 1, number + 1) if 0 <= at < len(tokens)]
    return len(key) <= 2 and any(word in listed("dated") or word in {"de", "er"} for word in near)


@lru_cache(maxsize=65536)
def _word(folded: str, language: str) -> tuple[str, float]:
    """The term of a word with its weight: no term for small words, no weight for a number."""
    key, stop = bare(folded), tx.stopwords(language)
    if key in stop or folded in stop or (len(key) < 2 and not key.isdigit()):
        return "", 0.0
    if key in lists.words("field_short"):
        return "ai", FAINT
    return (key, 0.0) if key[0].isdigit() else _term(key, language)


def _term(key: str, language: str) -> tuple[str, float]:
    """The term that a word stands for, and its weight where it is written small."""
    if language == "en" and (groups := same_sense(key)):
        name = f"~{min(groups)}"
    elif language in _STEMMED:
        name = tx.stem(key, language)
    else:
        name = key
    if key in listed("dated"):
        return name, FAINT
    kinds = instruments(key)
    swapped = next((family for kind, family in FAMILIES.items() if kind in kinds and kind in _SWAPPED), None)
    if swapped:
        return f"#{swapped}", LIGHT
    if key in _generic() or kinds or cues(key, language):
        return name, LIGHT
    return name, PLAIN


@lru_cache(maxsize=1)
def _generic() -> frozenset[str]:
    return lists.words("generic") | tx.word_set("words.en.json", "light")


@lru_cache(maxsize=8192)
def cognates(text: str, language: str) -> dict[str, float]:
    """What a text has in common with its translation: kinds of instrument and status words, numbers, names by their
    consonants, words of one root."""
    found: dict[str, float] = {f"#{kind}": LIGHT for kind in instruments(text)}
    found |= {f"%{cue.status}": LIGHT for cue in cues(text, language) if not cue.weak}
    for token in tx.tokens(text)[: 2 * _LONGEST]:
        key = bare(token.key)
        if not token.is_word or len(key) < 2:
            continue
        if key[0].isdigit():
            if not (len(key) == 4 and key[:2] in {"19", "20"}) and len(key) > 1:
                found[key] = NAME
            continue
        if any(key in tx.stopwords(other) for other in ("en", "fr", "es", "ar")):
            continue
        if key in lists.words("field_short"):
            found["ai"] = FAINT
            continue
        weight = LIGHT if key in _generic() or instruments(key) else PLAIN
        if key.isascii() and len(key) >= 5:
            found["/" + _root(key)] = weight
        if not key.isascii() or tx.is_capitalised(token.word):
            bones = skeleton(key)
            if len(bones) >= 3:
                found["'" + bones] = weight
    return found


def _root(key: str) -> str:
    """The first letters of a word of Latin origin: strategy, stratégie, estrategia."""
    if key[0] == "e" and key[1] == "s" and key[2] not in "aeious":
        key = key[1:]
    return key[:5]


_VOWELS = re.compile(r"[aeiouy'`]")
_LEADING_W = re.compile(r"^ou(?=[aeiou])")
_DOUBLED = re.compile(r"(.)\1+")


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """The consonants of a name, so that romanisations agree: Mohammed, Muhammad and محمد are ``mhmd``."""
    letters = _LEADING_W.sub("w", latin(word))
    first, rest = ("y" if letters[:1] == "j" else letters[:1]), letters[1:]
    for written, spoken in lists.pairs("consonants"):
        if first + rest[: len(written) - 1] == written and spoken:
            first, rest = spoken, rest[len(written) - 1 :]
        rest = rest.replace(written, spoken)
    return _DOUBLED.sub(r"\1", ("" if first in "aeiou'`" else first) + _VOWELS.sub("", rest))


@lru_cache(maxsize=65536)
def latin(word: str) -> str:
    """A name in small Latin letters, whatever script it is in."""
    return str(anyascii(word)).casefold().replace(" ", "") if not word.isascii() else word.casefold()
