"""Make one of what was read twice: one actor from its many mentions, one milestone from several parts.

By rule and without a model, so that parts of a long document can be read side by side. Used on a single answer too:
models repeat themselves.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from summariser.schema import (
    DraftActor,
    DraftKeyPoint,
    DraftMilestone,
    DraftSummary,
    PartialDate,
)

SAME_WORDS = 85
"""Similarity (0 to 100, rapidfuzz token sort ratio) from which two texts say the same."""

_WORDS = re.compile(r"\w+")

MOST_EVIDENCE = 6
"""Sentences that an actor keeps as evidence: the first that name it."""


def merge(drafts: Sequence[DraftSummary]) -> DraftSummary:
    """One draft from those of all parts, in the order of the document, each thing once."""
    return DraftSummary(
        highlights=[item for draft in drafts for item in draft.highlights],
        key_points=_once(item for draft in drafts for item in draft.key_points),
        actors=merge_actors(item for draft in drafts for item in draft.actors),
        milestones=merge_milestones(item for draft in drafts for item in draft.milestones),
    )


def similar(one: str, other: str) -> float:
    """How much two statements share, word by word, from 0 to 100."""
    from rapidfuzz import fuzz

    return float(fuzz.token_sort_ratio(folded(one), folded(other)))


@lru_cache(maxsize=256)
def folded(text: str) -> str:
    """Text for comparison: no case, no diacritics, no punctuation, single spaces."""
    bare = text.casefold()
    if not bare.isascii():
        bare = "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c))
    return " ".join(_WORDS.findall(bare))


def _once(points: Iterable[DraftKeyPoint]) -> list[DraftKeyPoint]:
    kept: list[DraftKeyPoint] = []
    for point in points:
        near = (other for other in kept if set(other.ev) & set(point.ev))
        if not any(similar(other.text, point.text) >= SAME_WORDS for other in near):
            kept.append(point)
    return kept


def merge_actors(actors: Iterable[DraftActor]) -> list[DraftActor]:
    """Actors that share a name or an alias are one; two people with one name stay two where their roles differ."""
    merged: list[DraftActor] = []
    places: dict[str, list[int]] = {}
    for actor in actors:
        keys = _keys(actor)
        found = next((i for key in keys for i in places.get(key, []) if _one_actor(merged[i], actor)), None)
        if found is None:
            merged.append(actor.model_copy(update={"ev": _few(actor.ev)}))
            found = len(merged) - 1
        else:
            merged[found] = _join_actors(merged[found], actor)
        for key in keys:
            if found not in places.setdefault(key, []):
                places[key].append(found)
    return merged


def _keys(actor: DraftActor) -> list[str]:
    """Every form under which the actor can be found again: short forms of a person do not make two people one."""
    names = [actor.name, *actor.aliases] if actor.kind != "person" else [actor.name]
    return [key for key in dict.fromkeys(folded(name) for name in names) if key]


def _one_actor(one: DraftActor, other: DraftActor) -> bool:
    if one.kind != "person" or other.kind != "person":
        return True
    return not one.role or not other.role or similar(one.role, other.role) >= 50


def _join_actors(one: DraftActor, other: DraftActor) -> DraftActor:
    name = max(one.name, other.name, key=lambda text: len(text.split()))
    forms = dict.fromkeys([one.name, *one.aliases, other.name, *other.aliases])
    return DraftActor(
        name=name,
        aliases=[form for form in forms if form != name],
        kind=one.kind if one.kind != "other" else other.kind,
        role=one.role or other.role,
        ev=_few([*one.ev, *other.ev]),
    )


def _few(numbers: Sequence[int]) -> list[int]:
    return sorted(dict.fromkeys(numbers))[:MOST_EVIDENCE]


def merge_milestones(milestones: Iterable[DraftMilestone]) -> list[DraftMilestone]:
    """Milestones of compatible date and status are one where they rest on the same sentence or share their words."""
    merged: list[DraftMilestone] = []
    by_word: dict[str, list[int]] = {}
    for milestone in milestones:
        words = {word for word in folded(milestone.title).split() if len(word) > 3}
        near = sorted({i for word in words for i in by_word.get(word, [])})
        found = next((i for i in near if _one_event(merged[i], milestone)), None)
        if found is None:
            merged.append(milestone)
            found = len(merged) - 1
        else:
            merged[found] = _join_milestones(merged[found], milestone)
        for word in words:
            by_word.setdefault(word, []).append(found)
    return merged


def _one_event(one: DraftMilestone, other: DraftMilestone) -> bool:
    if one.status != other.status or not _dates_agree(one.date, other.date):
        return False
    if set(one.jurisdictions) and set(other.jurisdictions) and not set(one.jurisdictions) & set(other.jurisdictions):
        return False
    shared = bool(set(one.ev) & set(other.ev))
    return similar(one.title, other.title) >= (70 if shared else SAME_WORDS)


def _dates_agree(one: str | None, other: str | None) -> bool:
    if one is None or other is None or one == other:
        return True
    try:
        return PartialDate(one).compatible(PartialDate(other))
    except ValueError:
        return False


def _join_milestones(one: DraftMilestone, other: DraftMilestone) -> DraftMilestone:
    """The more precise date with its words, and what either leaves open from the other."""
    dated = max(one, other, key=lambda item: len(item.date or ""))
    return one.model_copy(
        update={
            "date": dated.date,
            "date_text": dated.date_text,
            "date_role": dated.date_role or one.date_role,
            "jurisdictions": list(dict.fromkeys([*one.jurisdictions, *other.jurisdictions])),
            "instrument": one.instrument if one.instrument != "other" else other.instrument,
            "binding": one.binding if one.binding is not None else other.binding,
            "ev": sorted({*one.ev, *other.ev}),
        }
    )


def redundant(text: str, others: Iterable[str], limit: float = SAME_WORDS) -> bool:
    """Whether one of the others already says what the text says."""
    return any(similar(text, other) >= limit for other in others)
