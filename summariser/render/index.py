"""The page that lists many summaries: search and filter by actor, jurisdiction, status and date, linking their pages.

Everything is in the HTML, so that it reads without scripts; the script only hides what does not fit the filters.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Self

from summariser.render.text import one_line
from summariser.render.words import LANGUAGES, Words

if TYPE_CHECKING:
    from summariser.schema import Milestone, PartialDate, Status, Summary

_NAME_PARTS = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone as the list shows it."""

    title: str
    date: PartialDate | None
    status: Status
    jurisdictions: tuple[str, ...]

    @classmethod
    def of(cls, milestone: Milestone) -> Self:
        return cls(milestone.title, milestone.date, milestone.status, milestone.jurisdictions)


@dataclass(frozen=True, slots=True)
class Entry:
    """A summary as the list shows it: `href` is its page, relative to the index."""

    href: str
    title: str
    category: str | None = None
    byline: str | None = None
    published: PartialDate | None = None
    language: str | None = None
    """Of the summary."""
    document_language: str | None = None
    highlights: tuple[str, ...] = ()
    actors: tuple[tuple[str, ...], ...] = ()
    """For each actor its name and then its aliases."""
    steps: tuple[Step, ...] = ()
    rejected: int = 0

    @classmethod
    def of(cls, href: str, summary: Summary) -> Self:
        """What the list needs of a summary, so that the summaries themselves need not stay in memory."""
        document = summary.document
        return cls(
            href=href,
            title=document.title or document.name or "",
            category=document.category,
            byline=document.byline,
            published=document.published,
            language=summary.language,
            document_language=document.language,
            highlights=tuple(highlight.text for highlight in summary.highlights),
            actors=tuple((actor.name, *actor.aliases) for actor in summary.actors),
            steps=tuple(Step.of(milestone) for milestone in summary.milestones),
            rejected=len(summary.rejected),
        )


def index(entries: Sequence[Entry], *, title: str | None = None) -> str:
    """The list as one self-contained page, in the order given; its own words in the language of most entries."""
    from summariser.render.html import render

    words = Words(_common_language(entries))
    codes = {code for entry in entries for step in entry.steps for code in step.jurisdictions}
    statuses = {step.status for entry in entries for step in entry.steps}
    actors = Counter(one_line(actor[0]) for entry in entries for actor in entry.actors)
    return render(
        "index.html.jinja",
        ("index.css",),
        "index.js",
        words=words,
        title=one_line(title or words("index", "title")),
        entries=entries,
        jurisdictions=sorted(((words.place(code), code) for code in codes), key=lambda pair: pair[0].casefold()),
        statuses=sorted((words("status", status), status) for status in statuses),
        # The list of suggestions: those who act in several documents first, and no more than a browser shows quickly.
        actors=[name for name, _ in actors.most_common(300)],
    )


def site(summaries: Iterable[Summary], *, title: str | None = None) -> Iterator[tuple[str, str]]:
    """File names and their HTML: each summary's page as it comes, and last `index.html`, which lists them.

    Of a summary only its entry is kept, so that thousands of them can come from an iterator.
    """
    from summariser.render.html import page

    taken: set[str] = set()
    entries: list[Entry] = []
    for summary in summaries:
        name = page_name(summary, taken)
        entries.append(Entry.of(name, summary))
        yield name, page(summary, index="index.html")
    yield "index.html", index(entries, title=title)


def page_name(summary: Summary, taken: set[str]) -> str:
    """A file name for a summary's page, from its source's name or title; added to `taken`, which it is not in yet."""
    document = summary.document
    source = PurePath(document.name or "").stem or document.title or ""
    # NFC keeps accents as one character; what is no letter and no digit is no part of a name on some system.
    stem = _NAME_PARTS.sub("-", unicodedata.normalize("NFC", one_line(source))).strip("-_").lower()[:60] or "summary"
    name, number = f"{stem}.html", 2
    while name in taken or name == "index.html":
        name, number = f"{stem}-{number}.html", number + 1
    taken.add(name)
    return name


def _common_language(entries: Iterable[Entry]) -> str | None:
    known = Counter(entry.language for entry in entries if entry.language in LANGUAGES)
    return known.most_common(1)[0][0] if known else None
