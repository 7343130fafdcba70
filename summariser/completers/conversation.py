"""One call to a model, from the first request to a draft or an error; without I/O.

`conversation` yields requests and is sent exchanges. Every decision is here: read the answer, ask again, step down to a
way of asking that the server knows, give up. Waiting and retrying on the line is the runner's, see `llm`.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Generic

from pydantic import ValidationError

from summariser.calls import Call, D_co, Reply
from summariser.completers.failures import Place, error_for, invalid, refused, truncated
from summariser.completers.wire import STYLES, Answer, Exchange, Message, Request, Style, in_words
from summariser.schema import Attempt

if TYPE_CHECKING:
    from summariser.schema import AttemptOutcome, AttemptReason

Conversation = Generator[Request, Exchange, Reply[D_co]]

MOST_OF_A_BAD_ANSWER = 4000
"""Characters of an invalid answer that are shown to the model again."""

_OBJECT = re.compile(r'\{\s*["}]')
_CANDIDATES = 4
_PROBLEMS = 6


class Dialect:
    """The way of asking that a server is known to take; shared by all calls of a client, so it is learned once."""

    def __init__(self, mode: str = "auto") -> None:
        self._adaptive = mode == "auto"
        self.style: Style = next((style for style in STYLES if style == mode), STYLES[0])

    def below(self, style: Style) -> Style | None:
        """The next way to try where the server refuses `style`."""
        rest = STYLES[STYLES.index(style) + 1 :] if self._adaptive else ()
        return rest[0] if rest else None

    def learn(self, style: Style) -> None:
        """The server took `style`. Never climbs back: a slow answer to an old request proves nothing."""
        if STYLES.index(style) > STYLES.index(self.style):
            self.style = style


def conversation(call: Call[D_co], dialect: Dialect, place: Place, max_reasks: int) -> Conversation[D_co]:
    """Ask until there is a draft. Raises the typed errors of `summariser.errors`, with every attempt that was made."""
    log = _Log(call)
    style = dialect.style
    problem = ""
    messages: tuple[Message, ...] = (Message("system", call.system), Message("user", call.user))
    for asked in range(max_reasks + 1):
        result, style = yield from _ask(messages, style, dialect, log, place)
        if result.refused:
            log.add("refused", result)
            raise refused(place, log.attempts)
        if result.finish == "length":
            log.add("truncated", result)
            raise truncated(place, log.attempts)
        found = result.problem or read_draft(result.text, call.draft)
        if not isinstance(found, str):
            log.add("ok", result)
            return Reply(found, tuple(log.attempts), log.estimated)
        problem = found
        log.add("invalid", result)
        if asked < max_reasks:
            log.reason = "reask"
            messages = _again(call, result.text, problem)
    raise invalid(problem, place, log.attempts)


def _ask(
    messages: tuple[Message, ...], style: Style, dialect: Dialect, log: _Log[D_co], place: Place
) -> Generator[Request, Exchange, tuple[Answer, Style]]:
    """One answer, in the best way of asking that the server takes, and that way."""
    while True:
        exchange = yield Request(messages, log.call.draft, style)
        for _ in exchange.retried:
            log.add("error")
        if isinstance(exchange.result, Answer):
            dialect.learn(style)
            return exchange.result, style
        if exchange.result.kind not in ("deadline", "unprocessed"):
            log.add("error")
        lower = dialect.below(style) if exchange.result.kind == "format" else None
        if lower is None:
            raise error_for(exchange.result, place, log.attempts)
        style = lower


class _Log(Generic[D_co]):
    """The attempts of a call, in order; after a failure of the line the next one is a retry."""

    def __init__(self, call: Call[D_co]) -> None:
        self.call = call
        self.attempts: list[Attempt] = []
        self.reason: AttemptReason = "first"
        self.estimated = False

    def add(self, outcome: AttemptOutcome, answer: Answer | None = None) -> None:
        answer = answer or Answer("")
        self.attempts.append(
            Attempt(
                call=self.call.kind,
                reason=self.reason,
                outcome=outcome,
                input_tokens=answer.input_tokens,
                output_tokens=answer.output_tokens,
                cached_tokens=answer.cached_tokens,
            )
        )
        self.estimated = self.estimated or answer.estimated
        self.reason = "retry"


def read_draft(text: str, draft: type[D_co]) -> D_co | str:
    """The draft that `text` holds, or what is wrong with it (never words of the answer itself).

    Small local models put reasoning, prose or a fence around their JSON: what stands around is forgiven, and so are
    numbers in quotes; what is inside must fit.
    """
    problem, readable = "the answer is empty", False
    for candidate in _candidates(text):
        try:
            found = draft.model_validate_json(candidate)
        except ValidationError as error:
            is_json = error.errors(include_url=False)[0]["type"] != "json_invalid"
            if candidate is text or (is_json and not readable):
                problem, readable = _summary(error), is_json
        else:
            # Where no field is required, any object would do, even one from the middle of a broken answer.
            if found.model_fields_set:
                return found
            problem, readable = "none of the fields that were asked for is in it", True
    return problem


def _candidates(text: str) -> Iterator[str]:
    """`text`, then the objects in it: after the reasoning, up to the last brace, from one of the first openings."""
    if not text.strip():
        return
    yield text
    answer = text.rpartition("</think>")[2]
    end = answer.rfind("}") + 1
    starts = (match.start() for match in _OBJECT.finditer(answer, 0, end))
    for start, _ in zip(starts, range(_CANDIDATES), strict=False):
        if (start, end) != (0, len(text)):
            yield answer[start:end]


def _summary(error: ValidationError) -> str:
    """What is wrong, as places and rules; inputs are left out, they are the model's own words."""
    faults = error.errors(include_input=False, include_url=False, include_context=False)
    lines = [f"{'.'.join(map(str, fault['loc'])) or 'answer'}: {fault['msg']}" for fault in faults[:_PROBLEMS]]
    more = [f"and {len(faults) - _PROBLEMS} more"] if len(faults) > _PROBLEMS else []
    return "; ".join(lines + more)


def _again(call: Call[D_co], bad: str, problem: str) -> tuple[Message, ...]:
    """The question again with what was wrong. An empty answer cannot be shown (servers refuse empty messages)."""
    complaint = f"That answer cannot be used: {problem}.\n{in_words(call.draft)}"
    system = Message("system", call.system)
    shown = bad.rpartition("</think>")[2].strip()[:MOST_OF_A_BAD_ANSWER]
    if not shown:
        return system, Message("user", f"{call.user}\n\n{complaint}")
    return system, Message("user", call.user), Message("assistant", shown), Message("user", complaint)
