"""Numbers in words: "two hundred and fifty", "deux mille", "مائة". Pure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from summariser.evidence.numbers_words import Lexicon, Token, at


def _fits(chunk: int, value: int, joined: bool, words: Lexicon) -> int | None:
    """`chunk` with the next number word added, or None where it starts another number (7 5, 20 30)."""
    if words.french and chunk % 100 == 4 and value == 20:
        return chunk - 4 + 80
    if chunk % 100 == 0 and 0 < value < 100 and chunk:
        return chunk + value
    if chunk % 10 == 0 and chunk % 100 >= 20 and 0 < value < 10:
        return chunk + value
    if words.french and chunk % 100 in (60, 80) and 10 <= value < 20:
        return chunk + value
    if words.french and chunk % 100 in (70, 90, 10) and 7 <= value < 10:
        return chunk + value
    if words.arabic and joined and 0 < chunk % 100 < 10 and value in range(20, 100, 10):
        return chunk + value
    if words.arabic and 0 < chunk % 100 < 10 and value == 10:
        return chunk + value
    return None


def _multiplies(word: str, words: Lexicon) -> bool:
    return word in words.hundreds or word in words.scales


def spelled(tokens: Sequence[Token], start: int, words: Lexicon) -> tuple[int, Decimal, bool] | None:
    """The number in words that starts at token `start`: the token after it, its value, whether it is an ordinal."""
    total, chunk, used, place = Decimal(0), None, False, start
    end = start
    while place < min(len(tokens), start + 24):
        word, joined = tokens[place].folded, False
        if used and word in words.joiners:
            word, joined, place = at(tokens, place + 1), True, place + 1
            if word in ("", "-") or (tokens[place - 1].folded == "-" and tokens[place].start != tokens[place - 1].end):
                break
        elif used and words.arabic and word.startswith("و") and len(word) > 2:
            word, joined = word[1:], True
        if not used and word in words.articles and _multiplies(at(tokens, place + 1), words):
            chunk, used, place = 1, True, place + 1
            continue
        if word in words.cardinals:
            value = words.cardinals[word]
            if chunk is None:
                if joined and not total:
                    break
                chunk = int(value)
            elif value >= 100 or (fitted := _fits(chunk, int(value), joined, words)) is None:
                if not (words.arabic and joined and value >= 100):
                    break
                total, chunk = total + chunk, int(value)
            else:
                chunk = fitted
        elif word in words.hundreds and (chunk is None or 0 < chunk < 100):
            chunk = (chunk or 1) * 100
        elif word in words.scales:
            scale = words.scales[word]
            if chunk is None and not total and not (words.articles or words.arabic):
                break
            if 0 < total < scale:
                total = (total + (chunk or 0)) * scale  # Spanish "mil quinientos millones"
            else:
                total += (chunk if chunk is not None else 1) * scale
            chunk = None
        elif word in words.ordinals:
            value = words.ordinals[word]
            fitted_ordinal = int(value) if chunk is None else _fits(chunk, int(value), joined, words)
            if fitted_ordinal is None or (chunk is None and total):
                break
            return place + 1, total + fitted_ordinal, True
        else:
            break
        used, place = True, place + 1
        end = place
    return (end, total + (chunk or 0), False) if end > start else None
