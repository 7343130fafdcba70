"""What a claim is held against its support with: the day, both languages, the rest of the document."""

from __future__ import annotations

import datetime as dt
import string
from dataclasses import dataclass
from functools import lru_cache

from summariser.evidence import text as tx
from summariser.evidence.context import Context
from summariser.schema import PartialDate

Published = PartialDate | dt.date | str | None


_LETTERS = string.ascii_letters.encode()


@dataclass(frozen=True, slots=True)
class Frame:
    """What a claim and its support are read with."""

    day: PartialDate | None
    """The publication date."""
    theirs: str
    ours: str
    """The languages of support and claim (ISO 639-1)."""
    context: Context | None

    @property
    def in_words(self) -> bool:
        """Whether words can be compared: claim and support are in one language, and one that has rules."""
        return self.theirs == self.ours and self.theirs in tx.CHECKED_LANGUAGES


def frame_of(
    claim: str,
    support: str,
    published: Published,
    language: str | None,
    claim_language: str | None,
    context: Context | None,
) -> Frame:
    """The frame of a check; languages as given, else told from the texts, else English."""
    theirs, ours = _languages(claim, support, language, claim_language, context)
    return Frame(_day_of(published), theirs, ours, context)


def _day_of(published: Published) -> PartialDate | None:
    """The publication date as a partial date; None where there is none or it is no date."""
    if published is None or isinstance(published, PartialDate):
        return published
    try:
        return PartialDate(published.isoformat()[:10] if isinstance(published, dt.date) else published)
    except ValueError:
        return None


def _languages(
    claim: str, support: str, language: str | None, claim_language: str | None, context: Context | None
) -> tuple[str, str]:
    """The languages of support and claim."""
    theirs = (language or (context.language if context else None) or tx.language_of(support) or "en").lower()[:2]
    ours = (claim_language or tx.language_of(claim) or theirs).lower()[:2]
    if ours == theirs and not same_script(claim, support):
        ours = tx.language_of(claim) or "und"
    return theirs, ours


def same_script(one: str, other: str) -> bool:
    return _script(one) == _script(other)


@lru_cache(maxsize=tx.SENTENCES)
def _script(text: str) -> str:
    sample = text[:500]
    plain = sample.encode("ascii", "ignore")
    if 2 * len(plain) - len(plain.translate(None, _LETTERS)) >= len(sample):
        return "latin"  # more ASCII letters than there are other characters: no need to look at each of these
    arabic = sum("\u0600" <= mark <= "\u06ff" for mark in sample)
    latin = sum(mark.isalpha() and mark < "\u0250" for mark in sample)
    return "arabic" if arabic > latin else "latin" if latin * 2 >= sum(mark.isalpha() for mark in sample) else "other"
