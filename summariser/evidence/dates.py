"""Hold the dates of a claim, and the date of a milestone, against their support. Pure, linear, never raises.

A date is borne out where the support gives it at the same or a finer precision, or gives words that resolve to it
from the dateline. A claim that is finer than the text ("14 March 2024" for "March 2024") is padded.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from summariser.evidence.dates_compare import alike, bears, finer, step_of
from summariser.evidence.dates_events import other_event
from summariser.evidence.dates_find import find_dates
from summariser.evidence.dates_resolve import DateMention, shift, span
from summariser.evidence.dates_tables import vague
from summariser.evidence.numbers import check_numbers, find_numbers
from summariser.evidence.numbers_quantity import DURATIONS, Quantity, units
from summariser.evidence.numbers_words import fold, language_of
from summariser.evidence.reasons import NOTHING, REASONS, Findings
from summariser.schema import DateBasis, Match, PartialDate, Reason, Verdict

__all__ = ["DateMention", "check_date_value", "check_dates", "find_dates"]

_DIRECTION = {
    **dict.fromkeys(map(fold, ("before", "by", "until", "avant", "antes", "hasta", "jusqu", "قبل", "حتى")), -1),
    **dict.fromkeys(map(fold, ("after", "since", "from", "après", "depuis", "después", "desde", "بعد", "منذ")), 1),
}
_FROM_THERE = re.compile(r"\s(?:of|after|from|following|d[eu]|après|à compter|desde|después|tras|من|بعد)\s")
_LAST_WORDS = re.compile(r"\w+")
_MOST = 60  # dates of one claim that are judged; a "claim" with more is refused, which keeps the cost linear


def _direction(text: str, date: DateMention) -> int:
    """-1 for "before" and "by", 1 for "after" and "since", else 0."""
    words = _LAST_WORDS.findall(fold(text[max(0, date.start - 16) : date.start]))
    return next((_DIRECTION[word] for word in reversed(words[-2:]) if word in _DIRECTION), 0)


def _against(claim: DateMention, dates: Sequence[DateMention]) -> Reason:
    """The reason for a date that nothing bears out: padded, another date, or none at all."""
    dates = [date for date in dates if date.readings or date.month or date.key]
    near = [date for date in dates if alike(claim, date)]
    padded = [date for date in dates if finer(claim, date)]
    if padded and not near:
        return Reason(code="date_padded", claim=claim.words, source=padded[0].words)
    if near or dates:
        return Reason(code="date_mismatch", claim=claim.words, source=(near or list(dates))[0].words)
    return Reason(code="date_not_found", claim=claim.words)


def _judge(
    claim: DateMention, text: str, support: str, dates: Sequence[DateMention], years: set[int], language: str | None
) -> Reason | Match:
    if claim.impossible:
        return Reason(code="date_impossible", claim=claim.words)
    bearing = [date for date in dates if bears(claim, date, years)]
    if bearing and (rival := _written_otherwise(claim, bearing, dates)):
        return Reason(code="date_mismatch", claim=claim.words, source=rival.words)
    if bearing:
        said = _direction(text, claim)
        agreeing = [date for date in bearing if said * _direction(support, date) >= 0]
        if not agreeing and claim.kind != "offset":
            return Reason(code="date_mismatch", claim=claim.words, source=bearing[0].words)
        best = (agreeing or bearing)[0]
        return Match(kind="date", claim=claim.words, source=best.words)
    if claim.last is not None and _ends(claim, dates):
        source = next(date.words for date in dates if date.value == claim.value)
        return Match(kind="date", claim=claim.words, source=source)
    if claim.value and claim.value.precision == "year" and claim.value == claim.words and not claim.part:
        found = re.search(rf"(?<![\d/.,]){re.escape(claim.words)}(?![\d/]|[.,]\d)", support)
        if found:
            return Match(kind="date", claim=claim.words, source=found[0])
    if ":point" in claim.key or ":spell" in claim.key:
        borne = check_numbers(claim.words, support, language=language).matches
        if borne:
            return Match(kind="date", claim=claim.words, source=borne[0].source)
        step = step_of(claim.key)
        ordinals = [number for number in find_numbers(support, language) if number.ordinal and _counts_time(number)]
        if step and (nth := next((number for number in ordinals if number.low == abs(step[1])), None)):
            return Match(kind="date", claim=claim.words, source=nth.words)  # "on the twentieth day following"
        if (place := support.lower().find(claim.words.lower())) >= 0:
            return Match(kind="date", claim=claim.words, source=support[place : place + len(claim.words)])
    return _against(claim, dates)


def _counts_time(ordinal: Quantity) -> bool:
    """Whether an ordinal is that of a day or a month ("the twentieth day"), and not of a vote."""
    nouns = ordinal.nouns[:2]  # "twentieth working day"
    return any(name in DURATIONS and words[0][:5] in nouns for words, name in units().items())


def _written_otherwise(
    claim: DateMention, bearing: Sequence[DateMention], dates: Sequence[DateMention]
) -> DateMention | None:
    """A date in full that differs in one part, where the claim's only comes of counting ("within 30 days")."""
    if claim.basis != "stated" or not all(":point" in date.key for date in bearing):
        return None
    return next((date for date in dates if date.basis == "stated" and alike(claim, date)), None)


