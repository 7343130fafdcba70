"""How a sentence is read: what it denies, and the force with which it says its verbs.

A sentence is read once from left to right. A negator ("not", "without", "failed to") reaches to the end of its
clause; the first content word behind it is *denied*. A modal ("must", "plans to") governs the first verb behind it.
Rules: Huddleston & Pullum (2002) ch. 9 for scope, Karttunen (1971) for "fail to", Palmer (2001) for the classes of
modality; the words are in `_data/polarity.json`.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import repeat

from summariser.evidence import text as tx
from summariser.evidence.cues import Force, Reading, cue_words
from summariser.evidence.force import read_force

__all__ = ["Force", "Reading", "cue_words", "read"]

_REACH = 10
"""Words that a negator reaches at most where no mark ends its clause."""


@lru_cache(maxsize=tx.SENTENCES)
def read(text: str, language: str) -> Reading:
    """The reading of one sentence."""
    words = tx.tokens(text)
    found = Reading()
    keys = [token.key for token in words]
    if any(map(_bears_on_denial, keys, repeat(language))):  # most sentences deny nothing
        _read_negation(text, words, language, found)
    read_force(words, keys, language, found)
    if language == "en" and found.unsure and {"except", "unless"}.intersection(keys):
        for verb, (force, modal) in found.forces.items():
            if force == "must" and found.denied.get(verb, 0) % 2 and verb in found.unsure:
                found.forces[verb] = ("may", modal)  # "shall not use it, except under a warrant"
    return found


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
