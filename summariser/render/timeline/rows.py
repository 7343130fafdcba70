"""What the page's template is given of an entry: its facts in words, what each article says, and its conflicts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from summariser.render.marks import Mark, Piece, find, pieces
from summariser.render.origin import web_address
from summariser.render.text import one_line
from summariser.render.timeline.links import at_sentence
from summariser.render.timeline.wording import Wording, progress
from summariser.render.words import Stage, Words

if TYPE_CHECKING:
    from summariser.schema import Document, Span
    from summariser.timeline.exports.selecting import View
    from summariser.timeline.model import Conflict, ConflictSide, Entry, Mention, Source


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence with the words that matter in pieces, and the sentences around it where they are known."""

    number: int
    before: str
    pieces: list[Piece]
    after: str
    link: str | None


@dataclass(frozen=True, slots=True)
class Article:
    """A source as it is named: `link` only where it may be linked to."""

    id: str
    label: str
    language: str | None
    published: str
    link: str | None


@dataclass(frozen=True, slots=True)
class Telling:
    """What one article says of an entry: its own title for it, its own date and status, its sentences."""

    article: Article
    title: str
    facts: str
    quotes: list[Quote]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a conflict."""

    value: str
    article: Article
    quote: Quote


@dataclass(frozen=True, slots=True)
class Dispute:
    """A conflict: what kind it is in words, and its sides."""

    id: str
    words: str
    sides: list[Side]


@dataclass(frozen=True, slots=True)
class Row:
    """An entry of the list. `first` and `last` are days in ISO form, "" without a date; `thread` is (id, place, of)."""

    id: str
    title: str
    language: str | None
    date: str
    first: str
    last: str
    aside: str
    status: str
    status_words: str
    stage: Stage
    places: tuple[tuple[str, str], ...]
    instrument: str
    instrument_words: str
    binding: str
    thread: tuple[str, int, int] | None
    actors: tuple[str, ...]
    known_as: str
    """The actors' other names, to be found by."""
    disputes: list[Dispute]
    tellings: list[Telling]
    change: str
    newly_conflicting: bool


class Rows:
    """Makes the rows of one view."""

    def __init__(self, view: View, words: Words) -> None:
        self.view = view
        self.ledger = view.ledger
        self.words = words
        self.told = Wording(view, words)
        self.articles = {source.id: self._article(source) for source in self.ledger.sources}

    def row(self, entry: Entry) -> Row:
        """An entry in words."""
        words, date = self.words, entry.date
        actors = [self.ledger.actor(actor) for actor in entry.actors]
        home = next((m for m in entry.mentions if m.milestone.title == entry.title), entry.mentions[0])
        return Row(
            id=entry.id,
            title=one_line(entry.title),
            language=self.ledger.source(home.source).language,
            date=words.date(date) if date else words("timeline", "no_date"),
            first=date.first.isoformat() if date else "",
            last=date.last.isoformat() if date else "",
            aside=", ".join(self.told.asides(entry)),
            status=entry.status,
            status_words=words("status", entry.status),
            stage=progress(entry),
            places=tuple((one_line(code), one_line(words.place(code))) for code in entry.jurisdictions),
            instrument=entry.instrument,
            instrument_words=words("instrument", entry.instrument) if entry.instrument != "other" else "",
            binding={True: words("ui", "binding"), False: words("ui", "not_binding"), None: ""}[entry.binding],
            thread=self._thread(entry),
            actors=tuple(one_line(actor.name) for actor in actors),
            known_as=one_line("; ".join(alias for actor in actors for alias in actor.aliases)),
            disputes=[self._dispute(entry, self.ledger.conflict(conflict)) for conflict in entry.conflicts],
            tellings=[self._telling(mention) for mention in entry.mentions],
            change=self.view.change(entry),
            newly_conflicting=self.view.newly_conflicting(entry),
        )

    def _thread(self, entry: Entry) -> tuple[str, int, int] | None:
        thread = self.view.thread(entry)
        return (thread.id, thread.entries.index(entry.id) + 1, len(thread.entries)) if thread else None

    def _article(self, source: Source) -> Article:
        words = self.words
        return Article(
            id=source.id,
            label=one_line(source.label),
            language=source.language,
            published=words("timeline", "published", words.date(source.published))
            if source.published
            else words("timeline", "not_published"),
            link=web_address(source.url),
        )

    def _telling(self, mention: Mention) -> Telling:
        step = mention.milestone
        facts = [self.words.when(step), *self.words.facts(step)]
        if step.date_text:
            facts.insert(1, self.words.quoted(step.date_text))
        return Telling(
            article=self.articles[mention.source],
            title=one_line(step.title),
            facts=one_line(" · ".join(facts)),
            quotes=[self._quote(mention.source, span, step.date_text) for span in step.evidence],
        )

    def _dispute(self, entry: Entry, conflict: Conflict) -> Dispute:
        kind = self.words("timeline", "count") if conflict.kind == "count" else self.words("field", conflict.kind)
        about = f"{kind} ({one_line(conflict.about)})" if conflict.kind == "count" and conflict.about else kind
        sides = [self._side(entry, conflict, side) for side in conflict.sides]
        return Dispute(conflict.id, self.words("timeline", "conflict", about), sides)

    def _side(self, entry: Entry, conflict: Conflict, side: ConflictSide) -> Side:
        value, marked = one_line(side.value), side.value
        if conflict.kind == "status":
            value = self.words("status", side.value)
        elif conflict.kind == "date":
            # The sentence has the date in words: those that the article's own mention of the step has for it.
            said = (m.milestone for m in entry.mentions if m.source == side.source and m.milestone.date == side.value)
            marked = next((step.date_text for step in said if step.date_text), side.value)
        return Side(value, self.articles[side.source], self._quote(side.source, side.quote, marked))

    def _quote(self, source: str, span: Span, marked: str | None) -> Quote:
        text = one_line(span.quote)
        place = find(one_line(marked), text) if marked else None
        document = self.view.contexts.get(source)
        return Quote(
            number=span.sentence,
            before=_around(document, span.sentence - 1),
            pieces=pieces(text, [Mark(*place, "date", "")] if place else []),
            after=_around(document, span.sentence + 1),
            link=at_sentence(self.ledger.source(source).url, span.quote),
        )


def _around(document: Document | None, number: int) -> str:
    sentence = document.sentence(number) if document else None
    return one_line(sentence.text) if sentence else ""
