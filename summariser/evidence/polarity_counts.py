"""Denials of a claim that its support has no counterpart to: one too many, one turned round, one that is left out."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from summariser.evidence import text as tx
from summariser.evidence.clauses import clause_of, clauses, denials, is_cue, lexical_denials
from summariser.evidence.reading import Reading, cue_words
from summariser.evidence.support import Support
from summariser.schema import Reason


def denied_twice(claim: str, words: tuple[tx.Token, ...], reading: Reading, support: Support) -> Reason | None:
    """One clause of the claim denies twice ("nobody has not shown"), and no clause of the support does."""
    if len(reading.negators) < 2:
        return None
    if any(len(clause.negators) > 1 for sentence in support.sentences for clause in clauses(sentence, "en")):
        return None
    for clause in clauses(claim, "en"):
        for one, two in pairwise(clause.negators):
            between = {token.key for token in words[one + 1 : two]}
            # "cannot … without", "not found, but nobody": two denials of two things
            if two - one <= 5 and words[two].key != "without" and between.isdisjoint({"and", "that", "but", ",", "or"}):
                return Reason(code="polarity", claim=claim[words[one].start : words[two].end])
    return None


def denial_denied(words: tuple[tx.Token, ...], reading: Reading, support: Support) -> Reason | None:
    """ "does not reject", "are not outside", "unless it is not": a denial turned round, which the support has not."""
    denying = denials("en")
    for place, times in reading.denied.items():
        if times % 2 and is_cue(words[place].key, denying) and not support.has(words[place].key):
            return Reason(code="polarity", claim=words[place].word)
    exceptions = {"unless", "except"}
    if not reading.negators or exceptions.isdisjoint(support.keys) or support.denies:
        return None
    for place in reading.negators:
        if not exceptions.isdisjoint(token.key for token in words[max(0, place - 4) : place]):
            return Reason(code="polarity", claim=words[place].word)
    return None


def left_over(claim: str, words: tuple[tx.Token, ...], reading: Reading, support: Support) -> Reason | None:
    """What a denial leaves behind when it is taken out: "does exist yet", "if" for the support's "unless".

    "Yet", "anything" and the like want a denial in their clause (Huddleston & Pullum 2002, ch. 9, on polarity-sensitive
    items).
    """
    keys = {token.key for token in words}
    if "if" in keys and "unless" in support.positions and "if" not in support.positions and not reading.negators:
        return Reason(code="polarity", claim="if", source="unless")
    early = "before" in keys and "earliest" in support.positions and "before" not in support.positions
    if early and not reading.negators:
        return Reason(code="polarity", claim="before", source="earliest")
    if not support.denies:
        return None
    wanting = cue_words("en", "wants_denial")
    for place, token in enumerate(words):
        if token.key not in wanting:
            continue
        clause = clause_of(claim, "en", place)
        if place <= clause.first or clause.negators or clause.soft:
            continue
        excusing = cue_words("en", "conditions") - ({"until"} if token.key != "yet" else set())
        if not excusing.intersection(word.key for word in words[clause.first : clause.last]):
            return Reason(code="polarity", claim=token.word)
    return None


_LATEST = frozenset({"earliest", "only", "once", "after"})
"""What "not before" and "not until" can stand for."""


def more_denials(claim: str, words: tuple[tx.Token, ...], reading: Reading, support: Support) -> Reason | None:
    """The claim denies more often than its whole support does."""
    if not reading.negators:
        return None
    language = support.language
    kept = cue_words("en", "unsure").isdisjoint(
        token.key for token in words if token.key in support.positions and language == "en"
    )
    firm = [place for place in reading.negators if place not in reading.unsure or not kept]
    if not firm:
        return None
    said = lexical_denials(claim, language)
    there = Counter(word for sentence in support.sentences for word in lexical_denials(sentence, language))
    ours = len(firm) + (Counter(said) - there).total()
    theirs = sum(len(reading.negators) + len(reading.contrasts) for reading in support.readings)
    theirs += (there - Counter(said)).total()
    if ours <= theirs:
        return None
    return Reason(code="polarity", claim=words[reading.negators[0]].word)


def bare_denial(words: tuple[tx.Token, ...], reading: Reading, support: Support) -> Reason | None:
    """The claim denies something and nothing in the support is negative at all."""
    if not reading.negators or support.has_cue(cue_words("en", "cues")):
        return None
    place = reading.negators[0]
    bounded = {"before", "until"}.intersection(token.key for token in words) and not _LATEST.isdisjoint(support.keys)
    return None if bounded and place in reading.unsure else Reason(code="polarity", claim=words[place].word)
