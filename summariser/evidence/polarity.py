"""Negation and modality: whether claim and support affirm or deny the same thing, and with the same force.

A sentence is read once from left to right. A negator ("not", "without", "failed to") reaches to the end of its
clause; the first content word behind it is *denied*. A modal ("must", "plans to") governs the first verb behind
it. Two readings are compared only on words that claim and support share, so that a paraphrase is not held
against the claim; what shares nothing is held to cues: a claim that denies needs something negative in its support,
one that obliges something that obliges. Rules: Huddleston & Pullum (2002) ch. 9 for scope, Karttunen (1971) for
"fail to", Palmer (2001) for the classes of modality; the words are in `_data/polarity.json`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, NamedTuple

from summariser.evidence import text as tx
from summariser.evidence.content import opposites
from summariser.evidence.reasons import Findings
from summariser.evidence.support import Support
from summariser.schema import Reason

_TABLE = "polarity.json"
_NOUN_NEGATORS = frozenset({"no", "none", "nothing", "nobody", "neither", "nor", "without", "nowhere", "hardly"})
"""They deny a noun and, with it, the verb in front of it ("will impose none")."""
_REACH = 10
"""Words that a negator reaches at most where no mark ends its clause."""

_MODALS = frozenset({"must", "shall", "may", "might", "need", "has", "have", "had", "needn't", "is", "are", "not"})
_MENTIONS = 12
"""Mentions of one word that are looked at."""
_LIMITS = frozenset({"before", "until", "unless", "only", "without"})
_OPENING = frozenset(
    "has have had is are was were does do did will would must may can cannot could should shall it they he she says said".split()
)
_CLAUSE_ENDS = frozenset(
    [*",;:()—؛،|", "but", "because", "whether", "while", "whereas", "although", "though", "who", "which", "mais", "pero", "لكن"]
)

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
    """Number of negations on the word right behind a negator of verbs."""
    nouns: set[int] = field(default_factory=set)
    """Words right behind a negator of nouns ("no penalty", "without a court")."""
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
    _read_negation(text, words, language, found)
    _read_force(words, language, found)
    return found


def _set(language: str, name: str) -> frozenset[str]:
    return tx.word_set(_TABLE, language, name)


def _is_negator(text: str, words: tuple[tx.Token, ...], place: int, language: str) -> bool:
    key = words[place].key
    if key not in _set(language, "negators") and not key.endswith("n't"):
        return False
    if key != "non" and text[words[place].end : words[place].end + 1] == "-":
        return False  # "never-before-seen"
    if key.endswith("n't"):
        return True
    following = words[place + 1].key if place + 1 < len(words) else ""
    if language == "en" and key in {"not", "no"}:
        return following not in _set("en", "not_negation") and not (key == "no" and following == ".")
    if language == "fr" and key in {"ne", "n'", "n"}:
        near = [word.key for word in words[place + 1 : place + 14]]
        halves = {"pas", "plus", "jamais", "aucun", "aucune", "personne", "rien", "ni"}
        if halves.isdisjoint(near):
            return not any(word in {"que", "qu'", "qu"} for word in near)
    # French "ne … pas" is one negation: the first half counts. "ne … que" is "only".
    if language == "fr" and key in {"pas", "plus", "jamais", "aucun", "aucune", "personne", "rien"}:
        return not any(word.key in {"ne", "n", "n'"} for word in words[max(0, place - 4) : place])
    return True


@lru_cache(maxsize=65536)
def _may_imply(key: str, language: str) -> bool:
    """Whether a word is one of those that deny what follows in some of their uses."""
    if language != "en":
        return key in _set(language, "implicatives")
    words = _set("en", "implicatives") | {"instead", "rather", "short", "yet"}
    return any(base in words for base in tx.bases(key))


def _implies_not(words: tuple[tx.Token, ...], place: int, language: str) -> bool:
    """Whether the word denies what follows, as "failed to sign", "banned from selling", "instead of signing"."""
    key = words[place].key
    if not _may_imply(key, language):
        return False
    near = [word.key for word in words[place + 1 : place + 5]]
    if language != "en":
        return True
    if key in {"instead", "rather", "short"}:
        return near[:1] in (["of"], ["than"])
    if key == "yet":
        return near[:1] == ["to"]
    if any(base in {"prevent", "stop", "bar", "ban", "prohibit", "forbid", "block", "refrain", "exempt", "spare"} for base in tx.bases(key)):
        return "from" in near
    if any(base in {"deny", "doubt", "dispute"} for base in tx.bases(key)):
        return "that" in near[:2]
    return near[:1] == ["to"] or (key.startswith(("avoid", "omit")) and near[:1] != ["the"])


def _read_negation(text: str, words: tuple[tx.Token, ...], language: str, found: Reading) -> None:
    breakers, fillers = _set("en", "breakers"), _set("en", "fillers") | tx.stopwords(language)
    unsure = _set("en", "unsure") if language == "en" else frozenset()
    opened = 0  # where the clause began
    active: list[int] = []  # negators whose clause is open
    pending = 0
    noun = False
    for place, token in enumerate(words):
        key = token.key
        following = words[place + 1].key if place + 1 < len(words) else ""
        if key in unsure:
            # "not … until", "shall not, except": what was denied is only put off.
            found.unsure.update(range(active[0] if active else opened, place))
            if key not in {"until", "before"}:
                mark = next((at for at in range(place + 1, len(words)) if not words[at].is_word), len(words))
                found.unsure.update(range(place + 1, min(mark, place + _REACH)))
        if (not token.is_word and following not in unsure and key not in "\"“”«»") or (
            language == "en" and key in breakers and not (key in {"which", "whom"} and words[place - 1].key == "of")
        ):
            active, pending, opened = [], 0, place + 1
            continue
        if _is_negator(text, words, place, language) or _implies_not(words, place, language):
            found.negators.append(place)
            noun = key in _NOUN_NEGATORS
            if noun:
                found.unsure.update(range(opened, place))
            if pending and key not in _set(language, "negators"):
                # "did not fail to sign": the verb that denies is itself denied, and passes both on.
                found.denied[place] = pending
            active.append(place)
            pending += 1
            continue
        active = [start for start in active if place - start <= _REACH]
        if not active:
            pending = 0
            continue
        found.reached.add(place)
        if pending and token.is_word and key not in fillers and not tx.is_adverb(key):
            if noun:
                found.nouns.add(place)
            else:
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


@lru_cache(maxsize=65536)
def _causes(key: str) -> Force | None:
    """The force that a causative verb gives to the verb behind its "to"."""
    bases = set(tx.bases(key))
    if bases & {"require", "oblige", "force", "compel", "order", "mandate", "instruct", "direct"}:
        return "must"
    if bases & {"allow", "permit", "authorise", "authorize", "let", "enable"}:
        return "may"
    return "should" if bases & {"urge", "recommend", "encourage", "ask", "invite", "advise", "call"} else None


def _causative(words: tuple[tx.Token, ...], place: int, language: str, found: Reading) -> None:
    """ "requires providers to disclose", "allows firms to train": the force goes to the verb behind "to"."""
    force = _causes(words[place].key) if language == "en" else None
    if force is None:
        return
    for verb in range(place + 2, min(len(words) - 1, place + (18 if force == "must" else 9))):
        if words[verb].key in {".", ";", ":"} or (force != "must" and not words[verb].is_word):
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
    """Where the word stands, in its own inflections if there are any, else in derivations and synonyms."""
    own = [at for base in tx.bases(key) for at in support.inflections(base)] if support.language == "en" else []
    return own or [place for form in support.forms(key) for place in support.positions.get(form, ())]


def check_polarity(
    claim: str, words: tuple[tx.Token, ...], names: list[tuple[tx.Token, ...]], support: Support, *, heading: bool = False
) -> Findings:
    """`polarity` where claim and support deny and affirm the same thing, or the support says the opposite.

    `names` are left out: "Kestrel Pay" pays nothing.
    """
    language = support.language
    reading = read(claim, language)
    named = {token.start for run in names for token in run}
    spots = [
        (place, token)
        for place, token in enumerate(words)
        if token.is_word and token.start not in named and len(token.key) > 2 and token.key not in tx.stopwords(language)
    ]
    hedged = bool(_set("en", "conditions").intersection(token.key for token in words)) or language != "en"
    clash: Reason | None = None
    for place, token in spots:
        if heading and not reading.denied.get(place):
            continue  # "Decision on signing" says nothing of whether it was signed
        if clash is None and place not in reading.unsure and place not in reading.negators:
            clash = _denial_clash(place, reading, token, _clause_of(claim, language, place), support, hedged)
    clash = clash or _more_denials(claim, words, reading, support)
    if language == "en" and clash is None:
        clash = _opposite(spots, reading, support) or _bare_denial(words, reading, support)
    return Findings((clash,) if clash else ())


def _denial_clash(
    place: int, reading: Reading, token: tx.Token, clause: _Clause, support: Support, hedged: bool
) -> Reason | None:
    """The claim denies what the support affirms, or the other way round, in the clauses that have most in common."""
    mentions = _nearest(_comparable(support, token.key), clause, support)
    if not mentions:
        return None
    sentence, where = mentions[0]
    states = [_state(support, at, clause) for at in mentions]
    denied = reading.denied.get(place, 0)
    there = {word.key for word in support.tokens[sentence]}
    limited = bool(clause.limits - there)
    soft = clause.soft - {token.key for token in support.tokens[sentence]}
    if denied == 2 and all(state == "denied" for state in states):
        return Reason(code="polarity", claim=token.word, source=_around(support, sentence, where))
    if denied % 2:
        if all(state == "plain" for state in states):
            return Reason(code="polarity", claim=token.word, source=_around(support, sentence, where))
    elif place not in reading.reached and not clause.negators and not soft and not limited and _inflected(token.key, support):
        denying = {"denied"} if hedged else {"denied", "put off"}
        if all(state in denying for state in states):
            return Reason(code="polarity", claim=token.word, source=_around(support, sentence, where))
    return None


def _inflected(key: str, support: Support) -> bool:
    """Whether the support has the word itself ("approved" is not "approval")."""
    return support.language != "en" or any(support.inflections(base) for base in tx.bases(key))


def _state(support: Support, at: tuple[int, int], ours: _Clause) -> Literal["denied", "put off", "plain", "unclear"]:
    """What the support does with a word: denies it, denies it until something, affirms it, or neither for certain."""
    sentence, place = at
    reading = read(support.sentences[sentence], support.language)
    if reading.denied.get(place, 0) % 2:
        return "put off" if place in reading.unsure else "denied"
    clause = _clause_of(support.sentences[sentence], support.language, place)
    if place in reading.unsure or place in reading.reached or clause.negators or clause.soft - ours.soft:
        return "unclear"
    return "plain"


def _nearest(mentions: list[tuple[int, int]], clause: _Clause, support: Support) -> list[tuple[int, int]]:
    """Of several mentions of a word those in the clauses that share most with the claim's."""
    if len(mentions) < 2:
        return mentions
    wanted = {form for word in clause.words for form in support.forms(word)}
    scores = [
        len(wanted.intersection(_clause_of(support.sentences[at[0]], support.language, at[1]).words))
        for at in mentions[:_MENTIONS]
    ]
    best = max(scores)
    return [at for at, score in zip(mentions, scores, strict=False) if score >= best - 1]


