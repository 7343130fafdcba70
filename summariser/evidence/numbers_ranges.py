"""Join numbers into ranges, and hand on what one of two neighbours leaves to the other. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from summariser.evidence.numbers_around import Surroundings
from summariser.evidence.numbers_quantity import (
    Quantity,
    currencies,
)
from summariser.evidence.numbers_words import (
    at,
    fold,
)

_TO = {"-", "–", "—", "to", "a", "الى"}
_FROM = {fold(word) for word in ("from", "de", "desde", "من")}


class Ranges(Surroundings):
    """The quantities of one text, each with the tokens that it spans (`spans`)."""

    def _ranges(self, found: list[Quantity]) -> list[Quantity]:
        """Join "10 to 15" and hand the unit of "10 and 15%" to the first of the two."""
        result: list[Quantity] = []
        for quantity, (first, last) in zip(reversed(found), reversed(self.spans), strict=True):
            if not result:
                result.append(quantity)
                following = first
                continue
            later = result[-1]
            link = [token.folded for token in self.tokens[last:following]] if following - last <= 3 else ["?"]
            following = first
            if quantity.ordinal or later.ordinal or {"name", "multiple"} & {quantity.kind, later.kind} or not link:
                result.append(quantity)
                continue
            counted = later.nouns and quantity.unit not in currencies()
            if quantity.unit and later.unit is None and not counted and not set(link) - _TO:
                later = result[-1] = later._replace(unit=quantity.unit)
            spread = self._spread(quantity, later, link)
            opened = at(self.tokens, first - 1)
            ranged = (link in (["-"], ["–"], ["—"]) or fits(link, self.words.words, "range")) and opened not in _FROM
            ranged = ranged or (fits(link, self.words.words, "and") and fits([opened], self.words.words, "between"))
            if ranged and spread.unit == later.unit and spread.low < later.low and later.low == later.high:
                words = self.text[quantity.start : later.end]
                whole = later._replace(
                    start=quantity.start, words=words, low=spread.low, bound=spread.bound, weak=False, other=None
                )
                result[-1] = whole
            else:
                result.append(spread)
        return result[::-1]

    def _spread(self, quantity: Quantity, later: Quantity, link: list[str]) -> Quantity:
        joins = {"-", "–", "—", ",", "and", "or", "to", "et", "ou", "a", "y", "o", "و", "او", "الى"}
        if not set(link) <= joins or (quantity.unit is not None and quantity.unit not in currencies()):
            return quantity
        if quantity.scale == 1 < later.scale and quantity.low < 1000:
            if link in (["-"], ["–"], ["—"]) or fits(link, self.words.words, "range"):
                quantity = quantity._replace(low=quantity.low * later.scale, high=quantity.high * later.scale)
            else:
                quantity = quantity._replace(other=quantity.low * later.scale)
        return quantity._replace(unit=quantity.unit or later.unit, nouns=quantity.nouns or later.nouns)


def fits(link: Sequence[str], table: Mapping[tuple[str, ...], str], meaning: str) -> bool:
    """Whether the folded words `link` are an entry of `table` with this meaning."""
    return table.get(tuple(link)) == meaning
