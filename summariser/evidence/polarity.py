"""Negation and modality: whether claim and support affirm or deny the same thing, and with the same force.

A sentence is read once from left to right. A negator ("not", "without", "failed to") reaches to the end of its
clause; the first content word behind it is *denied*. A modal ("must", "plans to") governs the first verb behind
it. Two readings are compared only on words that claim and support share, so that a paraphrase is not held
against the claim; what shares nothing is held to cues: a claim that denies needs something negative in its support,
one that obliges something that obliges. Rules: Huddleston & Pullum (2002) ch. 9 for scope, Karttunen (1971) for
"fail to", Palmer (2001) for the classes of modality; the words are in `_data/polarity.json`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from summariser.evidence import text as tx
from summariser.evidence.content import opposites
from summariser.evidence.reasons import Findings
from summariser.evidence.support import Support
from summariser.schema import Reason

_TABLE = "polarity.json"
_REACH = 10
"""Words that a negator reaches at most where no mark ends its clause."""

Force = Literal["must", "may", "exempt", "should", "will", "plan"]
_CLASHES: dict[Force, frozenset[Force]] = {
    "must": frozenset({"may", "exempt", "should"}),
    "may": frozenset({"must"}),
    "exempt": frozenset({"must"}),
    "should": frozenset({"must"}),
    "will": frozenset({"may"}),
    "plan": frozenset(),
}


@dataclass(slots=True)
class Reading:
    """What a sentence denies, and the force with which it says its verbs; all by the index of the token."""

    denied: dict[int, int] = field(default_factory=dict)
    """Number of negations on the word right behind a negator."""
    reached: set[int] = field(default_factory=set)
    """Every word that some negator may reach."""
    unsure: set[int] = field(default_factory=set)
    """Words of which no polarity can be told ("not … until")."""
    forces: dict[int, tuple[Force, int]] = field(default_factory=dict)
    """For a governed verb: its force, and the index of the modal."""
    negators: list[int] = field(default_factory=list)


@lru_cache(maxsize=8192)
def read(text: str, language: str) -> Reading:
    """The reading of one sentence."""
    words = tx.tokens(text)
    found = Reading()
    _read_negation(words, language, found)
    _read_force(words, language, found)
    return found


def _set(language: str, name: str) -> frozenset[str]:
    return tx.word_set(_TABLE, language, name)


def _is_negator(words: tuple[tx.Token, ...], place: int, language: str) -> bool:
    key = words[place].key
    if key.endswith("n't"):
        return True
    if key not in _set(language, "negators"):
        return False
    following = words[place + 1].key if place + 1 < len(words) else ""
    if language == "en" and key in {"not", "no"}:
        return following not in _set("en", "not_negation") and not (key == "no" and following == ".")
    # French "ne … pas" is one negation: the first half counts. "ne … que" is "only".
    if language == "fr" and key in {"pas", "plus", "jamais", "aucun", "aucune", "personne", "rien"}:
        return not any(word.key in {"ne", "n", "n'"} for word in words[max(0, place - 4) : place])
    return True


def _implies_not(words: tuple[tx.Token, ...], place: int, language: str) -> bool:
    """Whether the word denies what follows, as "failed to sign", "banned from selling", "instead of signing"."""
    key = words[place].key
    near = [word.key for word in words[place + 1 : place + 5]]
    if language != "en":
        return key in _set(language, "implicatives")
    if key in {"instead", "rather", "short"}:
        return near[:1] in (["of"], ["than"])
    if key == "yet":
        return near[:1] == ["to"]
    if not any(base in _set("en", "implicatives") for base in tx.bases(key)):
        return False
    if any(base in {"prevent", "stop", "bar", "ban", "prohibit", "forbid", "block"} for base in tx.bases(key)):
        return "from" in near
    return near[:1] == ["to"] or (key.startswith(("avoid", "omit")) and near[:1] != ["the"])


def _read_negation(words: tuple[tx.Token, ...], language: str, found: Reading) -> None:
    breakers, fillers = _set("en", "breakers"), _set("en", "fillers") | tx.stopwords(language)
    active: list[int] = []  # negators whose clause is open
    pending = 0
    for place, token in enumerate(words):
        if not token.is_word or (language == "en" and token.key in breakers):
            active, pending = [], 0
            continue
        if language == "en" and active and token.key in _set("en", "unsure"):
            found.unsure.update(range(active[0], place))
        if _is_negator(words, place, language) or _implies_not(words, place, language):
            if pending == 0 and active and place - active[-1] > 4:
                active = []
            found.negators.append(place)
            if token.key not in _set(language, "negators") and not token.key.endswith("n't"):
                # "did not fail to sign": the verb that denies is itself denied, and passes both on.
                if pending:
                    found.denied[place] = pending
            active.append(place)
            pending += 1
            continue
        active = [start for start in active if place - start <= _REACH]
        if not active:
            pending = 0
            continue
        found.reached.add(place)
        if pending and token.key not in fillers and not tx.is_adverb(token.key):
            found.denied[place] = pending
            pending = 0


@lru_cache(maxsize=8)
def _phrases(language: str) -> dict[str, list[tuple[tuple[str, ...], Force]]]:
    """Modal words and phrases by their first word, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], Force]]] = {}
    classes: tuple[tuple[str, Force], ...] = (
        ("exempt_phrases", "exempt"),
        ("obligation", "must"),
        ("obligation_phrases", "must"),
        ("permission", "may"),
        ("permission_phrases", "may"),
        ("advice", "should"),
        ("advice_phrases", "should"),
        ("future", "will"),
        ("plan_phrases", "plan"),
    )
    for name, force in classes:
        for phrase in _set(language, name):
            parts = tuple(phrase.split())
            found.setdefault(parts[0], []).append((parts, force))
    for rows in found.values():
        rows.sort(key=lambda row: -len(row[0]))
    return found


