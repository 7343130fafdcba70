"""What tokens cost: prices from the genai-prices data, or the user's own; a model that nobody knows has none."""

from __future__ import annotations

import re
from dataclasses import dataclass

from summariser.errors import UsageError
from summariser.schema import Usage
from summariser.settings import provider_of

MILLION = 1_000_000
BATCH_SHARE = 0.5
"""A batch costs half of what the same requests cost live (OpenAI, Azure, Mistral, Groq …)."""

_FORM = re.compile(r"(\d+(?:\.\d+)?),(\d+(?:\.\d+)?)(?:,(\d+(?:\.\d+)?))?")


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars a million tokens; `cached` is for input tokens out of the provider's prompt cache."""

    input: float
    output: float
    cached: float

    def of(self, input_tokens: float, output_tokens: float, cached_tokens: float = 0) -> float:
        """US dollars for so many tokens; `cached_tokens` are a part of `input_tokens`."""
        fresh = max(input_tokens - cached_tokens, 0)
        return (fresh * self.input + cached_tokens * self.cached + output_tokens * self.output) / MILLION

    def of_usage(self, usage: Usage) -> float:
        """US dollars for all attempts of a usage, failed ones too."""
        return self.of(usage.input_tokens, usage.output_tokens, usage.cached_tokens)


def price_of(model: str, given: str | None = None) -> Price | None:
    """The price of a model: as `given` ("INPUT,OUTPUT[,CACHED]" in dollars a million tokens), else as known, else None.

    Raises `UsageError` where `given` is not of that form.
    """
    if given is not None:
        found = _FORM.fullmatch(given.replace(" ", ""))
        if found is None:
            raise UsageError(f"a price is INPUT,OUTPUT[,CACHED] in dollars a million tokens, not {given!r}")
        return Price(float(found[1]), float(found[2]), float(found[3] or found[1]))
    if model == "extractive":
        return Price(0.0, 0.0, 0.0)
    return _known(model)


def _known(model: str) -> Price | None:
    from genai_prices import Usage as Tokens
    from genai_prices import calc_price

    provider = provider_of(model)
    if provider == "ollama":
        return Price(0.0, 0.0, 0.0)  # runs on the user's own machine
    name = model.partition("/")[2] if provider else model

    def cost(**tokens: int) -> float:
        # A thousand of each: prices that rise for very long prompts are asked for at their base.
        return float(calc_price(Tokens(**tokens), model_ref=name, provider_id=provider).total_price) * 1_000

    try:
        fresh = cost(input_tokens=1_000, output_tokens=0)
        cached = cost(input_tokens=1_000, output_tokens=0, cache_read_tokens=1_000)
        return Price(fresh, cost(input_tokens=0, output_tokens=1_000), cached)
    except (LookupError, ValueError):
        return None
