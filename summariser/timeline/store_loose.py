"""Articles of which no store is kept, with what a store answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Protocol

from summariser.schema import Document, Summary
from summariser.timeline.building import build
from summariser.timeline.model import Ledger


class Articles(Protocol):
    """Where a ledger comes from: a `Store`, or `Loose` articles."""

    def ledger(self) -> Ledger:
        """The ledger of all articles."""

    def before(self, day: dt.date) -> Ledger:
        """The ledger of those that had appeared before this day."""

    def documents(self, ids: Iterable[str]) -> Mapping[str, Document]:
        """The documents of some by id, with the cited sentences and their neighbours at least."""


class Loose:
    """The articles of one call."""

    def __init__(self, articles: Iterable[tuple[str, Summary]]) -> None:
        named = dict(unique(articles))
        first: dict[str, str] = {}
        for identifier in sorted(named):
            first.setdefault(named[identifier].document.content_hash, identifier)
        # One text under several ids is one article: the first id in order stands, as in a store.
        self.articles = {identifier: named[identifier] for identifier in first.values()}

    def ledger(self) -> Ledger:
        return build(self.articles.values(), list(self.articles))

    def before(self, day: dt.date) -> Ledger:
        """An article without a date of publication counts as later: nothing that may be new is taken for known."""
        early = {
            identifier: summary
            for identifier, summary in self.articles.items()
            if summary.document.published and summary.document.published.last < day
        }
        return build(early.values(), list(early))

    def documents(self, ids: Iterable[str]) -> Mapping[str, Document]:
        return {identifier: self.articles[identifier].document for identifier in ids}


def unique(articles: Iterable[tuple[str, Summary]]) -> Iterable[tuple[str, Summary]]:
    """The articles with ids that tell them apart.

    Summaries that were saved one by one are known by their file's name, and two folders can each have an
    ``article.txt``: a later one with another text gets the beginning of its text's hash added.
    """
    seen: dict[str, str] = {}
    for identifier, summary in articles:
        content = summary.document.content_hash
        if seen.setdefault(identifier, content) != content:
            yield f"{identifier} ({content[:8]})", summary
        else:
            yield identifier, summary
