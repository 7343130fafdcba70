"""The sentences that a claim is held against: indexed once, asked by every claim that cites them."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property, lru_cache

from summariser.evidence import text as tx
from summariser.evidence.content import ranks
from summariser.evidence.index import COMMON, Index
from summariser.evidence.jurisdiction import places
from summariser.evidence.reading import Reading, read

LONG = 6
"""A support of more sentences than this is taken for a whole document: claims are aligned with parts of it."""
FOCUS = 3
WIDE = 4
ARTICLE = 60
"""Sentences that a claim is held against first, and those in which a fact may still stand if it is not there."""


class Support(Index):
    """An indexed support; `language` is that of the text."""

    @cached_property
    def strongest(self) -> dict[int, tuple[int, str]]:
        """For each scale of verbs: the highest rank that the support reaches, and the word that reaches it."""
        found: dict[int, tuple[int, str]] = {}
        for key, steps in zip(self.positions, map(ranks, self.positions), strict=True):
            for scale, rank in steps:
                if scale not in found or found[scale][0] < rank:
                    found[scale] = (rank, key)
        return found

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """What each sentence denies, and with which force it says its verbs."""
        return tuple(read(sentence, self.language) for sentence in self.sentences)

    @cached_property
    def denies_words(self) -> bool:
        """Whether any sentence denies a word that stands in it."""
        return any(reading.denied for reading in self.readings)

    @cached_property
    def denies(self) -> bool:
        """Whether there is a negator in any sentence."""
        return any(reading.negators for reading in self.readings)

    @cached_property
    def small(self) -> frozenset[str]:
        """Words that the support writes small somewhere."""
        return frozenset(token.key for row in self.tokens for token in row if token.word[:1].islower())

    @cached_property
    def proper(self) -> frozenset[str]:
        """Words that the support writes with a capital within a sentence, and never small."""
        within = {token.key for row in self.tokens for token in row[1:] if token.capital}
        return frozenset(within - self.small)

    @cached_property
    def heads(self) -> frozenset[str]:
        """Capitalised words that stand right behind "the" and end their name ("the Commission said")."""
        found: set[str] = set()
        for row in self.tokens:
            for article, head, after in zip(row, row[1:], (*row[2:], None), strict=False):
                behind = after is not None and after.capital
                if article.key == "the" and head.capital and not behind:
                    found.add(head.key)
        return frozenset(found)

    @cached_property
    def capitals(self) -> frozenset[str]:
        """The acronyms of the support, folded."""
        return frozenset(
            token.key.rstrip(".") for row in self.tokens for token in row if len(token.key) > 1 and token.word.isupper()
        )

    @cached_property
    def initials(self) -> frozenset[str]:
        """The initials of every run of two or more capitalised words ("European Data Board": edb)."""
        found: set[str] = set()
        for row in self.tokens:
            run: list[str] = []
            for token in (*row, None):
                if token is not None and token.capital:
                    run.append(token.key[0])
                elif token is not None and run and token.key in {"of", "and", "for", "the", "on", "to", "de", "du"}:
                    continue
                else:
                    if 2 <= len(run) <= 10:
                        found.update("".join(run[start:]) for start in range(len(run) - 1))
                    run = []
        return frozenset(found)

    @cached_property
    def codes(self) -> dict[str, frozenset[str]]:
        """The places that the support names: for each code the kinds of mention."""
        found: dict[str, set[str]] = defaultdict(set)
        for sentence in self.sentences:
            for place in places(sentence):
                if place.kind in {"name", "demonym", "adjective", "capital"}:
                    found[place.code].add(place.kind)
        return {code: frozenset(kinds) for code, kinds in found.items()}

    def focus(self, keys: tuple[str, ...], size: int = FOCUS) -> Support:
        """The part of a long support that speaks of these words: the best sentences, in the order of the text."""
        if len(self.sentences) <= LONG:
            return self
        scores: dict[int, float] = defaultdict(float)
        for key in dict.fromkeys(keys):
            places = {number for form in self.forms(key) for number, _ in self.positions[form]}
            if 0 < len(places) <= COMMON:
                for number in places:
                    scores[number] += 1 / (1 + len(places)) ** 0.5
        best = sorted(scores, key=lambda number: (-scores[number], number))[:size]
        if not best:
            return support_of("", self.language)
        part = support_of("\n".join(self.sentences[number] for number in sorted(best)), self.language)
        part.whole = False
        return part


@lru_cache(maxsize=tx.PASSAGES)
def support_of(text: str, language: str) -> Support:
    """The support of this text, built once."""
    return Support(text, language)
