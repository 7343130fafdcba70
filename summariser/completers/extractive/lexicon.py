"""The word lists of each language, read once from `_data`; a language that has none gets empty lists."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources

LANGUAGES = ("ar", "en", "es", "fr")
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Lexicon:
    """The lists of one language: `words(key)` are single words, `phrases(key)` whole lines; all in lower case."""

    language: str
    tables: dict[str, object]

    def words(self, key: str) -> frozenset[str]:
        """The words of a list such as ``"stopwords"`` or ``"names.titles"``; empty where there is none."""
        if key not in self._words:
            self._words[key] = frozenset(self._text(key).split())
        return self._words[key]

    def phrases(self, key: str) -> tuple[str, ...]:
        """The lines of a list, the longest first, so that the longest of several that fit is found first."""
        lines = {line.strip() for line in self._text(key).splitlines()} - {""}
        return tuple(sorted(lines, key=lambda line: (-len(line), line)))

    @cached_property
    def _words(self) -> dict[str, frozenset[str]]:
        return {}

    def _text(self, key: str) -> str:
        table: object = self.tables
        for part in key.split("."):
            table = table.get(part, "") if isinstance(table, dict) else ""
        return table if isinstance(table, str) else ""

    def rows(self, key: str) -> list[dict[str, str]]:
        """An array of tables, such as the status cues."""
        table: object = self.tables
        for part in key.split("."):
            table = table.get(part, []) if isinstance(table, dict) else []
        return table if isinstance(table, list) else []

    @property
    def known(self) -> bool:
        """Whether there are lists for this language at all."""
        return bool(self.tables)


@lru_cache(maxsize=8)
def lexicon(language: str | None) -> Lexicon:
    """The lists for an ISO 639-1 code; empty ones for a language that we have none for."""
    code = (language or "").split("-")[0].lower()
    if code not in LANGUAGES:
        return Lexicon(code, {})
    text = resources.files(__package__).joinpath("_data", f"{code}.toml").read_text(encoding="utf-8")
    return Lexicon(code, tomllib.loads(text))
