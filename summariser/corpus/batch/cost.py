"""What tokens cost in a batch: half of the live price."""

from __future__ import annotations

from summariser.corpus.batch.results import Used
from summariser.corpus.prices import BATCH_SHARE, price_of


def cost(model: str, used: Used, price: str | None) -> float | None:
    """US dollars, None where no price is known; `price` is the user's own, for live requests."""
    known = price_of(model, price)
    if known is None:
        return None
    return known.of(used.input_tokens, used.output_tokens, used.cached_tokens) * BATCH_SHARE
