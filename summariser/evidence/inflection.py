"""The forms of a word: stems, and what an English word can be an inflection of."""

from __future__ import annotations

from functools import lru_cache

from summariser.evidence.tables import WORDS, table


@lru_cache(maxsize=WORDS)
def stem(key: str, language: str = "en") -> str:
    """Snowball stem of a folded word; endings that the stemmer knows only with their accents get them back."""
    for ending, whole in _ACCENTED.get(language, ()):
        if key.endswith(ending) and len(key) > len(ending) + 2:
            key = key[: -len(ending)] + whole
            break
    return str(_stemmer(language).stemWord(key))


_ACCENTED: dict[str, tuple[tuple[str, str], ...]] = {
    "es": (("acion", "ar"), ("icion", "ir"), ("aria", "ar"), ("arian", "ar"), ("eria", "er"), ("erian", "er")),
    "fr": (("idence", "ident"),),
}
"""Votación–votar, crearía–crear, présidence–président."""


@lru_cache(maxsize=8)
def _stemmer(language: str):  # type: ignore[no-untyped-def]  # noqa: ANN202  (snowballstemmer has no types)
    import snowballstemmer

    names = {"en": "english", "fr": "french", "es": "spanish", "ar": "arabic"}
    return snowballstemmer.stemmer(names.get(language, "english"))


@lru_cache(maxsize=1)
def _irregular() -> dict[str, str]:
    pairs = str(table("words.en.json").get("irregular", "")).split()
    return dict(pair.split(":", 1) for pair in pairs)


@lru_cache(maxsize=1)
def irregular_pasts() -> frozenset[str]:
    """English past forms that do not end in -ed."""
    return frozenset(_irregular())


def is_same_in_past(key: str) -> bool:
    """Whether an English verb has one form for present and past ("cost", "set")."""
    return _irregular().get(key) == key


_ENDINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ies", ("y", "ie")),
    ("ied", ("y", "ie")),
    ("ying", ("ie", "y")),
    ("sses", ("ss",)),
    ("es", ("", "e")),
    ("ing", ("", "e")),
    ("ed", ("", "e")),
    ("s", ("",)),
)


@lru_cache(maxsize=WORDS)
def bases(key: str) -> tuple[str, ...]:
    """The forms that an English word can be an inflection of, itself first ("banned": banned, bann, banne, ban)."""
    found = [key]
    if key in _irregular():
        found.append(_irregular()[key])
    for ending, replacements in _ENDINGS:
        if key.endswith(ending) and len(key) - len(ending) >= 2:
            root = key[: -len(ending)]
            found += [root + replacement for replacement in replacements]
            if len(root) > 3 and root[-1] == root[-2]:
                found.append(root[:-1])
    return tuple(dict.fromkeys(found))
