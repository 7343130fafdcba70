"""The force with which a sentence says its verbs: what must, may, should or will be, and what is only planned."""

from __future__ import annotations

from functools import lru_cache

from summariser.evidence import text as tx
from summariser.evidence.cues import Force, Reading, cue_words


@lru_cache(maxsize=1)
def _before_verbs() -> frozenset[str]:
    """Words between a modal and its verb."""
    return cue_words("en", "fillers") | {"not", "to"}


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


def read_force(words: tuple[tx.Token, ...], keys: list[str], language: str, found: Reading) -> None:
    """Note the verbs of a sentence that a modal, a phrase or a causative verb governs."""
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
