"""From a seed to sets of articles with their labels."""

from __future__ import annotations

import datetime as dt
import random

from evals.timeline.labels import ActorEntryLabel, EntryLabel, LedgerLabels, ThreadLabel
from evals.timeline.sets import ArticleSet, checked
from evals.timeline.stress.telling import Telling
from evals.timeline.stress.truth import compatible, conflict
from evals.timeline.stress.world import Bill, Event, bills
from summariser.schema import ActorKind

SETS, ARTICLES = 12, 10


def sets(seed: int = 0, count: int = SETS) -> list[ArticleSet]:
    """`count` sets; the same seed gives the same sets."""
    return [_write(f"stress-{at:02}", random.Random(f"{seed}/{at}")) for at in range(1, count + 1)]


def _write(slug: str, draw: random.Random) -> ArticleSet:
    made, telling = bills(draw), Telling(draw)
    for at in range(ARTICLES):
        telling.article(dt.date(2026, 3, 1) + dt.timedelta(days=24 * at + draw.randrange(20)), made)
    given = list(telling.given.values())
    labels = LedgerLabels(
        about="bills of several countries, written by a program",
        basis="invented",
        tests=["many bills", "paraphrases", "seeded errors"],
        articles=telling.articles,
        entries=[_entry(event, telling) for bill in made for event in bill if event.id in telling.mentions],
        threads=[thread for bill in made if (thread := _thread(bill, telling))],
        actors=[_actor(name, telling) for name in sorted(telling.actors)],
        conflicts=[found for one in given if (found := conflict(one))],
        not_conflicts=[agreed for one in given if (agreed := compatible(one))],
    )
    return checked(slug, labels, telling.texts)


def _entry(event: Event, telling: Telling) -> EntryLabel:
    return EntryLabel(
        id=event.id,
        title=event.stage.titles[0].format_map(event.terms),
        jurisdictions=[event.terms["code"]],
        instrument="law",
        binding=True,
        status=event.stage.status,
        mentions=telling.mentions[event.id],
    )


def _thread(bill: Bill, telling: Telling) -> ThreadLabel | None:
    told = [event.id for event in bill if event.id in telling.mentions]
    return ThreadLabel(id=f"bill-{told[0]}", entries=told) if len(told) > 1 else None


def _actor(name: str, telling: Telling) -> ActorEntryLabel:
    kind: ActorKind = "government_body" if "body" in name else "person"
    mentions = telling.actors[name]
    return ActorEntryLabel(id=name, name=mentions[0].name, kind=kind, mentions=mentions)
