"""Ledgers made by hand for the judge's tests: what the labels say, and damage to it."""

from __future__ import annotations

from collections.abc import Sequence

from evals.timeline import oracle
from evals.timeline.matching import Sight, look
from evals.timeline.sets import ArticleSet
from summariser.schema import Summary
from summariser.timeline import (
    ActorEntry,
    ActorMention,
    Conflict,
    ConflictSide,
    Entry,
    Ledger,
    Mention,
    Source,
    Thread,
)


def perfect(one: ArticleSet, summaries: Sequence[Summary]) -> Ledger:
    """The ledger of the labels; entries, actors and threads bear the ids of their labels."""
    threads = {name: thread.id for thread in one.labels.threads for name in thread.entries}
    entries: dict[str, list[Mention]] = {}
    actors: dict[str, list[ActorMention]] = {}
    for article, summary in zip(one.articles, summaries, strict=True):
        for number, (name, _) in enumerate(oracle.told(one, article)):
            mention = Mention(source=article.id, number=number, milestone=summary.milestones[number])
            entries.setdefault(name, []).append(mention)
        for number, (label, _) in enumerate(oracle.named(one, article)):
            mention_of = ActorMention(source=article.id, number=number, actor=summary.actors[number])
            actors.setdefault(label.id, []).append(mention_of)
    return Ledger(
        sources=tuple(Source(id=article.id, content_hash=article.id, engine="llm") for article in one.articles),
        entries=tuple(
            Entry(id=name, title=name, thread=threads.get(name), mentions=tuple(mentions))
            for name, mentions in entries.items()
        ),
        threads=tuple(
            Thread(id=thread.id, title=thread.id, entries=tuple(thread.entries))
            for thread in one.labels.threads
            if len(thread.entries) > 1
        ),
        actors=tuple(
            ActorEntry(id=name, name=name, kind=mentions[0].actor.kind, mentions=tuple(mentions))
            for name, mentions in actors.items()
        ),
        conflicts=tuple(
            Conflict(
                id=f"conflict-{at}",
                kind=label.kind,
                entry=label.entry,
                about="",
                sides=tuple(
                    ConflictSide(
                        value=f"{number}: {statement.value}",
                        quote=entries[label.entry][0].milestone.evidence[0],
                        source=statement.article,
                    )
                    for number, side in enumerate(label.sides)
                    for statement in side
                ),
            )
            for at, label in enumerate(one.labels.conflicts)
        ),
    )


def sight_of(one: ArticleSet, ledger: Ledger | None = None) -> Sight:
    """The judge's view of a ledger (by default the perfect one) over the labels' own summaries."""
    summaries = oracle.summaries(one)
    return look(one, summaries, ledger or perfect(one, summaries))


def moved(ledger: Ledger, mention: Mention, to: str) -> Ledger:
    """The ledger with one mention in another entry (a new one where there is none of that id)."""
    rest = []
    for entry in ledger.entries:
        kept = tuple(one for one in entry.mentions if one.key != mention.key)
        if entry.id == to:
            kept = (*kept, mention)
        if kept:
            rest.append(entry.model_copy(update={"mentions": kept}))
    if to not in {entry.id for entry in rest}:
        rest.append(Entry(id=to, title=to, mentions=(mention,)))
    return ledger.model_copy(update={"entries": tuple(rest)})
