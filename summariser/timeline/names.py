"""Names of people and bodies taken apart: titles off, particles off, each word as it sounds. Pure and cached."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from summariser.evidence import text as tx
from summariser.evidence.jurisdiction import places
from summariser.evidence.names_runs import is_acronym, is_common, listed
from summariser.timeline import lists
from summariser.timeline.terms import bare, latin, plain, skeleton

_ORGANISATIONS: dict[str, str] = {
    **dict.fromkeys(("eu", "european union", "union européenne", "unión europea", "الاتحاد الأوروبي"), "EU"),
    **dict.fromkeys(("un", "united nations", "nations unies", "naciones unidas", "onu", "الأمم المتحدة"), "UN"),
}
"""Bodies that are their jurisdiction; of the two below, other bodies speak for it but are not it."""
_WITH_BODIES = frozenset({"EU", "UN"})
_UNIONS = frozenset(
    {"AU", "G7", "G20", "OECD", "ASEAN", "COE", "NATO", "BRICS", "GCC", "AL", "WTO", "WHO", "ECOWAS", "OAS"}
)


class Person(NamedTuple):
    """A person's name: `words` in order as small Latin letters, without titles and particles; `sounds` their
    consonants; `title` the folded titles of address and office before it; `initials` single letters."""

    words: tuple[str, ...]
    sounds: tuple[str, ...]
    title: frozenset[str]
    initials: frozenset[str]
    foreign: bool
    """Whether it is in another script than Latin, so that short vowels may be missing."""


class Body(NamedTuple):
    """A name of anything else: `words` as stems without places and small words, `codes` the places in it."""

    words: frozenset[str]
    roots: frozenset[str]
    codes: frozenset[str]
    whole: str | None
    """The place or union that the name is, as a code: Morocco is MA."""
    acronym: str | None
    """The name itself where it is one: FIA."""
    initials: frozenset[str]
    """What its acronym can be."""
    generic: bool
    """Whether every word is one that many bodies bear: a Ministry of Justice."""


@lru_cache(maxsize=65536)
def person(name: str) -> Person | None:
    """A person's name taken apart; None for an office without a name ("the President", "Secretary of Commerce")."""
    titles = listed("titles") | listed("arabic_triggers")
    tokens = [token for token in tx.tokens(name) if token.is_word and token.key[:1].isalpha()]
    at = 0
    while at < len(tokens) and (
        tokens[at].key in titles or tokens[at].key in lists.occupations() or tokens[at].key == "the"
    ):
        at += 1
    if at < len(tokens) and at and tokens[at].key in {"of", "for", "de", "du", "des", "del", "to"}:
        return None
    particles = lists.words("particles")
    words: list[str] = []
    letters: set[str] = set()
    for token in tokens[at:]:
        joined = latin(token.key) in _JOINED
        if not joined and (token.key in particles or token.word.islower()):
            if token.word.islower() and token.key not in particles and token.word.isascii():
                return None if not words else _person(words, tokens[:at], letters, name)
            continue
        for part in token.word.replace("’", "'").split("'s")[0].replace("’", "'").split("-"):
            word = latin(_unjoined(tx.fold(part))).replace("'", "").replace("`", "")
            if len(word) == 1:
                letters.add(word)
            elif word and (word not in particles or word in _JOINED):
                words.append(word)
    return _person(words, tokens[:at], letters, name)


def _person(words: list[str], titles: list[tx.Token], letters: set[str], name: str) -> Person | None:
    words = _compounds([word for at, word in enumerate(words) if word not in _JOINED or at + 1 < len(words)])
    if not words:
        return None
    short = dict(lists.pairs("short_titles"))
    foreign = any(mark.isalpha() and mark > "\u024f" for mark in name)
    return Person(
        tuple(words),
        tuple(skeleton(word) for word in words),
        frozenset(short.get(token.key, token.key) for token in titles if token.key != "the"),
        frozenset(letters),
        foreign,
    )


_JOINED = frozenset({"abd", "bd", "abdel", "abdul", "abdal", "ben", "bin", "ibn", "bn"})
_ABD = re.compile(r"^abd[aeou]?l(?=\w{3})")


