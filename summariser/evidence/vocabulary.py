"""How a document writes its words: with a capital, small, or not at all."""

from __future__ import annotations

from functools import cached_property, lru_cache

from summariser.evidence import text as tx

_BETWEEN = "\x00"
_TYPED = str.maketrans({**dict.fromkeys("‘’", "'"), **dict.fromkeys("“”„«»–—…·•€£", " ")})


class Vocabulary:
    """The words of a document, asked one by one.

    A claim asks for few words, and each stands in few sentences: only these are cut into words.
    """

    def __init__(self, sentences: tuple[str, ...], headlines: tuple[str, ...]) -> None:
        self._sentences = sentences
        self._headlines = headlines
        """Title and byline, in which a capital says nothing."""
        self._asked: dict[str, tuple[bool, bool]] = {}

    @cached_property
    def words(self) -> frozenset[str]:
        """Every folded word of the document."""
        lines = (*self._sentences, *self._headlines)
        return frozenset(key for line in lines for _, key, is_word, _ in tx.forms(line) if is_word)

    def is_small(self, key: str) -> bool:
        """Whether a word is written small somewhere."""
        return self._written(key)[0]

    def is_proper(self, key: str) -> bool:
        """Whether a word is capitalised within a sentence, and never written small."""
        small, capital = self._written(key)
        return capital and not small

    def _written(self, key: str) -> tuple[bool, bool]:
        """Whether a word is written small somewhere, and with a capital within a sentence."""
        found = self._asked.get(key)
        if found is None:
            small = capital = False
            for sentence in self._with(key):
                below, within = _cases(sentence)
                small, capital = small or key in below, capital or key in within
            found = self._asked[key] = small, capital
        return found

    def _with(self, key: str) -> list[str]:
        """The sentences that may have a word: those with its letters, and those of which that cannot be told."""
        if "." in key or not key.isascii() or len(self._lowered) != len(self._sentences):
            return list(self._sentences)
        return [
            sentence
            for sentence, letters in zip(self._sentences, self._lowered, strict=True)
            if key in letters or not letters.isascii()
        ]

    @cached_property
    def _lowered(self) -> list[str]:
        """Each sentence as `tx.fold` has its words where they are ASCII: small, without full stops."""
        return _BETWEEN.join(self._sentences).translate(_TYPED).lower().replace(".", "").split(_BETWEEN)


@lru_cache(maxsize=tx.SENTENCES)
def _cases(sentence: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words that a sentence writes small, and those that it writes with a capital behind its first."""
    below: list[str] = []
    within: list[str] = []
    initial = True
    for _, key, is_word, capital in tx.forms(sentence):
        if not is_word:
            initial = initial or key in tx.FULL_STOPS or key in '"“«:'
            continue
        if not capital:
            below.append(key)
        elif not initial:
            within.append(key)
        initial = False
    return frozenset(below), frozenset(within)
