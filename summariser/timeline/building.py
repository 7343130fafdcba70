"""From summaries to the ledger: take apart, find actors, events, threads and conflicts, put together. Pure."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from summariser.schema import Summary
from summariser.timeline.actors import actor_entry, resolve
from summariser.timeline.aliases import numbered
from summariser.timeline.clusters import events
from summariser.timeline.conflicts import conflicts_of
from summariser.timeline.facts import Facts, facts_of
from summariser.timeline.lands import LandsOf
from summariser.timeline.merging import merged
from summariser.timeline.model import ActorEntry, Conflict, Entry, Ledger, Source
from summariser.timeline.sightings import Seen, seen_in
from summariser.timeline.stages import Event
from summariser.timeline.threads import thread_of, threads


def build(summaries: Iterable[Summary], ids: Sequence[str] | None = None) -> Ledger:
    """The ledger of these summaries.

    `ids` names them, in their order; without it a summary is known by the hash of its text, so that an article given
    twice counts once. Of two different summaries with one id the later made is taken. Raises `ValueError` where there
    are not as many ids as summaries.
    """
    told = _named(summaries, ids)
    with _uncollected():
        return _ledger(told)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Python's search for reference cycles put off: it would walk millions of live objects again and again, for nothing
    (a third of the time at 100,000 milestones)."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            if not gc.get_freeze_count():  # what was built is old by now: freezing and thawing files it so, unsearched
                gc.freeze()
                gc.unfreeze()
            gc.enable()


def _ledger(told: dict[str, Summary]) -> Ledger:
    order = sorted(told, key=lambda name: (_published(told[name]), name))
    places = {name: place for place, name in enumerate(order)}
    seen = [one for name in order for one in seen_in(name, told[name])]
    resolved = [actor_entry(sorted(group, key=lambda one: (places[one.source], one.number))) for group in resolve(seen)]
    facts = _facts(told, order, seen, resolved)
    groups = events(numbered(facts))
    stages = [Event(merged(group), tuple(group)) for group in groups]
    found = {stage.entry.id: conflicts_of(stage.entry.id, stage.facts) for stage in stages}
    rows = [(thread_of(group), group) for group in threads(stages)]
    thread = {event.entry.id: row.id for row, group in rows for event in group}
    entries = sorted((_finished(stage.entry, found, thread) for stage in stages), key=_by_date)
    at = {entry.id: place for place, entry in enumerate(entries)}
    return Ledger(
        sources=tuple(_source(name, told[name]) for name in order),
        entries=tuple(entries),
        threads=tuple(sorted((row for row, _ in rows), key=lambda row: (at[row.entries[0]], row.id))),
        actors=tuple(sorted(resolved, key=lambda actor: (actor.name.casefold(), actor.id))),
        conflicts=tuple(conflict for entry in entries for conflict in found[entry.id]),
    )


def _named(summaries: Iterable[Summary], ids: Sequence[str] | None) -> dict[str, Summary]:
    rows = list(summaries)
    if ids is not None and len(ids) != len(rows):
        raise ValueError(f"{len(ids)} ids for {len(rows)} summaries")
    found: dict[str, Summary] = {}
    for place, summary in enumerate(rows):
        name = ids[place] if ids is not None else summary.document.content_hash[:16]
        kept = found.get(name)
        if kept is None or (kept is not summary and _made(kept) < _made(summary)):
            found[name] = summary
    return found


def _made(summary: Summary) -> tuple[str, str]:
    """When a summary was made; of two made at once, the one whose JSON sorts last, so that order does not matter."""
    return summary.provenance.created.isoformat(), summary.model_dump_json()


def _published(summary: Summary) -> str:
    return str(summary.document.published.first) if summary.document.published else "9999"


def _source(name: str, summary: Summary) -> Source:
    document = summary.document
    return Source(
        id=name,
        name=document.name,
        url=document.url,
        title=document.title,
        published=document.published,
        language=document.language,
        content_hash=document.content_hash,
        engine=summary.provenance.engine,
    )


def _facts(
    told: dict[str, Summary], order: Sequence[str], seen: Sequence[Seen], resolved: Sequence[ActorEntry]
) -> list[Facts]:
    identities = {mention.key: actor for actor in resolved for mention in actor.mentions}
    acting: dict[str, list[tuple[ActorEntry, Seen]]] = {}
    for one in seen:
        acting.setdefault(one.source, []).append((identities[f"{one.source}#{one.number}"], one))
    found: list[Facts] = []
    for name in order:
        summary = told[name]
        text_language = summary.document.language or "en"
        language = summary.language or text_language
        cited = [
            (actor.id, {span.sentence for span in one.actor.evidence}, (one.actor.name, *one.actor.aliases), actor.kind)
            for actor, one in acting.get(name, ())
        ]
        told_of = LandsOf(summary)
        alone = frozenset(one.evidence[0].sentence for one in summary.milestones if len(one.evidence) == 1)
        for number, milestone in enumerate(summary.milestones):
            sentences = {span.sentence for span in milestone.evidence}
            here = [row for row in cited if row[1] & sentences or any(form in milestone.title for form in row[2])]
            found.append(
                facts_of(
                    name,
                    number,
                    milestone,
                    published=summary.document.published,
                    language=language,
                    text_language=text_language,
                    actors=frozenset(row[0] for row in here if row[3] != "country"),
                    named_actors=frozenset(row[0] for row in here),
                    others=alone if len(sentences) > 1 else frozenset(),
                    lands=told_of.milestone(milestone),
                )
            )
    return found


def _finished(entry: Entry, conflicts: dict[str, list[Conflict]], thread: dict[str, str]) -> Entry:
    marks = tuple(sorted(conflict.id for conflict in conflicts[entry.id]))
    return entry.model_copy(update={"conflicts": marks, "thread": thread.get(entry.id)})


def _by_date(entry: Entry) -> tuple[str, str, str]:
    if entry.date is None:
        return "9999", "", entry.id
    return str(entry.date.first), str(entry.date.last), entry.id
