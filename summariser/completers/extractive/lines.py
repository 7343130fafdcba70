"""Sentences as the rules see them: readable text, words, and where each stands."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from summariser.completers.extractive.lexicon import Lexicon, lexicon
from summariser.documents.normalise import plain

if TYPE_CHECKING:
    from summariser.schema import Document

WORD = re.compile(r"[^\W_]+(?:['’.\-&][^\W_]+)*", re.UNICODE)
LONGEST = 2_000
"""Characters of a sentence that are looked at: more is no sentence, and rules that look for pairs stay cheap."""

_ARABIC_PREFIX = re.compile(r"^(?:وال|بال|كال|فال|لل|ال)(?=\w{3})")


@dataclass(frozen=True)
class Line:
    """One sentence: `place` counts from 0 within the call, `stems` are its content words with their counts."""

    number: int
    place: int
    paragraph: int
    text: str
    stems: Counter[str] = field(repr=False)

    @property
    def words(self) -> list[str]:
        return self.text.split()


@dataclass(frozen=True)
class Page:
    """What one call is about: its lines, the title's stems and the word lists of the language."""

    lines: tuple[Line, ...]
    title: str
    title_stems: frozenset[str]
    lexicon: Lexicon
    language: str | None
    whole: bool
    """Whether the lines are the whole document (the lead counts) or a part from its middle."""

    def before(self, line: Line) -> Line | None:
        """The line before this one in the same paragraph."""
        if line.place == 0:
            return None
        previous = self.lines[line.place - 1]
        return previous if previous.paragraph == line.paragraph else None


def page(document: Document, numbers: tuple[int, ...]) -> Page:
    """The sentences with these numbers, ready for the rules."""
    words = lexicon(document.language)
    stop = words.words("stopwords")
    lines: list[Line] = []
    for number in numbers:
        sentence = document.sentence(number)
        if sentence is None or number in document.planted:
            continue
        text = plain(sentence.text)[:LONGEST]
        lines.append(Line(number, len(lines), sentence.paragraph, text, Counter(stems(text, stop))))
    title = plain(document.title or "")
    starts_document = not lines or not document.sentences or lines[0].number == document.sentences[0].number
    return Page(tuple(lines), title, frozenset(stems(title, stop)), words, document.language, whole=starts_document)


def stems(text: str, stop: frozenset[str]) -> list[str]:
    """Content words cut to their first six letters, which levels most inflection in most scripts.

    Truncation does about as well as stemming for ranking (McNamee & Mayfield 2004 on n-gram stems) and needs no
    table per language.
    """
    found = (word.lower().replace("’", "'").removesuffix("'s") for word in WORD.findall(text))
    return [_stem(word) for word in found if len(word) > 2 and word not in stop]


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    return _ARABIC_PREFIX.sub("", word)[:6]
