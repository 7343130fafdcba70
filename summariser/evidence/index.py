"""Which words a text has, in whichever form: built once, asked by every claim that cites the text."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from itertools import chain

from summariser.evidence import text as tx
from summariser.evidence.content import same_sense

COMMON = 400
"""A word that stands in more sentences than this tells none from another; keeps alignment linear."""


class Index:
    """The words of a text by their forms; `language` is that of the text."""

    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self.language = language
        self.sentences = tx.sentences(text)
        self.tokens = tuple(tx.tokens(sentence) for sentence in self.sentences)
        self.positions: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, row in enumerate(self.tokens):
            for place, (_, key, _, _, is_word, _) in enumerate(row):
                if is_word:
                    self.positions[key].append((number, place))
        self.whole = True
        """False for the part of a document that a claim was aligned with: there one sentence says less."""
        self._forms: dict[str, tuple[str, ...]] = {}
        self._inflections: dict[str, list[tuple[int, int]]] = {}
        self._uses: dict[str, list[tuple[int, int]]] = {}

    @cached_property
    def keys(self) -> frozenset[str]:
        return frozenset(self.positions)

    @cached_property
    def squashed(self) -> str:
        """Every word of the support in order, folded, between spaces: to look up phrases in."""
        return " " + " ".join(token.key for row in self.tokens for token in row) + " "

    def is_repeated_by(self, keys: list[str]) -> bool:
        """Whether these words are those of a whole sentence, or of all together."""
        return len(keys) in self._lengths and keys[0] in self._first_words and " ".join(keys) in self._statements

    @cached_property
    def _lengths(self) -> frozenset[int]:
        """How many words each sentence has, and all together."""
        lengths = [sum([token.is_word for token in row]) for row in self.tokens]
        return frozenset((*lengths, sum(lengths)))

    @cached_property
    def _first_words(self) -> frozenset[str]:
        return frozenset(next((token.key for token in row if token.is_word), "") for row in self.tokens)

    @cached_property
    def _statements(self) -> frozenset[str]:
        said = [[token.key for token in row if token.is_word] for row in self.tokens]
        return frozenset(" ".join(words) for words in (*said, [key for words in said for key in words]))

    @cached_property
    def _openings(self) -> dict[str, list[str]]:
        """The words of the support by their first two letters."""
        found: dict[str, list[str]] = defaultdict(list)
        for key in self.positions:
            found[key[:2]].append(key)
        return found

    def has(self, key: str) -> bool:
        """Whether there is any form of a word."""
        return (key in self.positions and self.language != "ar") or bool(self.forms(key))

    def forms(self, key: str) -> tuple[str, ...]:
        """The words of the support that are `key`: itself, another inflection or derivation, or a synonym."""
        if key not in self._forms:
            self._forms[key] = self._find_forms(key)
        return self._forms[key]

    def _find_forms(self, key: str) -> tuple[str, ...]:
        found = [key] if key in self.positions else []
        if self.language == "ar":
            return tuple(self._stems.get(tx.stem(_unprefixed(key), "ar"), ()))
        if len(key) > 2:
            same = {key, *tx.bases(key)} if self.language == "en" else {key}
            opening = key[:3]
            for other in self._openings.get(key[:2], ()):
                if other[:3] != opening or other == key:
                    continue
                inflected = self.language == "en" and not same.isdisjoint(tx.bases(other))
                if inflected or tx.stem(other, self.language) == tx.stem(key, self.language):
                    found.append(other)
        if self.language == "en":
            found += [other for other in self._by_sense(key) if other not in found]
        return tuple(found)

    @cached_property
    def _stems(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for key in self.positions:
            found[tx.stem(_unprefixed(key), self.language)].append(key)
        return found

    def _by_sense(self, key: str) -> list[str]:
        senses = same_sense(key)
        if not senses:
            return []
        return [other for sense in senses for other in self._senses.get(sense, ())]

    @cached_property
    def _senses(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        for key, senses in zip(self.positions, map(same_sense, self.positions), strict=True):
            for sense in senses:
                found[sense].append(key)
        return found

    @cached_property
    def _irregular(self) -> list[str]:
        pasts = tx.irregular_pasts()
        return [key for key in self.positions if key in pasts]

    def inflections(self, base: str) -> list[tuple[int, int]]:
        """Where an English word stands in any of its inflections, and in no synonym or derivation."""
        if base not in self._inflections:
            # Endings alone change, but for irregular verbs.
            near = [key for key in self._openings.get(base[:2], ()) if base in tx.bases(key)]
            odd = [key for key in self._irregular if base in tx.bases(key) and key not in near]
            if odd:
                near = sorted(near + odd, key=lambda key: self.positions[key][0])
            self._inflections[base] = [place for key in near for place in self.positions[key]]
        return self._inflections[base]

    def uses(self, key: str) -> list[tuple[int, int]]:
        """Where an English word stands, in whichever inflection the support has it."""
        if key not in self._uses:
            self._uses[key] = [place for base in tx.bases(key) for place in self.inflections(base)]
        return self._uses[key]

    def has_cue(self, cues: frozenset[str]) -> bool:
        """Whether any word of the support is an inflection of one of these, or is negated by its form."""
        return not cues.isdisjoint(chain.from_iterable(map(tx.bases, self.positions)))

    def adjacent(self, keys: tuple[str, ...]) -> bool:
        """Whether these words stand side by side, in order, with at most one other word between two of them."""
        if not keys or any(key not in self.positions for key in keys):
            return False
        if len(keys) == 1:
            return True
        rarest = min(range(len(keys)), key=lambda place: len(self.positions[keys[place]]))
        for sentence, place in self.positions[keys[rarest]][:COMMON]:
            row = self.tokens[sentence]
            first = max(0, place - 2 * rarest)
            window = [token.key for token in row[first : place + 2 * (len(keys) - rarest)]]
            at = 0
            for key in window:
                if at < len(keys) and key == keys[at]:
                    at += 1
            if at == len(keys):
                return True
        return False

    def words_of(self, keys: tuple[str, ...]) -> str | None:
        """The words of a name as the support has them, verbatim, where they stand together."""
        for sentence, place in self.positions.get(keys[0], ())[:COMMON] if keys else ():
            row = self.tokens[sentence][place : place + len(keys)]
            if tuple(token.key for token in row) == keys:
                return self.sentences[sentence][row[0].start : row[-1].end]
        return None


def _unprefixed(key: str) -> str:
    """An Arabic word without "and", one-letter prepositions and the article."""
    for prefix in ("وال", "بال", "فال", "كال", "ولل", "وست", "وسي", "لل", "ال", "و", "ست", "سي"):
        if key.startswith(prefix) and len(key) > len(prefix) + 2:
            return key[len(prefix) :]
    return key