class _Clause(NamedTuple):
    """A stretch of a sentence between marks: its content words, negators, and the words that deny in their own way."""

    first: int
    last: int
    words: tuple[str, ...]
    negators: tuple[int, ...]
    soft: frozenset[str]
    limits: frozenset[str]
    """Which of "only", "before", "unless" … stand in it."""


@lru_cache(maxsize=8192)
def _clauses(text: str, language: str) -> tuple[_Clause, ...]:
    words = tx.tokens(text)
    negators = set(read(text, language).negators)
    denials = _denials(language)
    stop = tx.stopwords(language)
    found: list[_Clause] = []
    start = 0
    for place in range(len(words) + 1):
        if place < len(words) and words[place].key not in _CLAUSE_ENDS and not _joins(words, place):
            continue
        spots = range(start, place)
        content = tuple(
            words[at].key for at in spots if words[at].is_word and len(words[at].key) > 2 and words[at].key not in stop
        )
        inside = tuple(at for at in spots if at in negators)
        soft = frozenset(words[at].key for at in spots if at not in negators and _is_cue(words[at].key, denials))
        first, merged = start, frozenset[str]()
        if len(content) < 2 and found and len(found[-1].words) < _MENTIONS:
            last = found.pop()
            first, content, inside = last.first, last.words + content, last.negators + inside
            soft, merged = soft | last.soft, last.limits
        limits = frozenset(words[at].key for at in spots) & _LIMITS
        found.append(_Clause(first, place, content, inside, soft, limits | merged))
        start = place + 1
    return tuple(found)


