"""Places and the bodies that speak for them, as ISO 3166 codes or EU, UN, AU, G7 …

Territory names come from CLDR (`_data/cldr.json`) in English, French, Spanish and Arabic; demonyms, capitals, states
and bodies from `_data/places.tsv` and `_data/bodies.tsv`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import Literal, NamedTuple

from summariser.evidence import text as tx
from summariser.schema import SUPPORTED, Instrument, Match, Reason, Verdict

Kind = Literal["name", "demonym", "adjective", "capital", "body", "weak"]
_LEGAL: frozenset[Instrument] = frozenset({"law", "regulation", "executive_order", "directive"})
_AMBIGUOUS = frozenset({"georgia", "male", "chad", "jordan", "victoria"})
_ANYWHERE = frozenset({"INT"})


class Place(NamedTuple):
    """A mention of a place: tokens `first` to `last` (exclusive)."""

    code: str
    kind: Kind
    first: int
    last: int


@lru_cache(maxsize=1)
def _gazetteer() -> dict[str, list[tuple[tuple[str, ...], str, Kind]]]:
    """Every name by its first word, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str, Kind]]] = {}
    seen: set[tuple[tuple[str, ...], str]] = set()

    def put(name: str, code: str, kind: Kind) -> None:
        if name.isascii() and name.replace(" ", "").isalpha():
            parts = tuple(map(tx.fold, _cased(name).split()))
        else:
            parts = tuple(token.key for token in tx.tokens(_cased(name)) if token.is_word)
        if parts and (parts, code) not in seen:
            seen.add((parts, code))
            found.setdefault(parts[0], []).append((parts, code, kind))

    for row in _rows("places.tsv", 5):
        for column, kind in ((row[1], "name"), (row[2], "demonym"), (row[3], "capital"), (row[4], "adjective")):
            for name in filter(None, column.split(",")):
                put(name, row[0], kind)  # type: ignore[arg-type]
    for row in _rows("bodies.tsv", 3):
        for column, kind in ((row[1], "body"), (row[2], "weak")):
            for name in filter(None, column.split(",")):
                put(name, row[0], kind)  # type: ignore[arg-type]
    for code, name in _territories():
        put(name, code, "name")
    for rows in found.values():
        rows.sort(key=lambda row: -len(row[0]))
    return found


def _cased(name: str) -> str:
    """Acronyms of the tables in capitals, where lower case would be a function word."""
    return name.upper() if name in {"us", "who", "it"} else name


def _rows(name: str, columns: int) -> list[list[str]]:
    text = resources.files("summariser.evidence").joinpath("_data", name).read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return [row + [""] * (columns - len(row)) for row in rows]


def _territories() -> list[tuple[str, str]]:
    """The territories of CLDR, code and name, in every checked language."""
    tables = tx.table("cldr.json")["territories"]
    return [pair for names in tables.values() for pair in names.items()] if isinstance(tables, dict) else []


@lru_cache(maxsize=1)
def known_codes() -> frozenset[str]:
    """Every code that a name is known for; of the parts of countries, only some."""
    return frozenset(code for rows in _gazetteer().values() for _, code, _ in rows)


@lru_cache(maxsize=2 * tx.SENTENCES)
def places(text: str) -> tuple[Place, ...]:
    """The places and bodies that a sentence names, in order; capitals matter ("china" is porcelain)."""
    words = tx.tokens(text)
    table = _gazetteer()
    found: list[Place] = []
    keys = [token.key if token.key.isascii() else _bare(token.key) for token in words]
    behind = 0  # the token behind the last place
    for at, key in enumerate(keys):
        if at < behind or key not in table:
            continue
        for parts, code, kind in table[key]:
            last = at + len(parts)
            if tuple(keys[at:last]) == parts and _proper(words[at:last], kind):
                found.append(Place(code, kind, at, last))
                behind = max(behind, last)
    return tuple(found)


def _bare(key: str) -> str:
    """An Arabic word without its one-letter prepositions and article, as the tables have it."""
    if "\u0600" <= key[:1] <= "\u06ff":
        for prefix in ("وال", "بال", "فال", "كال"):
            if key.startswith(prefix):
                return "ال" + key[3:]
        if key.startswith("لل"):
            return "ال" + key[2:]
    return key


def _proper(words: tuple[tx.Token, ...], kind: Kind) -> bool:
    word = words[0].word
    if kind == "adjective" or not word[:1].isascii():
        return True
    if kind == "body" and len(words) == 1 and len(word) <= 5:
        return word.isupper()  # "un" is an article, "UN" is not
    return kind in {"weak", "body"} or word[:1].isupper()


def codes(text: str, *, weak: bool = False) -> frozenset[str]:
    """The codes of all places that a text names, sentence by sentence; `weak` bodies only when asked for."""
    return frozenset(
        place.code for sentence in tx.sentences(text) for place in places(sentence) if weak or place.kind != "weak"
    )


def check_jurisdictions(
    claimed: Sequence[str],
    support: str,
    *,
    instrument: Instrument = "other",
    title: str = "",
    around: frozenset[str] = frozenset(),
) -> Verdict:
    """Whether each code is borne out by the support, or by `around` where the support names no other country.

    `title`: the milestone's, where it was itself borne out; `around`: what title and dateline name and what the
    document speaks of most. `jurisdiction_mismatch`: the support
    speaks of other places only. `jurisdiction_not_found`: of none. For laws and the like a state is not its country (a
    law of California is not one of the United States).
    """
    if not claimed:
        return SUPPORTED
    in_title = codes(title)
    reasons: list[Reason] = []
    matches: list[Match] = []
    named: dict[str, tuple[str, Place]] = {}
    strong: set[str] = set()
    for sentence in tx.sentences(support):
        for place in places(sentence):
            named.setdefault(place.code, (sentence, place))
            if place.kind in {"name", "demonym", "adjective", "body"}:
                strong.add(place.code)
    for code in claimed:
        wanted = _canonical(code)
        bearer = _bearer(wanted, set(named), instrument)
        others = {
            other for other in strong if other != wanted and other[:2] != wanted[:2] and not other.startswith("X-")
        }
        if bearer is not None:
            matches.append(Match(kind="name", claim=code, source=_words(*named[bearer])))
        elif wanted in in_title or (wanted in around and (not others or others <= around)):
            continue
        elif named:
            other = min(strong or set(named))
            reasons.append(Reason(code="jurisdiction_mismatch", claim=code, source=_words(*named[other])))
        else:
            reasons.append(Reason(code="jurisdiction_not_found", claim=code))
    status = "supported" if not reasons else _status(reasons)
    return Verdict(status=status, reasons=tuple(reasons), matches=tuple(matches))  # type: ignore[arg-type]


def _status(reasons: list[Reason]) -> str:
    return "contradicted" if any(reason.code == "jurisdiction_mismatch" for reason in reasons) else "not_found"


def _canonical(code: str) -> str:
    """Codes as the tables have them; `UK` and a name in words are forgiven."""
    upper = code.strip().upper()
    if upper in {"UK", "GBR"}:
        return "GB"
    if upper in {"USA"}:
        return "US"
    if len(upper) <= 3 or "-" in upper:
        return upper
    found = places(code.strip())
    return found[0].code if found else upper


def _bearer(wanted: str, named: set[str], instrument: Instrument) -> str | None:
    if wanted in named:
        return wanted
    if instrument not in _LEGAL:
        return next((code for code in sorted(named) if code.startswith(wanted + "-")), None)
    return None


def _words(sentence: str, place: Place) -> str:
    words = tx.tokens(sentence)
    return sentence[words[place.first].start : words[place.last - 1].end]
