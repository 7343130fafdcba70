"""An actor of one document, taken apart, and a group of those that are one actor."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from summariser.evidence import text as tx
from summariser.evidence.jurisdiction import codes
from summariser.schema import Actor, Summary
from summariser.timeline import lists
from summariser.timeline.names import Body, body
from summariser.timeline.person_names import Person, person
from summariser.timeline.terms import PLAIN, terms

FORMS = 8
"""Forms of one name that are compared."""
STORY = 3
"""Words of milestones that two articles on one event have in common."""


@dataclass(eq=False)
class Seen:
    """One actor of one document, with what tells it from others."""

    source: str
    number: int
    actor: Actor
    person: Person | None
    role: frozenset[str]
    occupations: frozenset[str]
    places: frozenset[str]
    """Of the role, for a person; of the cited sentences, else of the document's milestones, for a body."""
    home: frozenset[str]
    """Of the document's milestones."""
    company: frozenset[str]
    """Everybody else in the document but countries, by name."""
    titles: tuple[str, ...] = ()
    """Of the document's milestones."""
    language: str = "en"

    @property
    def key(self) -> tuple[str, int]:
        return self.source, self.number

    @cached_property
    def story(self) -> frozenset[str]:
        """What the document's milestones are told of with: words that few have in common."""
        found = (terms(title, self.language) for title in self.titles)
        return frozenset(word for row in found for word, weight in row.items() if weight >= PLAIN)

    @cached_property
    def body(self) -> Body:
        """The name taken apart as one of a body, which most people's never are."""
        return body(self.actor.name)


@dataclass(eq=False)
class Group:
    """Mentions that are one actor."""

    members: list[Seen] = field(default_factory=list)
    names: dict[Person, None] = field(default_factory=dict)
    """The forms of a person's name, each once."""
    sources: set[str] = field(default_factory=set)
    role: set[str] = field(default_factory=set)
    occupations: set[str] = field(default_factory=set)
    company: set[str] = field(default_factory=set)
    places: Counter[str] = field(default_factory=Counter)
    home: set[str] = field(default_factory=set)

    def add(self, seen: Seen) -> None:
        self.members.append(seen)
        if seen.person is not None and len(self.names) < FORMS:
            self.names[seen.person] = None
        self.sources.add(seen.source)
        self.role |= seen.role
        self.occupations |= seen.occupations
        if len(self.company) < 500:
            self.company |= seen.company
        self.places.update(seen.places)
        self.home |= seen.home

    def tells_of(self, one: Seen) -> bool:
        """Whether a document of the group tells the story of another document: two telling words in common."""
        return any(len(member.story & one.story) >= STORY for member in self.members[:FORMS])

    @property
    def core(self) -> frozenset[str]:
        """The places that it is mostly told of with."""
        most = max(self.places.values(), default=0)
        return frozenset(code for code, count in self.places.items() if count * 5 >= most * 2)


def seen_in(source: str, summary: Summary) -> list[Seen]:
    """The actors of one summary, taken apart."""
    found: list[Seen] = []
    at_home = frozenset(code for milestone in summary.milestones for code in milestone.jurisdictions)
    people = [_person_of(actor) for actor in summary.actors]
    marks = [_mark(actor, who) for actor, who in zip(summary.actors, people, strict=True)]
    for number, (actor, who) in enumerate(zip(summary.actors, people, strict=True)):
        words = _role_words(actor.role or "")
        role = {tx.stem(key) for key in words if key not in tx.stopwords("en") and key not in lists.words("links")}
        known = [*_held(words), *((who.title - {"doctor"}) if who else ())]
        occupations = frozenset(kind for key in known for kind in lists.occupations().get(key, ()))
        if who is not None:
            places = codes(actor.role or "")
        else:
            places = codes(" ".join(span.quote for span in actor.evidence[:3])) or at_home
        found.append(
            Seen(
                source=source,
                number=number,
                actor=actor,
                person=who,
                role=frozenset(role) | frozenset(tx.stem(key) for key in (who.title if who else ())),
                occupations=occupations,
                places=places,
                home=at_home,
                titles=tuple(milestone.title for milestone in summary.milestones),
                language=summary.language or "en",
                company=frozenset(mark for mark in marks if mark and mark != marks[number]),
            )
        )
    return found


def _role_words(role: str) -> list[str]:
    """The words of a role, short forms of titles written out."""
    short = dict(lists.pairs("short_titles"))
    return [short.get(token.key, token.key) for token in tx.tokens(role) if token.is_word]


def _held(words: list[str]) -> list[str]:
    """The words of a role without those of an office that was held before: "a former judge" may be a president."""
    past = lists.words("past")
    return words[: next((at for at, word in enumerate(words) if word in past), len(words))]


def _mark(actor: Actor, who: Person | None) -> str | None:
    """What an actor is known by in company: a surname as it sounds, the words of a body; nothing for a country or a
    body of a common name, which every article has."""
    if who is not None:
        return f"{who.sounds[-1]}."
    parts = body(actor.name)
    return None if parts.whole or (parts.generic and len(parts.words) < 2) else " ".join(sorted(parts.words))


def _person_of(actor: Actor) -> Person | None:
    """The fullest form of a person's name in the document; None for what is no named person."""
    if actor.kind != "person":
        return None
    forms = [found for form in (actor.name, *actor.aliases) if (found := person(form)) is not None]
    if not forms or person(actor.name) is None:
        return None
    best = max(forms, key=lambda form: len(form.words))
    if lists.words("heads") & set(best.words):
        return None  # taken for a person: "Frontier Models Office"
    return best._replace(title=frozenset(word for form in forms for word in form.title))