def _joins(words: tuple[tx.Token, ...], place: int) -> bool:
    """Whether "and" or "or" opens a clause of its own ("and has no budget")."""
    if words[place].key not in {"and", "or"} or place + 1 >= len(words):
        return False
    return words[place + 1].key in _OPENING


def _clause_of(text: str, language: str, place: int) -> _Clause:
    found = _clauses(text, language)
    return found[max(0, bisect_right(found, place, key=lambda clause: clause.first) - 1)]


def _denials(language: str) -> frozenset[str]:
    """Words that deny in their own way ("rejects", "outside", "exempt")."""
    return _set("en", "denials") if language == "en" else _set(language, "implicatives")


def _is_cue(key: str, cues: frozenset[str]) -> bool:
    return any(base in cues for base in tx.bases(key))


def _more_denials(claim: str, words: tuple[tx.Token, ...], reading: Reading, support: Support) -> Reason | None:
    """The claim denies more often than its whole support does."""
    if not reading.negators:
        return None
    language = support.language
    kept = _set("en", "unsure").isdisjoint(
        token.key for token in words if token.key in support.positions and language == "en"
    )
    firm = [place for place in reading.negators if place not in reading.unsure or not kept]
    if not firm:
        return None
    said = _lexical(claim, language)
    there = Counter(word for sentence in support.sentences for word in _lexical(sentence, language))
    ours = len(firm) + (Counter(said) - there).total()
    theirs = sum(len(read(sentence, language).negators) for sentence in support.sentences)
    theirs += (there - Counter(said)).total()
    if ours <= theirs:
        return None
    return Reason(code="polarity", claim=words[reading.negators[0]].word)


