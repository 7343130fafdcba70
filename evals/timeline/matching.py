"""What of a built ledger is which label: the mentions of each article matched one-to-one, then read off the ledger.

A milestone that the summary has and nobody labelled takes no part, nor does a label that the summary missed: both are
matters of the summary. Of the rest the ledger says which belong together, and that is judged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from evals.labels import MilestoneLabel
from evals.matching import Sentences, cited, match_actors, match_milestones
from evals.timeline.oracle import named, told
from evals.timeline.sets import Article, ArticleSet
from summariser.schema import Milestone, Summary
from summariser.timeline import Ledger

Place = tuple[str, str]
"""A labelled mention: id of its entry or actor, id of its article."""


@dataclass(frozen=True)
class Told:
    """A labelled milestone and what the summary made of it. `entry`: where the ledger put it."""

    label: MilestoneLabel
    milestone: Milestone
    entry: str


@dataclass
class Sight:
    """A set, the ledger that was built of it, and which mentions are which labels."""

    one: ArticleSet
    ledger: Ledger
    milestones: dict[Place, Told] = field(default_factory=dict)
    actors: dict[Place, str] = field(default_factory=dict)
    """Labelled mentions of actors that were found, with the id of the ledger's actor."""
    labelled_milestones: int = 0
    labelled_actors: int = 0

    def language(self, place: Place) -> str:
        return self.one.article(place[1]).label.language


def look(one: ArticleSet, summaries: Sequence[Summary], ledger: Ledger) -> Sight:
    """Match the summaries of a set, in the order of its articles, to its labels; sources bear the ids of articles."""
    sight = Sight(one, ledger)
    entries = {(m.source, m.number): entry.id for entry in ledger.entries for m in entry.mentions}
    actors = {(m.source, m.number): actor.id for actor in ledger.actors for m in actor.mentions}
    for article, summary in zip(one.articles, summaries, strict=True):
        _milestones(sight, article, summary, entries)
        _actors(sight, article, summary, actors)
    return sight


def _milestones(sight: Sight, article: Article, summary: Summary, entries: dict[tuple[str, int], str]) -> None:
    labels = told(sight.one, article)
    sight.labelled_milestones += len(labels)
    where = [article.locator.sentences(label.sentences) for _, label in labels]
    pairs = match_milestones(summary.milestones, [label for _, label in labels], where, article.label.language)
    for pair in pairs:
        name, label = labels[pair.label]
        entry = entries.get((article.id, pair.predicted))
        if entry is not None:
            sight.milestones[name, article.id] = Told(label, summary.milestones[pair.predicted], entry)


def _actors(sight: Sight, article: Article, summary: Summary, actors: dict[tuple[str, int], str]) -> None:
    labels = named(sight.one, article)
    sight.labelled_actors += len(labels)
    where: list[Sentences] = [sight.one.named(mention) for _, mention in labels]
    quotes = [[span.quote for span in article.document.spans(sorted(numbers))] for numbers in where]
    flat = [actor.actor(mention, words) for (actor, mention), words in zip(labels, quotes, strict=True)]
    for pair in match_actors(summary.actors, flat, where, article.label.language):
        found = actors.get((article.id, pair.predicted))
        if found is not None:
            sight.actors[labels[pair.label][0].id, article.id] = found


def cites(sight: Sight, place: Place, words: str) -> bool:
    """Whether the summary's milestone cites the sentence of the label that holds these words."""
    told_there = sight.milestones[place]
    quotes = [quote for quote in told_there.label.sentences if words in quote]
    return bool(cited(told_there.milestone) & sight.one.sentences(place[1], quotes))
