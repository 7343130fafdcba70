"""What is passed over to save work holds nothing: sentences without words for dates, numbers, denials; full caches."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from functools import _lru_cache_wrapper

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import summariser.evidence
from summariser.evidence import Context, numbers_words, verify
from summariser.evidence import text as tx
from summariser.evidence.dates_find import find_dates, search
from summariser.evidence.dates_resolve import DateMention
from summariser.evidence.dates_tables import words_of
from summariser.evidence.numbers_find import _Finder, find_numbers
from summariser.evidence.numbers_quantity import Quantity, units
from summariser.evidence.numbers_words import lexicon, tokenise, tokenise_grouped
from summariser.evidence.reading import _implies_not, _is_negator, read
from summariser.evidence.support import support_of
from summariser.evidence.vocabulary import Vocabulary
from summariser.schema import PartialDate

DAY = PartialDate("2024-11-20")
LANGUAGES = ("en", "fr", "es", "de", "ar")
MARKS = [
    "3",
    "12",
    "28",
    "4.2",
    "9,4",
    "2024",
    "1689",
    "/",
    "-",
    "–",
    ".",
    ",",
    ":",
    "’",
    "'",
    "%",
    "€",
    "½",
    "Q",
    "H2",
]


def pieces(language: str) -> list[str]:
    """The words of the tables of dates and numbers, some in capitals, and what stands between them."""
    words = {word for phrases in words_of(language).phrases.values() for phrase in phrases for word in phrase}
    words |= lexicon(language).starters | {word for phrase in units() for word in phrase}
    return [*sorted(words), *sorted(word.capitalize() for word in words), *MARKS * 20]


def texts(language: str) -> st.SearchStrategy[str]:
    spaced = st.tuples(st.sampled_from(pieces(language)), st.sampled_from([" ", " ", " ", ""]))
    return st.lists(spaced, min_size=1, max_size=7).map(lambda row: "".join(word + gap for word, gap in row))


def said(found: Sequence[DateMention | Quantity]) -> list[str]:
    return [mention.words for mention in found]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_date_is_passed_over(language: str) -> None:
    @settings(max_examples=100, deadline=None)
    @given(texts(language))
    def holds(text: str) -> None:
        if ". " not in text:  # one sentence
            assert said(find_dates(text, language, DAY)) == said(search(text, language, DAY))

    holds()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_of_time_is_looked_at(language: str) -> None:
    words = words_of(language)
    for phrases in words.phrases.values():
        for phrase in phrases:
            text = " ".join(phrase)
            assert said(find_dates(text, language, DAY)) == said(search(text, language, DAY)), text


@pytest.mark.parametrize("text", ["in Q3", "by 3Q", "in H2 of last year", "3/4 at the latest", "14 - 3", "twenty-four"])
def test_what_is_written_without_words_of_time_is_looked_at(text: str) -> None:
    assert said(find_dates(text, "en", DAY)) == said(search(text, "en", DAY))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_word_and_unit_is_looked_at(language: str) -> None:
    words = lexicon(language)
    alone = [*words.starters, *(" ".join(unit) for unit in units())]
    for text in [*alone, *(f"{article} {word}" for article in words.articles for word in alone)]:
        assert said(find_numbers(text, language)) == said(_Finder(text, language, ()).find()), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_number_is_passed_over(language: str) -> None:
    @settings(max_examples=100, deadline=None)
    @given(texts(language))
    def holds(text: str) -> None:
        if ". " not in text:
            assert said(find_numbers(text, language)) == said(_Finder(text, language, ()).find())

    holds()


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_no_denial_is_passed_over(language: str) -> None:
    table = tx.table("polarity.json")
    known = {word for name in ("en", language) for words in _strings(table.get(name)) for word in words.split()}
    for word in sorted(known | {"didn't", "mustn’t"}):
        for text in (word, f"they {word} to sign it", f"they {word} from signing it", f"no one {word} that they sign"):
            words = tx.tokens(text)
            places = range(len(words))
            if any(_is_negator(text, words, at, language) or _implies_not(words, at, language) for at in places):
                assert read(text, language).negators or read(text, language).contrasts, text


def _strings(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for inner in value.values() for text in _strings(inner)]
    return [str(inner) for inner in value] if isinstance(value, list) else [value] if isinstance(value, str) else []


def test_caches_hold_one_document_and_not_a_run() -> None:
    caches = []
    for module in pkgutil.iter_modules(summariser.evidence.__path__):
        home = importlib.import_module(f"summariser.evidence.{module.name}")
        caches += [value for value in vars(home).values() if isinstance(value, _lru_cache_wrapper)]
    assert caches
    for cache in caches:
        size = cache.cache_parameters()["maxsize"]
        assert size is not None
        assert size <= tx.WORDS
    for number in range(2 * tx.PASSAGES):
        sentences = [f"Rule {number} was adopted by the council.", f"The board rejected plan {number}."]
        context = Context.of(sentences, language="en")
        assert verify(sentences[0], " ".join(sentences), language="en", context=context).supported
    assert support_of.cache_info().currsize <= tx.PASSAGES
    assert tx.tokens.cache_info().currsize <= tx.SENTENCES


ODD = "U.S. US usa U.S.A. The the Rome’s rome Él el WHO who “ IT it . , A.B"
WRITTEN = st.lists(st.sampled_from(ODD.split()), max_size=8).map(" ".join)


@settings(max_examples=200, deadline=None)
@given(st.lists(WRITTEN | st.text(max_size=12), max_size=4))
def test_no_sentence_that_has_a_word_is_passed_over(sentences: list[str]) -> None:
    vocabulary, slow = Vocabulary(tuple(sentences), ()), Vocabulary(tuple(sentences), ())
    slow._lowered = []  # of no sentence can it be told what it has: all are read
    for key in {token.key for sentence in sentences for token in tx.tokens(sentence)}:
        assert vocabulary.is_small(key) == slow.is_small(key)
        assert vocabulary.is_proper(key) == slow.is_proper(key)


@given(WRITTEN | st.text(max_size=60))
def test_every_token_stands_where_it_says(text: str) -> None:
    for row in (tx.tokens(text), tokenise(text), tokenise_grouped(text)):
        assert [text[token.start : token.end] for token in row] == [token[0] for token in row]
    for found, pattern in ((tx.tokens(text), tx._TOKEN), (tokenise(text), numbers_words._TOKEN)):
        assert [(token.start, token.end) for token in found] == [match.span() for match in pattern.finditer(text)]
