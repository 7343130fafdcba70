"""Ledgers made by hand, so that what stands on top of `build` is tested without it."""

from __future__ import annotations

import random

from summariser.schema import SUPPORTED, Actor, Milestone, PartialDate, Span
from summariser.timeline.model import (
    ActorEntry,
    ActorMention,
    Conflict,
    ConflictSide,
    Entry,
    Ledger,
    Mention,
    Source,
    StatedRole,
    Thread,
)


def source(identity: str, **facts: object) -> Source:
    given = {"title": identity, "language": "en", "engine": "llm", "content_hash": identity * 4, **facts}
    return Source(id=identity, **given)  # type: ignore[arg-type]


def span(number: int, words: str) -> Span:
    return Span(sentence=number, start=100 * number, end=100 * number + len(words), quote=words)


def mention(source: str, number: int, quote: str, title: str, actors: tuple[str, ...] = (), **facts: object) -> Mention:
    milestone = Milestone(title=title, evidence=(span(number + 1, quote),), verdict=SUPPORTED, **facts)  # type: ignore[arg-type]
    return Mention(source=source, number=number, milestone=milestone, actors=actors)


def entry(identity: str, *mentions: Mention, **facts: object) -> Entry:
    """An entry with the facts of its first mention, unless others are given."""
    first = mentions[0].milestone
    given: dict[str, object] = {
        "title": first.title,
        "date": first.date,
        "date_text": first.date_text,
        "date_basis": "stated" if first.date else "none",
        "date_role": first.date_role,
        "jurisdictions": first.jurisdictions,
        "instrument": first.instrument,
        "binding": first.binding,
        "status": first.status,
        "actors": tuple(sorted({actor for found in mentions for actor in found.actors})),
        **facts,
    }
    return Entry(id=identity, mentions=mentions, **given)  # type: ignore[arg-type]


def norland() -> Ledger:
    """Three articles on an invented act: proposed, adopted (on two days, by two counts), in force, with a deadline."""
    sources = (
        source("wire", url="https://news.example/norland-act", published=PartialDate("2024-03-14")),
        source("paper", url="https://paper.example/a?b=1#top", published=PartialDate("2024-03-15")),
        source("loi", title="Le Norland adopte sa loi", language="fr"),
    )
    about: dict[str, object] = {"jurisdictions": ("NO",), "instrument": "law", "binding": True}
    proposed = mention(
        "wire", 0, "The bill was tabled in April 2023.", "AI bill tabled", ("mayor",),
        date=PartialDate("2023-04"), date_text="in April 2023", date_role="event", status="proposed", **about,
    )  # fmt: skip
    adopted = (
        mention(
            "wire", 1, "The council adopted the act on 13 March 2024 with 37 votes.", "Norland adopts its AI act",
            ("council", "mayor"), date=PartialDate("2024-03-13"), date_text="on 13 March 2024", date_role="event",
            status="adopted", **about,
        ),
        mention(
            "paper", 0, "On 14 March the council passed the act; 39 members voted for it.", "AI act passed",
            ("council",), date=PartialDate("2024-03-14"), date_text="On 14 March", date_role="event",
            status="adopted", **about,
        ),
        mention(
            "loi", 0, "Le conseil a adopté la loi en mars 2024.", "Adoption de la loi", ("council",),
            date=PartialDate("2024-03"), date_role="event", status="adopted", **about,
        ),
    )  # fmt: skip
    deadline = mention(
        "paper", 1, "Providers must register by 30 June 2026.", "Registration of high-risk systems",
        date=PartialDate("2026-06-30"), date_text="by 30 June 2026", date_role="deadline", status="planned", **about,
    )  # fmt: skip
    force = mention(
        "paper", 2, "The act takes effect in the third quarter of 2025.", "The act takes effect",
        date=PartialDate("2025-Q3"), date_role="effective", status="planned", **about,
    )  # fmt: skip
    summit = mention(
        "loi", 1, "Un sommet s’est tenu avec l’Union européenne.", "Sommet sur l’IA",
        jurisdictions=("EU", "NO"), instrument="event", status="held",
    )  # fmt: skip
    sides = (
        ConflictSide(value="2024-03-13", quote=adopted[0].milestone.evidence[0], source="wire",
                     published=PartialDate("2024-03-14")),
        ConflictSide(value="2024-03-14", quote=adopted[1].milestone.evidence[0], source="paper",
                     published=PartialDate("2024-03-15")),
    )  # fmt: skip
    votes = tuple(side.model_copy(update={"value": value}) for side, value in zip(sides, ("37", "39"), strict=True))
    return Ledger(
        sources=sources,
        entries=(
            entry("e1", proposed, thread="t1"),
            entry("e2", *adopted, thread="t1", date=PartialDate("2024-03"), date_text=None, conflicts=("c1", "c2")),
            entry("e3", force, thread="t1"),
            entry("e4", deadline, thread="t1"),
            entry("e5", summit),
        ),
        threads=(
            Thread(id="t1", title="Norland AI Act", instrument="law", jurisdictions=("NO",), status="adopted",
                   entries=("e1", "e2", "e3", "e4")),
        ),
        actors=(
            _actor("mayor", "Ada Brandt", "person", "wire", aliases=("Mayor Brandt", "Élysée"), role="Mayor"),
            _actor("council", "Council of Norland", "government_body", "wire", "paper", "loi"),
        ),
        conflicts=(
            Conflict(id="c1", kind="date", entry="e2", about="event", sides=sides),
            Conflict(id="c2", kind="count", entry="e2", about="votes", sides=votes),
        ),
    )  # fmt: skip


