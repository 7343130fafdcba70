"""Invented articles with known facts: every number makes another article of about 700 words.

An article knows its claims and the sentences that bear each of them out, so that the mock server can give an answer
that a verifier accepts, and the benchmark can tell a right result from a wrong one. Sentences are simple on purpose:
what is measured is the client, not the reading of difficult prose.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

COUNTRIES = ("Valdoria", "Kestria", "Ondaria", "Merovia", "Tavaria", "Brennia", "Solvania", "Istravia")
CAPITALS = ("Port Elan", "Harrowgate", "Lindmouth", "Castelmar", "Norhaven", "Velden", "Tarnholm", "Estermond")
FIRST = ("Ada", "Bruno", "Clara", "Dario", "Elena", "Felix", "Greta", "Henrik", "Irene", "Jonas", "Karin", "Lukas")
LAST = (
    "Brandt", "Castell", "Dorn", "Ekholm", "Farrow", "Grenville", "Holm", "Ivarsen", "Jelinek", "Kovar", "Lindqvist",
    "Marchetti", "Novak", "Oduya", "Pellegrin", "Quist", "Rosander", "Sorel", "Tamm", "Ulvang", "Vasari", "Wendt",
)  # fmt: skip
FIELDS = ("Automated Decisions", "Public Algorithms", "Machine Learning Safety", "Data Stewardship", "Trusted Systems")
FIRMS = ("Nordlys", "Calyptra", "Ferrion", "Zenoptic", "Halcyra", "Brightwell", "Tessaron", "Ombrine")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

DOCKET = re.compile(r"docket (\d{6})")
"""How a request tells which article it is about."""

CITED = (
    "The parliament of {country} adopted the {law} on {adopted}, by {votes} votes to {against}.",
    "The law, filed under docket {docket}, covers companies that use automated systems to decide about people.",
    "{minister}, the minister for digital affairs of {country}, said that the law would protect {citizens} million "
    "citizens.",
    "Companies must register every high-risk system with the {agency} by {deadline}.",
    "The {agency} may fine a company up to {fine} million crowns for each breach.",
    "{head}, the director of the {agency}, said that her office would hire {staff} inspectors.",
    "{boss}, the chief executive of {firm}, said that the rules would cost the industry {cost} million crowns a year.",
    "{firm} employs {workers} people and sells its software in {markets} countries.",
    "{activist}, the director of the {league}, said that the law leaves out {gap}% of the systems in use.",
    "{professor}, a professor of law at the University of {city}, called the text a careful compromise.",
    "The government published the {strategy} on {published}, and set aside {budget} million crowns for it.",
    "{country} held the {summit} in {city} on {held}, and {delegates} delegates attended.",
)
"""Sentences that claims rest on, in the order of the article; the first holds the news."""

LOOSE = (
    "Members of all parties had argued about the draft for more than {n} months.",
    "A first draft had failed in committee after {n} amendments were put forward.",
    "Hospitals in {n} districts already use such systems to sort requests for treatment.",
    "Schools will receive a handbook of {n} pages that explains the duties in plain words.",
    "The handbook was tested with {n} teachers and with the staff of two town halls.",
    "Small firms with fewer than {n} workers can ask for advice without a fee.",
    "A help desk will open in {city} and answer questions on working days.",
    "The desk expects about {n} calls a week during its first season.",
    "Records must be kept for {n} years and shown to an inspector on request.",
    "An inspector who finds a fault has to describe it in writing within {n} days.",
    "The firm concerned can answer the report before a decision is made.",
    "Courts will hear appeals, and a judge can suspend a decision for up to {n} weeks.",
    "Farmers asked for an exception for machines that only count plants or animals.",
    "The committee granted it after a visit to {n} farms near {city}.",
    "Banks had asked for a longer period, because their models are checked once a year.",
    "Translators worked for {n} days on the versions in the other languages of the country.",
    "Neighbouring countries watch the debate, since goods and data cross the border daily.",
    "A survey by a local newspaper counted {n} towns that use at least one such system.",
    "Most of them bought it from a supplier without a public tender.",
    "The register will be open to everyone and can be searched by place and purpose.",
    "Each entry names the supplier, the purpose and the date of the last check.",
    "Critics fear that {n} inspectors could not look at every entry in a year.",
    "Supporters answer that most entries concern simple tools with little risk.",
    "Work on the register began in a converted warehouse by the harbour of {city}.",
    "The building has {n} desks, a small library and a room for hearings.",
    "Trade unions want a say when a system plans the hours of more than {n} workers.",
    "The labour committee will take up that question after the summer break.",
    "Journalists were allowed to follow {n} of the sessions from the gallery.",
    "An exhibition in the lobby shows how a machine reads a form with {n} fields.",
    "Visitors can fill in the form and see which answers change the result.",
    "The exhibition moves to {n} other towns before the end of the year.",
    "Libraries offer short courses, and {n} people signed up on the first day.",
    "Most courses take two evenings and end with a visit to the register.",
    "A committee of {n} experts will look at the rules again after three years.",
    "Its members come from universities, from industry and from town halls across the country.",
    "They meet in {city} four times a year, and their minutes are open to everyone.",
    "The first meeting drew a crowd of {n} listeners, most of them students.",
)
"""Sentences that no claim rests on."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of the expected answer: its fields, and the sentences that bear it out."""

    fields: dict[str, object]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """An article and the answer that is expected: 5 highlights, 7 key points, 10 actors, 4 milestones.

    A claim cites nearly two sentences, as recorded answers of a large model do (2.1).
    """

    number: int
    title: str
    paragraphs: tuple[tuple[str, ...], ...]
    claims: dict[str, tuple[Claim, ...]]

    @property
    def text(self) -> str:
        """The article as a reader pastes it: title, then paragraphs."""
        return f"{self.title}\n\n" + "\n\n".join(" ".join(paragraph) for paragraph in self.paragraphs) + "\n"


