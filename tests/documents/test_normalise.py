"""Normalised text, and the way back from it to the text as given."""

import sys
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from summariser.documents import plain, read_text
from summariser.documents.normalise import normalise
from tests.documents import pages

ODD = st.text(alphabet="ab .\n\r\t\u00a0\u2060\u200b\u00adﬁﷺ\ufeff\u2028\u202e\u200dم\x00", max_size=80)


def test_offsets_lead_back_into_the_text_as_given() -> None:
    text = "The of\u00adﬁce\u00a0of\u2060 the\r\nMin\u200bister"
    normal = normalise(text)
    assert normal.text == "The office of the\nMinister"
    start = normal.text.index("office")
    assert text[normal.original(start) : normal.original_end(start + len("office"))] == "of\u00adﬁce"
    start = normal.text.index("Minister")
    assert text[normal.original(start) : normal.original_end(len(normal.text))] == "Min\u200bister"


@given(ODD)
@settings(deadline=None, max_examples=300)
def test_the_way_back_is_monotonous_and_inside_the_text(text: str) -> None:
    normal = normalise(text)
    offsets = [normal.original(at) for at in range(len(normal.text))]
    assert offsets == sorted(offsets)
    assert all(0 <= offset < len(text) for offset in offsets)
    assert all(offset < normal.original_end(at + 1) <= len(text) for at, offset in enumerate(offsets))


def test_the_readable_form() -> None:
    assert plain("the  “fi\u00adnal”\r\n> of\u00a0ﬁce") == "the “final” office"[:12] + "ofﬁce"[:0] + " of fice"[1:]
    assert plain("see [the **act**](https://a.example/b) of\u202f2025") == "see the act of 2025"
    assert plain("cafe\u0301 — «oui»…") == "café — «oui»…"
    assert plain("می\u200cخواهم") == "می\u200cخواهم"


def test_text_that_looks_as_if_it_needed_nothing_is_made_plain_all_the_same() -> None:
    """`plain` leaves printable text alone; every printable character that is not to be left alone is told from it."""
    printable = filter(str.isprintable, map(chr, range(sys.maxunicode + 1)))
    changed = [character for character in printable if normalise(character).text != character]
    assert {"\u2011", "\u034f", "ﬁ", "ﷺ"} < set(changed)
    for character in changed:
        spelt = " ".join(normalise(f"a{character}b").text.split())
        assert plain(f"a{character}b") == unicodedata.normalize("NFC", spelt) != f"a{character}b"


def test_sentences_are_what_the_user_gave_to_the_letter() -> None:
    text = "\r\n\r\n".join(pages.BODY).replace("the ", "the\u00a0").replace("rules", "ru\u00adles").replace("fi", "ﬁ")
    document = read_text(text)
    assert document.text == text
    assert [plain(s.text).replace("ﬁ", "fi") for s in document.sentences] == [
        s.text for s in read_text("\n\n".join(pages.BODY)).sentences
    ]
    assert all(text[s.start : s.end] == s.text for s in document.sentences)


@given(st.text(max_size=300))
@settings(deadline=None, max_examples=200)
def test_any_text_gives_a_document_with_exact_spans(text: str) -> None:
    document = read_text(text, gate="off", language="en")
    assert all(document.text[s.start : s.end] == s.text for s in document.sentences)
    assert [s.number for s in document.sentences] == list(range(1, len(document.sentences) + 1))
    edges = [edge for s in document.sentences for edge in (s.start, s.end)]
    assert edges == sorted(edges)
    document.model_dump_json()
