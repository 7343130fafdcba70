"""What a run may spend, and what it has spent: in dollars or in tokens, over all its processes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from summariser.completers.governor import Local, Shared
from summariser.corpus.prices import Price
from summariser.errors import UsageError

if TYPE_CHECKING:
    from summariser.completers.gate import Size
    from summariser.completers.wire import Answer

_SPENT = 0

_FORM = re.compile(r"(\d+(?:\.\d+)?)(k|m)?(t|tokens?)?", re.IGNORECASE)
_FACTORS = {"": 1.0, "k": 1e3, "m": 1e6}


@dataclass(frozen=True, slots=True)
class Allowance:
    """What may be spent: `amount` US dollars, or tokens."""

    amount: float
    tokens: bool

    @classmethod
    def read(cls, text: str) -> Allowance:
        """``5.00`` (dollars), ``200000t``, ``200k tokens`` or ``3M``. Raises `UsageError` for anything else."""
        found = _FORM.fullmatch(text.strip().lstrip("$").replace(" ", "").replace("_", ""))
        if found is None:
            raise UsageError(f"a budget is dollars (5.00) or tokens (200k tokens), not {text!r}")
        factor = _FACTORS[(found[2] or "").lower()]
        return cls(float(found[1]) * factor, tokens=bool(found[2] or found[3]))

    def __str__(self) -> str:
        return f"{self.amount:,.0f} tokens" if self.tokens else f"${self.amount:,.2f}"


def state_size(processes: int) -> int:
    """How many numbers a budget keeps: what was spent, and what each process has reserved."""
    return 1 + processes


class Budget:
    """A `summariser.completers.gate.Purse`: every request reserves what it may cost at most, and settles what it did.

    Nothing is granted that could pass the allowance. Where what is reserved stands in the way, requests wait for it to
    be settled; where nothing is reserved any more, the run must stop (`spent_out`).
    """

    def __init__(
        self, allowance: Allowance, price: Price | None, shared: Shared | None = None, process: int = 0
    ) -> None:
        """`process` counts those that share the state. Raises `UsageError` for dollars where no price is known."""
        if price is None and not allowance.tokens:
            raise UsageError("a budget in dollars needs the model's price: give --price, or a budget in tokens")
        self._allowance = allowance
        self._price = price
        self._shared = shared or Local(state_size(1))
        self._own = 1 + process
        self.spent_out = False

    @property
    def spent(self) -> float:
        """Dollars or tokens so far, in the allowance's unit."""
        return self._shared.values[_SPENT]

    def take(self, size: Size) -> Literal["go", "wait", "stop"]:
        cost = self._cost(size.input_tokens, size.most_output)
        with self._shared.lock:
            values = self._shared.values
            reserved = sum(values[1:])
            if values[_SPENT] + reserved + cost <= self._allowance.amount:
                values[self._own] += cost
                return "go"
            if reserved > 1e-9:
                return "wait"
        self.spent_out = True
        return "stop"

    def settle(self, size: Size, used: Answer | None) -> None:
        actual = 0.0
        if used is not None and used.input_tokens + used.output_tokens:
            actual = self._cost(used.input_tokens, used.output_tokens, used.cached_tokens)
        elif used is not None:  # the server counts nothing: what was expected counts
            actual = self._cost(size.input_tokens, size.output_tokens)
        with self._shared.lock:
            values = self._shared.values
            values[self._own] = max(values[self._own] - self._cost(size.input_tokens, size.most_output), 0.0)
            values[_SPENT] += actual

    def _cost(self, input_tokens: float, output_tokens: float, cached_tokens: float = 0) -> float:
        if self._allowance.tokens or self._price is None:
            return input_tokens + output_tokens
        return self._price.of(input_tokens, output_tokens, cached_tokens)
