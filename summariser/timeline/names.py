"""Names of bodies, countries and companies taken apart. Pure and cached."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from summariser.evidence import text as tx
from summariser.evidence.jurisdiction import places
from summariser.evidence.names_runs import is_acronym, is_common, listed
from summariser.timeline import lists
from summariser.timeline.terms import bare, latin, plain

_ORGANISATIONS: dict[str, str] = {
    **dict.fromkeys(("eu", "european union", "ue", "union européenne", "unión europea", "الاتحاد الأوروبي"), "EU"),
    **dict.fromkeys(("un", "united nations", "nations unies", "naciones unidas", "onu", "الأمم المتحدة"), "UN"),
}
"""Bodies that are their jurisdiction; other bodies speak for it but are not it."""
_UNIONS = frozenset(
    {"AU", "G7", "G20", "OECD", "ASEAN", "COE", "NATO", "BRICS", "GCC", "AL", "WTO", "WHO", "ECOWAS", "OAS"}
)


class Body(NamedTuple):
    """A name of anything else: `words` as stems without places and small words, `codes` the places in it."""

    words: frozenset[str]
    roots: frozenset[str]
    solid: str
    """Its words in order, written as one: OpenLoom, Open Loom."""
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
def body(name: str) -> Body:
    """The name of a body, country or company taken apart."""
    name, _ = bracketed(name)
    name = plain(_LETTERS.sub(lambda form: form.group().replace("/", "").replace(".", ""), name))
    name = _known().get(_plain_keys(name), name)
    tokens = tx.tokens(name)
    codes: set[str] = set()
    covered: set[int] = set()
    for place in places(name):
        if place.kind in {"name", "demonym", "adjective"} and place.code[:2] != "X-":
            codes.add(place.code)
            covered.update(range(place.first, place.last))
        elif place.kind == "body" and place.code == "UN":
            codes.add(place.code)  # UNESCO is of the UN, but not the UN
        elif place.kind == "body":  # the country in the name of a body that the gazetteer knows whole
            for n in range(place.first, place.last):
                inner = [part.code for part in places(tokens[n].word) if part.kind == "name" and part.code[:2] != "X-"]
                codes.update(inner)
                covered.update({n} if inner else ())
    for n, length in ((n, length) for n in range(len(tokens)) for length in (1, 2)):
        if code := _unions().get(" ".join(token.key for token in tokens[n : n + length])):
            codes.add(code)
            covered.update(range(n, n + length))
    small = lists.words("links") | lists.words("particles") | {"its", "s"}
    named = [token for token in tokens if token.is_word and token.key.rstrip("'’") not in small]
    kept = [token for n, token in enumerate(tokens) if n not in covered and token in named]
    if any(token.key in {"european", "europeenne", "europea", "europeen", "europeo", "europe"} for token in kept):
        kept = [token for token in kept if not token.key.startswith("europe")]
        codes.add("EU")
    kept = [token for token in kept if token.key not in lists.words("legal_forms")] or kept
    table = lists.groups("bodies")
    words = frozenset(table.get(bare(token.key)) or tx.stem(_spelt(token.key)) for token in kept)
    single = kept[0] if len(kept) == 1 and not codes else None
    shared = lists.words("heads") | lists.words("common") | lists.words("subjects") | listed("titles")
    return Body(
        words=words,
        solid="".join(latin(token.key) for token in kept),
        roots=frozenset(table.get(bare(token.key)) or latin(token.key)[:5] for token in kept),
        codes=frozenset(codes),
        whole=_whole(name),
        acronym=single.word.replace(".", "").upper() if single and _short_form(single.word) else None,
        initials=_initials(kept, codes) | _initials(named, set()) | _initials([t for t in tokens if t.is_word], set()),
        generic=all(token.key in shared or bare(token.key) in table for token in kept),
    )


_BRACKETS = re.compile(r"\s*\(([^()]+)\)$")


def bracketed(name: str) -> tuple[str, str | None]:
    """A name and the acronym that stands in brackets behind it: "Civil Rights Watch (CRW)"."""
    found = _BRACKETS.search(name)
    if found and _short_form(found[1]) and not places(found[1]):
        return name[: found.start()], found[1]
    return name, None


_LETTERS = re.compile(r"\b[A-Za-z](?:[./][A-Za-z])+\.?$")
"""A legal form in letters: A/S, S.p.A."""


def _plain_keys(name: str) -> str:
    return lists.keys_of(name).removeprefix("the ").removeprefix("le ").removeprefix("la ").removeprefix("el ")


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    """The one name of each body that is known by several, by the folded others."""
    found: dict[str, str] = {}
    for line in lists.lines("known"):
        first, *others = line.split(",")
        found.update(dict.fromkeys((_plain_keys(other) for other in others), first))
    return found


@lru_cache(maxsize=1)
def _unions() -> dict[str, str]:
    """The unions that are a jurisdiction, by their folded words."""
    return {lists.keys_of(name): code for name, code in _ORGANISATIONS.items()}


def _spelt(key: str) -> str:
    """An English word as Americans spell it."""
    return key.replace("isation", "ization") if key.isascii() else key


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
    name = _known().get(_plain_keys(name), name)
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
