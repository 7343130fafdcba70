"""Support: what the verifier says, what must not be said, furniture, document facts, and what it cost."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evals.labels import ForbiddenLabel
from evals.metrics.score import Score, share, unscored
from evals.metrics.sight import Sight
from evals.verdicts import REFUSED
from evals.words import fold
from summariser.schema import Actor, Claim, Highlight, KeyPoint, Milestone


def support_scores(sight: Sight) -> Iterator[Score]:
    """Supported, cited, rejected, traps fallen into, statements that rest on furniture."""
    claims = [claim for claim, _ in sight.verdicts]
    held = sum(verdict.status not in REFUSED for _, verdict in sight.verdicts)
    yield share("support.rate", held, len(claims), "no statement made")
    yield share("support.cited", sum(bool(claim.evidence) for claim in claims), len(claims), "no statement made")
    made = len(claims) + len(sight.summary.rejected)
    yield share("support.rejected", len(sight.summary.rejected), made, "no statement made")
    forbidden = sight.case.labels.forbidden
    fallen = sum(bool(violations(item, sight.summary.claims())) for item in forbidden)
    yield share("support.forbidden", fallen, len(forbidden), "no trap labelled")
    yield _furniture(sight)


def violations(item: ForbiddenLabel, claims: Iterator[Claim]) -> list[str]:
    """The statements that say what must not be said."""
    patterns = [re.compile(pattern, re.I) for pattern in item.patterns]
    said = [line for claim in claims for line in _lines(claim)]
    return [line for line in said if any(pattern.search(line) for pattern in patterns)]


def _lines(claim: Claim) -> list[str]:
    """A statement as lines that can be searched, each field with its neighbours."""
    match claim:
        case Highlight():
            return [claim.text]
        case KeyPoint():
            return [f"{claim.text} ({claim.speaker})" if claim.speaker else claim.text]
        case Actor():
            return [" · ".join(filter(None, [claim.name, *claim.aliases, claim.role]))]
        case Milestone():
            return [
                " · ".join(filter(None, [claim.title, claim.date, claim.date_text, claim.instrument, claim.status]))
            ]
        case _:
            return []


def _furniture(sight: Sight) -> Score:
    stretches = sight.case.labels.furniture
    if not stretches:
        return unscored("support.furniture", "no furniture labelled")
    spans = [span for words in stretches if (span := sight.case.locator.span(words))]
    resting = cited = 0
    for claim in sight.summary.claims():
        if claim.evidence:
            cited += 1
            resting += any(e.start < end and start < e.end for e in claim.evidence for start, end in spans)
    return share("support.furniture", resting, cited, "no statement with evidence")


def fact_scores(sight: Sight) -> Iterator[Score]:
    """Title, byline, category, date, language, minutes and publisher's highlights as the page gives them."""
    wanted, document = sight.case.labels.facts, sight.summary.document
    published = wanted.published or sight.case.labels.published
    checks = {
        "title": fold(document.title or "") == fold(wanted.title or ""),
        "byline": _name(document.byline) == _name(wanted.byline),
        "category": fold(document.category or "") == fold(wanted.category or ""),
        "published": document.published == published,
        "language": document.language == wanted.language,
        "minutes": document.stated_minutes == wanted.stated_minutes,
        "publisher_highlights": _folded(document.publisher_highlights) == _folded(wanted.publisher_highlights),
    }
    wrong = [name for name, right in checks.items() if not right]
    score = share("facts.right", len(checks) - len(wrong), len(checks))
    yield score.model_copy(update={"why": f"wrong: {', '.join(wrong)}" if wrong else "all right"})


def _folded(lines: tuple[str, ...] | list[str]) -> list[str]:
    return [" ".join(fold(line).split()) for line in lines]


def _name(byline: str | None) -> str:
    return re.sub(r"^by\s+", "", " ".join(fold(byline or "").split()))


def cost_scores(sight: Sight, seconds: float) -> Iterator[Score]:
    """Requests and tokens as the answers report them; time of this run; money is not known here."""
    usage = sight.summary.usage
    kind = "estimated" if usage.estimated else "measured"
    for name, value in (
        ("cost.requests", usage.requests),
        ("cost.input_tokens", usage.input_tokens),
        ("cost.output_tokens", usage.output_tokens),
    ):
        yield Score(name=name, value=value, n=1, why=kind if usage.requests else "no request")
    yield unscored("cost.money", "recorded answers have no price")
    yield Score(name="cost.seconds", value=seconds, n=1, why="wall clock")
