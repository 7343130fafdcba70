"""The clauses of a sentence, near enough to tell what a negation in one of them is about."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
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


@lru_cache(maxsize=tx.SENTENCES)
def clauses(text: str, language: str) -> tuple[Clause, ...]:
    """The clauses of a sentence in order; those of a word or none are joined to the one before."""
    words = tx.tokens(text)
    keys = [token.key for token in words]
    negators = read(text, language).negators
    denying, stop, limiting = denials(language), tx.stopwords(language), cue_words("en", "limits")
    cues = {key for key in keys if is_cue(key, denying)}
    found: list[Clause] = []
    start = 0
    for place in (*_ends(keys), len(keys)):
        content = tuple(
            [key for _, key, _, _, is_word, _ in words[start:place] if is_word and len(key) > 2 and key not in stop]
        )
        inside = tuple([at for at in negators if start <= at < place])
        soft = frozenset([key for at, key in enumerate(keys[start:place], start) if key in cues and at not in negators])
        first, merged = start, frozenset[str]()
        if len(content) < 2 and found and len(found[-1].words) < _MENTIONS:
            last = found.pop()
            first, content, inside = last.first, last.words + content, last.negators + inside
            soft, merged = soft | last.soft, last.limits
        limits = limiting.intersection(keys[start:place])
        found.append(Clause(first, place, content, inside, soft, limits | merged))
        start = place + 1
    return tuple(found)


def _ends(keys: list[str]) -> list[int]:
    """Where clauses end: at a mark, at a word like "which", at an "and" that opens a clause ("and has no budget")."""
    closing, opening = cue_words("en", "clause_ends"), cue_words("en", "opening")
    return [
        place
        for place, (key, following) in enumerate(pairwise((*keys, "")))
        if key in _MARKS or key in closing or (key in {"and", "or"} and following in opening)
    ]


@lru_cache(maxsize=tx.SENTENCES)
def _by_place(text: str, language: str) -> tuple[Clause, ...]:
    """The clause of each token of a sentence, and of what would stand behind the last."""
    found = clauses(text, language)
    ends = [*(clause.first for clause in found[1:]), len(tx.tokens(text)) + 1]
    row: list[Clause] = []
    for clause, end in zip(found, ends, strict=True):
        row += [clause] * (end - len(row))
    return tuple(row)


def clause_of(text: str, language: str, place: int) -> Clause:
    """The clause that the token at `place` stands in."""
    return _by_place(text, language)[place]


def denials(language: str) -> frozenset[str]:
    """Words that deny in their own way ("rejects", "outside", "exempt")."""
    return cue_words("en", "denials") if language == "en" else cue_words(language, "implicatives")


@lru_cache(maxsize=tx.WORDS)
def is_cue(key: str, cues: frozenset[str]) -> bool:
    """Whether a word is an inflection of one of these."""
    return not cues.isdisjoint(tx.bases(key))


@lru_cache(maxsize=tx.SENTENCES)
def lexical_denials(text: str, language: str) -> tuple[str, ...]:
    """The words of a sentence that deny in their own way."""
    negators = set(read(text, language).negators)
    denying = denials(language)
    return tuple(t.key for at, t in enumerate(tx.tokens(text)) if at not in negators and is_cue(t.key, denying))


def mentions_of(support: Support, key: str) -> list[tuple[int, int]]:
    """Where the word stands, in its own inflections if there are any, else in derivations and synonyms."""
    own = support.uses(key) if support.language == "en" else []
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
