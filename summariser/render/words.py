"""The renderers' own words, by language, and the small wordings that all of them share."""

from __future__ import annotations

import tomllib
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from summariser.schema import Actor, Claim, Milestone, MilestoneField, PartialDate, Reason, Rejected, Status

if TYPE_CHECKING:
    from babel import Locale

FALLBACK = "en"
LANGUAGES = ("en", "fr", "es", "ar")
"""The languages of the table; every other one falls back to English."""

Stage = Literal["done", "ahead", "over", "unknown"]
Table = dict[str, dict[str, dict[str, str]]]

_NOT_TERRITORIES = {"AU"}
"""Codes that mean a body here (the African Union) and a country elsewhere: shown as they are, not spelt out."""


@cache
def table() -> Table:
    """Section, key, language: the words of `_data/words.toml`."""
    text = (Path(__file__).parent / "_data" / "words.toml").read_text("utf-8")
    return tomllib.loads(text)


_STAGES: dict[Status, Stage] = {
    "called_for": "ahead",
    "planned": "ahead",
    "announced": "ahead",
    "consultation": "ahead",
    "proposed": "ahead",
    "passed_chamber": "ahead",
    "suspended": "over",
    "rejected": "over",
    "withdrawn": "over",
    "repealed": "over",
    "unknown": "unknown",
}
"""Where a status stands on the way; what is not named here is done."""


def stage(status: Status) -> Stage:
    """How far a milestone is, for its looks."""
    return _STAGES.get(status, "done")


class Words:
    """The words of one language."""

    def __init__(self, language: str | None) -> None:
        base = (language or FALLBACK).lower().replace("_", "-").split("-")[0]
        self.language = base if base in LANGUAGES else FALLBACK

    def __call__(self, section: str, key: str, *values: object) -> str:
        """The words for a key, `{}` filled in order; a key that is not in the table is shown as it is."""
        row = table()[section].get(key)
        parts = (row[self.language] if row else key.replace("_", " ")).split("{}")
        return "".join(str(piece) for pair in zip_longest(parts, values, fillvalue="") for piece in pair)

    def quoted(self, text: str) -> str:
        """The text in the quotation marks of the language."""
        return self("ui", "quote", text)

    def reason(self, reason: Reason) -> str:
        """A reason as one phrase: what is wrong, the words in question, what the text says instead."""
        words = self("reason", reason.code)
        if reason.claim:
            words += f": {self.quoted(reason.claim)}"
        return f"{words} ({self('ui', 'text_says', self.quoted(reason.source))})" if reason.source else words

    def mark(self, claim: Claim) -> str:
        """How a claim that is not plainly supported is marked; empty for one that is."""
        return "" if claim.verdict.supported else self("verdict", claim.verdict.status)

    def role(self, actor: Actor) -> str:
        """The role as the text has it, else what kind of actor it is."""
        return actor.role or self("actor", actor.kind)

    def kind(self, item: Rejected) -> str:
        """What kind of statement was rejected, and which field of it where the rest stayed."""
        kind = self("claim", item.kind)
        return f"{kind}, {self('ui', 'field_only', self('field', item.field))}" if item.field else kind

    def when(self, milestone: Milestone) -> str:
        """The date in ISO form with its role; "no date" where the text gives none."""
        if milestone.date is None:
            return self("ui", "no_date")
        asides = [self("date_role", milestone.date_role)] if milestone.date_role not in (None, "event") else []
        asides += [self("ui", "worked_out")] if milestone.date_basis == "resolved" else []
        return f"{milestone.date} ({', '.join(asides)})" if asides else str(milestone.date)

    def value(self, milestone: Milestone, name: MilestoneField) -> str:
        """A field in words; empty where it is not known, or none of what the vocabulary knows."""
        if name == "jurisdiction":
            return ", ".join(milestone.jurisdictions)
        if name == "instrument":
            return self("instrument", milestone.instrument) if milestone.instrument != "other" else ""
        if name == "status":
            return self("status", milestone.status)
        if name == "binding":
            return {True: self("ui", "binding"), False: self("ui", "not_binding"), None: ""}[milestone.binding]
        return self.when(milestone) if name == "date" else milestone.title

    def told(self, milestone: Milestone, name: MilestoneField) -> str:
        """A field in words, with its verdict where that is not plainly supported."""
        value, verdict = self.value(milestone, name), milestone.fields.get(name)
        doubtful = value and verdict and not verdict.supported
        return f"{value} ({self('verdict', verdict.status)})" if doubtful and verdict else value

    def facts(self, milestone: Milestone) -> list[str]:
        """Jurisdictions, instrument, status and binding force, each in words; what is not known is left out."""
        fields: tuple[MilestoneField, ...] = ("jurisdiction", "instrument", "status", "binding")
        return [fact for fact in (self.told(milestone, name) for name in fields) if fact]

    def date(self, date: PartialDate) -> str:
        """A date written out at its own precision: "21 March 2024", "March 2024", "Q3 2024", "2024"."""
        from babel.dates import format_date, format_skeleton

        locale = "en_GB" if self.language == "en" else self.language  # day before month
        if date.precision == "day":
            return str(format_date(date.first, "long", locale=locale))
        skeleton = {"month": "yMMMM", "quarter": "yQQQ", "year": "y"}[date.precision]
        return str(format_skeleton(skeleton, date.first, locale=locale))

    def place(self, code: str) -> str:
        """The name of a jurisdiction's code where it has one, else the code; a part with its country: "Texas (US)"."""
        if code in _NOT_TERRITORIES:
            return code
        if "-" in code:
            return _part(code)
        locale = _locale(self.language)
        name = locale.territories.get(code) if locale else None
        return str(name or code)


def cited(claim: Claim | Rejected) -> str:
    """The numbers of the sentences cited, as `[3, 4]`."""
    return f"[{', '.join(str(span.sentence) for span in claim.evidence)}]" if claim.evidence else ""


def names(actor: Actor) -> str:
    """Name with its aliases in brackets."""
    return actor.name + (f" ({', '.join(actor.aliases)})" if actor.aliases else "")


def direction(language: str | None) -> str:
    """`ltr`, `rtl`, or `auto` where the language is unknown."""
    locale = _locale(language)
    if locale is None:
        return "auto"
    return "rtl" if locale.character_order == "right-to-left" else "ltr"


@cache
def _part(code: str) -> str:
    """A part of a country, in the form that ISO 3166-2 has it."""
    from pycountry import subdivisions

    found = subdivisions.get(code=code)  # type: ignore[no-untyped-call]
    return f"{found.name} ({found.country_code})" if found else code


@cache
def _locale(language: str | None) -> Locale | None:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse((language or "").replace("-", "_")) if language else None
    except (ValueError, UnknownLocaleError):
        return None
