"""What the rest of a document contributes to the check of one claim."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from summariser.evidence import text as tx
from summariser.evidence.jurisdiction import codes, places

_LINKS = frozenset({"of", "and", "for", "the", "on", "de", "des", "du", "la", "le", "y", "et", "del", "in", "to"})
_BEFORE = 2
"""Sentences back that a pronoun is followed to."""

Keys = tuple[str, ...]


@dataclass(slots=True)
class Context:
    """Names, aliases and places of a whole document; build it once with `Context.of` and pass it to every check."""

    language: str | None = None
    words: dict[str, int] = field(default_factory=dict)
    """Every folded word of the document, with the number of the sentence where it first stands."""
    proper: set[str] = field(default_factory=set)
    """Words that are capitalised within a sentence and never written small."""
    common: set[str] = field(default_factory=set)
    """Words that are written small somewhere."""
    names: set[Keys] = field(default_factory=set)
    full_names: dict[str, set[Keys]] = field(default_factory=lambda: defaultdict(set))
    """Names of several words by each of their words."""
    aliases: dict[Keys, set[Keys]] = field(default_factory=lambda: defaultdict(set))
    """Acronyms that the text introduces: "the European Data Board (EDB)", both ways."""
    pairs: set[Keys] = field(default_factory=set)
    """Every two content words that stand side by side."""
    subject: frozenset[str] = frozenset()
    """The words of the title, and of the name that the document speaks of most."""
    titled: frozenset[str] = frozenset()
    """The words of the title, which a milestone's own title may take up."""
    main_names: frozenset[str] = frozenset()
    """The word that names the one that the document speaks of most; who "we" is where it speaks of itself."""
    _spoken: Counter[str] = field(default_factory=Counter)
    lead: str = ""
    """The title and the first sentence."""
    opening: frozenset[str] = frozenset()
    """The names of title, byline and first sentence: among them is whoever writes in the first person."""
    around: frozenset[str] = frozenset()
    """Jurisdictions that the title, the byline and the first sentence name."""
    main_places: frozenset[str] = frozenset()
    """The jurisdictions that the document names most often: at least half as often as the first of them."""
    sentences: tuple[str, ...] = ()
    numbers: dict[str, int] = field(default_factory=dict)

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
        found = cls(language=language, sentences=tuple(sentences))
        for number, sentence in enumerate(sentences):
            found.numbers.setdefault(sentence.strip(), number)
            found._read(tx.tokens(sentence), number)
        head = [words for words in (title, byline, *list(sentences)[:1]) if words]
        for words in (title, byline):
            if words:
                found._read(tx.tokens(words), 0, headline=True)
        found.lead = "\n".join(words for words in (title, *list(sentences)[:1]) if words)
        weak = frozenset().union(*(codes(words, weak=True) for words in head)) if head else frozenset()
        strong = frozenset().union(*(codes(words) for words in head)) if head else frozenset()
        found.around = strong or weak  # "the House of Representatives" is America's only where nothing else is named
        found.proper -= found.common
        found.opening = frozenset(token.key for words in head for token in tx.tokens(words) if token.capital)
        stop = tx.stopwords(language or "en")
        for sentence in sentences:
            row = [token.key if token.is_word and token.key not in stop else "" for token in tx.tokens(sentence)]
            found.pairs.update((one, two) for one, two in pairwise(row) if one and two)
        found.titled = frozenset(token.key for token in tx.tokens(title or "") if token.is_word)
        if found._spoken:
            found.main_names = frozenset(key for key, _ in found._spoken.most_common(1))
            found.subject = found.main_names | found.titled
            found.subject |= {key for key, times in found._spoken.most_common(6) if times > 2}
            found.subject |= {key for key in found.opening if found._spoken[key] > 3}
        named = [place.code for sentence in sentences for place in places(sentence) if place.kind != "weak"]
        counted = Counter(code for name in named for code in {name, name.split("-")[0]})
        most = max(counted.values(), default=0)
        found.main_places = frozenset(code for code, times in counted.items() if 2 * times >= most)
        return found

    def _read(self, words: tuple[tx.Token, ...], number: int, *, headline: bool = False) -> None:
        run: list[tx.Token] = []
        initial = True
        for place, token in enumerate(words):
            key = token.key
            if run and not (token.is_word and token.capital):
                self._name(run)
                run = []
            if not token.is_word:
                initial = initial or tx.ends_sentence(token) or key in '"“«:'
                if key in "([":
                    self._introduced(words, place)
                continue
            self.words.setdefault(key, number)
            if token.capital:
                run.append(token)
                if not initial and not headline:
                    self.proper.add(key)
            elif not headline:
                self.common.add(key)
            initial = False
        if run:
            self._name(run)

    def _name(self, run: list[tx.Token]) -> None:
        titles, generic = tx.word_set("names.json", "titles"), tx.word_set("names.json", "generic")
        keys = tuple(token.key for token in run)
        while keys and (keys[0] in titles or keys[0] in tx.stopwords("en")):
            keys = keys[1:]
        if not keys:
            return
        self.names.add(keys)
        self._spoken.update(key for key in keys if key not in generic)
        if len(keys) > 1 and len(keys) <= 8:
            for key in keys:
                self.full_names[key].add(keys)

    def _introduced(self, words: tuple[tx.Token, ...], place: int) -> None:
        """ "Full Name (FN)" at the opening bracket `place`; the words before it must give the letters."""
        if place + 2 >= len(words) or words[place + 2].key not in {")", "]"}:
            return
        acronym = words[place + 1].word.replace(".", "")
        if not (2 <= len(acronym) <= 10 and sum(mark.isupper() for mark in acronym) >= 2):
            return
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
            return
        short, long = (tx.fold(words[place + 1].word),), tuple(taken)
        self.aliases[short].add(long)
        self.aliases[long].add(short)

    def before(self, sentence: str) -> str:
        """The sentences right before one of the document's, for a pronoun to refer to; empty where there are none."""
        number = self.numbers.get(sentence.strip())
        return "\n".join(self.sentences[max(0, number - _BEFORE) : number]) if number else ""
