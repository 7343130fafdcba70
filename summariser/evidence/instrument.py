"""Which instrument a text speaks of, by its head nouns, and whether it binds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from summariser.evidence import text as tx
from summariser.schema import SUPPORTED, Instrument, Match, Reason, Status, Verdict

_TABLE = "instruments.json"


@lru_cache(maxsize=1)
def _cues() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for section in ("cues", "proper"):
        rows = tx.table(_TABLE)[section]
        for instrument, phrases in rows.items() if isinstance(rows, dict) else ():
            for phrase in filter(None, str(phrases).split(",")):
                parts = tuple(tx.fold(part) for part in phrase.split())
                found.setdefault(parts[0], []).append((parts, instrument))
    return found


def _arabic(key: str) -> str:
    """An Arabic word without "and" and the article."""
    if "\u0600" <= key[:1] <= "\u06ff":
        for prefix in ("وال", "بال", "لل", "ال"):
            if key.startswith(prefix) and len(key) > len(prefix) + 2:
                return key[len(prefix) :]
    return key


@lru_cache(maxsize=tx.SENTENCES)
def _in_sentence(sentence: str) -> tuple[tuple[str, str], ...]:
    words = tx.tokens(sentence)
    keys = [word.key if word.key.isascii() else _arabic(word.key) for word in words]
    table = _cues()
    found: list[tuple[str, str]] = []
    for place, key in enumerate(keys):
        rows = table.get(key) or (table.get(key.rstrip("s")) if key.endswith("s") else None)
        for parts, instrument in rows or ():
            if len(parts) == 1 or tuple(keys[place : place + len(parts)]) == parts:
                found.append((instrument, sentence[words[place].start : words[place + len(parts) - 1].end]))
    return tuple(found)


def instruments(text: str) -> dict[str, str]:
    """The instruments whose head nouns stand in a text, each with the first words that name it."""
    found: dict[str, str] = {}
    for sentence in tx.sentences(text):
        for instrument, words in _in_sentence(sentence):
            found.setdefault(instrument, words)
    return found


def check_instrument(instrument: Instrument, support: str, *, title: str = "", document: Sequence[str] = ()) -> Verdict:
    """Whether the support, a title that was itself borne out, or the rest of the document names such an instrument.

    A sentence on what a bill would do need not call it a bill. `instrument_mismatch`: only instruments of another
    kind are named. `instrument_not_found`: none. For kinds that have no fixed name (an event, an institution) what is
    not named is `instrument_unchecked`. `other` claims nothing.
    """
    if instrument == "other":
        return SUPPORTED
    accept = tx.table(_TABLE)["accept"]
    near = accept.get(instrument, []) if isinstance(accept, dict) else []
    there = instruments(support)
    for kind in (instrument, *near):
        if kind in there:
            return Verdict(status="supported", matches=(Match(kind="status", claim=instrument, source=there[kind]),))
    if instrument in instruments(title) or any(instrument == kind for one in document for kind, _ in _in_sentence(one)):
        return SUPPORTED
    if instrument not in _kinds("named"):
        return Verdict(status="unchecked", reasons=(Reason(code="instrument_unchecked", claim=instrument),))
    named = [words for kind, words in there.items() if kind in _kinds("named")]
    if named:
        return Verdict(
            status="contradicted", reasons=(Reason(code="instrument_mismatch", claim=instrument, source=named[0]),)
        )
    return Verdict(status="not_found", reasons=(Reason(code="instrument_not_found", claim=instrument),))


def check_binding(binding: bool | None, instrument: Instrument, status: Status, support: str) -> Verdict:
    """Whether the measure binds, by the words of the support, else by the nature of the instrument.

    `binding_mismatch` where the support says the contrary; `unchecked` where neither tells.
    """
    del status
    if binding is None:
        return SUPPORTED
    said = " " + " ".join(token.key for row in tx.sentences(support) for token in tx.tokens(row)) + " "
    free = _first(said, "not_binding_words")
    binds = _first(said, "binding_words")
    if binding and free and instrument not in _kinds("binding"):
        return Verdict(status="contradicted", reasons=(Reason(code="binding_mismatch", claim="binding", source=free),))
    if not binding and binds and not free and instrument in _kinds("binding"):
        return Verdict(
            status="contradicted", reasons=(Reason(code="binding_mismatch", claim="not binding", source=binds),)
        )
    if (binds if binding else free) or instrument in _kinds("binding" if binding else "not_binding"):
        return SUPPORTED
    return Verdict(status="unchecked", reasons=(Reason(code="binding_unchecked", claim=str(binding)),))


@lru_cache(maxsize=8)
def _kinds(name: str) -> frozenset[str]:
    return frozenset(str(tx.table(_TABLE)[name]).split(","))


def _first(said: str, name: str) -> str | None:
    return next((phrase for phrase, keys in _phrases(name) if keys in said), None)


@lru_cache(maxsize=4)
def _phrases(name: str) -> tuple[tuple[str, str], ...]:
    """The phrases of a list of the table, each with its words as keys between spaces."""
    phrases = str(tx.table(_TABLE)[name]).split(",")
    return tuple((phrase, f" {' '.join(token.key for token in tx.tokens(phrase))} ") for phrase in phrases)
