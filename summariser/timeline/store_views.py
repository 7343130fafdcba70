"""What of a ledger is kept of a look at it."""

from __future__ import annotations

from summariser.schema import Milestone, Verdict
from summariser.timeline.model import Conflict, Entry, Ledger
from summariser.timeline.store_collector import uncollected


def slim(ledger: Ledger) -> Ledger:
    """The ledger without the articles' own words, in a form that two ledgers can be compared in.

    A look must not hold on to the sentences of an article that is taken out later, and what was seen is told apart
    from what is new by what is said, not by how an article words it.
    """
    with uncollected():
        return ledger.model_copy(
            update={
                "entries": tuple(_entry(entry) for entry in ledger.entries),
                "actors": tuple(actor.model_copy(update={"roles": (), "mentions": ()}) for actor in ledger.actors),
                "conflicts": tuple(_conflict(conflict) for conflict in ledger.conflicts),
            }
        )


def _entry(entry: Entry) -> Entry:
    mentions = tuple(
        mention.model_copy(update={"milestone": _milestone(mention.milestone)}) for mention in entry.mentions
    )
    return entry.model_copy(update={"mentions": mentions, "date_text": None})


def _milestone(milestone: Milestone) -> Milestone:
    # How well each field is borne out is no news either, and is most of what there is of a milestone.
    verdict = Verdict(status=milestone.verdict.status)
    return milestone.model_copy(update={"evidence": (), "verdict": verdict, "fields": {}, "date_text": None})


def _conflict(conflict: Conflict) -> Conflict:
    sides = (side.model_copy(update={"quote": side.quote.model_copy(update={"quote": ""})}) for side in conflict.sides)
    return conflict.model_copy(update={"sides": tuple(sides)})
