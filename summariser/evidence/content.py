"""Whether the support speaks of what the claim says: content words, synonyms, opposites, stronger verbs.

A claim may use other words than its source, so words are compared by inflection (our own, then Snowball stems) and
by a small thesaurus. What neither finds counts against the claim only when it is most of the claim, or when the
support has the opposite in its place.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from summariser.evidence import text as tx
from summariser.evidence.reasons import NOTHING, Findings
from summariser.schema import Reason

if TYPE_CHECKING:
    from summariser.evidence.support import Support

_WORDS = "words.en.json"
Side = tuple[str, ...]
LEAST_COVERED = 0.34
"""Share of a claim's content words that the support must bear out."""


@lru_cache(maxsize=1)
def _synonyms() -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for number, group in enumerate(_rows("synonyms")):
        for word in set(group.split()) - tx.stopwords("en"):
            found[word] = (*found.get(word, ()), number)
    return found


def _rows(name: str) -> list[str]:
    rows = tx.table(_WORDS).get(name, [])
    return [str(row) for row in rows] if isinstance(rows, list) else []


@lru_cache(maxsize=tx.WORDS)
def same_sense(key: str) -> tuple[int, ...]:
    """Numbers of the synonym groups that an English word, or what it is an inflection of, belongs to."""
    table = _synonyms()
    return next((table[base] for base in tx.bases(key) if base in table), ())


@lru_cache(maxsize=1)
def _opposites() -> dict[str, tuple[tuple[Side, Side], ...]]:
    """For each word: (words of its own side, words of the other side) of every pair that it is in."""
    found: dict[str, tuple[tuple[Side, Side], ...]] = {}
    for row in _rows("opposites"):
        sides = [_side(side.split()) for side in row.split("|")]
        for side, other in ((sides[0], sides[1]), (sides[1], sides[0])):
            for word in side:
                found[word] = (*found.get(word, ()), (side, other))
    for row in _rows("exclusive"):
        words = _side(row.split())
        for word in words:
            found[word] = (*found.get(word, ()), ((word,), tuple(other for other in words if other != word)))
    return found


def _side(words: Iterable[str]) -> Side:
    """Words in an order that is the same in every process: the first that a support has is quoted."""
    return tuple(sorted(set(words)))


@lru_cache(maxsize=tx.WORDS)
def opposites(key: str) -> tuple[tuple[Side, Side], ...]:
    """(own side, other side) of each pair of opposites that the word is in."""
    table = _opposites()
    return next((table[base] for base in tx.bases(key) if base in table), ())


@lru_cache(maxsize=1)
def _scales() -> dict[str, tuple[tuple[int, int], ...]]:
    found: dict[str, tuple[tuple[int, int], ...]] = {}
    for number, row in enumerate(_rows("scales")):
        for rank, step in enumerate(row.split("|")):
            for word in step.split():
                found[word] = (*found.get(word, ()), (number, rank))
    return found


@lru_cache(maxsize=tx.WORDS)
def ranks(key: str) -> tuple[tuple[int, int], ...]:
    """(scale, rank on it) of a verb: on one scale a higher rank says more."""
    table = _scales()
    return next((table[base] for base in tx.bases(key) if base in table), ())


def content_words(words: tuple[tx.Token, ...], language: str) -> list[tx.Token]:
    """The tokens that carry content: no function words, no numbers, no single letters."""
    stop = tx.stopwords(language)
    return [
        token
        for token in words
        if token.is_word and len(token.key) > 1 and token.key not in stop and not token.key[0].isdigit()
    ]


def check_content(
    words: list[tx.Token], borne: frozenset[int], support: Support, claim: str, *, heading: bool = False
) -> Findings:
    """`content_not_found` where the support bears out too few of the claim's content words.

    A `heading` of one or two words says too little to tell. `borne`: where the words begin that another check has
    found already (names in another form).
    """
    absent = [token for token in words if token.start not in borne and not support.has(token.key)]
    if not absent:
        return NOTHING
    light = tx.word_set(_WORDS, "light") if support.language == "en" else frozenset()
    weighed = [(token, 1.0 if light.isdisjoint(tx.bases(token.key)) else 0.5) for token in words]
    total = sum(weight for _, weight in weighed)
    gone = {token.start for token in absent}
    missing = [(token, weight) for token, weight in weighed if token.start in gone]
    if total < (3 if heading else 1):
        return Findings()
    covered = 1 - sum(weight for _, weight in missing) / total
    if covered >= LEAST_COVERED and (heading or not _bare(weighed, missing)):
        return Findings()
    first, last = missing[0][0], missing[-1][0]
    return Findings((Reason(code="content_not_found", claim=claim[first.start : last.end]),))


def _bare(weighed: list[tuple[tx.Token, float]], missing: list[tuple[tx.Token, float]]) -> bool:
    """Whether names apart next to nothing of a claim is borne out: "the law was repealed" for "the law is overdue"."""
    denying = tx.word_set("polarity.json", "en", "implicatives")  # "refused to back": check_polarity sees to it
    said = [
        token
        for token, weight in weighed
        if weight == 1 and not token.capital and not denying.intersection(tx.bases(token.key))
    ]
    lacking = {token.start for token, _ in missing}
    return len(said) - sum(token.start in lacking for token in said) < 2 and any(t.start in lacking for t in said)


def check_strength(words: list[tx.Token], support: Support) -> Findings:
    """`verb_stronger` where the claim's verb says more than every verb of the support on the same scale."""
    if not any(ranks(token.key) for token in words):
        return NOTHING
    reasons = []
    for token in words:
        if not ranks(token.key) or support.has(token.key):
            continue
        for scale, rank in ranks(token.key):
            strongest = support.strongest.get(scale)
            if token.key.startswith("requir") and {"must", "shall"} & support.keys:
                break  # "must", "shall"
            kept = any(at == scale and other < rank for word in words for at, other in ranks(word.key))
            if strongest is not None and strongest[0] < rank and not kept:
                reasons.append(Reason(code="verb_stronger", claim=token.word, source=strongest[1]))
                break
    return Findings(tuple(reasons))