def _ends(claim: DateMention, dates: Sequence[DateMention]) -> bool:
    values = {date.value for date in dates if date.last is None}
    return claim.value in values and claim.last in values


def check_dates(
    claim: str,
    support: str,
    *,
    language: str | None = None,
    claim_language: str | None = None,
    published: PartialDate | None = None,
) -> Findings:
    """The dates of `claim` that `support` bears out, and those that it does not.

    `language` is that of the support, `claim_language` that of the claim (by default guessed), `published` the
    dateline. Reasons: ``date_mismatch``, ``date_not_found``, ``date_padded``, ``date_impossible``.
    """
    of_support = language or language_of(support)
    found = find_dates(claim, claim_language or language_of(claim, of_support), published)
    said = [date for date in found if fold(date.words) not in vague()]
    if not said:
        return NOTHING
    given = find_dates(support, of_support, published)
    years = {date.value.year for date in given if date.value and date.basis == "stated"}
    results = [_judge(date, claim, support, given, years, of_support) for date in said[:_MOST]]
    if len(said) > _MOST:
        results.append(Reason(code="date_not_found", claim=said[_MOST].words))
    return Findings(
        tuple(result for result in results if isinstance(result, Reason)),
        tuple(result for result in results if isinstance(result, Match)),
    )


def check_date_value(
    date: str,
    date_text: str | None,
    support: str,
    *,
    title: str = "",
    language: str | None = None,
    published: PartialDate | None = None,
) -> tuple[PartialDate | None, DateBasis, Verdict]:
    """A milestone's date against the sentences that it cites: the date where it is supported, its basis, a verdict.

    `date` is ISO 8601 at its own precision, `date_text` the words of the text for it where the draft has them, `title`
    what happened then. Reasons: ``date_impossible`` (also for what is no date at all), ``date_padded``,
    ``date_mismatch``, ``date_not_found``, ``date_of_other_event``.
    """
    try:
        value = PartialDate(date)
    except ValueError:
        return None, "none", _refused("date_impossible", date, None)
    dates = find_dates(support, language, published)
    years = {found.value.year for found in dates if found.value and found.basis == "stated"}
    claim = DateMention(0, len(date), date, value, basis="stated", readings=(span(value),))
    bearing = [found for found in dates if bears(claim, found, years) or found.value == value]
    if not bearing and (source := _counted(value, support, dates) or _dateline(value, date_text, dates, published)):
        match = Match(kind="date", claim=date, source=source)
        return value, "resolved", Verdict(status="supported", matches=(match,))
    if not bearing:
        reason = _against(claim, dates)
        return None, "none", Verdict(status=REASONS[reason.code], reasons=(reason,))
    written = [found for found in bearing if date_text and fold(found.words) in fold(date_text)]
    other = other_event(title, support, bearing, [found for found in dates if found not in bearing])
    if other is not None:
        return None, "none", _refused("date_of_other_event", (written or bearing)[0].words, other.words)
    stated = [found for found in written or bearing if found.basis == "stated" or not found.readings]
    best = (stated or written or bearing)[0]
    basis: DateBasis = "stated" if stated else "resolved"
    match = Match(kind="date", claim=date, source=best.words)
    return value, basis, Verdict(status="supported", matches=(match,))


def _counted(value: PartialDate, support: str, dates: Sequence[DateMention]) -> str | None:
    """The words for a step from another date of the support that leads to `value`: "24 months of taking effect"."""
    for offset in dates[:_MOST]:
        unit, _, rest = offset.key.partition(":")
        count, _, kind = rest.partition(":")
        if not kind.startswith("point") or not _FROM_THERE.match(support, offset.end):
            continue
        for start in dates[:_MOST]:
            if start is not offset and start.value and _falls_in(shift(start.value.first, unit, int(count)), value):
                return offset.words
    return None


def _falls_in(day: dt.date, value: PartialDate) -> bool:
    return value.first <= day <= value.last


def _dateline(
    value: PartialDate, date_text: str | None, dates: Sequence[DateMention], published: PartialDate | None
) -> str | None:
    """The dateline as the date of what is told without one, where the draft says that it has the date from there."""
    if published is None or published.day is None or value != published or not date_text:
        return None
    if any(date.readings or date.month for date in dates):
        return None
    said = find_dates(date_text, None, published)
    return date_text if any(date.value == value and date.basis == "stated" for date in said) else None


def _refused(code: str, claim: str, source: str | None) -> Verdict:
    return Verdict(status=REASONS[code], reasons=(Reason(code=code, claim=claim, source=source),))
