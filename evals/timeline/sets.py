"""Sets of articles with their labelled ledgers, and each article as the package reads it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from evals.cases import HERE
from evals.locate import Locator
from evals.timeline.labels import ActorMentionLabel, ArticleLabel, LedgerLabels
from evals.timeline.problems import problems, stands

if TYPE_CHECKING:
    from summariser.schema import Document

LEDGERS = HERE / "ledgers"


class NoSuchSetError(ValueError):
    """A set was asked for that does not exist."""


@dataclass(frozen=True)
class Article:
    """One article of a set; `source` is its file, or its text where a program wrote it."""

    set_slug: str
    label: ArticleLabel
    source: Path | str

    @property
    def slug(self) -> str:
        """``set/article``: the folder of its recordings."""
        return f"{self.set_slug}/{self.label.id}"

    @property
    def id(self) -> str:
        return self.label.id

    @cached_property
    def document(self) -> Document:
        """The article as a caller who knows the publication date would have it read."""
        from summariser.documents import read

        return read(self.source, published=self.label.published)

    @cached_property
    def locator(self) -> Locator:
        return Locator(self.document)


@dataclass(frozen=True)
class ArticleSet:
    """One set: its articles in the order of the labels, and the ledger that they should give."""

    slug: str
    labels: LedgerLabels
    articles: tuple[Article, ...]

    def article(self, name: str) -> Article:
        return next(article for article in self.articles if article.id == name)

    def sentences(self, article: str, quotes: Iterable[str]) -> frozenset[int]:
        """The numbers of the sentences of an article in which these quotes stand."""
        return self.article(article).locator.sentences(quotes)

    def named(self, mention: ActorMentionLabel) -> frozenset[int]:
        """The sentences that name an actor; those that hold a name of somebody else too only where there are no others.

        Two people of one name are told apart by the sentences in which something else tells who is meant.
        """
        article = self.article(mention.article)
        shared = {
            form
            for actor in self.labels.actors
            for other in actor.mentions
            if other.article == mention.article and other is not mention
            for form in other.forms
        }
        own = [form for form in mention.forms if form not in shared]
        marks = [*own, *([mention.role] if mention.role else [])]
        return _holding(article.document, marks) or _holding(article.document, mention.forms)


def _holding(document: Document, words: Iterable[str]) -> frozenset[int]:
    wanted = list(words)
    return frozenset(
        sentence.number for sentence in document.sentences if any(stands(one, sentence.text) for one in wanted)
    )


def load_sets(folder: Path = LEDGERS, slugs: Iterable[str] = ()) -> list[ArticleSet]:
    """The sets of a folder in the order of their names, or those with the given slugs.

    Raises `NoSuchSetError` for an unknown slug and `ValueError` with every fault of every labelled ledger.
    """
    there = sorted(path.parent.name for path in folder.glob("*/ledger.yaml"))
    if not there:
        raise NoSuchSetError(f"no sets in {folder}: a set is a folder with ledger.yaml and its articles")
    wanted = list(dict.fromkeys(slugs))
    unknown = [slug for slug in wanted if slug not in there]
    if unknown:
        raise NoSuchSetError(f"no such set in {folder.name}/: {', '.join(unknown)}")
    found: list[ArticleSet] = []
    faults: list[str] = []
    for slug in wanted or there:
        try:
            found.append(load_set(folder / slug))
        except ValueError as error:
            faults.append(str(error))
    if faults:
        raise ValueError("\n".join(faults))
    return found


def load_set(folder: Path) -> ArticleSet:
    """One set; raises `ValueError` with every problem when its labels contradict its articles."""
    import yaml

    labels = LedgerLabels.model_validate(yaml.safe_load((folder / "ledger.yaml").read_text("utf-8")))
    paths = {path.stem: path for path in sorted(folder.glob("*.txt"))}
    return checked(folder.name, labels, paths)


def checked(slug: str, labels: LedgerLabels, sources: dict[str, Path] | dict[str, str]) -> ArticleSet:
    """A set from its labels and its articles (files or texts, by id), once they agree with one another."""
    texts = {name: one if isinstance(one, str) else one.read_text("utf-8") for name, one in sources.items()}
    wrong = problems(labels, texts)
    if wrong:
        raise ValueError("\n".join(f"{slug}: {fault}" for fault in wrong))
    return ArticleSet(slug, labels, tuple(Article(slug, label, sources[label.id]) for label in labels.articles))


def unread(one: ArticleSet) -> list[str]:
    """Where the package reads an article of a set otherwise than its labels take for granted."""
    found = []
    for article in one.articles:
        document = article.document
        if document.language != article.label.language:
            found.append(f"{article.slug}: read as {document.language}, labelled {article.label.language}")
        if not document.title:
            found.append(f"{article.slug}: the package reads no title")
    for entry in one.labels.entries:
        for mention in entry.mentions:
            lost = [quote for quote in mention.quotes if not one.sentences(mention.article, [quote])]
            found += [f"{one.slug}/{mention.article}: in no sentence that the package reads: {q!r}" for q in lost]
    for actor in one.labels.actors:
        for named in actor.mentions:
            if not one.named(named):
                found.append(f"{one.slug}/{named.article}: actor {actor.id} stands in no sentence")
    return found
