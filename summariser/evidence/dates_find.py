"""Find the dates of a text by patterns over the classes of its words (`dates_words`). Pure, linear, never raises."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from summariser.evidence.dates_build import Builder
from summariser.evidence.dates_resolve import DateMention, Days, around, name_of, shift, span
from summariser.evidence.dates_tables import words_of
from summariser.evidence.dates_words import Item, classify
from summariser.evidence.numbers_words import language_of, stretches, words_in
from summariser.evidence.text import PASSAGES, SENTENCES
from summariser.schema import PartialDate

_DAY = r"(?:t{0,2}do?|t?O|w|u)"
_DAY_DIGIT = r"(?:t?do?|t?O)"
_MON = r"[Mm]\.?"
_YEAR = r"(?:[,fBti]{0,3}(?:[yx]|C?[NLT]U|U[NLT]))"
_WD = r"(?:[NT]{0,2}[WV]\.?[NT]?[,(]?)"
_REL = r"(?:[NLT]{1,2}C?U|U[NLT])"
_NUM = r"[dnwu]"
_PART = r"(?:t?[EGZ][fBt-]{0,3}|[ab]i?(?=T|tU))"  # "start on Aug 2" is no early August

_RULES = {
    "iso": r"[WV]?\.?,?(?:y-d-d|y/d/d|y\.d\.d)|ydd|c",
    "numeric": rf"{_WD}?t?(?:d/d/[ydn]|d-d-[ydn]|d\.d\.[ydn])|ddy|d[fB]d[fB]y",
    "named": rf"{_WD}?t?(?:y[/-][Mm][/-]do?|d[/-]y[/-][Mm]|y[/-]d[/-][Mm]|do?[/-][Mm]\.?[/-][ydn]|[Mm][/-]d[/-][yn])",
    "numeric_day": r"(?:[NT]{1,2}[WV]?\.?[NT]?|[WV]\.?[NT]?)\(?d[/-]d|(?<=[it])d/d",
    "days": rf"B?{_WD}?{_DAY}[->&]t?{_WD}?{_DAY}[fB]{{0,2}}{_MON}{_YEAR}?",
    "days_after": rf"B?{_WD}?{_MON}{_DAY_DIGIT}[->]{_DAY_DIGIT}{_YEAR}?",
    "day_month": rf"{_WD}?[NT]?{_DAY}(?:U[fB])?[/fB-]{{0,2}}{_MON}{_YEAR}?",
    "month_day": rf"{_WD}?{_MON},?/?(?:t?do?|t?O){_YEAR}?",
    "month_word": rf"{_WD}?{_MON}w{_YEAR}?",
    "day_of": rf"t?(?:do?|O)U?[fBt]{{0,2}}{_REL}",
    "quarter": rf"(?:qdo?|dq|t?O-?Q|t?do?-?Q|Qd|QO)(?:[,fBt/-]{{0,3}}C?U?(?:[yx]|{_REL}))?|[yx][,-]?(?:qd|OQ|do?Q)",
    "quarter_rel": r"t?[NLT]Q|t?Q[NLT]",
    "half": rf"(?:hd|t?OH|HO|t?do?H)[,fBt/-]{{0,3}}C?U?(?:[yx]|{_REL})|[yx]-?hd",
    "season": r"S[,fBt]{0,2}[yx]|t?[NLT]S|S[NLT]|(?:(?<=[i>]t)|(?<=[i>]))S(?!f)",
    "fiscal": r"CU?[,fBt]{0,2}[yx]|C[dn]|UC[yx]",
    "decade": r"t?ys|t?sy",
    "month_year": rf"{_PART}?t?(?:{_MON}[,fBti-]{{0,3}}[yx]|[yx][,-]?[Mm]|M[fB]n)",
    "week": r"U[dn][,fBti]{0,3}[yx]",
    "same": r"t?IU",
    "years": r"B?U?y[->&](?:y|[dn])",
    "spell": rf"t?[NL]{{1,2}}{_NUM}U|t?[dnw][NL]U|t?[dnw]U[NL]",
    "weekday_unit": rf"[WV]\.?[fBti,-]{{0,3}}t?{_REL}|t?{_REL}[,-]?[it]?W",
    "weekday_rel": r"[NLT]{1,2}[WV]\.?[NL]?|[WV]\.?[NL]",
    "weekday_ahead": rf"W,?i?{_NUM}U(?:F|[aB]R)|{_NUM}U(?:F|[aB]R)i?W",
    "weekday_day": r"[WV]\.?,?t{0,2}U?(?:do?|(?:O|w)(?!_))",
    "ago": rf"{_NUM}U(?:&{_NUM}U)?A|A{_NUM}U|AD|DA",
    "offset": rf"i?{_NUM}U[abB]|[ab]{_NUM}U|[ab]D|{_NUM}Uf(?=R)",
    "ahead": rf"[ij]t?{_NUM}U(?:F|[aB]R)?|{_NUM}UF|[ij]D",
    "unit": rf"{_PART}?t?(?:{_REL})|{_PART}t?U",
    "holiday": rf"[NLT]?P(?:[,fB]{{0,2}}(?:[yx]|{_REL}))?L?",
    "relday": r"R",
    "month": rf"{_PART}?(?:[NLT]M|(?<=[ijfB>NLTEGZb&a-])m|m(?=[->]t?[Mm])|M)[NLT]?",
    "year": rf"{_PART}?(?:U[fB]?)?y|(?<=[ijfB>])x",
    "weekday": r"W|V\.",
}
_NEVER_FIRST = r"[^_,.;:()&>f'-]"  # most of a text is passed over without trying the rules
_GRAMMAR = re.compile(f"(?={_NEVER_FIRST})(?:" + "|".join(f"(?P<{name}>{rule})" for name, rule in _RULES.items()) + ")")
_CORE = re.compile(r"[yxcMmWVUDRPSQqHhC]|d[-/.]")
"""What every rule has one of; no rule has a "_", so that the tries can begin behind the last before it."""
_IN_DIGITS = re.compile(r"\d{4}|\d\s*[/.\-‐‑‒–—−]\s*\d")
"""What a date has that is written without any word of time: a year, or a day and a month with a mark between."""
_LINKS = ("-", "–", "—", ">")


class _Merger:
    """Joins neighbours: "March to May 2024" into a range, "two weeks before" with the date that follows."""

    def __init__(self, text: str, items: Sequence[Item]) -> None:
        self.text, self.items = text, items

    def merge(self, found: list[tuple[DateMention, int, int]]) -> list[DateMention]:
        result: list[tuple[DateMention, int, int]] = []
        for mention, first, last in found:
            if result:
                earlier, start, end = result[-1]
                joined = self._anchored(earlier, mention, end, first) or self._range(
                    earlier, mention, start, end, first
                )
                if joined:
                    result[-1] = (joined, start, last)
                    continue
            result.append((mention, first, last))
        return [mention for mention, _, _ in result]

    def _anchored(self, offset: DateMention, date: DateMention, end: int, first: int) -> DateMention | None:
        if offset.kind != "offset" or date.kind == "offset" or not date.readings:
            return None
        between = "".join(item.kind for item in self.items[end:first])
        if between not in ("", "t", "f", "B", "tt"):
            return None
        unit, count = offset.key.split(":")[:2]
        shifted: list[Days] = []
        for days in date.readings:
            steps = (shift(days[0], unit, int(count)), shift(days[1], unit, int(count)))
            shifted.append(steps)
        values = name_of(shifted[0])
        words = self.text[offset.start : date.end]
        basis = date.basis if date.basis != "none" else "none"
        return date._replace(
            key=offset.key,
            start=offset.start,
            words=words,
            value=values,
            readings=tuple(shifted),
            basis=basis,
            kind="date",
            month=None,
        )

    def _range(self, one: DateMention, other: DateMention, start: int, end: int, first: int) -> DateMention | None:
        link = self.items[end:first]
        while link and link[-1].kind in "tB" and len(link) > 1:
            link = link[:-1]
        opened = (start > 0 and self.items[start - 1].kind in "B") or self.items[start].kind == "B"
        if len(link) != 1 or not (link[0].kind in _LINKS or (link[0].kind == "&" and opened)):
            return None
        if one.last or other.last or "offset" in (one.kind, other.kind) or not other.readings:
            return None
        one = self._completed(one, other)
        if not one.readings or one.readings[0][0] > other.readings[0][1]:
            return None
        words = self.text[one.start : other.end]
        days = (one.readings[0][0], other.readings[0][1])
        basis = "resolved" if "resolved" in (one.basis, other.basis) else other.basis
        return DateMention(one.start, other.end, words, one.value, other.value, basis, "range", (days,))

    def _completed(self, one: DateMention, other: DateMention) -> DateMention:
        """The year of the second date holds for the first ("March to May 2024")."""
        if one.month is None or other.value is None:
            return one
        for year in (other.value.year, other.value.year - 1):
            try:
                value = PartialDate.of(year, one.month, one.day)
            except ValueError:
                continue
            if value.first <= other.value.last:
                return one._replace(value=value, readings=(span(value),), basis=other.basis, month=None)
        return one


def find_dates(text: str, language: str | None = None, published: PartialDate | None = None) -> tuple[DateMention, ...]:
    """The dates of `text`, in order, none padded beyond what the words give.

    `language` is ISO 639-1 (guessed where None). `published` is the dateline that "yesterday", "last month" or a
    date without a year are resolved from; without it they have no `value`.
    """
    return _find(text, language or language_of(text), published)


@lru_cache(maxsize=PASSAGES)
def _find(text: str, language: str, published: PartialDate | None) -> tuple[DateMention, ...]:
    found: list[DateMention] = []
    for start, end in stretches(text):
        for mention in _find_in(text[start:end], language, published):
            found.append(mention._replace(start=mention.start + start, end=mention.end + start) if start else mention)
    return tuple(_settled(found))


@lru_cache(maxsize=SENTENCES)
def _find_in(text: str, language: str, published: PartialDate | None) -> tuple[DateMention, ...]:
    """The dates of one sentence, which several claims may cite."""
    telling = words_of(language).telling
    if telling is not None and telling.isdisjoint(words_in(text)) and not _IN_DIGITS.search(text):
        return ()
    return search(text, language, published)


def search(text: str, language: str, published: PartialDate | None) -> tuple[DateMention, ...]:
    """The dates of one sentence by the rules, whether or not it has a word or digits that dates need."""
    items = classify(text, language)
    builder = Builder(text, language, published, items)
    found: list[tuple[DateMention, int, int]] = []
    shape = "".join([item.kind for item in items])
    place = 0
    while (core := _CORE.search(shape, place)) and (
        match := _GRAMMAR.search(shape, max(place, shape.rfind("_", 0, core.start()) + 1))
    ):
        built = builder.build(str(match.lastgroup), match.start(), match.end())
        if built is None:
            place = match.start() + 1
            continue
        mention, first, last = built
        found.append((mention, first, last))
        place = last
    if len(found) < 2:
        return tuple([mention for mention, _, _ in found])
    return tuple(_Merger(text, items).merge(found))


def _settled(mentions: Sequence[DateMention]) -> list[DateMention]:
    """ "The same year" and "that day" are those of the date before, in this sentence or an earlier one."""
    if not any(mention.key for mention in mentions):
        return list(mentions)
    settled: list[DateMention] = []
    for mention in mentions:
        if mention.key.startswith("same:"):
            unit = mention.key.removeprefix("same:")
            before = next((date for date in reversed(settled) if date.value and date.readings), None)
            if before and before.value and not (unit == "day" and before.value.day is None):
                days = around(before.value.first, unit)
                settled.append(mention._replace(value=name_of(days), readings=(days,), basis="resolved"))
                continue
        settled.append(mention)
    return settled
