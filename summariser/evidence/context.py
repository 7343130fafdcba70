"""What the rest of a document contributes to the check of one claim."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from summariser.evidence import text as tx
from summariser.evidence.jurisdiction import codes, places
from summariser.evidence.vocabulary import Vocabulary

_LINKS = frozenset({"of", "and", "for", "the", "on", "de", "des", "du", "la", "le", "y", "et", "del", "in", "to"})
_BEFORE = 2
"""Sentences back that a pronoun is followed to."""

Keys = tuple[str, ...]


class Context:
    """Names, aliases and places of a whole document; build it once with `Context.of` and pass it to every check.

    Each part is read when the first claim asks for it: most claims ask for little of it.
    """

    def __init__(
        self,
        sentences: tuple[str, ...] = (),
        *,
        title: str | None = None,
        byline: str | None = None,
        language: str | None = None,
    ) -> None:
        self.sentences = sentences
        self.language = language
        self._title, self._byline = title, byline

    @classmethod
    def of(
        cls,
        sentences: Sequence[str],
        *,
        title: str | None = None,
        byline: str | None = None,
        language: str | None = None,
    ) -> Context:
        """The context of these sentences; linear in their length. Never raises."""
        return cls(tuple(sentences), title=title, byline=byline, language=language)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of the document and how it writes them."""
        return Vocabulary(self.sentences, self._headlines)

    @property
    def words(self) -> frozenset[str]:
        """Every folded word of the document."""
        return self.vocabulary.words

    @property
    def _headlines(self) -> tuple[str, ...]:
        """Title and byline, in which a capital says nothing."""
        return tuple(line for line in (self._title, self._byline) if line)

    @cached_property
    def _lines(self) -> tuple[tuple[tx.Token, ...], ...]:
        return tuple(tx.tokens(line) for line in (*self.sentences, *self._headlines))

    @cached_property
    def _runs(self) -> list[Keys]:
        """Every run of capitalised words, without the titles that it begins with."""
        found: list[Keys] = []
        for words in self._lines:
            run: list[str] = []
            for token in words:
                if token.is_word and token.capital:
                    run.append(token.key)
                elif run:
                    found.append(_untitled(run))
                    run = []
            if run:
                found.append(_untitled(run))
        return [keys for keys in found if keys]

    @cached_property
    def names(self) -> frozenset[Keys]:
        return frozenset(self._runs)

    @cached_property
    def full_names(self) -> dict[str, set[Keys]]:
        """Names of several words by each of their words."""
        found: dict[str, set[Keys]] = defaultdict(set)
        for keys in self._runs:
            if 1 < len(keys) <= 8:
                for key in keys:
                    found[key].add(keys)
        return found

    @cached_property
    def _spoken(self) -> Counter[str]:
        generic = tx.word_set("names.json", "generic")
        return Counter(key for keys in self._runs for key in keys if key not in generic)

    @cached_property
    def main_names(self) -> frozenset[str]:
        """The word that names the one that the document speaks of most; who "we" is where it speaks of itself."""
        return frozenset(key for key, _ in self._spoken.most_common(1))

    @cached_property
    def subject(self) -> frozenset[str]:
        """The words of the title, and of the name that the document speaks of most."""
        if not self._spoken:
            return frozenset()
        often = {key for key, times in self._spoken.most_common(6) if times > 2}
        return self.main_names | self.titled | often | {key for key in self.opening if self._spoken[key] > 3}

    @cached_property
    def titled(self) -> frozenset[str]:
        """The words of the title, which a milestone's own title may take up."""
        return frozenset(token.key for token in tx.tokens(self._title or "") if token.is_word)

    @property
    def _head(self) -> tuple[str, ...]:
        return (*self._headlines, *(line for line in self.sentences[:1] if line))

    @cached_property
    def lead(self) -> str:
        """The title and the first sentence."""
        return "\n".join(words for words in (self._title, *self.sentences[:1]) if words)

    @cached_property
    def opening(self) -> frozenset[str]:
        """The names of title, byline and first sentence: among them is whoever writes in the first person."""
        return frozenset(token.key for words in self._head for token in tx.tokens(words) if token.capital)

    @cached_property
    def around(self) -> frozenset[str]:
        """Jurisdictions that the title, the byline and the first sentence name."""
        strong = frozenset(code for words in self._head for code in codes(words))
        # "The House of Representatives" is America's only where nothing else is named.
        return strong or frozenset(code for words in self._head for code in codes(words, weak=True))

    @cached_property
    def main_places(self) -> frozenset[str]:
        """The jurisdictions that the document names most often: at least half as often as the first of them."""
        named = [place.code for sentence in self.sentences for place in places(sentence) if place.kind != "weak"]
        counted = Counter(code for name in named for code in {name, name.split("-")[0]})
        most = max(counted.values(), default=0)
        return frozenset(code for code, times in counted.items() if 2 * times >= most)

    @cached_property
    def pairs(self) -> frozenset[Keys]:
        """Every two content words that stand side by side."""
        stop = tx.stopwords(self.language or "en")
        found: set[Keys] = set()
        for sentence in self.sentences:
            row = [key if is_word and key not in stop else "" for _, key, is_word, _ in tx.forms(sentence)]
            found.update((one, two) for one, two in pairwise(row) if one and two)
        return frozenset(found)

    @cached_property
    def aliases(self) -> dict[Keys, set[Keys]]:
        """Acronyms that the text introduces: "the European Data Board (EDB)", both ways."""
        found: dict[Keys, set[Keys]] = defaultdict(set)
        for line in (*self.sentences, *self._headlines):
            if "(" not in line and "[" not in line:
                continue
            words = tx.tokens(line)
            for place, token in enumerate(words):
                if token.key in {"(", "["} and (pair := _introduced(words, place)):
                    short, long = pair
                    found[short].add(long)
                    found[long].add(short)
        return found

    @cached_property
    def _numbers(self) -> dict[str, int]:
        """The number of each sentence; of two that say the same, the first."""
        return {sentence.strip(): number for number, sentence in reversed(list(enumerate(self.sentences)))}

    def before(self, sentence: str) -> str:
        """The sentences right before one of the document's, for a pronoun to refer to; empty where there are none."""
        number = self._numbers.get(sentence.strip())
        return "\n".join(self.sentences[max(0, number - _BEFORE) : number]) if number else ""


def _untitled(run: list[str]) -> Keys:
    titles, stop = tx.word_set("names.json", "titles"), tx.stopwords("en")
    first = next((place for place, key in enumerate(run) if key not in titles and key not in stop), len(run))
    return tuple(run[first:])


def _introduced(words: tuple[tx.Token, ...], place: int) -> tuple[Keys, Keys] | None:
    """ "Full Name (FN)" at the opening bracket `place`; the words before it must give the letters."""
    if place + 2 >= len(words) or words[place + 2].key not in {")", "]"}:
        return None
    acronym = words[place + 1].word.replace(".", "")
    if not (2 <= len(acronym) <= 10 and sum(mark.isupper() for mark in acronym) >= 2):
        return None
    letters = [mark.casefold() for mark in acronym if mark.isalpha()]
    taken: list[str] = []
    at = place - 1
    while at >= 0 and letters and words[at].is_word and len(taken) < 14:
        key = words[at].key
        if key[0] == tx.fold(letters[-1]):
            letters.pop()
        elif key not in _LINKS:
            break
        taken.insert(0, key)
        at -= 1
    if letters or not taken:
        return None
    return (tx.fold(words[place + 1].word),), tuple(taken)
