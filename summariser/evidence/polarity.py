"""Negation: whether claim and support affirm or deny the same thing.

Two readings are compared on the words that claim and support share, so that a paraphrase is not held against the
claim; what shares nothing is held to counts and cues: a claim that denies needs something negative in its support.
"""

from __future__ import annotations

from typing import Literal

from summariser.evidence import text as tx
from summariser.evidence.clauses import Clause, clause_of, mentions_of, nearest
from summariser.evidence.content import opposites
from summariser.evidence.polarity_clauses import clause_clash
from summariser.evidence.polarity_counts import bare_denial, denial_denied, denied_twice, left_over, more_denials
from summariser.evidence.reading import Reading, cue_words, read
from summariser.evidence.reasons import NOTHING, Findings
from summariser.evidence.support import Support
from summariser.schema import Reason


def check_polarity(
    claim: str,
    words: tuple[tx.Token, ...],
    names: list[tuple[tx.Token, ...]],
    support: Support,
    *,
    heading: bool = False,
) -> Findings:
    """`polarity` where claim and support deny and affirm the same thing, or the support says the opposite.

    `names` are left out: "Kestrel Pay" pays nothing.
    """
    language = support.language
    if heading and language != "en":
        return NOTHING  # "Rechazo de la ley" names a refusal; it denies nothing
    reading = read(claim, language)
    clash: Reason | None = None
    if reading.denied or support.denies_words:  # else neither denies what the other affirms
        clash = _denied_words(claim, words, names, reading, support, heading)
    clash = clash or more_denials(claim, words, reading, support)
    clash = clash or clause_clash(claim, names, support, heading)
    if language == "en" and clash is None:
        clash = (
            denied_twice(claim, words, reading, support)
            or denial_denied(words, reading, support)
            or left_over(claim, words, reading, support)
        )
    if language == "en" and clash is None:
        clash = (None if heading else _opposite(words, names, reading, support)) or bare_denial(words, reading, support)
    return Findings((clash,)) if clash else NOTHING


def _spots(words: tuple[tx.Token, ...], names: list[tuple[tx.Token, ...]], language: str) -> list[tuple[int, tx.Token]]:
    """The words of a claim that can be denied: no names, no function words."""
    named = {token.start for run in names for token in run}
    stop = tx.stopwords(language)
    return [
        (place, token)
        for place, token in enumerate(words)
        if token.is_word and token.start not in named and len(token.key) > 2 and token.key not in stop
    ]


def _denied_words(
    claim: str,
    words: tuple[tx.Token, ...],
    names: list[tuple[tx.Token, ...]],
    reading: Reading,
    support: Support,
    heading: bool,
) -> Reason | None:
    """The first word of the claim that one side denies and the other affirms."""
    language = support.language
    said = {token.key for token in words}
    hedged = language != "en" or "with" in said or not said.isdisjoint(cue_words("en", "conditions"))
    limits = cue_words("en", "limits") & said
    for place, token in _spots(words, names, language):
        if (heading or not support.denies_words) and not reading.denied.get(place):
            continue  # "Decision on signing" says nothing of whether it was signed
        if place in reading.unsure or place in reading.negators:
            continue
        clash = _denial_clash(place, reading, token, clause_of(claim, language, place), support, hedged, limits)
        if clash:
            return clash
    return None


def _denial_clash(
    place: int,
    reading: Reading,
    token: tx.Token,
    clause: Clause,
    support: Support,
    hedged: bool,
    limits: frozenset[str],
) -> Reason | None:
    """The claim denies what the support affirms, or the other way round, in the clauses that have most in common."""
    denied = reading.denied.get(place, 0)
    mentions = mentions_of(support, token.key)
    if not denied and not any(support.readings[number].denied.get(at, 0) % 2 for number, at in mentions):
        return None
    mentions = nearest(mentions, clause, support)
    if not mentions:
        return None
    sentence, where = mentions[0]
    states = [_state(support, at, clause) for at in mentions]
    there = {word.key for word in support.tokens[sentence]}
    limited = bool(limits - there)
    soft = clause.soft - {token.key for token in support.tokens[sentence]}
    if denied == 2 and all(state == "denied" for state in states):
        return Reason(code="polarity", claim=token.word, source=_around(support, sentence, where))
    if denied % 2:
        if all(state == "plain" for state in states):
            return Reason(code="polarity", claim=token.word, source=_around(support, sentence, where))
    elif (
        place not in reading.reached
        and not clause.negators
        and not soft
        and not limited
        and _inflected(token.key, support)
    ):
        denying = {"denied"} if hedged else {"denied", "put off"}
        if all(state in denying for state in states):
            return Reason(code="polarity", claim=token.word, source=_around(support, sentence, where))
    return None


def _inflected(key: str, support: Support) -> bool:
    """Whether the support has the word itself ("approved" is not "approval")."""
    return support.language != "en" or bool(support.uses(key))


def _state(support: Support, at: tuple[int, int], ours: Clause) -> Literal["denied", "put off", "plain", "unclear"]:
    """What the support does with a word: denies it, denies it until something, affirms it, or neither for certain."""
    sentence, place = at
    if support.sentences[sentence].rstrip('"”’» ').endswith(("?", "؟")):
        return "unclear"
    reading = read(support.sentences[sentence], support.language)
    if reading.denied.get(place, 0) % 2:
        return "put off" if place in reading.unsure else "denied"
    clause = clause_of(support.sentences[sentence], support.language, place)
    if place in reading.unsure or place in reading.reached or clause.negators or clause.soft - ours.soft:
        return "unclear"
    return "plain"


def _around(support: Support, sentence: int, place: int) -> str:
    """The words of the support at a place, with the few before it, verbatim."""
    row = support.tokens[sentence]
    first = row[max(0, place - 3)]
    return support.sentences[sentence][first.start : row[place].end]


def _opposite(
    words: tuple[tx.Token, ...], names: list[tuple[tx.Token, ...]], reading: Reading, support: Support
) -> Reason | None:
    """The support has the opposite of a word of the claim, and not the word itself."""
    if not any(opposites(token.key) for token in words):
        return None
    for at, token in _spots(words, names, "en"):
        pairs = opposites(token.key)
        if not pairs or at in reading.negators or at in reading.unsure or support.has(token.key):
            continue
        for own, other in pairs:
            if any(support.inflections(word) for word in own):
                continue
            for sentence, place in [where for word in other for where in support.inflections(word)]:
                theirs = read(support.sentences[sentence], "en")
                row = support.tokens[sentence]
                if place + 1 < len(row) and row[place + 1].key == "of":
                    continue  # "by the end of": no verb
                if place in theirs.unsure or place in theirs.reached - set(theirs.denied):
                    continue
                odd = theirs.denied.get(place, 0) % 2
                if odd == reading.denied.get(at, 0) % 2 and (at in reading.denied or at not in reading.reached):
                    return Reason(code="polarity", claim=token.word, source=support.tokens[sentence][place].word)
    return None
