"""Wrong fields of milestones: status raised, another jurisdiction, a date that is shifted, padded or another's."""

from __future__ import annotations

import random
from collections.abc import Iterator

from evals.labels import MilestoneLabel
from evals.mutate.claims import Claim, Mutant, World, pick, stands_in, tables
from summariser.schema import PartialDate, Status

_NOT_YET: tuple[Status, ...] = (
    "called_for",
    "planned",
    "announced",
    "consultation",
    "proposed",
    "passed_chamber",
)
_LAW_LIKE = {"law", "regulation", "executive_order", "directive", "treaty"}
_UNDONE: tuple[Status, ...] = ("rejected", "withdrawn", "suspended")
_RAISED: dict[str, Status] = {
    "event": "held", "institution": "established", "programme": "established", "agreement": "signed",
    "treaty": "signed", "guidance": "published", "standard": "published", "strategy": "adopted",
}  # fmt: skip


def _label(claim: Claim, world: World) -> MilestoneLabel | None:
    return next((label for label in world.labels.milestones if label.id == claim.name), None)


def raised_status(claim: Claim, world: World, rng: random.Random) -> Iterator[Mutant]:
    """A plan, call, proposal or failed bill shown as done: done as fits the instrument, and in force."""
    del rng
    label = _label(claim, world)
    if label is None or label.status not in (*_NOT_YET, *_UNDONE):
        return
    if label.status == "announced" and label.instrument not in _LAW_LIKE:
        return  # a strategy that was announced may well be in use
    accepted = {label.status, *label.accept_statuses}
    for now in dict.fromkeys([_RAISED.get(label.instrument, "adopted"), "in_force"]):
        if now not in accepted and not (now == "in_force" and label.instrument in {"event", "institution", "funding"}):
            yield Mutant("status", claim.changed(status=now), label.status, now, "status")


def other_jurisdiction(claim: Claim, world: World, rng: random.Random) -> Iterator[Mutant]:
    """A jurisdiction of another milestone of the article, else one of the table, that the sentences do not name."""
    label = _label(claim, world)
    if label is None or not label.jurisdictions:
        return
    own = set(label.jurisdictions)
    roots = {code[:2] for code in own}
    here = sorted({code for other in world.labels.milestones for code in other.jurisdictions} - own)
    nested = {"EU"} if own & _EU else _EU if "EU" in own else set()
    options = [code for code in here if code[:2] not in roots and code not in nested and not _named(code, claim)]
    pool = [code for code in tables()["jurisdictions"] if code not in own | nested and not _named(code, claim)]
    now = pick(rng, options) or pick(rng, pool)
    if now:
        was = "/".join(label.jurisdictions)
        yield Mutant("jurisdiction", claim.changed(jurisdictions=[now]), was, now, "jurisdiction")


_EU = {"FR", "DE", "ES", "IT", "NL", "BE", "IE", "PL", "SE", "DK", "FI", "AT", "PT", "GR", "HU", "CZ"}


def _named(code: str, claim: Claim) -> bool:
    """Whether the cited sentences name the place at all: then its absence is nothing that words alone can show."""
    from babel import Locale

    territory = code.split("-", maxsplit=1)[0]
    names = {str(Locale.parse(language).territories.get(territory, "")) for language in ("en", claim.case.language)}
    return any(name and stands_in(name, claim.support) for name in names)


def wrong_milestone_dates(claim: Claim, world: World, rng: random.Random) -> Iterator[Mutant]:
    """The date field shifted, made finer than the text, or taken from another milestone of the article."""
    label = _label(claim, world)
    if label is None or label.date is None:
        return
    shifted = _shifted(label.date, rng)
    yield Mutant("date", claim.changed(date=shifted), label.date, shifted, "date")
    if label.date.precision != "day" and label.date_basis == "stated":
        month = label.date.first.month
        padded = PartialDate.of(label.date.year, month, 1)
        yield Mutant("date", claim.changed(date=padded), label.date, f"{padded} (padded)", "date")
    others = [
        other
        for other in world.labels.milestones
        if other.date and other.date_text and not other.date.compatible(label.date)
        and not claim.case.locator.sentences(other.sentences) & claim.sentences
    ]  # fmt: skip
    if others:
        other = rng.choice(others)
        wrong = claim.changed(date=other.date, date_text=other.date_text)
        yield Mutant("date", wrong, label.date, f"{other.date} (of {other.id})", "date")


def _shifted(date: PartialDate, rng: random.Random) -> PartialDate:
    """Another date of the same precision, one or two steps of its own unit away."""
    step = rng.choice([-2, -1, 1, 2])
    match date.precision:
        case "year":
            return PartialDate.of(date.year + step)
        case "quarter":
            return PartialDate(f"{date.year + step}-Q{date[-1]}")
        case "month":
            return PartialDate.of(date.year + (1 if step > 0 else -1), date.month)
        case _:
            day = (date.day or 1) + 4 * step
            return PartialDate.of(date.year, date.month, (day - 1) % 28 + 1)