def articles(count: int, first: int = 1) -> Iterator[Article]:
    """`count` different articles, made one at a time."""
    return (article(number) for number in range(first, first + count))


@lru_cache(maxsize=2048)
def article(number: int) -> Article:
    """The article of this number (1 to 999999): always the same one."""
    rng = random.Random(number)
    facts = _facts(rng, number)
    cited = [sentence.format(**facts) for sentence in CITED]
    loose = [s.format(n=rng.randint(11, 99), city=facts["city"]) for s in rng.sample(LOOSE, len(LOOSE) - 1)]
    sentences = [cited[0], cited[1], *_mixed(rng, cited[2:], loose)]
    paragraphs = tuple(tuple(sentences[i : i + 3]) for i in range(0, len(sentences), 3))
    return Article(number, f"{facts['country']} Adopts Its {facts['law']}", paragraphs, _claims(facts, cited))


def found(text: str) -> list[int]:
    """The numbers of the articles that a text holds, in its order."""
    return [int(number) for number in DOCKET.findall(text)]


def long_document(words: int) -> str:
    """A report of about this many words: articles one after the other, each under a heading of its own."""
    parts: list[str] = []
    count = 0
    number = 500_000
    while count < words:
        number += 1
        made = article(number)
        body = "\n\n".join(" ".join(paragraph) for paragraph in made.paragraphs)
        parts.append(f"# Chapter {len(parts) + 1}: {made.title}\n\n{body}\n")
        count += len(body.split())
    return "\n".join(parts)


def _mixed(rng: random.Random, cited: list[str], loose: list[str]) -> list[str]:
    """Loose sentences with the cited ones spread over them, both in their own order."""
    places = set(rng.sample(range(len(cited) + len(loose)), len(cited)))
    sources = iter(cited), iter(loose)
    return [next(sources[place not in places]) for place in range(len(cited) + len(loose))]


def _facts(rng: random.Random, number: int) -> dict[str, str]:
    names = [f"{first} {last}" for first, last in zip(rng.sample(FIRST, 5), rng.sample(LAST, 5), strict=True)]
    field = rng.choice(FIELDS)
    numbers = {
        "votes": (101, 180), "against": (20, 90), "citizens": (3, 60), "fine": (12, 48), "staff": (60, 240),
        "cost": (110, 460), "workers": (310, 940), "markets": (6, 19), "gap": (21, 68), "budget": (310, 890),
        "delegates": (150, 480),
    }  # fmt: skip
    return {name: str(rng.randint(*bounds)) for name, bounds in numbers.items()} | {
        "docket": f"{number:06d}",
        "country": rng.choice(COUNTRIES),
        "city": rng.choice(CAPITALS),
        "law": f"{field} Act",
        "agency": f"{field} Agency",
        "league": "League for Digital Rights",
        "strategy": f"National {rng.choice(('Data', 'Robotics', 'Research'))} Strategy",
        "summit": f"{rng.choice(('Northern', 'Coastal', 'Alpine'))} Summit on Artificial Intelligence",
        "firm": rng.choice(FIRMS),
        "adopted": _date(rng, 2025),
        "deadline": _date(rng, 2027),
        "published": _date(rng, 2024),
        "held": _date(rng, 2023),
        **dict(zip(("minister", "head", "boss", "activist", "professor"), names, strict=True)),
    }