def _actor(
    identity: str, name: str, kind: str, *sources: str, aliases: tuple[str, ...] = (), role: str | None = None
) -> ActorEntry:
    return ActorEntry(
        id=identity,
        name=name,
        aliases=aliases,
        kind=kind,  # type: ignore[arg-type]
        roles=(StatedRole(role=role, sources=sources),) if role else (),
        mentions=tuple(
            ActorMention(
                source=found,
                number=0,
                actor=Actor(
                    name=name, aliases=aliases, kind=kind, role=role, evidence=(span(3, name),), verdict=SUPPORTED
                ),  # type: ignore[arg-type]
            )
            for found in sources
        ),
    )


def attacked(attack: str) -> Ledger:
    """A ledger of which every text is hostile."""
    home = source("a", title=attack, name=attack, url=f"https://ok.example/{attack}", language="en")
    other = source("b", title=attack, url=attack, language="en")
    said = mention(
        "a", 0, f"First {attack} sentence.", attack, ("x",), date_text=attack, jurisdictions=(attack,),
        date=PartialDate("2024-05-06"), status="adopted",
    )  # fmt: skip
    denied = mention("b", 0, f"Second {attack} sentence.", attack, ("x",), jurisdictions=(attack,), status="rejected")
    later = mention("b", 1, f"Third {attack}.", attack, ("x",), date=PartialDate("2025"), date_role="deadline")
    sides = tuple(
        ConflictSide(value=attack, quote=found.milestone.evidence[0], source=found.source) for found in (said, denied)
    )
    return Ledger(
        sources=(home, other),
        entries=(
            entry("e1", said, denied, thread="t1", conflicts=("c1",)),
            entry("e2", later, thread="t1", jurisdictions=(attack,)),
        ),
        threads=(Thread(id="t1", title=attack, jurisdictions=(attack,), entries=("e1", "e2")),),
        actors=(_actor("x", attack, "other", "a", "b", aliases=(attack,), role=attack),),
        conflicts=(Conflict(id="c1", kind="count", entry="e1", about=attack, sides=sides),),
    )


def many(count: int, seed: int = 7) -> Ledger:
    """A ledger of this many entries in 14 jurisdictions over eight years, half of them in threads of four."""
    dice = random.Random(seed)
    codes = ["EU", "US", "GB", "FR", "CN", "JP", "IN", "BR", "MA", "KE", "US-CA", "US-CO", "UN", "DE"]
    statuses = ["proposed", "adopted", "in_force", "planned", "published", "withdrawn", "unknown", "established"]
    sources = tuple(
        source(f"s{n}", title=f"Article {n} on the policy of artificial intelligence",
               url=f"https://news.example/{n}", published=PartialDate.of(2019 + n % 8, 1 + n % 12))
        for n in range(max(1, count // 4))
    )  # fmt: skip
    entries, threads, conflicts = [], [], []
    for n in range(count):
        date = PartialDate.of(2019 + n * 8 // count, dice.randint(1, 12), dice.choice([None, dice.randint(1, 28)]))
        told = tuple(
            mention(
                found.id, n,
                f"Sentence {n} of an article says that the bill on automated decisions was adopted by the chamber.",
                f"Milestone {n}: the chamber votes on a bill about automated decisions", ("a" + str(n % 60),),
                date=None if n % 25 == 0 else date, date_role="deadline" if n % 9 == 0 else "event",
                status=statuses[n % 8], instrument=dice.choice(["law", "strategy", "guidance", "institution"]),
                jurisdictions=(codes[dice.randrange(14)],), binding=dice.choice([True, False, None]),
            )
            for found in dice.sample(sources, min(len(sources), dice.choice([1, 1, 2, 3])))
        )  # fmt: skip
        thread = f"t{n // 8}" if n % 8 < 4 and n - n % 8 + 3 < count else None
        clash = (f"c{n}",) if n % 40 == 3 and len(told) > 1 else ()
        entries.append(entry(f"e{n}", *told, thread=thread, conflicts=clash))
        conflicts += [
            Conflict(id=key, kind="date", entry=f"e{n}", about="event", sides=tuple(
                ConflictSide(value=f"2024-03-{13 + k}", quote=found.milestone.evidence[0], source=found.source)
                for k, found in enumerate(told)))
            for key in clash
        ]  # fmt: skip
        if thread and n % 8 == 3:
            stages = tuple(f"e{k}" for k in range(n - 3, n + 1))
            threads.append(Thread(id=thread, title=f"Bill {n // 8}", instrument="law", jurisdictions=("EU",),
                                  status="adopted", entries=stages))  # fmt: skip
    dated = sorted(entries, key=lambda item: (item.date is None, item.date or "", item.id))
    actors = tuple(_actor(f"a{n}", f"Actor {n:02}", "government_body", sources[0].id) for n in range(60))
    return Ledger(sources=sources, entries=tuple(dated), threads=tuple(threads), actors=actors,
                  conflicts=tuple(conflicts))  # fmt: skip
