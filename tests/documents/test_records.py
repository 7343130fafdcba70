"""JSON and JSONL records, and e-mail messages."""

from __future__ import annotations

import json

import pytest

from summariser.documents import plain, read_bytes
from summariser.errors import SourceError
from summariser.schema import Document

TEXT = "The council adopted the law on Monday. It was the second vote on it, and the last one of the present term."
PAGE = "<p>The council adopted the law on Monday.</p><ul><li>It was the second vote on it, and the last one.</li></ul>"


def record(kind: str = "json", **fields: object) -> Document:
    return read_bytes(json.dumps({"text": TEXT} | fields).encode(), suffix=f".{kind}", name="one")


@pytest.mark.parametrize("field", ["text", "body", "content"])
def test_the_text_may_have_three_names(field: str) -> None:
    data = json.dumps({field: TEXT}).encode()
    assert len(read_bytes(data, suffix=".json").sentences) == 2


def test_other_names_of_the_facts_are_understood() -> None:
    document = record(
        headline="A law", author=[{"name": "Ines Valk"}, "Tom Aker"], date="2025-05-14T10:00:00Z", lang="en-GB"
    )
    assert (document.title, document.byline) == ("A law", "Ines Valk, Tom Aker")
    assert (document.published, document.published_basis, document.language) == ("2025-05-14", "metadata", "en")


@pytest.mark.parametrize(
    ("stated", "date"),
    [("2025", "2025"), ("2025-Q3", "2025-Q3"), ("2025-05", "2025-05"), ("14 May 2025", "2025-05-14")],
)
def test_a_date_keeps_its_precision(stated: str, date: str) -> None:
    assert record(published=stated).published == date


@pytest.mark.parametrize("stated", ["soon", "2025-02-30", "12/01/2024"])
def test_a_date_that_cannot_be_read_is_said(stated: str) -> None:
    document = record(published=stated)
    assert document.published is None
    assert [note.code for note in document.notes] == ["date_not_read"]


def test_fields_of_wrong_types_are_passed_over() -> None:
    document = record(title=7, author={"a": 1}, date=["x", 5], url="javascript:alert(1)", language=None)
    assert (document.title, document.byline, document.url) == (None, None, None)


def test_a_text_in_html_is_read_as_a_page() -> None:
    document = record(content=PAGE, text="", title="A law", date="2025-05-14")
    assert [plain(s.text) for s in document.sentences][-1] == "It was the second vote on it, and the last one."
    assert "<" not in document.text
    assert (document.title, document.published, document.published_basis) == ("A law", "2025-05-14", "metadata")


@pytest.mark.parametrize(
    ("data", "kind", "says"),
    [
        (b'[{"text": "a"}, {"text": "b"}]', "json", "2 records: pass one record at a time"),
        (b'{"text": "a"}\n{"text": "b"}\n{"text": "c"}\n', "jsonl", "3 records: pass one record at a time"),
        (b"[]", "json", "0 records"),
        (b'{"title": "x"}', "json", "no record with a text"),
        (b'{"text": 5}', "json", "no record with a text"),
        (b'{"text": "   "}', "json", "no record with a text"),
        (b"[5]", "json", "no record with a text"),
        (b'{"text": "abc', "json", "no valid JSON"),
        (b"[" * 200_000, "json", "nested too deep|no valid JSON"),
    ],
)
def test_what_is_no_record_is_refused_in_one_line(data: bytes, kind: str, says: str) -> None:
    with pytest.raises(SourceError, match=says) as caught:
        read_bytes(data, suffix=f".{kind}", name="one")
    assert "\n" not in str(caught.value)


def test_a_list_or_a_line_of_one_record_is_that_record() -> None:
    one = json.dumps({"text": TEXT})
    for data, kind in ((f"[{one}]", "json"), (f"\n{one}\n\n", "jsonl"), (f"\ufeff{one}", "json")):
        assert len(read_bytes(data.encode(), suffix=f".{kind}").sentences) == 2


def message(body: bytes, headers: str = "") -> Document:
    head = "Subject: =?utf-8?q?L=C3=A9gislation?=\nFrom: Ines Valk <i@courier.example>\n"
    head += "Date: Wed, 14 May 2025 23:30:00 -0500\n"
    return read_bytes((head + headers + "\n").encode() + body, suffix=".eml", name="mail", gate="off")


def test_headers_of_a_message_are_its_facts() -> None:
    document = message(TEXT.encode())
    assert (document.title, document.byline) == ("Législation", "Ines Valk")
    assert (document.published, document.published_basis) == ("2025-05-14", "metadata")


def test_the_charset_and_the_encoding_of_a_message_are_undone() -> None:
    headers = "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n"
    assert (
        "adoptée à l'unanimité" in message(b"La loi fut adopt=E9e =E0 l'unanimit=E9 par la cham=\nbre.", headers).text
    )


def test_the_html_part_is_read_where_the_plain_one_is_a_stub() -> None:
    parts = f"--b\nContent-Type: text/plain\n\nView in browser.\n--b\nContent-Type: text/html\n\n{PAGE}\n--b--\n"
    document = message(parts.encode(), "Content-Type: multipart/alternative; boundary=b\n")
    assert "second vote" in document.text
    assert (document.title, document.published_basis) == ("Législation", "metadata")


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"AAAA", "Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n"),
        (b"", "Content-Type: multipart/mixed; boundary=b\n"),
    ],
)
def test_a_message_without_text_is_refused(body: bytes, headers: str) -> None:
    with pytest.raises(SourceError, match="mail holds no text of its own"):
        message(body, headers)


def test_a_message_nested_a_thousand_times_does_not_crash_the_reader() -> None:
    nested = b"".join(b"--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n" % (at, at + 1) for at in range(3000))
    with pytest.raises(SourceError, match="mail"):
        message(nested, "Content-Type: multipart/mixed; boundary=b0\n")