def _date(rng: random.Random, year: int) -> str:
    return f"{rng.randint(1, 28)} {rng.choice(MONTHS)} {year}"


def iso(date: str) -> str:
    """The ISO form of a date as the articles write it."""
    day, month, year = date.split()
    return f"{year}-{MONTHS.index(month) + 1:02d}-{int(day):02d}"


def _claims(facts: dict[str, str], s: list[str]) -> dict[str, tuple[Claim, ...]]:
    def say(template: str, *places: int, **fields: object) -> Claim:
        return Claim({"text": template.format(**facts), **fields}, tuple(s[place] for place in places))

    f = facts
    return {
        "highlights": (
            say("The parliament of {country} adopted the {law} on {adopted}.", 0, 1),
            say("Companies must register every high-risk system with the {agency} by {deadline}.", 3, 1),
            say("The {agency} may fine a company up to {fine} million crowns.", 4, 3),
            say("The government published the {strategy} on {published}.", 10),
            say("{country} held the {summit} in {city} on {held}.", 11),
        ),
        "key_points": (
            say("The parliament of {country} adopted the {law} by {votes} votes to {against}.", 0, 1, 2, speaker=None),
            say("The law would protect {citizens} million citizens.", 2, 0, speaker=f["minister"]),
            say("Companies must register every high-risk system with the {agency} by {deadline}.", 3, 1, speaker=None),
            say("The {agency} may fine a company up to {fine} million crowns for each breach.", 4, 3, speaker=None),
            say("The rules would cost the industry {cost} million crowns a year.", 6, 7, speaker=f["boss"]),
            say("The law leaves out {gap}% of the systems in use.", 8, 1, speaker=f["activist"]),
            say("The government set aside {budget} million crowns for the {strategy}.", 10, speaker=None),
        ),
        "actors": _actors(facts, s),
        "milestones": _milestones(facts, s),
    }


def _actors(f: dict[str, str], s: list[str]) -> tuple[Claim, ...]:
    def actor(name: str, kind: str, role: str | None, *places: int) -> Claim:
        fields: dict[str, object] = {"name": name, "aliases": [], "kind": kind, "role": role}
        return Claim(fields, tuple(s[place] for place in places))

    return (
        actor(f["minister"], "person", "minister for digital affairs", 2, 0),
        actor(f["head"], "person", f"director of the {f['agency']}", 5, 4),
        actor(f["boss"], "person", f"chief executive of {f['firm']}", 6, 7),
        actor(f["activist"], "person", f"director of the {f['league']}", 8, 9),
        actor(f["professor"], "person", f"professor of law at the University of {f['city']}", 9),
        actor(f["country"], "country", None, 0, 2, 11),
        actor(f["agency"], "government_body", None, 3, 4, 5),
        actor(f["firm"], "company", None, 6, 7),
        actor(f["league"], "civil_society", None, 8, 1),
        actor(f"University of {f['city']}", "academia", None, 9),
    )


def _milestones(f: dict[str, str], s: list[str]) -> tuple[Claim, ...]:
    def step(title: str, date: str, role: str, instrument: str, status: str, *places: int) -> Claim:
        when = {"date": iso(date), "date_text": date, "date_role": role, "jurisdictions": []}
        fields: dict[str, object] = {
            "title": title,
            **when,
            "instrument": instrument,
            "binding": None,
            "status": status,
        }
        return Claim(fields, tuple(s[place] for place in places))

    return (
        step(f"Adoption of the {f['law']}", f["adopted"], "event", "law", "adopted", 0, 1),
        step(f"Registration with the {f['agency']}", f["deadline"], "deadline", "law", "planned", 3, 4),
        step(f"Publication of the {f['strategy']}", f["published"], "event", "strategy", "published", 10),
        step(f["summit"], f["held"], "event", "event", "held", 11),
    )
