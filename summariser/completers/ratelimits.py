"""The rate limits that servers tell in the headers of their responses (OpenAI, Azure, Groq, OpenRouter and others)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from summariser.completers.governor import Limits

_SIGN = "x-ratelimit-limit-"
_PARTS = re.compile(r"(\d+(?:\.\d+)?)(ms|h|m|s|d)")
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
LONGEST_PAUSE = 60.0
"""Seconds: a longer reset is that of a daily allowance, which no run waits for; the server will refuse in its time."""


def limits_of(headers: Mapping[str, str]) -> Limits | None:
    """What the headers say, None where they say nothing."""
    requests, wait = _one(headers, "requests")
    tokens, other = _one(headers, "tokens")
    if requests is None and tokens is None:
        return None
    return Limits(requests, tokens, max(wait, other))


def _one(headers: Mapping[str, str], what: str) -> tuple[float | None, float]:
    """A minute's allowance of requests or tokens, and the pause where it is spent.

    The number in the header may be a day's: how fast what was used comes back tells the rate.
    """
    limit, left = _number(headers.get(_SIGN + what)), _number(headers.get(f"x-ratelimit-remaining-{what}"))
    if not limit:
        return None, 0.0
    reset = _seconds(headers.get(f"x-ratelimit-reset-{what}", ""))
    if left is None or reset <= 0:
        return limit, 0.0
    rate = min(limit, 60.0 * (limit - left) / reset) if left < limit else limit
    return rate, (reset if left < 1 and reset <= LONGEST_PAUSE else 0.0)


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


def _seconds(text: str) -> float:
    """``1m30.5s``, ``20ms``, or plain seconds; 0 where it is neither."""
    parts = _PARTS.findall(text)
    if parts:
        return sum(float(number) * _SECONDS[unit] for number, unit in parts)
    return _number(text) or 0.0
