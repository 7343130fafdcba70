"""A generated world of known truth for the ledger: instruments with stages, told by several articles in other words.

Seeded. Its wording shares nothing with the rules but the domain; articles differ in words and precision, and now and
then in the date or the count.
"""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from dataclasses import dataclass, field

from summariser.schema import (
    SUPPORTED,
    Actor,
    DateRole,
    Document,
    Instrument,
    Milestone,
    PartialDate,
    Provenance,
    Sentence,
    Status,
    Summary,
)

SIZE = 100_000


def _words(*lines: str) -> tuple[str, ...]:
    return tuple(word.replace("_", " ") for line in lines for word in line.split())


_PLACES = _words(
    "MA FR DE ES IT NL BE PL SE FI NO DK IE PT AT CZ GR RO HU BG JP KR IN BR CA AU NZ ZA KE NG GH EG CL MX AR"
)
_TOPICS = _words(
    "facial_recognition hiring_software credit_scoring chatbots_for_children medical_devices deepfakes",
    "self-driving_buses predictive_policing exam_grading welfare_fraud synthetic_voices",
    "court_transcripts border_cameras",
    "warehouse_robots insurance_pricing tenant_screening election_advertising drone_delivery",
    "crop_insurance school_tutoring biobanks",
    "water_networks power_grids hospital_translation music_generation compute_clusters open_weights model_audits",
    "incident_reports training_data copyright_claims talking_toys prison_visits tax_audits customs_checks smart_meters",
)
_SETTINGS = _words(
    "schools banks hospitals courts ports farms factories newsrooms theatres airports libraries prisons museums shops",
    "railways towns universities kitchens stadiums laboratories",
)
_COLOURS = _words(
    "Open Fair Safe Clear Shared Modern Civic Common Trusted Secure Plain Joint United Local Rural Urban",
    "Coastal Northern Eastern Early Steady Honest Careful Prudent Lasting Royal Golden",
    "Silver Amber Cedar Maple Granite Harbour",
)
_GIVEN = _words(
    "Amal Jonas Marta Ines Tomas Leila Omar Nadia Pavel Greta Hugo Sofia Karim Yuki Anton Clara Diego Elena"
)
_FAMILY = _words(
    "Berg Castel Dorn Elmar Fontan Gallo Hartig Ibsen Jansky Kovar Lindt Moreau Novik Okafor Petrov Quiroga"
)
_FAMILIES = tuple(one + two.lower() + three.lower() for one in _FAMILY for two in _FAMILY for three in _FAMILY)
_OFFICES = ("digital minister", "chair of the committee", "head of the regulator", "member of parliament")
_LAW: tuple[tuple[Status, DateRole, tuple[str, ...]], ...] = (
    (
        "proposed",
        "event",
        ("{Name} introduced", "Government tables {name}", "A bill on {topic} is put before parliament: {name}"),
    ),
    (
        "passed_chamber",
        "event",
        ("Lower house clears {name}", "{Name} passes its first chamber", "Deputies back {name}, on {topic}"),
    ),
    (
        "adopted",
        "event",
        ("{Name} adopted", "Parliament gives its final yes to {name}", "{Name} becomes law, covering {topic}"),
    ),
    (
        "in_force",
        "effective",
        ("{Name} takes effect", "Rules on {topic} apply under {name}", "{Name} enters into force"),
    ),
    (
        "planned",
        "deadline",
        ("Operators must register under {name}", "Deadline to register {topic} systems under {name}"),
    ),
)
"""The stages of a law: status, role of the date, and how articles put it."""


@dataclass(frozen=True)
class Event:
    """One true event: its instrument, step, date, and the count that articles give with it."""

    number: int
    instrument: int
    name: str
    topic: str
    place: str
    step: int
    date: dt.date
    votes: int


@dataclass
class World:
    """Summaries and what is true of them: the event of each mention, the person of each actor, the seeded conflicts."""

    summaries: list[Summary] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    event: dict[str, int] = field(default_factory=dict)
    person: dict[str, tuple[str, str]] = field(default_factory=dict)
    conflicts: set[tuple[int, str]] = field(default_factory=set)
    """(event, kind) of those that at least two articles tell differently."""


