"""Wrong numbers, units, dates and quoted words."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from evals.mutate.claims import QUOTED, Claim, Mutant, World, pick, stands_in, tables
from evals.words import fold, stopwords
from summariser.schema import DraftKeyPoint

_NUMBER = re.compile(r"(?<![\w.,-])\d+(?:[.,\u00a0\u202f ]\d{3})*(?:[.,]\d+)?(?![\w-])")
_YEAR = re.compile(r"(?<![\w.,])(?:19|20)\d\d(?![\w.,]*\d)")


def wrong_numbers(claim: Claim, world: World, rng: random.Random) -> Iterator[Mutant]:
    """One number of a key point changed by far more than rounding, to one that its sentences do not hold."""
    del world
    if not isinstance(claim.item, DraftKeyPoint):
        return
    text, language = claim.item.text, claim.case.language
    dates = [hit.span() for hit in _dates(language).finditer(text)]
    figures = [
        hit
        for hit in _NUMBER.finditer(text)
        if not _YEAR.fullmatch(hit.group()) and not any(start <= hit.start() < end for start, end in dates)
    ]
    for hit in figures[:2]:
        now = _other_number(hit.group(), claim.support, rng)
        if now:
            yield Mutant("number", _put(claim, hit.span(), now), hit.group(), now)
    spelt = tables()["number_words"].get(language, [])
    for hit in list(_any_of(tuple(spelt)).finditer(text))[:1]:
        options = [word for word in spelt if fold(word) != fold(hit.group()) and not stands_in(word, claim.support)]
        now = pick(rng, options)
        if now:
            yield Mutant("number", _put(claim, hit.span(), now), hit.group(), now)


def _other_number(words: str, support: str, rng: random.Random) -> str | None:
    """Another number in the same form; never one that stands in the support or rounds to one that does."""
    digits = [at for at, char in enumerate(words) if char.isdigit()]
    there = {_value(hit.group()) for hit in _NUMBER.finditer(support)}
    options = []
    for at in digits[:2]:
        for new in (chr(ord(words[at]) - unicodedata.decimal(words[at]) + digit) for digit in range(1, 10)):
            if new != words[at]:
                now = words[:at] + new + words[at + 1 :]
                near = any(abs(_value(now) - other) <= 0.1 * max(other, _value(now)) for other in there)
                if not near and abs(_value(now) - _value(words)) > 0.1 * _value(words):
                    options.append(now)
    return pick(rng, options)


def _value(words: str) -> float:
    """Roughly what a number is worth: a last group of other than three digits is a fraction."""
    groups = re.split(r"[.,\u00a0\u202f ]", words)
    whole, fraction = (groups[:-1], groups[-1]) if len(groups) > 1 and len(groups[-1]) != 3 else (groups, "")
    return float(f"{''.join(whole)}.{fraction or 0}")


def wrong_units(claim: Claim, world: World, rng: random.Random) -> Iterator[Mutant]:
    """The unit, scale or currency beside a number changed."""
    del world, rng
    if not isinstance(claim.item, DraftKeyPoint):
        return
    text = claim.item.text
    for was, now in tables()["units"].get(claim.case.language, []):
        sign = was in {"$", "€", "£", "US$"}
        number = r"\d[\d.,]*"
        spelt = "|".join(map(re.escape, tables()["number_words"].get(claim.case.language, []) or ["\\d"]))
        pattern = (
            rf"(?<![\w$]){re.escape(was)}(?=\s?{number})"
            if sign
            else rf"(?<=\d|[a-zé]|[\u0600-\u06ff])[\s\u00a0-]?(?P<unit>{re.escape(was)})(?!\w)"
        )
        for hit in re.finditer(pattern, text):
            start, end = hit.span("unit") if not sign else hit.span()
            before = text[:start].rstrip(" \u00a0-")
            counted = sign or re.search(rf"(?:{number}|\b(?:{spelt}))$", before, re.I)
            if counted and not (was in {"year", "million", "billion"} and re.match(r"\s?(?:olds?|-old)", text[end:])):
                swapped = text[:start] + now + text[end:]
                around = swapped[max(0, start - 8) : start + len(now)].split(" ", 1)[-1]
                if not stands_in(around, claim.support):
                    yield Mutant("unit", claim.reworded(swapped), was, now.strip())
                    return


@cache
def _months(language: str) -> tuple[str, ...]:
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return ()
    wide = locale.months["format"]["wide"]
    return tuple(str(wide[number]) for number in range(1, 13))


@cache
def _weekdays(language: str) -> tuple[str, ...]:
    from babel import Locale

    wide = Locale.parse(language).days["format"]["wide"]
    return tuple(str(wide[number]) for number in range(7))


@cache
def _dates(language: str) -> re.Pattern[str]:
    """A day beside a month, a month beside a year, in either order."""
    month = "|".join(map(re.escape, _months(language))) or "$^"
    return re.compile(
        rf"(?:(?P<before>\d{{1,2}})(?:er|\.?º|st|nd|rd|th)?\s(?:de\s|of\s)?(?:\w+/)?)?(?<!\w)(?P<month>{month})(?!\w)"
        rf"(?:\s(?P<after>\d{{1,2}})(?!\d))?(?:,?\s(?:de\s|del\s)?(?P<year>(?:19|20)\d\d))?"
    )


@cache
def _any_of(options: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, options)) or '$^'})(?![\w-])", re.I)


def wrong_dates(claim: Claim, world: World, rng: random.Random) -> Iterator[Mutant]:
    """Day, month, year and weekday of a date in a key point, each changed in a mutant of its own."""
    del world
    if not isinstance(claim.item, DraftKeyPoint):
        return
    text, language = claim.item.text, claim.case.language
    hit = next(_dates(language).finditer(text), None)
    if hit:
        day = "before" if hit["before"] else "after"
        if hit[day]:
            days = [str(n) for n in range(2, 28) if abs(n - int(hit[day])) > 1 and not stands_in(str(n), claim.support)]
            yield from _dated(claim, hit.span(day), pick(rng, days))
        months = [m for m in _months(language) if m != hit["month"] and not stands_in(m, claim.support)]
        if re.match(r"\w+ (?:\d|de \d)|\d", hit.group()):  # "May" alone may be a verb, "March" a walk
            yield from _dated(claim, hit.span("month"), pick(rng, months))
    years = list(_YEAR.finditer(text))
    if years:
        was = int(years[0].group())
        options = [str(was + n) for n in (-3, -2, -1, 1, 2, 3) if str(was + n) not in claim.support]
        yield from _dated(claim, years[0].span(), pick(rng, options))
    weekday = _any_of(_weekdays(language)).search(text) if _months(language) else None
    if weekday:
        others = [name for name in _weekdays(language) if not stands_in(name, claim.support + " " + weekday.group())]
        yield from _dated(claim, weekday.span(), pick(rng, others))


def _dated(claim: Claim, span: tuple[int, int], now: str | None) -> Iterator[Mutant]:
    if now:
        yield Mutant("date", _put(claim, span, now), claim.text[slice(*span)], now)


def wrong_quotes(claim: Claim, world: World, rng: random.Random) -> Iterator[Mutant]:
    """One content word inside quotation marks changed for another word of the article."""
    if not isinstance(claim.item, DraftKeyPoint):
        return
    found = QUOTED.search(claim.item.text)
    if not found:
        return
    stops = stopwords(claim.case.language)
    start, end = next(found.span(n) for n in (1, 2, 3) if found.group(n))
    inside = [
        hit
        for hit in re.finditer(r"[^\W\d_]{4,}", claim.item.text[start:end])
        if (fold(hit.group()) not in stops and hit.group().islower()) or "\u0600" <= hit.group()[0] <= "\u06ff"
    ]
    others = [
        word
        for word in dict.fromkeys(re.findall(r"(?<!\w)[^\W\d_]{4,}(?!\w)", world.case.document.text))
        if (word.islower() or "\u0600" <= word[0] <= "\u06ff")
        and fold(word) not in stops
        and fold(word)[:4] not in fold(claim.support)
    ]
    if inside and others:
        hit, now = rng.choice(inside), rng.choice(others)
        where = (start + hit.start(), start + hit.end())
        yield Mutant("quote", _put(claim, where, now), hit.group(), now)


def _put(claim: Claim, span: tuple[int, int], now: str) -> Claim:
    text = claim.text
    return claim.reworded(text[: span[0]] + now + text[span[1] :])
