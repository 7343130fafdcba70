"""What requests of a batch will use, and what tokens cost there: half of the live price."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from summariser.corpus.batch.results import Used
from summariser.corpus.prices import BATCH_SHARE, price_of

if TYPE_CHECKING:
    from summariser.completers.wire import Request


@dataclass
class Estimate:
    """Tokens of requests that are not sent yet."""

    input_tokens: int = 0
    output_tokens: int = 0

    def add(self, request: Request) -> None:
        self.input_tokens += request.characters // 4

    @property
    def used(self) -> Used:
        return Used(input_tokens=self.input_tokens, output_tokens=self.output_tokens)


def cost(model: str, used: Used, price: str | None) -> float | None:
    """US dollars, None where no price is known; `price` is the user's own, for live requests."""
    known = price_of(model, price)
    if known is None:
        return None
    return known.of(used.input_tokens, used.output_tokens, used.cached_tokens) * BATCH_SHARE