def _compounds(words: list[str]) -> list[str]:
    """Parts of names that are written together or apart: Abdel Karim, Abdelkrim; Ben Jelloun, Benjelloun."""
    found: list[str] = []
    for word in words:
        before = found[-1] if found else ""
        if before in _JOINED:
            found[-1] = ("abd" if "d" in before else "ben") + word
        else:
            found.append(_ABD.sub("abd", word))
    return found


def _unjoined(key: str) -> str:
    return key[2:] if "\u0600" <= key[:1] <= "\u06ff" and key.startswith("ال") and len(key) > 4 else key


@lru_cache(maxsize=65536)
def body(name: str) -> Body:
    """The name of a body, country or company taken apart."""
    name = plain(name)
    tokens = tx.tokens(name)
    codes: set[str] = set()
    covered: set[int] = set()
    for place in places(name):
        union = place.kind == "body" and place.code in _WITH_BODIES and place.last - place.first == 1
        if (place.kind in {"name", "demonym", "adjective"} and place.code[:2] != "X-") or union:
            codes.add(place.code)
            covered.update(range(place.first, place.last))
    small = lists.words("links") | lists.words("particles") | {"its", "s"}
    kept = [token for n, token in enumerate(tokens) if token.is_word and n not in covered and token.key not in small]
    if any(token.key in {"european", "europeenne", "europea", "europeen", "europeo", "europe"} for token in kept):
        kept = [token for token in kept if not token.key.startswith("europe")]
        codes.add("EU")
    kept = [token for token in kept if token.key not in lists.words("legal_forms")] or kept
    table = lists.groups("bodies")
    words = frozenset(table.get(bare(token.key)) or tx.stem(token.key) for token in kept)
    single = kept[0] if len(kept) == 1 and not codes else None
    shared = lists.words("heads") | lists.words("common") | lists.words("subjects") | listed("titles")
    return Body(
        words=words,
        roots=frozenset(table.get(bare(token.key)) or latin(token.key)[:5] for token in kept),
        codes=frozenset(codes),
        whole=_whole(name),
        acronym=single.word.replace(".", "").upper() if single and _short_form(single.word) else None,
        initials=_initials(kept, codes),
        generic=all(token.key in shared or bare(token.key) in table for token in kept),
    )


def _short_form(word: str) -> bool:
    bare = word.replace(".", "")
    return 2 <= len(bare) <= 8 and is_acronym(word) and sum(mark.isupper() for mark in bare) >= len(bare) - 1


def _initials(kept: list[tx.Token], codes: set[str]) -> frozenset[str]:
    if len(kept) < 2:
        return frozenset()
    letters = "".join(t.word.replace(".", "") if _short_form(t.word) else t.word[:1] for t in kept).upper()
    letters = letters.replace("INTELLIGENCE", "I")
    return frozenset({letters, *(code + letters for code in codes)}) if len(letters) >= 2 else frozenset()


def _whole(name: str) -> str | None:
    """The code of a country or union whose name is all of `name`."""
    words = [token for token in tx.tokens(name) if token.is_word and token.key != "the"]
    plain = " ".join(token.word for token in words).casefold()
    if plain in _ORGANISATIONS:
        return _ORGANISATIONS[plain]
    bare = " ".join(token.word for token in words)
    for place in places(bare):
        if place.first or place.last != len(words):
            continue
        if place.kind == "name" and not lists.words("heads") & {token.key for token in words}:
            return place.code
        if place.kind == "body" and place.code in _UNIONS:
            return f"+{place.code}"  # AU is Australia, too
    return None


def telling(name: str) -> bool:
    """Whether another form of a name identifies on its own: "Meta", "FIA"; not "the network", "Commission"."""
    shared = (
        lists.words("heads") | lists.words("common") | lists.words("subjects") | listed("titles") | listed("generic")
    )
    for token in tx.tokens(name):
        if not token.is_word or not tx.is_capitalised(token.word):
            continue
        if token.key not in shared and not is_common(token.key) and not places(token.word):
            return True
    return False


def sounds_alike(one: str, other: str, foreign: bool) -> bool:
    """Whether two words of names are spellings of one name: Mohammed and Muhammad, not Hassan and Hussein, nor
    Martin and Martina. `foreign`: one of them is in a script that leaves vowels out."""
    if one == other:
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
