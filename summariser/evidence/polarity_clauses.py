"""Clauses that deny what the clauses of the support with the same words affirm, or the other way round."""

from __future__ import annotations

from functools import lru_cache

from summariser.evidence import text as tx
from summariser.evidence.clauses import Clause, clauses
from summariser.evidence.reading import read
from summariser.evidence.support import Support
from summariser.schema import Reason

_MOST = 0.75
"""Share of the words of a claim's clause that a clause of the support must have to speak of the same thing."""


def clause_clash(claim: str, names: list[tuple[tx.Token, ...]], support: Support, heading: bool) -> Reason | None:
    """A clause of the claim denies what the clauses of the support with the same words affirm, or the other way round.

    For a verb that the support has in other words ("must not list" for "must enter in the register"). Nothing is told
    where the support denies in an ellipsis ("It has none").
    """
    reading = read(claim, support.language)
    if heading or not support.whole or not (reading.negators or support.denies):
        return None
    if any(_elliptical(sentence, support.language) for sentence in support.sentences):
        return None
    words = tx.tokens(claim)
    named = {token.key for run in names for token in run}
    for ours in clauses(claim, support.language):
        negators = [place for place in ours.negators if place not in reading.unsure]
        if len(negators) != len(ours.negators) or len(negators) > 1 or ((ours.soft or ours.limits) and not negators):
            continue
        said = [
            words[place].key
            for place in range(ours.first, min(ours.last, len(words)))
            if words[place].key in ours.words
            and words[place].key not in named
            and (not negators or place in reading.reached)
        ]
        near = _saying(list(dict.fromkeys(said)), support) if len(set(said)) > 1 else []
        if not near or any(clause.soft - ours.soft or clause.limits - ours.limits for clause, _ in near):
            continue
        if negators:
            clash = all(not clause.negators for clause, _ in near)
        else:
            clash = all(_denies_one_of(said, clause, number, support) for clause, number in near)
        if clash:
            clause, number = near[0]
            row = support.tokens[number][clause.first : clause.last]
            source = support.sentences[number][row[0].start : row[-1].end]
            return Reason(code="polarity", claim=words[(negators or [ours.first])[0]].word, source=source)
    return None


def _saying(said: list[str], support: Support) -> list[tuple[Clause, int]]:
    """The clauses of the support that have most of these words, each with the number of its sentence."""
    wanted = [set(support.forms(word)) for word in said]
    near: list[tuple[float, Clause, int]] = []
    for number, sentence in enumerate(support.sentences):
        if sentence.rstrip('"”’» ').endswith(("?", "؟")):
            continue
        for theirs in clauses(sentence, support.language):
            there = set(theirs.words)
            share = sum(not forms.isdisjoint(there) for forms in wanted) / len(wanted)
            if share >= _MOST:
                near.append((share, theirs, number))
    best = max((share for share, _, _ in near), default=0.0)
    return [(clause, number) for share, clause, number in near if share >= best - 0.1]


def _denies_one_of(said: list[str], clause: Clause, number: int, support: Support) -> bool:
    """Whether the one negator of a clause of the support denies one of these words, and does not only put it off."""
    theirs = read(support.sentences[number], support.language)
    row = support.tokens[number]
    forms = {form for word in said for form in support.forms(word)}
    return (
        len(clause.negators) == 1
        and clause.negators[0] not in theirs.unsure
        and any(
            clause.first <= at < clause.last and row[at].key in forms
            for place in (*theirs.denied, *theirs.nouns)
            for at in ((place, *range(place, min(place + 4, len(row)))) if _is_light(row[place].key) else (place,))
        )
    )


def _is_light(key: str) -> bool:
    """Whether what follows a verb says more than the verb: "put to a vote", "obligées de présenter"."""
    return not _LIGHT.isdisjoint(tx.bases(key)) or key.startswith("oblig")


_LIGHT = frozenset({"put", "take", "give", "make", "have", "require"})


@lru_cache(maxsize=tx.SENTENCES)
def _elliptical(sentence: str, language: str) -> bool:
    """Whether a sentence denies something that it does not repeat: "It has none", "Not yet"."""
    words = tx.tokens(sentence)
    for place in read(sentence, language).negators:
        behind = words[place + 1 : place + 3]
        if not behind or not behind[0].is_word or (behind[0].key == "yet" and not any(w.is_word for w in behind[1:])):
            return True
    return False
