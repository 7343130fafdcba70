"""The check that a labelled ledger makes of itself.

What it quotes must stand in its article word for word, exactly once, and every value of a conflict in the words that
are quoted for it, so that a typing error in a label is found before it is taken for an error of what it judges.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from evals.labels import squash
from evals.timeline.labels import ActorEntryLabel, EntryLabel, LedgerLabels, MentionLabel, Statement


def problems(labels: LedgerLabels, texts: Mapping[str, str]) -> list[str]:
    """What is wrong with the labels when they are held against their articles (by id); empty when nothing is."""
    known = {article.id for article in labels.articles}
    found = [f"article {name}: not labelled" for name in sorted(set(texts) - known)]
    found += [f"article {name}: there is no such text" for name in sorted(known - set(texts))]
    if found:
        return found
    flat = {name: squash(text) for name, text in texts.items()}
    return [
        *_twice(labels),
        *_unknown(labels, known),
        *(fault for entry in labels.entries for mention in entry.mentions for fault in _mention(entry, mention, flat)),
        *(fault for actor in labels.actors for fault in _actor(actor, flat)),
        *_conflicts(labels),
    ]


def _twice(labels: LedgerLabels) -> Iterator[str]:
    for what, names in (
        ("article", [article.id for article in labels.articles]),
        ("entry", [entry.id for entry in labels.entries]),
        ("thread", [thread.id for thread in labels.threads]),
        ("actor", [actor.id for actor in labels.actors]),
        ("a place in a thread", [name for thread in labels.threads for name in (*thread.entries, *thread.may)]),
        *((f"entry {one.id}: article", [mention.article for mention in one.mentions]) for one in labels.entries),
        *((f"actor {one.id}: article", [mention.article for mention in one.mentions]) for one in labels.actors),
    ):
        yield from (f"{what} {name} is there twice" for name, count in Counter(names).items() if count > 1)


def _unknown(labels: LedgerLabels, articles: set[str]) -> Iterator[str]:
    entries = {entry.id for entry in labels.entries}
    named = [
        *(("thread", name) for thread in labels.threads for name in (*thread.entries, *thread.may)),
        *(("either", name) for names in labels.either for name in names),
        *(("conflict", conflict.entry) for conflict in labels.conflicts),
        *(("not_conflicts", name) for one in labels.not_conflicts for name in one.entries),
    ]
    yield from (f"{what}: there is no entry {name}" for what, name in named if name not in entries)
    told = [
        *((f"entry {one.id}", mention.article) for one in labels.entries for mention in one.mentions),
        *((f"actor {one.id}", mention.article) for one in labels.actors for mention in one.mentions),
    ]
    yield from (f"{what}: there is no article {name}" for what, name in told if name not in articles)


def _mention(entry: EntryLabel, mention: MentionLabel, texts: Mapping[str, str]) -> Iterator[str]:
    where, text = f"entry {entry.id} in {mention.article}", texts.get(mention.article, "")
    for quote in mention.quotes:
        count = text.count(squash(quote))
        if count != 1:
            yield f"{where}: stands in the article {count} times, not once: {quote!r}"
    if mention.date_text and not any(mention.date_text in quote for quote in mention.quotes):
        yield f"{where}: {mention.date_text!r} stands in none of its quotes"
    if (mention.date is None) != (mention.date_basis == "none"):
        yield f"{where}: date and basis do not agree"


def _actor(actor: ActorEntryLabel, texts: Mapping[str, str]) -> Iterator[str]:
    for mention in actor.mentions:
        text = texts.get(mention.article, "")
        for words in (*mention.forms, *([mention.role] if mention.role else [])):
            if not stands(words, text):
                yield f"actor {actor.id} in {mention.article}: {words!r} does not stand in the article"


def stands(words: str, text: str) -> bool:
    """Whether words stand in a text as words of their own, white space apart."""
    return re.search(rf"(?<!\w){re.escape(squash(words))}(?!\w)", squash(text)) is not None


def _conflicts(labels: LedgerLabels) -> Iterator[str]:
    for conflict in labels.conflicts:
        where = f"conflict of {conflict.kind} on {conflict.entry}"
        statements = [statement for side in conflict.sides for statement in side]
        yield from _values(labels, where, [conflict.entry], statements)
        names = Counter(statement.article for statement in statements)
        yield from (f"{where}: {name} is on two sides" for name, count in names.items() if count > 1)
    for one in labels.not_conflicts:
        yield from _values(
            labels, f"no conflict of {one.kind} on {', '.join(one.entries)}", one.entries, one.statements
        )


def _values(labels: LedgerLabels, where: str, entries: list[str], statements: list[Statement]) -> Iterator[str]:
    for one in statements:
        quotes = [quote for entry in entries for quote in labels.quotes(entry, one.article)]
        if not any(one.value in quote for quote in quotes):
            yield f"{where}: {one.value!r} stands in no quote from {one.article}"
