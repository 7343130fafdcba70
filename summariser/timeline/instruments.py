"""Which instrument a text names: "the Automated Decisions Act", "HB 9107", "Executive Order 14110". Pure."""

from __future__ import annotations

import re
from functools import lru_cache

from summariser.evidence import text as tx
from summariser.evidence.instrument import instruments
from summariser.evidence.names_runs import listed
from summariser.evidence.numbers_quantity import currency_code
from summariser.evidence.numbers_words import has_digits
from summariser.evidence.status import cues
from summariser.timeline import lists
from summariser.timeline.families import FAMILIES
from summariser.timeline.terms import FAINT, plain, terms

_SERIAL = re.compile(
    r"\b(?P<series>[A-Z]{1,4}(?:\.\s?[A-Z])*\.?)[\s\u00a0-]?(?P<number>\d{1,5}(?:[-/]\d{1,4})?)\b"
    r"|\b(?P<order>(?i:order|no\.?|n°|number|décret|decreto|law|act|loi|ley|bill|resolution|directive)[\s\u00a0]?"
    r"(?:no\.?\s?|n°\s?)?)(?P<digits>\d{1,6}(?:[-/]\d{1,4})?)\b"
    r"|\b(?P<year>(?:19|20)\d\d/\d{2,5})\b"
)
_SPELLED = re.compile(
    r"\b(?P<series>(?:House|Senate|Assembly) (?:Joint )?(?:Bill|File|Resolution)|Executive Order)\s+"
    r"(?:No\.?\s*)?(?=\d)",
    re.IGNORECASE,
)
_NO_SERIES = frozenset(
    {"AI", "IA", "EU", "UE", "UN", "US", "UK", "Q", "G", "GPT", "ISO", "AM", "PM", "T", "COP", "AND", "BY", "OF"}
)
_MONTHS = frozenset(["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "SEPT", "OCT", "NOV", "DEC"])


@lru_cache(maxsize=8192)
def serials(text: str) -> frozenset[tuple[str, str]]:
    """(series, number) of numbered instruments: ("hb", "9107"), ("", "2024/1689")."""
    found: set[tuple[str, str]] = set()
    if not has_digits(text):
        return frozenset()
    for match in _SERIAL.finditer(_SPELLED.sub(_short_series, text)):
        if match["year"]:
            found.add(("", match["year"]))
        elif match["digits"]:
            if not _is_year(match["digits"]):
                found.add(("", match["digits"]))
        else:
            series = re.sub(r"[\s.]", "", match["series"])
            if series in _NO_SERIES or series in _MONTHS or currency_code(series) or _is_year(match["number"]):
                continue
            found.add((series.lower(), match["number"]))
    return frozenset(found)


def _short_series(match: re.Match[str]) -> str:
    """House Bill 4187 as HB 4187."""
    return "".join(word[0].upper() for word in match["series"].split()) + " "


def same_number(one: frozenset[tuple[str, str]], other: frozenset[tuple[str, str]]) -> bool:
    """Whether two texts give one number, of one series or of one that is not named ("Bill 4187")."""
    if not one or not other:
        return False
    return bool(one & other) or any(
        digits == twin and not (series and name) for series, digits in one for name, twin in other
    )


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and digits[:2] in {"19", "20"}


def clash(one: frozenset[tuple[str, str]], other: frozenset[tuple[str, str]]) -> bool:
    """Whether two texts number instruments of one series differently: HB 9107 is not HB 8815. A House bill and its
    Senate companion, or a bill and the act that it becomes, are of different series."""
    if not one or not other or same_number(one, other):
        return False
    series = {name for name, _ in one}
    return any(name in series for name, _ in other if name)


@lru_cache(maxsize=8192)
def named(text: str, language: str) -> tuple[frozenset[str], ...]:
    """The named instruments of a text, each as the terms of its name without places; ``#`` and the family stands for
    the head noun, so that the AI Bill and the AI Act are one name."""
    return tuple(spelled(text, language))


@lru_cache(maxsize=8192)
def spelled(text: str, language: str) -> dict[frozenset[str], str]:
    """The named instruments of a text with the words that name them; read-only."""
    short = plain(text)
    found: dict[frozenset[str], str] = {}
    for whole in _runs(tx.tokens(short)):
        run = _undone(whole, language)
        words = short[run[0].start : run[-1].end]
        name = _name(words, language)
        if name:
            found.setdefault(name, words)
    return found


def _runs(tokens: tuple[tx.Token, ...]) -> list[list[tx.Token]]:
    """Runs of capitalised words, small links inside of them."""
    links = lists.words("links")
    found: list[list[tx.Token]] = []
    run: list[tx.Token] = []
    held: list[tx.Token] = []
    for token in tokens:
        if token.is_word and tx.is_capitalised(token.word) and token.key not in listed("dated"):
            run += [*held, token] if run else [token]
            held = []
            if token.word.endswith(("'s", "’s")):
                run = []
        elif run and token.is_word and (token.key in links or token.key.isdecimal()) and len(held) < 3:
            held.append(token)
        else:
            if len(run) > 1:
                found.append(run)
            run, held = [], []
    return [*found, run] if len(run) > 1 else found


def _undone(run: list[tx.Token], language: str) -> list[tx.Token]:
    """A run without what is done to the instrument: "Adoption of the …", "Kestria Adopts Its …", and without "The"."""
    small = lists.words("links") | tx.stopwords(language)
    for at in range(len(run) - 2, -1, -1):
        if run[at + 1].key in small and any(not cue.weak for cue in cues(run[at].word, language)):
            run = run[at + 1 :]
            break
    return run[next((n for n, token in enumerate(run) if token.key not in small), 0) :]


_NAMED = frozenset({"law", "order", "treaty", "soft", "strategy", "declaration"})


def _family(words: str) -> str | None:
    """The family of what a name names: by its last word, which is the noun in English (the Trusted Systems Act is no
    system, and its agency no act), else by the first that says it (Loi sur …)."""
    for kinds in map(instruments, (words.rsplit(maxsplit=1)[-1], words)):
        families = [FAMILIES.get(kind, "") for kind in kinds]  # type: ignore[call-overload]
        found = next((name for name in families if name in _NAMED), None)
        if found or "body" in families:
            return found
    return None


def _name(words: str, language: str) -> frozenset[str] | None:
    family = _family(words)
    if family is None:
        return None
    found = {name for name, weight in terms(words, language).items() if not name.startswith("@") and not _head(name)}
    return frozenset({f"#{family}", *found}) if found else None


@lru_cache(maxsize=4096)
def _head(term: str) -> bool:
    return term in _heads()


@lru_cache(maxsize=1)
def _heads() -> frozenset[str]:
    nouns = (
        "act law bill regulation directive order treaty convention strategy plan declaration code resolution charter"
    )
    nouns += " executive loi projet ley proyecto règlement reglamento stratégie estrategia agenda framework guidelines"
    return frozenset(name for noun in nouns.split() for lang in ("en", "fr", "es") for name in terms(noun, lang))


@lru_cache(maxsize=65536)
def weight(name: frozenset[str]) -> float:
    """How much a name tells: the AI Act shares its name with many, the Automated Decisions Act with few."""
    return sum(FAINT if term == "ai" else 1.0 for term in name if not term.startswith("#"))


@lru_cache(maxsize=65536)
def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the shorter name that the longer has, 0 to 1; short names must be the same."""
    least = min(weight(one), weight(other))
    if least < 1.5:
        return float(one == other)
    return weight(one & other) / least