def world(size: int = SIZE, seed: int = 7) -> World:
    """About `size` milestones in articles of one to four."""
    rng = random.Random(seed)
    made = World()
    told: dict[int, Counter[tuple[str, str]]] = {}
    number = instrument = 0
    used: set[tuple[str, str]] = set()
    while len(made.event) < size:
        place = rng.choice(_PLACES)
        topic = f"{rng.choice(_TOPICS)} in {rng.choice(_SETTINGS)}"
        name = f"{rng.choice(_COLOURS)} {topic.title().replace(' In ', ' in ')} Act"
        if (place, name) in used:
            continue
        used.add((place, name))
        people = [(f"{rng.choice(_GIVEN)} {rng.choice(_FAMILIES)}", office) for office in _OFFICES]
        day = dt.date(rng.randint(2018, 2026), rng.randint(1, 12), rng.randint(1, 28))
        events = []
        for step in range(rng.randint(2, 5)):
            events.append(Event(number, instrument, name, topic, place, step, day, rng.randint(60, 400)))
            number += 1
            day += dt.timedelta(days=rng.randint(40, 300))
        instrument += 1
        for _ in range(rng.randint(1, 6)):
            chosen = sorted(rng.sample(events, rng.randint(1, min(4, len(events)))), key=lambda event: event.step)
            _article(made, rng, chosen, people, told)
    for event, counts in told.items():
        for kind in ("date", "count"):
            if len({value for (what, value), _ in counts.items() if what == kind}) > 1:
                made.conflicts.add((event, kind))
    return made


def _article(
    made: World,
    rng: random.Random,
    events: list[Event],
    people: list[tuple[str, str]],
    told: dict[int, Counter[tuple[str, str]]],
) -> None:
    source = f"a{len(made.ids):06d}"
    text, sentences, milestones = "", [], []
    for place, event in enumerate(events):
        title, sentence, date, value = _telling(rng, event)
        start = len(text)
        text += sentence + " "
        sentences.append(Sentence(number=place + 1, start=start, end=start + len(sentence)))
        milestones.append((title, date, event))
        seen = told.setdefault(event.number, Counter())
        if date is not None and date.precision == "day":
            seen["date", str(date)] += 1
        if value:
            seen["count", value] += 1
        made.event[f"{source}#{place}"] = event.number
    who = rng.sample(people, 2)
    for name, office in who:
        shown = f"Minister {name}" if office == "digital minister" and rng.random() < 0.3 else name
        start = len(text)
        sentence = f"{shown}, {office}, spoke for it."
        text += sentence + " "
        sentences.append(Sentence(number=len(sentences) + 1, start=start, end=start + len(sentence)))
    last = max(event.date for event in events) + dt.timedelta(days=rng.randint(0, 20))
    document = Document(text=text, sentences=tuple(sentences), published=PartialDate(str(last)), language="en")
    made.ids.append(source)
    made.summaries.append(
        Summary(
            document=document,
            language="en",
            actors=tuple(
                Actor(
                    name=name,
                    kind="person",
                    role=office,
                    evidence=document.spans([len(events) + at + 1]),
                    verdict=SUPPORTED,
                )
                for at, (name, office) in enumerate(who)
            ),
            milestones=tuple(_milestone(document, at, *row, rng) for at, row in enumerate(milestones)),
            provenance=_PROVENANCE,
        )
    )
    for at, person in enumerate(who):
        made.person[f"{source}#{at}"] = (events[0].place + str(events[0].instrument), person[0])


_PROVENANCE = Provenance(
    engine="llm",
    model="generated",
    source="replay",
    prompt_version=None,
    library_version="0",
    created=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
)
_KINDS: tuple[Instrument, ...] = ("law", "law", "law", "regulation")


def _telling(rng: random.Random, event: Event) -> tuple[str, str, PartialDate | None, str]:
    """A title, a sentence, the date as this article has it, and the count that it gives."""
    form = rng.choice(_LAW[event.step][2])
    name = event.name if rng.random() < 0.85 else f"act on {event.topic}"
    title = form.format(name=f"the {name}", Name=f"The {name}", topic=event.topic)
    roll = rng.random()
    day = event.date + dt.timedelta(days=rng.choice((-1, 1, 2)) if roll < 0.02 else 0)
    date: PartialDate | None = PartialDate(str(day))
    if roll > 0.9:
        date = None
    elif roll > 0.75:
        date = PartialDate(str(day)[:7])
    when = f"on {day:%-d %B %Y}" if date is not None and date.day else f"in {day:%B %Y}" if date else "recently"
    votes = event.votes + (rng.choice((-3, 2, 11)) if rng.random() < 0.02 else 0)
    counted = event.step in {1, 2} and rng.random() < 0.5
    sentence = f"{title} {when}" + (f", with {votes} deputies in favour." if counted else ".")
    return title, sentence, date, str(votes) if counted else ""


def _milestone(
    document: Document, at: int, title: str, date: PartialDate | None, event: Event, rng: random.Random
) -> Milestone:
    status, role, _ = _LAW[event.step]
    return Milestone(
        title=title,
        date=date,
        date_text=str(date) if date else None,
        date_basis="stated" if date else "none",
        date_role=role if date or role != "event" else None,
        jurisdictions=() if rng.random() < 0.05 else (event.place,),
        instrument=rng.choice(_KINDS),
        binding=True,
        status=status,
        evidence=document.spans([at + 1]),
        verdict=SUPPORTED,
    )
