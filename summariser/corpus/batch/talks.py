"""A document's plan run again over stored answers: deterministic, up to the requests that have no answer yet.

The plan and the conversations in it do no I/O and hold no state between two commands. Every request has an id that
says where it stands (which round of the plan, which call of the round, which request of the call) and what was asked
there, so that its answer is found again whenever the plan comes to that place with that question, and with no other: a
newer version of this package may ask differently.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from summariser.completers.conversation import Dialect, conversation
from summariser.completers.failures import Failure, Place
from summariser.completers.wire import STYLES, Answer, Exchange, Request, Style
from summariser.errors import CompletionError
from summariser.plan import AnyCall, Outcome, Outline, Plan
from summariser.settings import Settings


class Answers(Protocol):
    """What was answered so far, by the ids of the requests."""

    def get(self, request_id: str) -> Answer | Failure | None: ...


@dataclass(frozen=True, slots=True)
class Needed:
    """A request that a document waits for."""

    id: str
    request: Request


@dataclass(frozen=True, slots=True)
class Asking:
    """Who is asked, and how: the same for all documents of a run. `dialect` learns from every answer."""

    dialect: Dialect
    place: Place
    settings: Settings


def key_of(fingerprint: str, asked: str, generation: int) -> str:
    """What the ids of a document's requests begin with: the same text and the same options have the same key.

    `generation` counts the times that a document which failed was submitted again.
    """
    return hashlib.sha256(f"{fingerprint}\0{asked}\0{generation}".encode()).hexdigest()[:32]


def advance(steps: Plan, key: str, answers: Answers, asking: Asking) -> Outline | tuple[Needed, ...]:
    """As far as the answers go: the outline, or what is to be asked next. Raises `CompletionError` as the plan does."""
    calls, number = next(steps), 0
    while True:
        found = [
            _outcome(call, f"{key}-{number}-{place}-{_mark(call)}", answers, asking) for place, call in enumerate(calls)
        ]
        needed = tuple(one for one in found if isinstance(one, Needed))
        if needed:
            steps.close()
            return needed
        try:
            calls, number = steps.send(_settled(found)), number + 1
        except StopIteration as done:
            outline: Outline = done.value
            return outline


def _mark(call: AnyCall) -> str:
    question = f"{call.draft.__name__}\0{call.system}\0{call.user}"
    return hashlib.sha256(question.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _settled(found: Sequence[Outcome | Needed]) -> list[Outcome]:
    return [one for one in found if not isinstance(one, Needed)]


def _outcome(call: AnyCall, place_id: str, answers: Answers, asking: Asking) -> Outcome | Needed:
    """One call: its conversation, sent the stored exchanges."""
    first = _first_style(place_id, answers)
    dialect = Dialect(asking.settings.mode)
    dialect.style = first or asking.dialect.style
    prefix = f"{place_id}-{_LETTERS[dialect.style]}"
    talk = conversation(call, dialect, asking.place, asking.settings.max_reasks)
    request, count = next(talk), 0
    try:
        while True:
            exchange, count = _exchange(prefix, count, answers, asking.settings.max_retries)
            if exchange is None:
                return Needed(f"{prefix}{count}", request)
            request = talk.send(exchange)
    except StopIteration as done:
        reply: Outcome = done.value
        return reply
    except CompletionError as error:
        return error
    finally:
        asking.dialect.learn(dialect.style)


def _exchange(prefix: str, count: int, answers: Answers, max_retries: int) -> tuple[Exchange | None, int]:
    """The exchange that begins with the `count`-th request of a call, and the number of the request after it.

    A failure that passes is asked again in a later batch, as often as a live request is tried again. What no model
    has seen is no attempt, but counts: a server that lets everything expire is not asked for ever.
    """
    retried: list[Failure] = []
    for tries in range(max_retries + 1):
        result = answers.get(f"{prefix}{count}")
        if result is None:
            return None, count
        count += 1
        if isinstance(result, Answer) or not result.transient or tries == max_retries:
            return Exchange(result, tuple(retried)), count
        if result.kind != "unprocessed":
            retried.append(result)
    raise AssertionError("unreachable")


_LETTERS: dict[Style, str] = dict(zip(STYLES, "stj", strict=True))
"""How a call began to ask stands in its ids: what is learned of the server later must not change what was asked."""


def _first_style(place_id: str, answers: Answers) -> Style | None:
    return next((style for style in STYLES if answers.get(f"{place_id}-{_LETTERS[style]}0") is not None), None)
