"""Names of people taken apart, so that two forms of one name can be told from two names. Pure.

Compared are the words without titles, offices and particles; what is short for a first name stands for it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from summariser.evidence import text as tx
from summariser.evidence.names_runs import is_acronym, listed
from summariser.timeline import lists
from summariser.timeline.terms import latin, skeleton


class Person(NamedTuple):
    """A person's name: `words` in order as small Latin letters, without titles and particles; `sounds` their
    consonants; `title` the folded titles of address and office before it; `initials` single letters."""

    words: tuple[str, ...]
    sounds: tuple[str, ...]
    title: frozenset[str]
    initials: frozenset[str]
    foreign: bool
    """Whether it is in another script than Latin, so that short vowels may be missing."""
    joined: tuple[str, ...] = ()
    """The words with what a hyphen parts written as one, where there is one: Ji-hoon as Jihoon."""


_OF = frozenset({"of", "for", "de", "du", "des", "del", "to"})
_HYPHEN = re.compile(r"(?<=[^\W\d_]{2})[-‐‑](?=[^\W\d_]{2})")
_PARTED = re.compile(r"(?<=[^\W\d_][-‐‑])[^\W\d_]")
_JOINED = frozenset({"abd", "bd", "abdel", "abdul", "abdal", "ben", "bin", "ibn", "bn"})
_ABD = re.compile(r"^abd[aeou]?l(?=\w{3})(?!lah$)")


@lru_cache(maxsize=65536)
def person(name: str) -> Person | None:
    """A person's name taken apart; None for an office without a name ("the President", "Secretary of Commerce")."""
    name = _PARTED.sub(lambda mark: mark.group().upper(), _without_appendix(name))  # Min-jun is a name, not "of Oslo"
    found = _person(name)
    if found is None or not _HYPHEN.search(name):
        return found
    joined = _person(_HYPHEN.sub("", name))
    return found._replace(joined=joined.words) if joined and joined.words != found.words else found


def sounds_of(words: tuple[str, ...]) -> tuple[str, ...]:
    """The consonants of a name, a first name in its full form."""
    return tuple(skeleton(_given(word) if at == 0 and len(words) > 1 else word) for at, word in enumerate(words))


def _given(word: str) -> str:
    return lists.groups("given_names").get(word, word)


def _without_appendix(name: str) -> str:
    """A name without what follows in brackets or after a comma ("(D-Ore.)", ", MP"); "Sandvik, Liv" is whole."""
    name = name.partition("(")[0]
    before, _, after = name.partition(",")
    return name if len(before.split()) < 2 and after else before


def _person(name: str) -> Person | None:
    tokens = [token for token in tx.tokens(name) if token.is_word and token.key[:1].isalpha()]
    at = _after_office(tokens)
    if at is None:
        return None
    particles = lists.words("particles")
    words: list[str] = []
    letters: set[str] = set()
    for token in tokens[at:]:
        key = token.key.rstrip("'’")
        joined = latin(key) in _JOINED
        if words and token.word.isupper() and key in lists.words("after_names"):
            continue
        if not joined and (key in particles or token.word.islower()):
            if token.word.islower() and key not in particles and token.word.isascii():
                break  # what follows is no name: "of Oslo"
            continue
        for part in token.word.replace("’", "'").split("'s")[0].split("-"):
            word = latin(_unjoined(tx.fold(part))).replace("'", "").replace("`", "")
            if len(word) == 1:
                letters.add(word)
            elif word and (word not in particles or word in _JOINED):
                words.append(word)
    whole = tuple(_compounds([word for n, word in enumerate(words) if word not in _JOINED or n + 1 < len(words)]))
    if not whole:
        return None
    short = dict(lists.pairs("short_titles"))
    return Person(
        whole,
        sounds_of(whole),
        frozenset(short.get(token.key, token.key) for token in tokens[:at] if token.key != "the"),
        frozenset(letters),
        any(mark.isalpha() and mark > "\u024f" for mark in name),
    )


