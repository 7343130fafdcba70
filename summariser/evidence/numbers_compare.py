"""Whether one quantity bears out another: values, rounding, bounds and units. Pure."""

from __future__ import annotations

from fractions import Fraction

from summariser.evidence.numbers_quantity import Quantity, currencies, shared_currencies

_UP = ("at_least", "more_than")
LIMITS = ("at_most", "less_than")
_IN_MONTHS = {"month": 1, "quarter_year": 3, "year": 12, "decade": 120}
_IN_DAYS = {"day": 1, "week": 7}


def _readings(quantity: Quantity, unit: str | None) -> list[tuple[Fraction, Fraction]]:
    """The values of `quantity`, lowest and highest, in terms of `unit`: fractions as percent, years as months."""
    factor = Fraction(1)
    if quantity.kind == "fraction" and quantity.unit is None and unit == "percent":
        factor = Fraction(100)
    elif quantity.unit in _IN_MONTHS and unit in _IN_MONTHS:
        factor = Fraction(_IN_MONTHS[quantity.unit], _IN_MONTHS[unit])
    elif quantity.unit in _IN_DAYS and unit in _IN_DAYS:
        factor = Fraction(_IN_DAYS[quantity.unit], _IN_DAYS[unit])
    values = [(Fraction(quantity.low) * factor, Fraction(quantity.high) * factor)]
    if quantity.other is not None:
        values.append((Fraction(quantity.other) * factor, Fraction(quantity.other) * factor))
    return values


def _grain(value: Fraction) -> Fraction:
    """The worth of the last digit of `value` that is not 0: 100 for 1,200; 0.1 for 2.5."""
    if not value:
        return Fraction(1)
    grain = Fraction(1)
    for _ in range(40):
        if (value / grain).denominator == 1:
            break
        grain /= 10
    for _ in range(400):
        if (value / (grain * 10)).denominator != 1:
            break
        grain *= 10
    return grain


def _rounded(value: Fraction, grain: Fraction) -> Fraction:
    return (value / grain + Fraction(1, 2)).__floor__() * grain


def _same_value(claim: Quantity, support: Quantity, ceiling: bool) -> bool:
    """Whether the bound of `support` allows that of `claim` where the values are the same."""
    if claim.bound == "exact":
        if support.bound in LIMITS:
            return ceiling and not claim.stressed
        return support.bound == "exact" or not claim.stressed
    if claim.bound == "about":
        return support.bound not in LIMITS or claim.below
    if claim.bound == "at_least":
        return support.bound not in LIMITS
    if claim.bound == "at_most":
        return support.bound not in _UP
    if claim.bound == "more_than":
        return support.bound == "more_than"
    return support.bound == "less_than" or support.below


def _other_value(claim: Quantity, support: Quantity, said: Fraction, given: Fraction) -> bool:
    """Whether `said` is honest rounding of `given`, or a bound that `given` meets."""
    grain = _grain(said)
    firm = support.bound in ("exact", "about")
    if not firm and abs(given - said) * 10 > abs(given):
        return False  # a limit of 0.5 is none of 1
    if claim.kind == "fraction" and claim.bound in ("exact", "about") and firm:
        # 66 percent are two-thirds, 65 are nearly so
        return abs(given - said) < 1 if claim.bound == "exact" else abs(given - said) * 20 <= said
    if claim.bound == "exact":
        step = Fraction(claim.step)
        return firm and abs(said) >= 10 * step and _rounded(given, step) == said
    if claim.bound == "about":
        if claim.below and given > said:
            return False
        return firm and _rounded(given, grain) == said and abs(given - said) * 10 <= abs(given)
    loose = firm and said / grain < 100 and grain > _grain(given)  # "more than 30" for 38, not for 35 or 60
    if claim.bound in _UP:
        floor = (given / grain).__floor__() * grain
        return support.bound not in LIMITS and given > said and (floor == said or (loose and 2 * said >= given))
    ceiling = -((-given / grain).__floor__()) * grain
    return support.bound not in _UP and given < said and (ceiling == said or (loose and said <= 2 * given))


def bears(claim: Quantity, support: Quantity, ceiling: bool) -> bool:
    plain = claim.low == claim.high and support.low == support.high and claim.other is support.other is None
    if plain and claim.unit == support.unit:
        if claim.low == support.low:
            return _same_value(claim, support, ceiling)
        if not (claim.low and support.low and abs(support.low) < 4 * abs(claim.low) < 16 * abs(support.low)):
            return False
    for low, high in _readings(claim, support.unit):
        for first, last in _readings(support, support.unit):
            if low < high or first < last:
                if (low, high) == (first, last):
                    return claim.bound in (support.bound, "about")
                if low == high and (
                    (claim.bound in _UP and low == first)
                    or (claim.bound in LIMITS and low == last)
                    or (claim.bound == "about" and first <= low <= last)
                ):
                    return True
            elif low == first:
                if _same_value(claim, support, ceiling):
                    return True
            elif low and first and _magnitude(low, first) and _other_value(claim, support, low, first):
                return True
    return False


def _magnitude(one: Fraction, other: Fraction) -> bool:
    """Whether two values are near enough for rounding to come into question."""
    return Fraction(1, 4) < one / other < 4


def same_number(claim: Quantity, support: Quantity) -> bool:
    return any(one == other for one in _readings(claim, support.unit) for other in _readings(support, support.unit))


def units_fit(claim: Quantity, support: Quantity, across: bool, units: set[str | None]) -> bool:
    """Whether both count the same kind of thing. A noun is no unit: "120 states" may be "120 countries"."""
    said, given = claim.unit, support.unit
    if said == given:
        return True
    if said is None:
        if claim.kind == "fraction" and given == "percent":
            return True
        bare = not claim.nouns or across
        return given not in ("percent", "points") and (given in currencies() or len(str(given)) == 3 or bare)
    if given is None:
        if said == "percent":
            return support.kind == "fraction"
        if said in currencies() or len(said) == 3:
            return not support.nouns or any(unit and _shared(said, unit) for unit in units)
        return said != "points" and not support.nouns and not support.label
    if {said, given} <= set(_IN_MONTHS) or {said, given} <= set(_IN_DAYS):
        return True
    return _shared(said, given)


def _shared(said: str, given: str) -> bool:
    shared = shared_currencies()
    return said == given or given in shared.get(said, ()) or said in shared.get(given, ())
