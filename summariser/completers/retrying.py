"""The one retry policy for the line to a model, for tenacity's sync and async runners alike.

What is retried comes as a `Failure` value that says so itself. openai's own retries are off and instructor makes one
attempt, so a call makes exactly ``1 + max_retries`` requests and no layer multiplies another.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypedDict

from tenacity import (
    RetryCallState,
    retry_if_result,
    stop_after_attempt,
    wait_exponential,
    wait_random,
)
from tenacity.retry import retry_base
from tenacity.stop import stop_base

from summariser.completers.failures import Failure

if TYPE_CHECKING:
    from summariser.completers.wire import Answer
    from summariser.settings import Settings

LONGEST_WAIT = 30.0


class Policy(TypedDict):
    """Keywords of `tenacity.Retrying` and `tenacity.AsyncRetrying`."""

    stop: stop_base
    wait: Callable[[RetryCallState], float]
    retry: retry_base
    before_sleep: Callable[[RetryCallState], None]
    retry_error_callback: Callable[[RetryCallState], Answer | Failure]


def policy(settings: Settings, seconds_left: Callable[[], float], retried: list[Failure]) -> Policy:
    """Retry within `settings.max_retries` and `seconds_left`; failures that are retried are appended to `retried`.

    The last failure is the result, it is not raised. A pause that would pass the deadline is not begun.
    """
    backoff = wait_exponential(settings.retry_wait, LONGEST_WAIT) + wait_random(0, settings.retry_wait)

    def wait(state: RetryCallState) -> float:
        asked = _result(state).wait
        # A little jitter on top: clients that were refused together must not come back together.
        return backoff(state) if asked is None else asked + (backoff(state) / 10 if asked else 0.0)

    return Policy(
        stop=stop_after_attempt(settings.max_retries + 1) | _Before(seconds_left),
        wait=wait,
        retry=retry_if_result(_is_transient),
        before_sleep=lambda state: retried.append(_result(state)),
        retry_error_callback=_result,
    )


class _Before(stop_base):
    """Stop where the next pause would pass the deadline; a deadline may move, time spent at the gate is not counted."""

    def __init__(self, seconds_left: Callable[[], float]) -> None:
        self._seconds_left = seconds_left

    def __call__(self, retry_state: RetryCallState) -> bool:
        return retry_state.upcoming_sleep >= self._seconds_left()


def _is_transient(result: Answer | Failure) -> bool:
    return isinstance(result, Failure) and result.transient


def _result(state: RetryCallState) -> Failure:
    assert state.outcome is not None
    result = state.outcome.result()
    assert isinstance(result, Failure)
    return result