@lru_cache(maxsize=8192)
def _lexical(text: str, language: str) -> tuple[str, ...]:
    """The words of a sentence that deny in their own way."""
    negators = set(read(text, language).negators)
    denials = _denials(language)
    return tuple(t.key for at, t in enumerate(tx.tokens(text)) if at not in negators and _is_cue(t.key, denials))


def _around(support: Support, sentence: int, place: int) -> str:
    """The words of the support at a place, with the few before it, verbatim."""
    row = support.tokens[sentence]
    first = row[max(0, place - 3)]
    return support.sentences[sentence][first.start : row[place].end]


def _opposite(spots: list[tuple[int, tx.Token]], reading: Reading, support: Support) -> Reason | None:
    """The support has the opposite of a word of the claim, and not the word itself."""
    for at, token in spots:
        pairs = opposites(token.key)
        if not pairs or at in reading.negators or at in reading.unsure or support.forms(token.key):
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
    if not reading.negators or support.has_cue(_set("en", "cues")):
        return None
    place = reading.negators[0]
    return Reason(code="polarity", claim=words[place].word)


def check_modality(claim: str, words: tuple[tx.Token, ...], support: Support) -> Findings:
    """`modality` where a shared verb must in one and may in the other, or is done in one and planned in the other."""
    language = support.language
    reading = read(claim, language)
    for place, (force, modal) in reading.forces.items():
        clash = _force_clash(claim, words, place, force, modal, support)
        if clash is None and language == "en":
            clash = _bare_force(words, modal, force, support)
        if clash:
            return Findings((clash,))
    clash = _planned_as_done(claim, words, reading, support) if language == "en" else None
    return Findings((clash,) if clash else ())


def _force_clash(
    claim: str, words: tuple[tx.Token, ...], place: int, force: Force, modal: int, support: Support
) -> Reason | None:
    """The same verb, or where the support has another the clause that shares most, has a force that clashes."""
    verb = words[place]
    clause = _clause_of(claim, support.language, place)
    mentions = _nearest(_comparable(support, verb.key), clause, support) if len(verb.key) > 2 else []
    least = min(2, len(clause.words)) if support.whole else max(3, 0.7 * len(clause.words))
    if any(_force_at(support, at) == force for at in mentions):
        return None
    theirs = [(at, _force_at(support, at)) for at in mentions if _common(clause, at, support) >= least]
    if not any(given for _, given in theirs) and support.whole:
        theirs = _forces_near(clause, support)
    clashing = [(at, given) for at, given in theirs if given in _CLASHES[force]]
    if not clashing or any(given == force or (given is None and force != "may") for _, given in theirs):
        return None
    (sentence, where), _ = clashing[0]
    if where in read(support.sentences[sentence], support.language).unsure:
        return None
    return Reason(code="modality", claim=words[modal].word, source=_modal_words(support, sentence, where))


