"""Turn a text into items of one class each, so that dates can be found by patterns over the classes.

Each token (or phrase of the word tables) becomes one item with a class of one character; the grammar in
`dates_find` is then a set of regular expressions over the string of classes, the same for all languages:

    d day number (1-31)   n other number up to four digits   y year in digits   x year in words   # any other number
    w number in words     O ordinal in words   o ordinal ending after digits     u "a", "one"
    M month               m short or ambiguous month name    W weekday    V short weekday      P day with a fixed date
    U unit of time        D Arabic dual (two of a unit)      N next    L last   T this   I the same
    A ago    F from now   a after, later    b before         R today, yesterday, tomorrow
    i in     j within     > to, until       & and            B from, between    f of   t the
    E early  G mid        Z late, end       Q quarter  q the letter Q or T      H half  h the letter H or S
    S season C fiscal     s plural of decades                punctuation is itself, everything else _
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from summariser.evidence.dates_tables import AMBIGUOUS, HALF_LETTERS, NOTHING, QUARTER_LETTERS, Entry, Words, words_of
from summariser.evidence.numbers_spelled import spelled
from summariser.evidence.numbers_words import Token, lexicon, tokenise


class Item(NamedTuple):
    """A token or phrase with its class; `touching`: no space before it."""

    kind: str
    value: int
    unit: str
    start: int
    end: int
    touching: bool
    text: str


_FIRST_YEAR, _LAST_YEAR = 1500, 2199


def _phrase(tokens: Sequence[Token], place: int, words: Words) -> tuple[int, Entry] | None:
    first = tokens[place].folded
    for size in words.sizes.get(first, ()):
        key = (first,) if size == 1 else tuple([token.folded for token in tokens[place : place + size]])
        if len(key) == size and key in words.phrases[first]:
            return place + size, words.phrases[first][key]
    if words.arabic and len(tokens[place].folded) > 3:
        for prefix in ("و", "ب", "ل", "ف", "ال", "وال", "بال", "لل"):
            rest = tokens[place].folded.removeprefix(prefix)
            for form in (rest, "ال" + rest):
                if rest != first and (form,) in words.phrases.get(form, ()):
                    return place + 1, words.phrases[form][(form,)]
    return None


def _number(tokens: Sequence[Token], place: int) -> tuple[str, int]:
    """The class of a run of digits: what stands right beside it decides whether it can be part of a date."""
    text = tokens[place].text
    before = tokens[place - 1] if place and tokens[place - 1].end == tokens[place].start else None
    after = tokens[place + 1] if place + 1 < len(tokens) and tokens[place + 1].start == tokens[place].end else None
    spaced = tokens[place - 1].text if place else ""
    if (spaced in "$€£¥₹#§" and spaced) or (after and after.text in "%€$£٪"):
        return "#", 0
    for near, step in ((before, -2), (after, 2)):
        beyond = place + step
        if near and near.text in ",:'’" and 0 <= beyond < len(tokens) and tokens[beyond].text.isdecimal():
            other = tokens[beyond]
            if near.end == other.start or other.end == near.start:
                return "#", 0
    if len(text) == 8:
        value = int(text)
        return ("c", value) if 19000101 <= value <= 21991231 and not (before and before.text == ".") else ("#", 0)
    if len(text) > 4:
        return "#", 0
    value = int(text)
    if len(text) == 4:
        return ("y", value) if _FIRST_YEAR <= value <= _LAST_YEAR else ("n", value)
    return ("d", value) if len(text) <= 2 and 1 <= value <= 31 else ("n", value)


def _letter(token: Token, following: Token | None, language: str) -> str | None:
    """The class of the letter in Q3, T1, H2, FY2026."""
    digit = following is not None and following.text.isdecimal()
    touching = digit and following is not None and following.start == token.end
    if digit and token.folded in QUARTER_LETTERS.get(language, "q") and (touching or token.text.isupper()):
        return "q"
    if touching and token.folded in HALF_LETTERS.get(language, "h") and token.text.isupper():
        return "h"
    return None


def classify(text: str, language: str) -> list[Item]:
    """The items of `text`, in order."""
    tokens, words = tokenise(text), words_of(language)
    known, plain, arabic = words.known, words.plain, words.arabic
    make = tuple.__new__  # as Item(...), without the function around it
    items: list[Item] = []
    place = last = 0
    while place < len(tokens):
        token = tokens[place]
        word, folded, start, stop = token
        if folded not in known and len(word) > 1 and word[0].isalpha() and not arabic:
            items.append(make(Item, ("_", 0, "", start, stop, last == start and start > 0, word)))
            place, last = place + 1, stop
            continue
        sole = plain.get(folded)
        if sole is not None and (place + 1 == len(tokens) or tokens[place + 1].folded not in sole[1]):
            kind, value, unit = sole[0]
            items.append(make(Item, (kind, value, unit, start, stop, last == start and start > 0, word)))
            place, last = place + 1, stop
            continue
        end, entry = place + 1, NOTHING
        if token.text[0].isdecimal():
            entry = (*_number(tokens, place), "")
        elif not token.text[0].isalpha():
            entry = ("-" if token.folded in ("-", "‒") else token.text, 0, "")
            found = _phrase(tokens, place, words)
            if found and found[0] > end:
                end, entry = found
            elif token.text in "ºª°'’":
                entry = (found[1][0] if found else token.text, 0, "")
        else:
            end, entry = _word(tokens, place, language, words)
        touching = last == start and start > 0
        last = tokens[end - 1].end
        items.append(Item(entry[0][:1], entry[1], entry[2], start, last, touching, text[start:last]))
        place = end
    return _paired(items) if words.arabic else items


def _paired(items: list[Item]) -> list[Item]:
    """In Arabic a month often has both its names (تموز/يوليو): one item, its unit "conflict" where they differ."""
    paired: list[Item] = []
    for item in items:
        pair = paired[-2:]
        if item.kind == "M" and [other.kind for other in pair] == ["M", "/"] and item.touching and pair[1].touching:
            first = pair[0]
            conflict = "conflict" if first.value != item.value else ""
            text = first.text + pair[1].text + item.text
            paired[-2:] = [Item("M", first.value, conflict, first.start, item.end, first.touching, text)]
        else:
            paired.append(item)
    return paired


def _word(tokens: Sequence[Token], place: int, language: str, words: Words) -> tuple[int, Entry]:
    token = tokens[place]
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    before = tokens[place - 1] if place and tokens[place - 1].end == token.start else None
    if before and before.text in ("1", "2", "3", "4") and token.text == "Q":
        return place + 1, ("q", 0, "")
    if len(token.folded) == 1 and (letter := _letter(token, following, language)):
        return place + 1, (letter, 0, "")
    found = _phrase(tokens, place, words)
    if found and not (found[1][0] in "uO" and language != "en"):
        end, (kind, value, unit) = found
        if kind == "M" and token.folded in AMBIGUOUS and language == "en":
            kind = "m" if token.text[0].isupper() or _dated(tokens, place) else "_"
        elif kind in "mV" and token.folded in AMBIGUOUS and token.text.islower() and language == "en":
            kind = kind if _dated(tokens, place) else "_"
        if kind != "u":
            return end, (kind, value, unit)
    read = spelled(tokens, place, lexicon(language))
    if read:
        end, amount, ordinal = read
        if amount <= 99 and amount == int(amount):
            single = token.folded in lexicon(language).articles | {"one"} and end == place + 1
            return end, ("O" if ordinal else "u" if single else "w", int(amount), "")
        if _FIRST_YEAR <= amount <= _LAST_YEAR and not ordinal:
            return end, ("x", int(amount), "")
    if found:
        return found[0], (found[1][0], 1 if found[1][0] == "u" else found[1][1], found[1][2])
    return place + 1, ("_", 0, "")


def _dated(tokens: Sequence[Token], place: int) -> bool:
    """Whether a year or a day number stands beside a word that may be a month ("15 may", "may 2024")."""
    after = tokens[place + 1].text if place + 1 < len(tokens) else ""
    before = tokens[place - 1].text if place else ""
    return (after.isdecimal() and len(after) in (1, 2, 4)) or (before.isdecimal() and len(before) <= 2)