def _read_force(words: tuple[tx.Token, ...], language: str, found: Reading) -> None:
    phrases = _phrases(language)
    keys = [token.key for token in words]
    fillers = _set("en", "fillers") | {"not", "to"}
    place = 0
    while place < len(keys):
        for parts, force in phrases.get(keys[place], ()):
            if tuple(keys[place : place + len(parts)]) == parts:
                verb = place + len(parts)
                # "requires providers to disclose": the verb stands behind "to".
                limit = min(len(keys), verb + 6)
                while verb < limit and (keys[verb] in fillers or tx.is_adverb(keys[verb])):
                    verb += 1
                if verb < limit and words[verb].is_word and verb not in found.forces:
                    found.forces[verb] = (_denied_force(keys, place, verb, force), place)
                break
        else:
            _causative(words, place, language, found)
        place += 1


def _causative(words: tuple[tx.Token, ...], place: int, language: str, found: Reading) -> None:
    """ "requires providers to disclose", "allows firms to train": the force goes to the verb behind "to"."""
    if language != "en":
        return
    bases = tx.bases(words[place].key)
    force: Force
    if any(base in {"require", "oblige", "force", "compel", "order", "mandate", "instruct", "direct"} for base in bases):
        force = "must"
    elif any(base in {"allow", "permit", "authorise", "authorize", "let", "enable"} for base in bases):
        force = "may"
    elif any(base in {"urge", "recommend", "encourage", "ask", "invite", "advise", "call"} for base in bases):
        force = "should"
    else:
        return
    for verb in range(place + 2, min(len(words) - 1, place + 9)):
        if not words[verb].is_word:
            return
        if words[verb].key == "to" and verb + 1 not in found.forces:
            found.forces[verb + 1] = (force, place)
            return


def _denied_force(keys: list[str], modal: int, verb: int, force: Force) -> Force:
    """ "need not", "is not required to" leave free, whichever modal they deny."""
    if force == "must" and keys[modal] not in {"must", "shall"}:
        near = keys[max(0, modal - 3) : modal]
        if "not" in near or any(key.endswith("n't") for key in near) or "no" in near:
            return "exempt"
    return force


def _comparable(support: Support, key: str) -> list[tuple[int, int]]:
    return [place for form in support.forms(key) for place in support.positions.get(form, ())]


def check_polarity(claim: str, words: tuple[tx.Token, ...], shared: list[tx.Token], support: Support) -> Findings:
    """`polarity` where claim and support deny and affirm the same word, or the support says the opposite."""
    language = support.language
    reading = read(claim, language)
    index = {token.start: place for place, token in enumerate(words)}
    for token in shared:
        place = index[token.start]
        if place in reading.unsure or place in reading.negators:
            continue
        clash = _denial_clash(place, reading, token, support)
        if clash:
            return Findings((clash,))
    if language == "en":
        clash = _opposite(words, index, shared, reading, support)
        if clash is None:
            clash = _bare_denial(words, reading, support)
        if clash:
            return Findings((clash,))
    elif reading.negators and not any(read(s, language).negators for s in support.sentences):
        return Findings((Reason(code="polarity", claim=words[reading.negators[0]].word),))
    return Findings()


def _denial_clash(place: int, reading: Reading, token: tx.Token, support: Support) -> Reason | None:
    """The claim denies what every mention in the support affirms, or the other way round."""
    mentions = _comparable(support, token.key)
    if not mentions:
        return None
    states = []
    for sentence, where in mentions:
        other = read(support.sentences[sentence], support.language)
        if where in other.unsure:
            return None
        count = other.denied.get(where, 0)
        states.append((count % 2, where in other.reached, sentence, where))
    ours = reading.denied.get(place, 0) % 2
    if ours and all(not odd and not reached for odd, reached, _, _ in states):
        return Reason(code="polarity", claim=_denied_words(token, reading), source=_around(support, *states[0][2:]))
    if not ours and place not in reading.reached and all(odd for odd, _, _, _ in states):
        return Reason(code="polarity", claim=token.word, source=_around(support, *states[0][2:]))
    return None


