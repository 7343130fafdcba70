"""Where the names of a sentence are: runs of capitalised words.

A word that begins a sentence is a name only when something else says so: the document writes it with a capital
elsewhere, it is a known place or an acronym, or it is no common word.
"""

from __future__ import annotations

from functools import lru_cache

from summariser.evidence import text as tx
from summariser.evidence.context import Context
from summariser.evidence.jurisdiction import places
from summariser.evidence.support import Support

_COMMON_ENDINGS = ("ly", "ing", "tion", "sion", "ment", "ity", "ness", "ism", "ance", "ence", "ers", "ors", "ed", "ies")
_NAMED = frozenset({"en", "fr", "es"})
"""Languages that write names, and little else, with capitals."""
_MOSTLY = 0.9


def listed(name: str) -> frozenset[str]:
    """A list of `_data/names.json` as keys."""
    return tx.word_set("names.json", name)


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    table = tx.table("words.en.json")
    found = set(str(table["openers"]).split()) | set(str(table["light"]).split())
    for name in ("synonyms", "opposites", "exclusive", "scales"):
        rows = table[name]
        for row in rows if isinstance(rows, list) else []:
            found.update(str(row).replace("|", " ").split())
    return frozenset(found) | tx.stopwords("en")


@lru_cache(maxsize=tx.WORDS)
def is_common(key: str) -> bool:
    """Whether an English word is one of our tables' words or has the ending of a common noun, verb or adverb."""
    return key.endswith(_COMMON_ENDINGS) or any(base in _common_words() for base in tx.bases(key))


@lru_cache(maxsize=tx.WORDS)
def is_acronym(word: str) -> bool:
    """Whether a word has two capitals or more: EDB, U.S., xAI."""
    bare = word.replace(".", "").removesuffix("'s").removesuffix("’s")
    return len(bare) > 1 and sum(mark.isupper() for mark in bare) >= 2


def runs(
    words: tuple[tx.Token, ...], language: str, support: Support | None = None, context: Context | None = None
) -> list[tuple[tx.Token, ...]]:
    """The names of a sentence, each as its capitalised words; `support` and `context` help where sentences begin."""
    headline = _is_headline(words)
    german = language not in _NAMED
    found: list[tuple[tx.Token, ...]] = []
    run: list[tx.Token] = []
    initial = True
    for place, token in enumerate(words):
        if token.is_word and token.capital and token.key != "i":
            following = words[place + 1] if place + 1 < len(words) else None
            if german or headline:
                is_name = is_acronym(token.word) or _known(token, support, context)
            else:
                is_name = not initial or _opens_as_name(token, following, language, support, context)
            if is_name:
                run.append(token)
                initial = False
                if token.word.endswith(("'s", "’s")):
                    found.append(tuple(run))
                    run = []
                continue
        if run:
            found.append(tuple(run))
            run = []
        initial = not token.is_word and (initial or tx.ends_sentence(token) or token.key in '"“«:(')
    if run:
        found.append(tuple(run))
    return found


@lru_cache(maxsize=tx.SENTENCES)
def names_of(sentence: str, language: str) -> tuple[tuple[tx.Token, ...], ...]:
    """The names of a sentence of a support, which every actor in it asks for."""
    return tuple(runs(tx.tokens(sentence), language))


def _is_headline(words: tuple[tx.Token, ...]) -> bool:
    """Whether nearly all words of a sentence have a capital, which then says nothing."""
    if sum([token.capital for token in words]) < _MOSTLY * 7:  # as in most sentences
        return False
    capitals = sum(token.capital for token in words if len(token.key) > 3 and token.is_word)
    if capitals < _MOSTLY * 7 or sum(token.key == "," for token in words) > 2:  # a list of people is no headline
        return False
    bare = sum(token.is_word and len(token.key) > 3 for token in words)
    return bare >= 7 and capitals >= _MOSTLY * bare


def _known(token: tx.Token, support: Support | None, context: Context | None) -> bool:
    if places(token.word):
        return True
    if is_common(token.key):
        return False
    return bool((context and context.vocabulary.is_proper(token.key)) or (support and token.key in support.proper))


def _opens_as_name(
    token: tx.Token, following: tx.Token | None, language: str, support: Support | None, context: Context | None
) -> bool:
    """Whether the first word of a sentence is a name."""
    key = token.key
    if key in tx.stopwords(language) or len(key) < 2:
        return False
    if is_acronym(token.word) or places(token.word):
        return True
    if key in listed("bodies"):
        return context is None or context.vocabulary.is_proper(key)
    if (support and key in support.small) or (context and context.vocabulary.is_small(key)):
        return False
    if (context and context.vocabulary.is_proper(key)) or (support and key in support.proper):
        return True
    if language != "en":
        return bool(following and following.is_word and following.capital)
    if following is not None and following.is_word and following.capital:
        return not (is_common(key) and is_common(following.key))
    if is_common(key) or (following is not None and following.key in listed("prepositions")):
        return False
    if token.word.endswith(("'s", "’s")) or following is None:
        return True
    if key.endswith("s"):
        return following.key in listed("aux")
    behind = following.key
    return not following.is_word or behind in listed("aux") or behind == "and" or _is_finite(behind)


def _is_finite(key: str) -> bool:
    """Whether an English word can be the verb of a sentence whose subject is one word."""
    return key.endswith(("ed", "s")) or key in tx.irregular_pasts() or key in {"must", "may", "can", "could", "should"}
