"""The words that dates are made of, by language, with their classes (see `dates_words`). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from summariser.evidence import text as tx
from summariser.evidence.dates_resolve import BLACK_FRIDAY, EASTER, THANKSGIVING
from summariser.evidence.numbers_words import entries, fold, lexicon, load, tokenise

_CLASSES = {
    "next": "N",
    "last": "L",
    "this": "T",
    "same": "I",
    "ago": "A",
    "from_now": "F",
    "after": "a",
    "before": "b",
    "in": "i",
    "within": "j",
    "to": ">",
    "and": "&",
    "from": "B",
    "of": "f",
    "the": "t",
    "one": "u",
    "early": "E",
    "middle": "G",
    "late": "Z",
    "quarter": "Q",
    "half": "H",
    "fiscal": "C",
    "decades": "s",
    "ordinal": "o",
}
_PRECEDENCE = "fijtuos>&BabALNTIFEGZC"
"""Classes that a later one may take a word from: "the" before "this day", prepositions before the words of time."""
QUARTER_LETTERS = {"en": "q", "fr": "tq", "es": "tq"}
HALF_LETTERS = {"en": "h", "fr": "sh", "es": "sh"}
"""The letters of Q3, T1, H2, S2 by language; q and h in all others."""
_ARABIC_MONTHS = ("ar", "ar_SY", "ar_MA", "ar_TN")
_MOVABLE = {"easter": EASTER, "thanksgiving": THANKSGIVING, "black friday": BLACK_FRIDAY}
Entry = tuple[str, int, str]


class Words(NamedTuple):
    """The tables of one language: phrases by their first word, longest first."""

    phrases: dict[str, dict[tuple[str, ...], Entry]]
    sizes: dict[str, tuple[int, ...]]
    """How many words the phrases that begin with a word have, the most first."""
    known: frozenset[str]
    """Every word that an item of a date can begin with."""
    plain: dict[str, tuple[Entry, frozenset[str]]]
    """Words of one class wherever they stand, unless one of certain words follows (with which they are a phrase)."""
    arabic: bool
    telling: frozenset[str] | None
    """The words of which every date has one ("year", "May", "thousand", the letter of Q3) that is not in digits alone;
    None where that is not known: Arabic joins prepositions to its words."""


NOTHING: Entry = ("_", 0, "")
"""The class of every other word."""


def _plain(phrases: dict[str, dict[tuple[str, ...], Entry]], language: str) -> dict[str, tuple[Entry, frozenset[str]]]:
    """What most of the known words of a text are, so that `dates_words` need not read each for its sense."""
    found: dict[str, tuple[Entry, frozenset[str]]] = {}
    for first, table in phrases.items():
        entry = table.get((first,), NOTHING)
        several = len(first) == 1 or first in AMBIGUOUS or first in lexicon(language).starters or entry[0] in "uO"
        if not several and first[0].isalpha():
            found[first] = (entry, frozenset(words[1] for words in table if len(words) > 1))
    return found


AMBIGUOUS = frozenset(
    {"may", "march", "mars", "mar", "sun", "sat", "jan", "wed", "mai", "oct", "ago", "dec", "sep", "set", "mer", "sam"}
)
"""Names of months and days that are words of their own too."""

_TELLING_CLASSES = frozenset("MmWVUDQHSCPR")
"""The classes of words of which every rule of `dates_find` needs one, or else a digit or a year in words."""


def _telling(found: Mapping[tuple[str, ...], Entry], language: str) -> frozenset[str]:
    """A word of each phrase of time (the longest where none tells alone), the letters, and words of large numbers."""
    numbers = lexicon(language)
    numerals = (*numbers.cardinals.items(), *numbers.scales.items())
    large = {word for word, value in numerals if 100 <= value < 10_000}  # no year has a million in it
    timed = [words for words, entry in found.items() if words and entry[0] in _TELLING_CLASSES]
    alone = {words[0] for words in timed if len(words) == 1} | large | numbers.hundreds
    letters = {*QUARTER_LETTERS.get(language, "q"), *HALF_LETTERS.get(language, "h"), "q"}
    return frozenset(alone | letters | {max(words, key=len) for words in timed if alone.isdisjoint(words)})


@lru_cache(maxsize=1)
def vague() -> frozenset[str]:
    """Words for the present that date nothing ("now"), in all languages, folded."""
    return frozenset(fold(word) for word in load("dates_words.toml")["vague"].values())


def _names(language: str) -> list[tuple[tuple[str, ...], Entry]]:
    """Month and weekday names from CLDR, whole and short (three letters and more)."""
    found: list[tuple[tuple[str, ...], Entry]] = []
    for name in _ARABIC_MONTHS if language == "ar" else (language,):
        for form in _calendar(name):
            for kind, short, table in (("M", "m", form["months"]), ("W", "V", form["days"])):
                pairs = zip(table["wide"], table["abbreviated"], strict=True)
                for number, (whole, shortened) in enumerate(pairs, start=1):
                    words = tuple(token.folded for token in tokenise(whole))
                    found.append((words, (kind, number, "")))
                    if len(words) > 1 or language == "ar":
                        continue
                    bare = fold(shortened.rstrip("."))
                    for size in range(3, min(len(words[0]), 6)):
                        if words[0][:size].startswith(bare[:3]):
                            found.append(((words[0][:size],), (short, number, "")))
                    found.append(((bare,), (short, number, "")))
    return found


def _calendar(name: str) -> list[dict[str, dict[str, list[str]]]]:
    """The months and days of a locale, wide and abbreviated, as they stand in a date and alone; none where unknown.

    Those of the checked languages are held ready; babel takes longer to read than all else that a first check needs.
    """
    held = tx.table("cldr.json")["calendars"]
    if isinstance(held, dict) and name in held:
        return list(held[name].values())
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(name)
    except (ValueError, UnknownLocaleError):
        return []
    return [
        {
            kind: {width: [name for _, name in sorted(table[form][width].items())] for width in ("wide", "abbreviated")}
            for kind, table in (("months", locale.months), ("days", locale.days))
        }
        for form in ("format", "stand-alone")
    ]


@lru_cache(maxsize=8)
def words_of(language: str) -> Words:
    """The date words of `language`; one without a table has its month and weekday names only."""
    tables = load("dates_words.toml")
    found: dict[tuple[str, ...], Entry] = {}
    classes = tables["classes"].get(language, {})
    for name in sorted(set(classes) & set(_CLASSES), key=lambda key: _PRECEDENCE.find(_CLASSES[key])):
        for words in entries(classes[name]):
            found[words] = (_CLASSES[name], 0, "")
    short = {words: entry for words, entry in _names(language) if entry[0] in "mV"}
    found = {**short, **found}
    found.update({words: entry for words, entry in _names(language) if entry[0] in "MW"})
    for unit, line in tables["units"].get(language, {}).items():
        found.update(dict.fromkeys(entries(line), ("U", 1, unit)))
    found.update(dict.fromkeys(entries(classes.get("year", "")), ("U", 1, "year")))
    for month, line in tables["months"].get(language, {}).items():
        found.update(dict.fromkeys(entries(line), ("M", int(month), "")))
    for unit, line in tables["duals"].get(language, {}).items():
        found.update(dict.fromkeys(entries(line), ("D", 2, unit)))
    for days, line in tables["days"].get(language, {}).items():
        found.update(dict.fromkeys(entries(line), ("R", int(days), "")))
    for month, line in tables["seasons"].get(language, {}).items():
        found.update(dict.fromkeys(entries(line), ("S", int(month), "")))
    for date, line in tables["holidays"].get(language, {}).items():
        value = _MOVABLE[date] if date in _MOVABLE else int(date.replace("-", ""))
        found.update(dict.fromkeys(entries(line), ("P", value, "")))
    phrases: dict[str, dict[tuple[str, ...], Entry]] = {}
    for words, entry in found.items():
        if words and words[0]:
            phrases.setdefault(words[0], {})[words] = entry
    sizes = {first: tuple(sorted({len(words) for words in table}, reverse=True)) for first, table in phrases.items()}
    arabic = language == "ar"
    telling = None if arabic else _telling(found, language)
    plain = {} if arabic else _plain(phrases, language)
    return Words(phrases, sizes, lexicon(language).starters.union(phrases), plain, arabic, telling)
