"""The summaries that a perfect summariser would give of a set: what the labels say, in the form of an output.

A ledger that is built from them and is wrong is wrong by itself; that is what the system `labels` measures.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from evals.labels import MilestoneLabel
from evals.timeline.labels import ActorEntryLabel, ActorMentionLabel
from evals.timeline.sets import Article, ArticleSet
from summariser import __version__
from summariser.schema import SUPPORTED, Actor, Milestone, MilestoneField, Provenance, Summary

FIELDS: tuple[MilestoneField, ...] = ("title", "date", "jurisdiction", "instrument", "status", "binding")


def told(one: ArticleSet, article: Article) -> list[tuple[str, MilestoneLabel]]:
    """The labelled milestones of an article in the order of its text, each with the id of its entry."""
    found = [
        (entry.id, entry.milestone(mention))
        for entry in one.labels.entries
        for mention in entry.mentions
        if mention.article == article.id
    ]
    return sorted(found, key=lambda pair: min(article.locator.sentences(pair[1].sentences), default=0))


def named(one: ArticleSet, article: Article) -> list[tuple[ActorEntryLabel, ActorMentionLabel]]:
    """The labelled actors of an article, in the order of the labels."""
    return [(actor, m) for actor in one.labels.actors for m in actor.mentions if m.article == article.id]


def summary(one: ArticleSet, article: Article) -> Summary:
    """What the labels say of one article, with exact evidence."""
    document = article.document
    return Summary(
        document=document,
        language=document.language,
        milestones=tuple(_milestone(article, label) for _, label in told(one, article)),
        actors=tuple(_actor(one, article, actor, mention) for actor, mention in named(one, article)),
        provenance=Provenance(
            engine="extractive",
            model="labels",
            source="embedded",
            prompt_version=None,
            library_version=__version__,
            created=dt.datetime.now(dt.UTC),
        ),
    )


def summaries(one: ArticleSet) -> list[Summary]:
    return [summary(one, article) for article in one.articles]


def _milestone(article: Article, label: MilestoneLabel) -> Milestone:
    return Milestone(
        title=label.title,
        date=label.date,
        date_text=label.date_text,
        date_basis=label.date_basis,
        date_role=label.date_role,
        jurisdictions=tuple(label.jurisdictions),
        instrument=label.instrument,
        binding=label.binding,
        status=label.status,
        evidence=article.document.spans(_sorted(article.locator.sentences(label.sentences))),
        verdict=SUPPORTED,
        fields=dict.fromkeys(FIELDS, SUPPORTED),
    )


def _actor(one: ArticleSet, article: Article, actor: ActorEntryLabel, mention: ActorMentionLabel) -> Actor:
    return Actor(
        name=mention.name,
        aliases=tuple(mention.aliases),
        kind=actor.kind,
        role=mention.role,
        evidence=article.document.spans(_sorted(one.named(mention))),
        verdict=SUPPORTED,
    )


def _sorted(sentences: Iterable[int]) -> list[int]:
    return sorted(sentences)
