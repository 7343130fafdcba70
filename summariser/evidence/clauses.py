"""The clauses of a sentence, near enough to tell what a negation in one of them is about."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

from summariser.evidence import text as tx
from summariser.evidence.reading import cue_words, read
from summariser.evidence.support import Support

_MENTIONS = 12
"""Mentions of one word that are looked at, and words of a clause that short ones are joined to."""
_MARKS = frozenset(",;:()—؛،|")


class Clause(NamedTuple):
    """A stretch of a sentence between marks: its content words, negators, and the words that deny in their own way."""

    first: int
    last: int
    words: tuple[str, ...]
    negators: tuple[int, ...]
    soft: frozenset[str]
    limits: frozenset[str]
    """Which of "only", "before", "unless" … stand in it."""


@lru_cache(maxsize=8192)
def clauses(text: str, language: str) -> tuple[Clause, ...]:
    """The clauses of a sentence in order; those of a word or none are joined to the one before."""
    words = tx.tokens(text)
    negators = set(read(text, language).negators)
    denying = denials(language)
    stop = tx.stopwords(language)
    found: list[Clause] = []
    start = 0
    for place in range(len(words) + 1):
        if place < len(words) and not _ends(words[place]) and not _joins(words, place):
            continue
        spots = range(start, place)
        content = tuple(
            words[at].key for at in spots if words[at].is_word and len(words[at].key) > 2 and words[at].key not in stop
        )
        inside = tuple(at for at in spots if at in negators)
        soft = frozenset(words[at].key for at in spots if at not in negators and is_cue(words[at].key, denying))
        first, merged = start, frozenset[str]()
        if len(content) < 2 and found and len(found[-1].words) < _MENTIONS:
            last = found.pop()
            first, content, inside = last.first, last.words + content, last.negators + inside
            soft, merged = soft | last.soft, last.limits
        limits = frozenset(words[at].key for at in spots) & cue_words("en", "limits")
        found.append(Clause(first, place, content, inside, soft, limits | merged))
        start = place + 1
    return tuple(found)


def _ends(token: tx.Token) -> bool:
    return token.key in _MARKS or token.key in cue_words("en", "clause_ends")


def _joins(words: tuple[tx.Token, ...], place: int) -> bool:
    """Whether "and" or "or" opens a clause of its own ("and has no budget")."""
    if words[place].key not in {"and", "or"} or place + 1 >= len(words):
        return False
    return words[place + 1].key in cue_words("en", "opening")


def clause_of(text: str, language: str, place: int) -> Clause:
    """The clause that the token at `place` stands in."""
    found = clauses(text, language)
    return found[max(0, bisect_right(found, place, key=lambda clause: clause.first) - 1)]


def denials(language: str) -> frozenset[str]:
    """Words that deny in their own way ("rejects", "outside", "exempt")."""
    return cue_words("en", "denials") if language == "en" else cue_words(language, "implicatives")


def is_cue(key: str, cues: frozenset[str]) -> bool:
    """Whether a word is an inflection of one of these."""
    return any(base in cues for base in tx.bases(key))


@lru_cache(maxsize=8192)
def lexical_denials(text: str, language: str) -> tuple[str, ...]:
    """The words of a sentence that deny in their own way."""
    negators = set(read(text, language).negators)
    denying = denials(language)
    return tuple(t.key for at, t in enumerate(tx.tokens(text)) if at not in negators and is_cue(t.key, denying))


def mentions_of(support: Support, key: str) -> list[tuple[int, int]]:
    """Where the word stands, in its own inflections if there are any, else in derivations and synonyms."""
    own = [at for base in tx.bases(key) for at in support.inflections(base)] if support.language == "en" else []
    return own or [place for form in support.forms(key) for place in support.positions.get(form, ())]


def nearest(mentions: list[tuple[int, int]], clause: Clause, support: Support) -> list[tuple[int, int]]:
    """Of several mentions of a word those in the clauses that share most with the claim's."""
    if len(mentions) < 2:
        return mentions
    wanted = {form for word in clause.words for form in support.forms(word)}
    scores = [
        len(wanted.intersection(clause_of(support.sentences[at[0]], support.language, at[1]).words))
        for at in mentions[:_MENTIONS]
    ]
    best = max(scores)
    return [at for at, score in zip(mentions, scores, strict=False) if score >= best - 1]
