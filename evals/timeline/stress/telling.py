"""How articles tell it: one article after another, with what each says noted as labels."""

from __future__ import annotations

import datetime as dt
import random
import unicodedata
from dataclasses import dataclass, field

from evals.timeline.labels import ActorMentionLabel, ArticleLabel, MentionLabel
from evals.timeline.stress.truth import Given
from evals.timeline.stress.world import BILLS, Bill, Event, holder, words
from summariser.schema import Instrument, PartialDate

WRONG, UNDATED, MONTH, BOUND, OTHER_INSTRUMENT = 0.12, 0.1, 0.25, 0.2, 0.1
"""How often a date or a count is wrong, a date missing, only a month given, a count a bound, the instrument another."""
OFF_BY_DAYS = (-1, 1, 9, 30)
OFF_BY_VOTES = (-19, 20, 27)


@dataclass
class Telling:
    """Everything that was told: texts by article, and what each article says of which entry and which actor."""

    draw: random.Random
    articles: list[ArticleLabel] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    mentions: dict[str, list[MentionLabel]] = field(default_factory=dict)
    actors: dict[str, list[ActorMentionLabel]] = field(default_factory=dict)
    given: dict[tuple[str, str], list[Given]] = field(default_factory=dict)
    """By kind and entry."""

    def article(self, published: dt.date, bills: list[Bill]) -> None:
        """One article on what has happened by its day, and on one thing that is ahead."""
        name = f"a{len(self.articles) + 1}"
        over = sorted((event for bill in bills for event in bill if event.day < published), key=lambda one: one.day)
        ahead = [bill[-1] for bill in bills if bill[-2].day < published < bill[-1].day]
        recent = over[-2 * BILLS :]
        events = self.draw.sample(recent, min(4, len(recent))) + self.draw.sample(ahead, min(1, len(ahead)))
        lines = [f"Bills on algorithms: where things stand ({name})", f"{published.day} {published:%B %Y}"]
        named: dict[str, ActorMentionLabel] = {}
        for event in events:
            lines.append(f"{self._event(name, event, published, named)} {self.draw.choice(words().fillers)}")
        lines += [self._voice(name, event.terms, named) for event in events[:2]]
        lines.append(self._body(name, events[0].terms, named))
        for actor, mention in named.items():
            self.actors.setdefault(actor, []).append(mention)
        self.texts[name] = "\n\n".join(lines) + "\n"
        form = self.draw.choice(words().forms)
        day = PartialDate(published.isoformat())
        self.articles.append(ArticleLabel(id=name, form=form, language="en", published=day))

    def _event(self, article: str, event: Event, published: dt.date, named: dict[str, ActorMentionLabel]) -> str:
        stage, draw = event.stage, self.draw
        date, when = self._date(event.day)
        votes = self._votes(article, event) if stage.votes else ""
        template = draw.choice(stage.sentences)
        who = self._person(article, event.terms, 0, named) if "{who}" in template else ""
        terms = event.terms | {"when": when, "votes": votes, "who": who}
        sentence = _tidy(template.format_map(terms))
        self.mentions.setdefault(event.id, []).append(
            MentionLabel(
                article=article,
                title=draw.choice(stage.titles).format_map(terms),
                date=date,
                date_text=when or None,
                date_basis="stated" if date else "none",
                date_role=stage.role if date else None,
                status="in_force" if stage.ahead and event.day < published else None,
                instrument=self._instrument(),
                quotes=[sentence],
            )
        )
        if date:
            self._note(Given("date", event.id, article, when, date=date))
        return sentence

    def _note(self, given: Given) -> None:
        self.given.setdefault((given.kind, given.entry), []).append(given)

    def _instrument(self) -> Instrument | None:
        if self.draw.random() >= OTHER_INSTRUMENT:
            return None
        return "regulation" if self.draw.random() < 0.5 else "other"

    def _date(self, day: dt.date) -> tuple[PartialDate | None, str]:
        """A date and its words: mostly the day, sometimes the month or none, and now and then a wrong one."""
        if self.draw.random() < UNDATED:
            return None, ""
        if self.draw.random() < WRONG:
            day += dt.timedelta(days=self.draw.choice(OFF_BY_DAYS))
        if self.draw.random() < MONTH:
            return PartialDate(f"{day:%Y-%m}"), f"in {day:%B %Y}"
        forms = (
            f"on {day.day} {day:%B %Y}",
            f"on {day:%B} {day.day}, {day.year}",
            f"on {day:%A}, {day.day} {day:%B %Y}",
        )
        return PartialDate(day.isoformat()), self.draw.choice(forms)

    def _votes(self, article: str, event: Event) -> str:
        votes = event.votes + (self.draw.choice(OFF_BY_VOTES) if self.draw.random() < WRONG else 0)
        bound = self.draw.random() < BOUND
        count = votes // 10 * 10 - 10 if bound else votes
        said = f"more than {count} votes" if bound else f"{count} votes"
        self._note(Given("count", event.id, article, said, count=count, bound=bound))
        return said

    def _person(self, article: str, terms: dict[str, str], office: int, named: dict[str, ActorMentionLabel]) -> str:
        """A form of the name of whoever holds an office; one form for the whole of an article."""
        key = f"{terms['code']}-{office}"
        if key not in named:
            person = holder(terms["code"], office)
            full, title = f"{person['first']} {person['last']}", words().offices[office].title
            forms = (full, full, _without_accents(full), f"{title} {person['last']}", f"{full[0]}. {person['last']}")
            name = self.draw.choice(forms)
            named[key] = ActorMentionLabel(article=article, name=name)
        return named[key].name

    def _voice(self, article: str, terms: dict[str, str], named: dict[str, ActorMentionLabel]) -> str:
        office = self.draw.randrange(len(words().offices))
        who = self._person(article, terms, office, named)
        role = self.draw.choice(words().offices[office].roles).format_map(terms)
        key = f"{terms['code']}-{office}"
        named[key] = named[key].model_copy(update={"role": role})
        return self.draw.choice(words().voices).format_map({"who": who, "role": role})

    def _body(self, article: str, terms: dict[str, str], named: dict[str, ActorMentionLabel]) -> str:
        at = self.draw.randrange(len(words().bodies))
        name, short = (words().bodies[at][part].format_map(terms) for part in ("name", "short"))
        both, letters = self.draw.random() < 0.5, self.draw.random() < 0.3
        shown = short if letters else name
        mention = ActorMentionLabel(article=article, name=name if both else shown, aliases=[short] if both else [])
        named[f"{terms['code']}-body-{at}"] = mention
        voice = self.draw.choice(words().body_voices).format_map({"who": shown})
        return f"The {name} ({short}) met last week. {voice}" if both else voice


def _tidy(sentence: str) -> str:
    """One space at most, none before a stop: where no date is given its place is empty."""
    flat = " ".join(sentence.split()).replace(" ,", ",").replace(" .", ".")
    return flat[:1].upper() + flat[1:]


def _without_accents(name: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