def _after_office(tokens: list[tx.Token]) -> int | None:
    """Where a name begins after titles and offices: "Science Minister", "Secretary of State", "statsminister"; None
    for an office alone."""
    titles = listed("titles") | listed("arabic_triggers") | lists.words("address")
    at = small = 0
    for n, token in enumerate(tokens[:6]):
        if token.key in titles or token.key in lists.occupations() or token.key == "the":
            at = n + 1
        elif not (token.key in _of_offices() or (is_acronym(token.word) and len(token.word) < 5)):
            break
    while small < min(3, len(tokens)) and _is_small(tokens[small]):
        small += 1
    if small < len(tokens) and tokens[small].capital and not _is_link(tokens[small]):
        at = max(at, small)
    if not at or at >= len(tokens) or tokens[at].key not in _OF:
        return at
    if tokens[at - 1].key not in _MINISTERS:
        return None
    while at < len(tokens) and (tokens[at].key in _of_offices() or _is_link(tokens[at])):
        at += 1
    rest = tokens[at:]
    return at if len(rest) > 1 and not any(token.key in _of_offices() for token in rest) else None


_MINISTERS = frozenset({"minister", "secretary", "ministre", "ministro", "ministra"})


def _is_small(token: tx.Token) -> bool:
    return token.word.islower() and not _is_link(token)


def _is_link(token: tx.Token) -> bool:
    key = token.key.rstrip("'’")
    return key in lists.words("links") or key in lists.words("particles") or key in tx.stopwords("en")


@lru_cache(maxsize=1)
def _of_offices() -> frozenset[str]:
    """The words that offices are named with: of "Cabinet Secretary", "Digital Economy Minister"."""
    return lists.words("heads") | lists.words("common") | lists.words("subjects") | lists.words("generic")


def _compounds(words: list[str]) -> list[str]:
    """Parts of names that are written together or apart: Abdel Karim, Abdelkrim; Ben Jelloun, Benjelloun."""
    found: list[str] = []
    for word in words:
        before = found[-1] if found else ""
        if before in _JOINED:
            found[-1] = ("abd" if "d" in before else "ben") + word
        else:
            found.append(_ABD.sub("abd", word))
    return [word[:-1] if word.endswith("ah") and len(word) > 4 else word for word in found]  # Abdullah, Abdulla


def _unjoined(key: str) -> str:
    return key[2:] if "\u0600" <= key[:1] <= "\u06ff" and key.startswith("ال") and len(key) > 4 else key


def sounds_alike(one: str, other: str, foreign: bool) -> bool:
    """Whether two words of names are spellings of one name: Mohammed and Muhammad, not Hassan and Hussein, nor
    Martin and Martina. `foreign`: one of them is in a script that leaves vowels out."""
    if one == other or _given(one) == _given(other) or _without_umlauts(one) == _without_umlauts(other):
        return True
    if skeleton(one) != skeleton(other) or len(skeleton(one)) < 2:
        return False
    if foreign:
        return True
    if min(len(one), len(other)) < 4 or (one[-1] in "aeou") != (other[-1] in "aeou"):
        return False
    if one[-1] in "aeou" and one[-1] != other[-1]:
        return False
    from rapidfuzz import fuzz

    return float(fuzz.ratio(_vowels(one), _vowels(other))) >= 75


@lru_cache(maxsize=65536)
def _vowels(word: str) -> str:
    """A name with its vowels in three classes and nothing doubled, consonants as they sound."""
    for written, spoken in lists.pairs("spellings"):
        word = word.replace(written, spoken)
    return "".join(mark for at, mark in enumerate(word) if at == 0 or mark != word[at - 1])


def _without_umlauts(word: str) -> str:
    """A name with the vowels that replace others' marks as they are without them: Mueller, Muller; Kjaer."""
    for written, read in (("oe", "o"), ("ue", "u"), ("ae", "a"), ("aa", "a")):
        word = word.replace(written, read)
    return word