def _common(clause: _Clause, at: tuple[int, int], support: Support) -> int:
    """How many content words a clause of the claim shares with the clause of the support around a word."""
    there = set(_clause_of(support.sentences[at[0]], support.language, at[1]).words)
    return sum(not there.isdisjoint(support.forms(word)) for word in clause.words)


def _forces_near(clause: _Clause, support: Support) -> list[tuple[tuple[int, int], Force | None]]:
    """The forces of the clauses of the support that share at least half of the words of a claim's clause."""
    if len(clause.words) < 3:
        return []
    wanted = [set(support.forms(word)) for word in clause.words]
    found: list[tuple[tuple[int, int], Force | None]] = []
    for number, sentence in enumerate(support.sentences):
        forces = read(sentence, support.language).forces
        for theirs in _clauses(sentence, support.language):
            there = set(theirs.words)
            if 2 * sum(not forms.isdisjoint(there) for forms in wanted) >= len(wanted):
                inside = [at for at in forces if theirs.first <= at <= theirs.last]
                found += [((number, at), forces[at][0]) for at in inside]
                if not inside:
                    found.append(((number, theirs.first), None))
    return found


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
    if words[modal].key not in _MODALS or not support.whole:
        return None  # "can" states an ability as often as a permission, "allowed" a deed
    return Reason(code="modality", claim=words[modal].word)


def _planned_as_done(claim: str, words: tuple[tx.Token, ...], reading: Reading, support: Support) -> Reason | None:
    """The claim reports as done ("adopted") what the support only has as planned ("proposed to adopt")."""
    for place, token in enumerate(words):
        if place and words[place - 1].end == token.start - 1 and claim[token.start - 1] == "-":
            continue  # "Crown-owned"
        clause = _clause_of(claim, "en", place)
        if any(clause.first <= modal <= clause.last for _, modal in reading.forces.values()):
            continue
        if tx.is_capitalised(token.word) or {"be", "to"} & {word.key for word in words[max(0, place - 3) : place]}:
            continue
        done = token.key.endswith("ed") or any(base in tx.irregular_pasts() for base in (token.key,))
        if not done or place in reading.forces or place in reading.reached or len(token.key) < 4:
            continue
        mentions = _comparable_inflections(support, token.key)
        if not mentions:
            given = _only_planned(words, place, clause, support)
            if given:
                return given
            continue
        forces = [_force_at(support, at) for at in mentions]
        if all(given in {"plan", "will", "should", "may", "must"} for given in forces):
            sentence, where = mentions[0]
            return Reason(code="modality", claim=token.word, source=_modal_words(support, sentence, where))
    return None


def _only_planned(words: tuple[tx.Token, ...], place: int, clause: _Clause, support: Support) -> Reason | None:
    """ "has set up a task force" where the clause of the support that shares most has "will establish" and no past."""
    if not {"has", "have", "had"} & {word.key for word in words[max(0, place - 3) : place]} or not support.whole:
        return None
    near = [(at, force) for at, force in _forces_near(clause, support) if force not in {None, "exempt"}]
    if not near or any(force is None for _, force in _forces_near(clause, support)):
        return None
    (sentence, where), _ = near[0]
    theirs = _clause_of(support.sentences[sentence], "en", where)
    row = support.tokens[sentence][theirs.first : theirs.last]
    if any(word.key.endswith("ed") or word.key in tx.irregular_pasts() or word.key in _PAST for word in row):
        return None
    return Reason(code="modality", claim=words[place].word, source=_modal_words(support, sentence, where))


_PAST = frozenset({"has", "have", "had", "was", "were", "did"})


def _comparable_inflections(support: Support, key: str) -> list[tuple[int, int]]:
    return [at for base in tx.bases(key) for at in support.inflections(base)]
