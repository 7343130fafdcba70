"""Text as the checkers see it: tokens with folded keys, sentences, the language, and rule tables.

Everything here is linear in the text and cached by the string, so that a sentence which ten claims cite is cut
into tokens once.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from summariser.evidence.inflection import bases, irregular_pasts, is_same_in_past, stem
from summariser.evidence.tables import PASSAGES, SENTENCES, WORDS, table

__all__ = [
    "CHECKED_LANGUAGES",
    "FULL_STOPS",
    "LONGEST",
    "PASSAGES",
    "SENTENCES",
    "WORDS",
    "Token",
    "bases",
    "ends_sentence",
    "fold",
    "forms",
    "irregular_pasts",
    "is_adverb",
    "is_capitalised",
    "is_same_in_past",
    "language_of",
    "sentences",
    "stem",
    "stopwords",
    "table",
    "tokens",
    "word_set",
]

CHECKED_LANGUAGES = frozenset({"en", "fr", "es", "ar"})
"""Languages whose polarity, modality and content are checked; in all others a claim is `unchecked` at best."""

LONGEST = 1500
"""Characters of a sentence at most."""

_TOKEN = re.compile(
    r"[a-zA-Z]{3,}(?=[ ,])"  # most words: first, because what follows costs more to rule out
    r"|EE\.\s?UU\.?"  # los Estados Unidos
    r"|(?:[^\W\d_]\.){2,}"  # U.S., e.g.
    r"|(?:[ldjmnstcLDJMNSTC]|[qQ]u)['’](?=\w\w)"  # l'Union: the article is a token of its own
    r"|[\w\u0610-\u061a\u0640\u064b-\u065f\u0670]+(?:['’]\w+)*"
    r"|[,;:()\[\]—–.!?؟،؛\"“”«»\n]"
)
_FULL_STOP = re.compile(r"[.!?؟…]+[\"'”’)\]»]*\s+")
_STOP = re.compile(rf"{_FULL_STOP.pattern}|\s*\n\s*")
_ARABIC_MARKS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670]")
_ARABIC_FORMS = str.maketrans("أإآٱىة", "اااايه")
_ABBREVIATION = re.compile(
    r"(?:\b(?:EE|Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Col|Lt|St|Sr|Jr|No|Art|Sec|Inc|Ltd|Co|Corp|vs|etc|Jan|Feb|Mar|Apr|Jun|Jul"
    r"|Aug|Sept|Sep|Oct|Nov|Dec|M|Mme|Mlle|[A-Z]))$"
)
_COLLIDING = {
    "US": "us.",
    "U.S.": "us.",
    "EE. UU.": "us.",
    "EE.UU.": "us.",
    "US's": "us.",
    "US’s": "us.",
    "U.S.'s": "us.",
    "WHO": "who.",
    "IT": "it.",
}
"""Acronyms that a function word would swallow when case is folded away."""
FULL_STOPS = frozenset(".!?؟\n")
"""Marks that end a sentence."""


class Token(NamedTuple):
    """A word or a mark: `key` is the word folded (case, diacritics, possessive), offsets into the passage.

    `is_word` is False for a mark, `capital` True where the first letter is one.
    """

    word: str
    key: str
    start: int
    end: int
    is_word: bool
    capital: bool


@lru_cache(maxsize=WORDS)
def fold(word: str) -> str:
    """A word without case, diacritics, possessive ending and full stops: what two spellings have in common."""
    if word in _COLLIDING:
        return _COLLIDING[word]
    key = word.replace("’", "'").casefold()
    if key.endswith("'s"):
        key = key[:-2]
    elif key.endswith("'") and len(key) > 2:
        key = key[:-1]
    if not key.isascii():
        key = _ARABIC_MARKS.sub("", key).translate(_ARABIC_FORMS)
        key = "".join(mark for mark in unicodedata.normalize("NFKD", key) if not unicodedata.combining(mark))
    return key.replace(".", "") if "." in key and len(key) > 1 else key or word


@lru_cache(maxsize=WORDS)
def _known(word: str) -> tuple[str, str, bool, bool]:
    """What a token has from its word alone; the word itself too, so that each is held once for all its tokens."""
    key = fold(word)
    return word, key, key[:1].isalnum(), word[:1].isupper()


@lru_cache(maxsize=SENTENCES)
def tokens(text: str) -> tuple[Token, ...]:
    """The words and marks of a sentence, in order."""
    found: list[Token] = []
    make, find = (
        tuple.__new__,
        text.find,
    )  # what Token(...) does, without the Python function around it: the hottest loop
    end = 0
    for word, key, is_word, capital in forms(text):
        start = find(word, end)  # no token stands within what lies between two: each begins where it can first be told
        end = start + len(word)
        found.append(make(Token, (word, key, start, end, is_word, capital)))
    return tuple(found)


def forms(text: str) -> Iterator[tuple[str, str, bool, bool]]:
    """The words and marks of a sentence without their places: word, key, `is_word`, `capital`."""
    return map(_known, _TOKEN.findall(text))


@lru_cache(maxsize=PASSAGES)
def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a support, near enough for alignment (the exact split is the document reader's)."""
    found: list[str] = []
    start = 0
    for stop in (_STOP if "\n" in text else _FULL_STOP).finditer(text):
        before = text[max(start, stop.start() - 6) : stop.start()]
        if "\n" not in stop.group():
            following = text[stop.end() : stop.end() + 1]
            if following.islower() or (stop.group().startswith(".") and _ABBREVIATION.search(before)):
                continue
        found += _pieces(text[start : stop.end()].strip())
        start = stop.end()
    found += _pieces(text[start:].strip())
    return tuple(found)


