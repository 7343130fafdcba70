"""The word lists of the ledger (`_data/words.toml`), as keys."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib import resources

from summariser.evidence import text as tx


@lru_cache(maxsize=1)
def _table() -> dict[str, str | dict[str, str]]:
    return tomllib.loads(resources.files("summariser.timeline").joinpath("_data", "words.toml").read_text("utf-8"))


@lru_cache(maxsize=32)
def words(name: str) -> frozenset[str]:
    """A list of single words, folded."""
    found = _table()[name]
    return frozenset(tx.fold(word) for word in str(found).split())


@lru_cache(maxsize=16)
def groups(name: str) -> dict[str, str]:
    """For each folded word of a table of groups, the first word of its line."""
    found: dict[str, str] = {}
    for line in str(_table()[name]).splitlines():
        for word in line.split():
            found.setdefault(tx.fold(word), line.split()[0])
    return found


def lines(name: str) -> tuple[str, ...]:
    """The lines of a table."""
    return tuple(line for line in str(_table()[name]).splitlines() if line)


@lru_cache(maxsize=4)
def pairs(name: str) -> tuple[tuple[str, str], ...]:
    """A list of replacements, in order."""
    found = [pair.partition(":") for pair in str(_table()[name]).split()]
    return tuple((written, read) for written, _, read in found)


@lru_cache(maxsize=1)
def occupations() -> dict[str, frozenset[str]]:
    """The kinds of occupation that each folded word speaks for."""
    found: dict[str, frozenset[str]] = {}
    table = _table()["occupation"]
    for kind, line in table.items() if isinstance(table, dict) else ():
        for word in line.split():
            found[tx.fold(word)] = found.get(tx.fold(word), frozenset()) | {kind}
    return found


def phrases(name: str) -> tuple[str, ...]:
    """A list of phrases as written."""
    return tuple(phrase.strip() for phrase in str(_table()[name]).split(","))


@lru_cache(maxsize=8)
def _openings(name: str) -> dict[str, list[str]]:
    """The phrases of a list by their first words, each between spaces."""
    found: dict[str, list[str]] = {}
    for phrase in sorted({keys_of(phrase) for phrase in phrases(name)} - {""}):
        found.setdefault(phrase.split(" ")[0], []).append(f" {phrase} ")
    return found


def keys_of(text: str) -> str:
    """The words of a text as folded keys between single spaces."""
    return " ".join(token.key for token in tx.tokens(text) if token.is_word)


def says(name: str, keys: str) -> bool:
    """Whether a phrase of the list stands in a text given as `keys_of` has it."""
    openings = _openings(name)
    here = openings.keys() & keys.split(" ")  # a pattern of all phrases would be tried at every letter
    if not here:
        return False
    text = f" {keys} "
    return any(phrase in text for word in here for phrase in openings[word])
