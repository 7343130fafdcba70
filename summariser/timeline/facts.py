"""What is compared of a milestone: its fields as far as the verifier lets them stand, and its words as terms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from summariser.evidence.dates import find_dates
from summariser.evidence.status import cues
from summariser.schema import Instrument, Milestone, MilestoneField, PartialDate, Span, Status
from summariser.timeline import lists
from summariser.timeline.families import FAMILIES
from summariser.timeline.instruments import named, serials, spelled
from summariser.timeline.steps import OF_STATUS, Step, meant, step_of
from summariser.timeline.terms import PLAIN, cognates, plain, terms

GRAINS = {"day": 3, "month": 2, "quarter": 1, "year": 0}
_UPPER_HOUSE = re.compile(r"\bhouse of (?=lords|councillors|peers|elders|federation)")
"""What is no lower house for all its name."""
_NEAR = 5
"""Words before a verb among which its negation stands."""
_FEWEST = 2.0
"""Weight that a title is taken to have at least: two light words in common make no event."""


@dataclass(eq=False)
class Facts:
    """One milestone of one article, ready to be compared; `first` and `last` are day ordinals, 0 without a date."""

    source: str
    number: int
    milestone: Milestone
    language: str
    """Of the title."""
    text_language: str
    """Of the quotes."""
    published: PartialDate | None
    date: PartialDate | None
    status: Status
    step: Step
    jurisdictions: frozenset[str]
    instrument: Instrument
    family: str
    title: dict[str, float]
    mass: float
    said: frozenset[str]
    """The terms of title and quotes."""
    serials: frozenset[tuple[str, str]]
    spelled: dict[frozenset[str], str]
    """Named instruments of the title with their words."""
    actors: frozenset[str] = frozenset()
    """Ids of who acts in it, countries left out."""
    mentioned: frozenset[str] = frozenset()
    """Ids of who acts in it, countries too."""
    first: int = 0
    last: int = 0
    grain: int = -1
    """3 for a day, 2 for a month, 1 for a quarter, 0 for a year, -1 without a date."""
    told: int = 0
    """Day ordinal of publication (the last that it can mean), 0 where it is not known."""
    lands: frozenset[str] = frozenset()
    """The countries that it is told of, as `lands` has them: of its jurisdictions, else of its words or its article."""
    own: tuple[Span, ...] = ()
    """The cited sentences whose figures are its own: not those that another milestone of the article rests on alone."""
    title_keys: str = ""
    quote_keys: str = ""
    """The words of the title, and of the quotes, folded."""

    @cached_property
    def names(self) -> tuple[frozenset[str], ...]:
        """Named instruments of the title."""
        return tuple(self.spelled)

    @cached_property
    def subject(self) -> dict[str, float]:
        """The terms of the title that say what it is about."""
        return {term: weight for term, weight in self.title.items() if weight >= PLAIN}

    @property
    def key(self) -> tuple[str, int]:
        return self.source, self.number

    @cached_property
    def quotes(self) -> str:
        return " ".join(span.quote for span in self.milestone.evidence)

    @property
    def keys(self) -> str:
        """The words of title and quotes, folded."""
        return f"{self.title_keys} {self.quote_keys}"

    @cached_property
    def moved(self) -> bool:
        """Whether the article says that a date was moved, and does not say that it corrects one."""
        return lists.says("moved", self.keys) and not lists.says("corrected", self.keys)

    @cached_property
    def denied(self) -> dict[Step, Span]:
        """The steps that the article says have not been taken, each with the sentence that says so."""
        if not lists.says("negations", self.keys):
            return {}
        return {
            OF_STATUS[cue.status]: span  # type: ignore[index]
            for span in self.milestone.evidence
            for cue in cues(span.quote, self.text_language)
            if (cue.denied or self._negated(span.quote, cue.words)) and not cue.weak
        }

    def _negated(self, quote: str, words: str) -> bool:
        """Whether a negation stands shortly before some words; the reading of cues knows those of English alone."""
        if self.text_language == "en":
            return False
        before = lists.keys_of(quote.partition(words)[0]).split(" ")[-_NEAR:]
        return not lists.words("not").isdisjoint(before)

    @cached_property
    def chambers(self) -> frozenset[str]:
        """The chambers of parliament that the title names, else the quotes: `lower`, `upper`."""
        table = lists.groups("chambers")
        for keys in (self.title_keys, self.quote_keys):
            found = frozenset(table[key] for key in _UPPER_HOUSE.sub("", keys).split(" ") if key in table)
            if found:
                return found
        return frozenset()

    @cached_property
    def figures(self) -> frozenset[str]:
        """The numbers of two digits or more in title and own sentences that are no dates and number no instrument."""
        found = {term for term in self.said if len(term) > 1 and term.isdecimal()}
        if found and len(self.own) < len(self.milestone.evidence):
            own = (terms(plain(span.quote), self.text_language) for span in self.own)
            found &= self.title.keys() | frozenset(term for said in own for term in said)
        for _, digits in self.serials if found else ():
            found -= {digits, *re.split(r"[-/]", digits)}
        return frozenset(found)

    @cached_property
    def stepping(self) -> frozenset[str]:
        """The terms of the title that tell the step: takes effect, into force."""
        said = " ".join(cue.words for cue in cues(self.milestone.title, self.language))
        return frozenset(terms(f"enters takes comes goes {said}", self.language))

    @cached_property
    def about_effect(self) -> bool:
        """Whether the title is about the entry into force."""
        return any(cue.status == "in_force" for cue in cues(self.milestone.title, self.language) if not cue.weak)

    @cached_property
    def dates(self) -> frozenset[str]:
        """Every date that the quotes give."""
        found = find_dates(self.quotes, self.text_language, self.published)
        return frozenset(str(date.value) for date in found if date.value is not None)

    @cached_property
    def cognates(self) -> dict[str, float]:
        return cognates(plain(self.milestone.title), self.language)

    @cached_property
    def said_cognates(self) -> frozenset[str]:
        return frozenset(self.cognates) | frozenset(cognates(plain(self.quotes), self.text_language))

    @cached_property
    def cited_names(self) -> tuple[frozenset[str], ...]:
        """Named instruments of the quotes."""
        return tuple(name for span in self.milestone.evidence for name in named(span.quote, self.text_language))

    @property
    def quoted_names(self) -> tuple[frozenset[str], ...]:
        """Named instruments of the title, else of the quotes."""
        return self.names or self.cited_names


@lru_cache(maxsize=8192)
def reach(date: PartialDate) -> tuple[int, int, int]:
    """The first and the last day that a date can mean, as ordinals, and its grain."""
    return date.first.toordinal(), date.last.toordinal(), GRAINS[date.precision]


def stands(milestone: Milestone, field: MilestoneField) -> bool:
    """Whether the verifier has nothing against a field (a summary made with `on_unsupported="keep"` may have one)."""
    verdict = milestone.fields.get(field)
    return verdict is None or verdict.status != "contradicted"


def facts_of(
    source: str,
    number: int,
    milestone: Milestone,
    *,
    published: PartialDate | None,
    language: str,
    text_language: str,
    actors: frozenset[str] = frozenset(),
    named_actors: frozenset[str] = frozenset(),
    others: frozenset[int] = frozenset(),
    lands: frozenset[str] = frozenset(),
) -> Facts:
    """The facts of one milestone; `language` is that of the summary, `text_language` that of its document, `others` the
    sentences that other milestones of the article rest on alone, `lands` the countries that it is told of."""
    date = milestone.date if stands(milestone, "date") else None
    status: Status = milestone.status if stands(milestone, "status") else "unknown"
    title = terms(plain(milestone.title), language)
    said = set(title)
    numbered = serials(milestone.title)
    title_keys = lists.keys_of(milestone.title)  # here and not when asked for: the words have just been looked up
    quote_keys: list[str] = []
    for span in milestone.evidence:
        said.update(terms(plain(span.quote), text_language))
        quote_keys.append(lists.keys_of(span.quote))
    if not numbered:
        quoted = frozenset(serial for span in milestone.evidence for serial in serials(span.quote))
        numbered = quoted if len(quoted) == 1 else numbered  # of several, some are other instruments
    first, last, grain = reach(date) if date else (0, 0, -1)
    told = reach(published)[1] if published else 0
    places = milestone.jurisdictions if stands(milestone, "jurisdiction") else ()
    return Facts(
        source=source,
        number=number,
        milestone=milestone,
        language=language,
        text_language=text_language,
        published=published,
        date=date,
        status=status,
        step=meant(step_of(status, milestone.date_role, first, told), milestone),
        jurisdictions=frozenset("GB" if code.upper() == "UK" else code.upper() for code in places),
        instrument=milestone.instrument,
        family=FAMILIES.get(milestone.instrument, ""),
        title=title,
        mass=max(_FEWEST, sum(title.values())),
        said=frozenset(said),
        serials=numbered,
        spelled=spelled(milestone.title, language),
        actors=actors,
        mentioned=named_actors,
        first=first,
        last=last,
        grain=grain,
        told=told,
        lands=lands,
        own=tuple(span for span in milestone.evidence if span.sentence not in others) or milestone.evidence,
        title_keys=title_keys,
        quote_keys=" ".join(quote_keys),
    )
