"""How a sentence is read: what it denies, and the force with which it says its verbs.

A sentence is read once from left to right. A negator ("not", "without", "failed to") reaches to the end of its
clause; the first content word behind it is *denied*. A modal ("must", "plans to") governs the first verb behind it.
Rules: Huddleston & Pullum (2002) ch. 9 for scope, Karttunen (1971) for "fail to", Palmer (2001) for the classes of
modality; the words are in `_data/polarity.json`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import repeat
from typing import Literal

from summariser.evidence import text as tx

_TABLE = "polarity.json"
_REACH = 10
"""Words that a negator reaches at most where no mark ends its clause."""

Force = Literal["must", "may", "exempt", "should", "will", "plan"]


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
    contrasts: list[int] = field(default_factory=list)
    """Negators of one part of the sentence ("24 May, not 14 May"), which deny no verb."""


@lru_cache(maxsize=tx.SENTENCES)
def read(text: str, language: str) -> Reading:
    """The reading of one sentence."""
    words = tx.tokens(text)
    found = Reading()
    keys = [token.key for token in words]
    if any(map(_bears_on_denial, keys, repeat(language))):  # most sentences deny nothing
        _read_negation(text, words, language, found)
    _read_force(words, keys, language, found)
    if language == "en" and found.unsure and {"except", "unless"}.intersection(keys):
        for verb, (force, modal) in found.forces.items():
            if force == "must" and found.denied.get(verb, 0) % 2 and verb in found.unsure:
                found.forces[verb] = ("may", modal)  # "shall not use it, except under a warrant"
    return found


def cue_words(language: str, name: str) -> frozenset[str]:
    """The words of one list of `_data/polarity.json`, folded."""
    return tx.word_set(_TABLE, language, name)


@lru_cache(maxsize=tx.WORDS)
def _bears_on_denial(key: str, language: str) -> bool:
    """Whether a word can deny, or puts off what is denied; of a sentence with none there is nothing to read."""
    if key in cue_words(language, "negators") or key.endswith("n't") or _may_imply(key, language):
        return True
    return language == "en" and key in cue_words("en", "unsure")


@lru_cache(maxsize=8)
def _passed_over(language: str) -> frozenset[str]:
    """Words between a negator and what it denies."""
    return cue_words("en", "fillers") | tx.stopwords(language)


@lru_cache(maxsize=1)
def _before_verbs() -> frozenset[str]:
    """Words between a modal and its verb."""
    return cue_words("en", "fillers") | {"not", "to"}


def _is_negator(text: str, words: tuple[tx.Token, ...], place: int, language: str) -> bool:
    key = words[place].key
    if key not in cue_words(language, "negators") and not key.endswith("n't"):
        return False
    if key != "non" and text[words[place].end : words[place].end + 1] == "-":
        return False  # "never-before-seen"
    if key.endswith("n't"):
        return True
    following = words[place + 1].key if place + 1 < len(words) else ""
    if language == "en" and key in {"not", "no"}:
        return following not in cue_words("en", "not_negation") and not (key == "no" and following == ".")
    if language == "fr" and key in {"ne", "n'", "n"}:
        near = [word.key for word in words[place + 1 : place + 14]]
        halves = {"pas", "plus", "jamais", "aucun", "aucune", "personne", "rien", "ni"}
        if halves.isdisjoint(near):
            return not any(word in {"que", "qu'", "qu"} for word in near)
    # French "ne … pas" is one negation: the first half counts. "ne … que" is "only".
    if language == "fr" and key in {"pas", "plus", "jamais", "aucun", "aucune", "personne", "rien"}:
        return not any(word.key in {"ne", "n", "n'"} for word in words[max(0, place - 4) : place])
    return True


@lru_cache(maxsize=tx.WORDS)
def _may_imply(key: str, language: str) -> bool:
    """Whether a word is one of those that deny what follows in some of their uses."""
    if language != "en":
        return key in cue_words(language, "implicatives")
    words = cue_words("en", "implicatives") | {"instead", "rather", "short", "yet"}
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
    if any(
        base in {"prevent", "stop", "bar", "ban", "prohibit", "forbid", "block", "refrain", "exempt", "spare"}
        for base in tx.bases(key)
    ):
        return "from" in near
    if _denies(key):
        return "that" in near[:2]
    return near[:1] == ["to"] or (key.startswith(("avoid", "omit")) and near[:1] != ["the"])


@lru_cache(maxsize=4096)
def _denies(key: str) -> bool:
    return any(base in {"deny", "doubt", "dispute"} for base in tx.bases(key))


def _power_to(words: tuple[tx.Token, ...], place: int) -> int:
    """ "no power to prohibit" denies the verb too: its place, 0 where there is none."""
    if words[place].key not in cue_words("en", "powers") or place + 2 >= len(words) or words[place + 1].key != "to":
        return 0
    return place + 2


def _is_contrast(words: tuple[tx.Token, ...], place: int) -> bool:
    """Whether a "not" only sets one thing against another: "24 May, not 14 May", "she and not the minister"."""
    if words[place].key != "not" or not place or words[place - 1].key not in {",", "and", "(", "but"}:
        return False
    following = words[place + 1] if place + 1 < len(words) else None
    if following is None or not following.is_word:
        return False
    return following.key in cue_words("en", "determiners") or not following.word[0].islower()


def _asserted(words: tuple[tx.Token, ...], place: int) -> int:
    """Where the verb begins that "denies that" is about: behind the first auxiliary of its clause."""
    auxiliaries = cue_words("en", "opening")
    for at in range(place + 2, min(len(words), place + _REACH + 2)):
        if words[at].key in auxiliaries:
            return at
    return place


def _read_negation(text: str, words: tuple[tx.Token, ...], language: str, found: Reading) -> None:
    breakers, fillers = cue_words("en", "breakers"), _passed_over(language)
    unsure = cue_words("en", "unsure") if language == "en" else frozenset()
    opened = 0  # where the clause began
    active: list[int] = []  # negators whose clause is open
    pending = 0
    noun = False
    held = 0  # up to where a denial is about the subject of what it denies
    for place, token in enumerate(words):
        key = token.key
        following = words[place + 1].key if place + 1 < len(words) else ""
        if key in unsure:
            # "not … until", "shall not, except": what was denied is only put off.
            if active or key != "before":  # "access before release" puts nothing off
                found.unsure.update(range(active[0] if active else opened, place))
            if key not in {"until", "before"}:
                mark = next((at for at in range(place + 1, len(words)) if not words[at].is_word), len(words))
                found.unsure.update(range(place + 1, min(mark, place + _REACH)))
        if active and (key == "immediately" or (key == "once" and words[place - 1].key == "at")):
            found.unsure.update(range(active[0], place))  # "cannot enforce it at once"
        if (not token.is_word and following not in unsure and key not in '"“”«»') or (
            language == "en" and key in breakers and not (key in {"which", "whom"} and words[place - 1].key == "of")
        ):
            active, pending, opened = [], 0, place + 1
            continue
        if _bears_on_denial(key, language) and (
            _is_negator(text, words, place, language) or _implies_not(words, place, language)
        ):
            noun = key in cue_words(language, "noun_negators")
            if noun and not active:
                found.unsure.update(range(opened, place))
            if _is_contrast(words, place):  # "the professor and not the minister said so" denies no verb
                found.contrasts.append(place)
                continue
            found.negators.append(place)
            if pending and key not in cue_words(language, "negators"):
                # "did not fail to sign": the verb that denies is itself denied, and passes both on.
                found.denied[place] = pending
            active.append(place)
            pending += 1
            held = _asserted(words, place) if language == "en" and _denies(key) else 0
            continue
        active = [start for start in active if place - start <= _REACH]
        if not active:
            pending = 0
            continue
        found.reached.add(place)
        if pending and place > held and token.is_word and key not in fillers and not tx.is_adverb(key):
            if noun:
                found.nouns.add(place)
                following_verb = _power_to(words, place)
                if following_verb:
                    found.denied[following_verb] = pending
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
        for phrase in cue_words(language, name):
            parts = tuple(phrase.split())
            found.setdefault(parts[0], []).append((parts, force))
    for rows in found.values():
        rows.sort(key=lambda row: -len(row[0]))
    return found


def _read_force(words: tuple[tx.Token, ...], keys: list[str], language: str, found: Reading) -> None:
    phrases = _phrases(language)
    causing = language == "en" and any(map(_causes, keys))
    if not causing and phrases.keys().isdisjoint(keys):
        return
    fillers = _before_verbs()
    for place, key in enumerate(keys):
        for parts, force in phrases.get(key, ()):
            if tuple(keys[place : place + len(parts)]) == parts:
                verb = place + len(parts)
                # "requires providers to disclose": the verb stands behind "to".
                limit = min(len(keys), verb + 6)
                while verb < limit and (keys[verb] in fillers or tx.is_adverb(keys[verb])):
                    verb += 1
                if verb < limit and words[verb].is_word and verb not in found.forces:
                    # "would have to keep"
                    obliging = force in {"will", "should", "plan"} and _obliging(tuple(keys[place + 1 : place + 4]))
                    found.forces[verb] = (_denied_force(keys, place, "must" if obliging else force), place)
                break
        else:
            if causing and (given := _causes(key)):
                _causative(words, place, given, found)


def _obliging(keys: tuple[str, ...]) -> bool:
    """Whether these words, right behind a modal, oblige: "(would) have to", "(will) be required to"."""
    return keys[:2] in {("have", "to"), ("need", "to")} or (
        keys[:1] == ("be",) and keys[1:] in {("required", "to"), ("obliged", "to"), ("forced", "to"), ("bound", "to")}
    )


@lru_cache(maxsize=tx.WORDS)
def _causes(key: str) -> Force | None:
    """The force that a causative verb gives to the verb behind its "to"."""
    bases = set(tx.bases(key))
    if bases & {"require", "oblige", "force", "compel", "order", "mandate", "instruct", "direct"}:
        return "must"
    if bases & {"allow", "permit", "authorise", "authorize", "let", "enable"}:
        return "may"
    return "should" if bases & {"urge", "recommend", "encourage", "ask", "invite", "advise", "call"} else None


def _causative(words: tuple[tx.Token, ...], place: int, force: Force, found: Reading) -> None:
    """ "requires providers to disclose", "allows firms to train": the force goes to the verb behind "to"."""
    for verb in range(place + 2, min(len(words) - 1, place + (32 if force == "must" else 9))):
        if words[verb].key in {".", ";", ":"} or (force != "must" and not words[verb].is_word):
            return
        if words[verb].key == "to" and verb + 1 not in found.forces:
            found.forces[verb + 1] = (force, place)
            return


def _denied_force(keys: list[str], modal: int, force: Force) -> Force:
    """ "need not", "is not required to" leave free, whichever modal they deny."""
    if force == "must" and keys[modal] not in {"must", "shall"}:
        near = keys[max(0, modal - 3) : modal]
        if "not" in near or any(key.endswith("n't") for key in near) or "no" in near:
            return "exempt"
    return force