def _pieces(sentence: str) -> list[str]:
    """A sentence, or the parts of one that is too long to be one: what looks back within it stays linear so."""
    found: list[str] = []
    start = 0
    while len(sentence) - start > LONGEST:
        cut = sentence.rfind(" ", start, start + LONGEST)
        end = cut if cut > start else start + LONGEST
        found.append(sentence[start:end])
        start = end
    if rest := sentence[start:].strip():
        found.append(rest)
    return found


@lru_cache(maxsize=256)
def word_set(name: str, *path: str) -> frozenset[str]:
    """The words at `path` of a table as a set of keys; a list of phrases counts as its phrases."""
    found: object = table(name)
    for step in path:
        found = found.get(step, "") if isinstance(found, dict) else ""
    words = found.split() if isinstance(found, str) else list(found) if isinstance(found, (list, dict)) else []
    return frozenset(" ".join(fold(part) for part in str(word).split()) for word in words)


@lru_cache(maxsize=SENTENCES)
def language_of(text: str) -> str | None:
    """ISO 639-1 code of a sentence by its script and function words, or None where too little tells."""
    sample = text[:2000]
    arabic = sum("\u0600" <= mark <= "\u06ff" for mark in sample)
    latin = sum(mark.isalpha() and mark < "\u0250" for mark in sample)
    letters = sum(mark.isalpha() for mark in sample)
    if letters == 0:
        return None
    if arabic * 2 > letters:
        return "ar"
    if latin * 2 < letters:
        return "und"
    keys = Counter(token.word.replace("’", "'").lower().rstrip("'") for token in tokens(sample))
    scores = {name: sum(n for key, n in keys.items() if key in words) for name, words in _function_words().items()}
    best, second = sorted(scores.values(), reverse=True)[:2]
    if best < 2 or best == second:
        return None
    return max(scores, key=lambda name: scores[name])


@lru_cache(maxsize=1)
def _function_words() -> dict[str, frozenset[str]]:
    return {name: frozenset(str(words).split()) for name, words in table("languages.json").items() if len(name) == 2}


@lru_cache(maxsize=8)
def stopwords(language: str) -> frozenset[str]:
    """Function words of a language as keys."""
    return word_set("languages.json", language) | (
        word_set("words.en.json", "stopwords") if language == "en" else set()
    )


def is_capitalised(word: str) -> bool:
    return word[:1].isupper()


def is_adverb(key: str) -> bool:
    """Whether an English word has the form of an adverb ("formally", not "comply")."""
    return key.endswith("ly") and key not in word_set("words.en.json", "no_adverbs")


def ends_sentence(token: Token) -> bool:
    return token.key in FULL_STOPS
