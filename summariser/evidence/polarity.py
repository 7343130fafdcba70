"""Negation: whether claim and support affirm or deny the same thing.

Two readings are compared on the words that claim and support share, so that a paraphrase is not held against the
claim; what shares nothing is held to counts and cues: a claim that denies needs something negative in its support.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from summariser.evidence import text as tx
from summariser.evidence.clauses import (
    Clause,
    clause_of,
    clauses,
    denials,
    is_cue,
    lexical_denials,
    mentions_of,
    nearest,
)
from summariser.evidence.content import opposites
from summariser.evidence.reading import Reading, cue_words, read
from summariser.evidence.reasons import Findings
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
        return Findings()  # "Rechazo de la ley" names a refusal; it denies nothing
    reading = read(claim, language)
    named = {token.start for run in names for token in run}
    stop = tx.stopwords(language)
    spots = [
        (place, token)
        for place, token in enumerate(words)
        if token.is_word and token.start not in named and len(token.key) > 2 and token.key not in stop
    ]
    said = {token.key for token in words}
    hedged = language != "en" or "with" in said or not said.isdisjoint(cue_words("en", "conditions"))
    limits = cue_words("en", "limits") & said
    clash: Reason | None = None
    denying = any(theirs.denied for theirs in support.readings)
    for place, token in spots if denying or reading.denied else ():  # else neither denies what the other affirms
        if (heading or not denying) and not reading.denied.get(place):
            continue  # "Decision on signing" says nothing of whether it was signed
        if clash is None and place not in reading.unsure and place not in reading.negators:
            clash = _denial_clash(place, reading, token, clause_of(claim, language, place), support, hedged, limits)
    clash = clash or _more_denials(claim, words, reading, support)
    clash = clash or _clause_clash(claim, names, support, heading)
    if language == "en" and clash is None:
        clash = (
            _denied_twice(claim, words, reading, support)
            or _denial_denied(words, reading, support)
            or _left_over(claim, words, reading, support)
        )
    if language == "en" and clash is None:
        clash = (None if heading else _opposite(spots, reading, support)) or _bare_denial(words, reading, support)
    return Findings((clash,) if clash else ())


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


def _denied_twice(claim: str, words: tuple[tx.Token, ...], reading: Reading, support: Support) -> Reason | None:
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


def _denial_denied(words: tuple[tx.Token, ...], reading: Reading, support: Support) -> Reason | None:
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


_MOST = 0.75
"""Share of the words of a claim's clause that a clause of the support must have to speak of the same thing."""


def _clause_clash(claim: str, names: list[tuple[tx.Token, ...]], support: Support, heading: bool) -> Reason | None:
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


def _left_over(claim: str, words: tuple[tx.Token, ...], reading: Reading, support: Support) -> Reason | None:
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


def _more_denials(claim: str, words: tuple[tx.Token, ...], reading: Reading, support: Support) -> Reason | None:
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


def _around(support: Support, sentence: int, place: int) -> str:
    """The words of the support at a place, with the few before it, verbatim."""
    row = support.tokens[sentence]
    first = row[max(0, place - 3)]
    return support.sentences[sentence][first.start : row[place].end]


def _opposite(spots: list[tuple[int, tx.Token]], reading: Reading, support: Support) -> Reason | None:
    """The support has the opposite of a word of the claim, and not the word itself."""
    for at, token in spots:
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


def _bare_denial(words: tuple[tx.Token, ...], reading: Reading, support: Support) -> Reason | None:
    """The claim denies something and nothing in the support is negative at all."""
    if not reading.negators or support.has_cue(cue_words("en", "cues")):
        return None
    place = reading.negators[0]
    bounded = {"before", "until"}.intersection(token.key for token in words) and not _LATEST.isdisjoint(support.keys)
    return None if bounded and place in reading.unsure else Reason(code="polarity", claim=words[place].word)
