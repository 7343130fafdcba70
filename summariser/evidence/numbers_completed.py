"""A number with all that stands around it: scale, unit, bound, what it counts; and what only looks like one. Pure."""

from __future__ import annotations

from decimal import Decimal

from summariser.evidence.numbers_quantity import DURATIONS, Kind, Quantity, suffixes
from summariser.evidence.numbers_ranges import Ranges
from summariser.evidence.numbers_words import at, fold

_SUPERSCRIPTS = set("⁰¹²³⁴⁵⁶⁷⁸⁹")
_POWERS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


class Completer(Ranges):
    """Makes a quantity of the number at a token. Every method gives the token after it, the quantity, its tokens."""

    def _compound(self, i: int) -> tuple[int, Quantity, int, int]:
        """What holds digits but is no number: 2024/1689, 18:30, 4.2.1. It must stand in the support as it is."""
        end = i + 1
        while at(self.tokens, end) in ("/", ":") and self._touches(end - 1, end) and self._is_number(end + 1):
            if not self._touches(end, end + 1):
                break
            end += 2
        start, stop = self.tokens[i].start, self.tokens[end - 1].end
        words = self.text[start:stop]
        parts = words.split("/")
        if (
            len(parts) == 2
            and all(part.isdecimal() and len(part) == 1 for part in parts)
            and int(parts[0]) < int(parts[1])
        ):
            return self._finish(i, end, Decimal(int(parts[0])) / int(parts[1]), kind="fraction")
        quantity = Quantity(start, stop, words, Decimal(0), Decimal(0), kind="name", label=f"={fold(words)}")
        return end, quantity, i, end

    def _power(self, i: int, base: Decimal) -> tuple[int, Quantity, int, int] | None:
        """10^26, 10²⁶."""
        end, digits = i + 1, ""
        if at(self.tokens, end) == "^" and self._is_number(end + 1):
            end, digits = end + 2, self.tokens[end + 1].text
        else:
            while self._touches(end - 1, end) and set(self.tokens[end].text) <= _SUPERSCRIPTS:
                digits += self.tokens[end].text.translate(_POWERS)
                end += 1
        if not digits.isdecimal() or len(digits) > 3 or base > 1000:
            return None
        return self._finish(i, end, base ** int(digits))

    def _name(self, i: int, value: Decimal, label: str, last: int = 0) -> tuple[int, Quantity, int, int]:
        last = last or i + 1
        start, end = self.tokens[i].start, self.tokens[last - 1].end
        words = self.text[start:end]
        return last, Quantity(start, end, words, value, value, kind="name", label=label), i, last

    def _finish(
        self,
        first: int,
        end: int,
        value: Decimal,
        *,
        other: Decimal | None = None,
        step: Decimal = Decimal(1),
        scale: Decimal = Decimal(1),
        ordinal: bool = False,
        kind: Kind = "count",
        weak: bool = False,
        bare: bool = False,
    ) -> tuple[int, Quantity, int, int]:
        """Add what stands around the number: scale, unit, currency, bound, label, nouns."""
        start, tokens, words = first, self.tokens, self.words
        if not bare and not ordinal:
            end, value, other = self._half_more(end, value, other)
            end, scale = self._scaled(first, end, scale, kind)
        if kind == "fraction" and scale > 1:
            kind = "count"
        start, end, unit, weak_end = self._unit(first, end, ordinal)
        label = "" if unit else self._label(first)
        if not label and self._is_negative(first):
            start, value = first - 1, -value
        edge = start - 1 if start and tokens[start - 1].folded == "the" else start
        bound, stressed, below = self._bound(edge, end)
        quantity = Quantity(
            start=tokens[start].start,
            end=tokens[end - 1].end,
            words=self.text[tokens[start].start : tokens[end - 1].end],
            low=value * scale,
            high=value * scale,
            bound=bound if not (unit in DURATIONS and at(tokens, edge - 1) == "over") else "exact",
            unit=unit,
            scale=scale,
            step=step * scale,
            ordinal=ordinal,
            kind=kind,
            nouns=() if bare or label or self._partitive(start) else self._nouns(end, weak),
            label=label,
            weak=weak and (unit is None or first + 1 == end or tokens[first].folded in words.articles) and scale == 1,
            other=None if other is None else other * scale,
            stressed=stressed,
            below=below,
        )
        return max(end, weak_end), quantity, start, end

    def _scaled(self, first: int, end: int, scale: Decimal, kind: Kind) -> tuple[int, Decimal]:
        """Past the words of magnitude behind a number ("35 million", "35m", "3 bn"), and their product."""
        tokens, words = self.tokens, self.words
        for _ in range(2):
            place = end + 1 if at(tokens, end) == "-" and at(tokens, end + 1) in words.scales else end
            if at(tokens, place) not in words.scales:
                break
            scale, end = scale * words.scales[at(tokens, place)], place + 1
        short = at(tokens, end)
        if scale == 1 and kind == "count" and len(short) <= 3 and short in suffixes() and not self._is_number(end + 1):
            near_money = (first and tokens[first - 1].text in "$€£¥₹") or at(tokens, end + 1) in ("€", "$", "£")
            if near_money or short in ("bn", "tn", "mn"):
                scale, end = suffixes()[short], end + 1
        return end, scale

    def _is_negative(self, first: int) -> bool:
        """Whether a minus sign stands at the number, and no range or word before it."""
        tokens = self.tokens
        if not first or at(tokens, first - 1) != "-" or not tokens[first].text[0].isdecimal():
            return False
        return self._touches(first - 1, first) and (first == 1 or not self._touches(first - 2, first - 1))