def _denied_words(token: tx.Token, reading: Reading) -> str:
    del reading
    return token.word


def _around(support: Support, sentence: int, place: int) -> str:
    """The words of the support at a place, with the few before it, verbatim."""
    row = support.tokens[sentence]
    first = row[max(0, place - 3)]
    return support.sentences[sentence][first.start : row[place].end]


def _opposite(
    words: tuple[tx.Token, ...], index: dict[int, int], shared: list[tx.Token], reading: Reading, support: Support
) -> Reason | None:
    """The support has the opposite of a word of the claim, and not the word itself."""
    del shared
    for token in words:
        pairs = opposites(token.key)
        if not pairs or support.forms(token.key) or index[token.start] in reading.negators:
            continue
        for own, other in pairs:
            if any(support.forms(word) for word in own):
                continue
            for sentence, place in [at for word in other for at in support.inflections(word)]:
                theirs = read(support.sentences[sentence], "en")
                if place in theirs.unsure:
                    continue
                odd = theirs.denied.get(place, 0) % 2
                ours = reading.denied.get(index[token.start], 0) % 2
                if odd == ours:
                    return Reason(code="polarity", claim=token.word, source=support.tokens[sentence][place].word)
    return None


def _bare_denial(words: tuple[tx.Token, ...], reading: Reading, support: Support) -> Reason | None:
    """The claim denies something and nothing in the support is negative at all."""
    if not reading.negators or support.has_cue(_set("en", "cues")):
        return None
    place = reading.negators[0]
    return Reason(code="polarity", claim=words[place].word)


def check_modality(claim: str, words: tuple[tx.Token, ...], support: Support) -> Findings:
    """`modality` where a shared verb must in one and may in the other, or is done in one and planned in the other."""
    language = support.language
    reading = read(claim, language)
    for place, (force, modal) in reading.forces.items():
        verb = words[place]
        mentions = _comparable(support, verb.key) if len(verb.key) > 2 else []
        theirs = [_force_at(support, at) for at in mentions]
        clashing = [given for given in theirs if given in _CLASHES[force]]
        if clashing and not any(given == force or (given is None and force != "may") for given in theirs):
            sentence, where = mentions[theirs.index(clashing[0])]
            return Findings(
                (Reason(code="modality", claim=words[modal].word, source=_modal_words(support, sentence, where)),)
            )
        if language == "en" and not clashing and force not in theirs:
            clash = _bare_force(words, modal, force, support)
            if clash:
                return Findings((clash,))
    clash = _planned_as_done(words, reading, support) if language == "en" else None
    return Findings((clash,) if clash else ())


def _force_at(support: Support, at: tuple[int, int]) -> Force | None:
    sentence, place = at
    given = read(support.sentences[sentence], support.language).forces.get(place)
    return given[0] if given else None


def _modal_words(support: Support, sentence: int, place: int) -> str:
    given = read(support.sentences[sentence], support.language).forces[place]
    row = support.tokens[sentence]
    return support.sentences[sentence][row[given[1]].start : row[place].end]


def _bare_force(words: tuple[tx.Token, ...], modal: int, force: Force, support: Support) -> Reason | None:
    """The claim obliges or allows, and no word of the support does anything of the kind."""
    cues = {"must": "obligation_cues", "may": "permission_cues", "exempt": "cues"}.get(force)
    if cues is None or support.has_cue(_set("en", cues)):
        return None
    if words[modal].key in {"can", "could"}:
        return None  # "can" states an ability as often as a permission
    return Reason(code="modality", claim=words[modal].word)


def _planned_as_done(words: tuple[tx.Token, ...], reading: Reading, support: Support) -> Reason | None:
    """The claim reports as done ("adopted") what the support only has as planned ("proposed to adopt")."""
    for place, token in enumerate(words):
        done = token.key.endswith("ed") or any(base in tx.irregular_pasts() for base in (token.key,))
        if not done or place in reading.forces or place in reading.reached or len(token.key) < 4:
            continue
        if any(row[1] < place <= row[1] + 8 for row in reading.forces.values()):
            continue  # "will be … used": some modal of the claim may govern it
        mentions = _comparable_inflections(support, token.key)
        if not mentions:
            continue
        forces = [_force_at(support, at) for at in mentions]
        if all(given in {"plan", "will", "should", "may", "must"} for given in forces):
            sentence, where = mentions[0]
            return Reason(code="modality", claim=token.word, source=_modal_words(support, sentence, where))
    return None


def _comparable_inflections(support: Support, key: str) -> list[tuple[int, int]]:
    return [at for base in tx.bases(key) for at in support.inflections(base)]
