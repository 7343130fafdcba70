"""Which language a text is in, told offline: by script first, then by py3langid among the languages of that script."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LEAST_LETTERS = 40
"""A shorter text has no language that could be told."""

_SAMPLE = 6_000
_LETTERS = {
    "latin": "A-Za-zÀ-ɏḀ-ỿ",
    "arabic": "\u0620-\u064a\u066e-\u06d3\u06fa-\u06fc\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc",
    "cyrillic": "\u0400-\u052f",
    "greek": "\u0370-\u03ff\u1f00-\u1fff",
    "hebrew": "\u05d0-\u05ea",
    "devanagari": "\u0900-\u097f",
    "bengali": "\u0980-\u09ff",
    "thai": "\u0e01-\u0e4e",
    "hangul": "\uac00-\ud7a3\u1100-\u11ff",
    "kana": "\u3040-\u30ff",
    "han": "\u3400-\u4dbf\u4e00-\u9fff",
    "georgian": "\u10d0-\u10ff",
    "armenian": "\u0531-\u0587",
    "tamil": "\u0b80-\u0bff",
    "ethiopic": "\u1200-\u137f",
}
_SCRIPTS = {name: re.compile(f"[{letters}]+") for name, letters in _LETTERS.items()}
_NOT_LATIN = re.compile(f"[{''.join(letters for name, letters in _LETTERS.items() if name != 'latin')}]")
_BY_SCRIPT = {
    "arabic": ("ar", "fa", "ur", "ku", "ps", "ug"),
    "cyrillic": ("ru", "uk", "bg", "sr", "mk", "be", "kk", "ky", "mn"),
    "greek": ("el",),
    "hebrew": ("he",),
    "devanagari": ("hi", "mr", "ne"),
    "bengali": ("bn", "as"),
    "thai": ("th",),
    "hangul": ("ko",),
    "kana": ("ja",),
    "han": ("zh",),
    "georgian": ("ka",),
    "armenian": ("hy",),
    "tamil": ("ta",),
    "ethiopic": ("am",),
}
_SURE = 0.6
_WORD = re.compile(r"[^\W\d_]+")


def scripts(text: str) -> dict[str, float]:
    """Share of the letters of each known script in the first stretch of a text."""
    sample = text[: 2 * _SAMPLE]
    if not _NOT_LATIN.search(sample):
        return {"latin": 1.0} if _SCRIPTS["latin"].search(sample) else {}
    counts = Counter({name: sum(map(len, letters.findall(sample))) for name, letters in _SCRIPTS.items()})
    total = sum(counts.values())
    return {name: count / total for name, count in counts.most_common() if count} if total else {}


def script_of(language: str) -> str | None:
    """The script that a language is written in, where it is one of ours ("latin" for every other language)."""
    code = language.lower().split("-")[0]
    if code in ("ja", "zh", "ko", "sr", "kk", "ku", "mn", "az", "uz"):
        return None  # written in more than one
    return next((script for script, languages in _BY_SCRIPT.items() if code in languages), "latin")


def detect(text: str) -> str | None:
    """ISO 639-1 code of the text's language, or None where it is too short or unsure."""
    middle = max(0, len(text) // 2 - _SAMPLE // 2)
    sample = (
        text[:_SAMPLE]
        if len(text) <= 3 * _SAMPLE
        else f"{text[: _SAMPLE // 2]}\n{text[middle : middle + _SAMPLE // 2]}"
    )
    shares = scripts(sample)
    script = next(iter(shares), None)
    if script is None:
        return None
    if script in ("latin", "arabic", "cyrillic", "devanagari") and not _has_letters(sample, LEAST_LETTERS):
        return None
    if shares.get("kana", 0) > 0.05:
        return "ja"
    if script != "latin" and len(languages := _BY_SCRIPT[script]) == 1:
        return languages[0]
    return _plainly(sample) or _among(sample, script)


def _has_letters(text: str, count: int) -> bool:
    """Whether the text holds so many letters; it is read no further than to the last of them."""
    return sum(1 for _ in islice(filter(str.isalpha, text), count)) == count


@cache
def _function_words() -> dict[str, tuple[str, ...]]:
    """Each function word, and the languages that have it."""
    table = tomllib.loads(files("summariser.documents").joinpath("_data/function_words.toml").read_text("utf-8"))
    known: dict[str, tuple[str, ...]] = {}
    for language, words in table.items():
        for word in set(words.split()):
            known[word] = (*known.get(word, ()), language)
    return known


def _plainly(sample: str) -> str | None:
    """The language whose function words fill a fifth of the sample and leave every other far behind.

    The model below costs half a second to load: nearly every page can do without it.
    """
    words = _WORD.findall(sample.lower())
    if len(words) < 40:
        return None
    known, counts = _function_words(), Counter[str]()
    for word, times in Counter(filter(known.__contains__, words)).items():
        for language in known[word]:
            counts[language] += times
    (best, most), (_, next_most), *_ = *counts.most_common(2), ("", 0), ("", 0)
    return best if most >= 0.2 * len(words) and most >= 1.6 * next_most else None


def _among(sample: str, script: str) -> str | None:
    """The likeliest language of the script, or None where another is close behind."""
    allowed = _BY_SCRIPT.get(script)
    ranked = [(code, score) for code, score in _rank(sample) if allowed is None or code in allowed]
    if allowed is None:
        other = {code for languages in _BY_SCRIPT.values() for code in languages}
        ranked = [(code, score) for code, score in ranked if code not in other or code == "ku"]
    if not ranked:
        return None
    return ranked[0][0] if ranked[0][1] >= _SURE or _has_letters(sample, 400) else None


def _rank(sample: str) -> Iterable[tuple[str, float]]:
    return _identifier().rank(sample)  # type: ignore[attr-defined, no-any-return]


@cache
def _identifier() -> object:
    """py3langid's model with probabilities (0.6 s the first time)."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
