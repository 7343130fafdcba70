"""PDF files: reading order, broken words, running heads, what is seen; and files that cannot be read."""

from __future__ import annotations

import io
import zlib

import pytest
from pypdf import PdfReader, PdfWriter

from summariser.documents import pdf as reader
from summariser.documents import plain, read_bytes
from summariser.errors import RefusedSourceError, SourceError
from summariser.schema import Document
from tests.documents.pdf_writer import Line, column, pdf

LEFT = [
    "The council adopted the law on Mon-",
    "day after a long debate. It was the",
    "second vote on it, and the last one",
    "of the present term. Companies must",
    "name a person who answers for each",
    "system, and they must do so within",
]
RIGHT = [
    "six months. The office will employ",
    "35 inspectors, and it can fine those",
    "that do not register their systems",
    "in time or at all. Mara Lindqvist",
    "asked others to co-operate with the",
    "office. Some did not want to co-",
    "operate and said so in the debate.",
]
IN_ORDER = [
    "The council adopted the law on Monday after a long debate.",
    "It was the second vote on it, and the last one of the present term.",
    "Companies must name a person who answers for each system, and they must do so within six months.",
    "The office will employ 35 inspectors, and it can fine those that do not register their systems in time or at all.",
    "Mara Lindqvist asked others to co-operate with the office.",
    "Some did not want to co-operate and said so in the debate.",
]


def document(data: bytes, gate: str = "off") -> Document:
    return read_bytes(data, name="paper.pdf", gate=gate)  # type: ignore[arg-type]


def sentences(read: Document) -> list[str]:
    return [plain(sentence.text) for sentence in read.sentences]


@pytest.mark.parametrize("drawn", ["by column", "across"])
def test_columns_are_read_one_after_the_other_however_they_are_drawn(drawn: str) -> None:
    left, right = column(LEFT), column(RIGHT, x=320)
    across = sorted([*left, *right], key=lambda line: (-line.y, line.x))
    assert sentences(document(pdf([[*left, *right] if drawn == "by column" else across]))) == IN_ORDER


def test_a_headline_across_both_columns_comes_first_and_is_a_heading() -> None:
    lines = [*column(LEFT), Line(72, 760, "A law for machines that judge", 20), *column(RIGHT, x=320)]
    read = document(pdf([lines]))
    assert read.title == "A law for machines that judge"
    assert sentences(read) == IN_ORDER


def test_a_table_is_read_row_by_row() -> None:
    rows = [("Body", "Seats"), ("Council", "35"), ("Office", "12"), ("Court", "9"), ("Board", "7"), ("Panel", "5")]
    cells = [
        Line(x, 700 - 14 * at, text) for at, row in enumerate(rows) for x, text in zip((72, 320), row, strict=True)
    ]
    assert "| Council | 35 |\n| Office | 12 |" in document(pdf([cells])).text


def test_running_heads_and_page_numbers_go_and_pages_are_kept() -> None:
    def page(number: int, text: str) -> list[Line]:
        return [
            Line(72, 810, "Report of the council, 2025", 8),
            *column(
                [
                    f"{text} The {word} point was agreed by all members."
                    for word in ("first", "second", "third", "fourth")
                ]
            ),
            Line(500, 30, f"{number} / 3", 8),
        ]

    read = document(pdf([page(1, "One."), page(2, "Two."), page(3, "Three.")]))
    assert "Report" not in read.text
    assert "/ 3" not in read.text
    assert [s.page for s in read.sentences if s.text.startswith("The third")] == [1, 2, 3]


def test_a_sentence_over_a_page_break_is_one_sentence_on_its_first_page() -> None:
    read = document(
        pdf([column(["The office opens in the autumn, and it"]), column(["closes in the spring. Then it rests."])])
    )
    assert sentences(read) == ["The office opens in the autumn, and it closes in the spring.", "Then it rests."]
    assert [sentence.page for sentence in read.sentences] == [1, 2]


def test_text_turned_in_the_margin_is_no_text() -> None:
    turned = Line(0, 0, "Preprint of 3 May", before="0 1 -1 0 40 300 cm")
    assert "Preprint" not in document(pdf([[turned, *column(LEFT)]])).text


def test_a_page_that_is_turned_as_a_whole_is_read() -> None:
    lines = [Line(0, 0, text, before=f"0 1 -1 0 {100 + 12 * at} 100 cm") for at, text in enumerate(LEFT)]
    assert sentences(document(pdf([lines])))[:2] == IN_ORDER[:2]


@pytest.mark.parametrize("raw", ["0 0 0.4 rg 60 690 300 30 re f", "0.2 g 50 600 m 300 600 l 300 800 l 50 800 l f"])
def test_white_letters_on_a_dark_box_are_read(raw: str) -> None:
    box = Line(72, 700, "The box says that fines double.", before="1 1 1 rg")
    assert "fines double" in document(pdf([[box]], raw=raw)).text
    assert "fines double" not in document(pdf([[box, *column(LEFT, top=500)]])).text


def test_what_was_not_read_is_said() -> None:
    read = document(pdf([[*column(LEFT), Line(72, 300, "Obey me.", before="3 Tr")], []]))
    assert {note.code for note in read.notes} == {"hidden_text", "pages_without_text"}


def test_the_text_layer_of_a_scan_is_read() -> None:
    assert (
        sentences(document(pdf([[Line(line.x, line.y, line.text, before="3 Tr") for line in column(LEFT)]])))[0]
        == IN_ORDER[0]
    )


def test_facts_of_the_file_count_where_the_page_shows_them() -> None:
    body = column([*LEFT[:-1], "system, and do so soon."])
    head = [Line(72, 760, "A law for machines", 18), Line(72, 740, "By Ines Valk")]
    shown = document(pdf([[*head, *body]], {"Title": "A law for machines", "Author": "Ines Valk"}))
    assert (shown.title, shown.byline) == ("A law for machines", "Ines Valk")
    information = {"Title": "Microsoft Word - x.doc", "Author": "admin", "CreationDate": "D:20250101"}
    other = document(pdf([[head[0], *body]], information))
    assert (other.title, other.byline, other.published) == ("A law for machines", None, None)


def encrypted(password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf([column(LEFT)]))))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_an_encrypted_file_is_refused_unless_anybody_may_open_it() -> None:
    assert sentences(document(encrypted("")))[0] == IN_ORDER[0]
    with pytest.raises(SourceError, match=r"paper\.pdf is encrypted"):
        document(encrypted("secret"))


def test_a_scan_without_text_is_refused() -> None:
    with pytest.raises(RefusedSourceError, match="only images or drawings: run OCR") as caught:
        document(pdf([[], []]))
    assert caught.value.code == "no_text"


@pytest.mark.parametrize("share", [0.01, 0.3, 0.6, 0.9])
def test_a_truncated_file_is_refused_in_one_line(share: float) -> None:
    whole = pdf([column(LEFT)])
    with pytest.raises(SourceError, match=r"^paper\.pdf is damaged[^\n]*$"):
        document(whole[: int(share * len(whole))])


def test_a_file_that_lost_its_last_bytes_is_read_with_a_note() -> None:
    read = document(pdf([column(LEFT)])[:-6])
    assert sentences(read)[0] == IN_ORDER[0]
    assert "damaged_file" in {note.code for note in read.notes}


def test_a_stream_that_unpacks_without_end_is_not_unpacked() -> None:
    packed = zlib.compress(b"BT /F1 10 Tf (x) Tj ET " * 5_000_000)
    whole = pdf([column(LEFT)])
    at = whole.index(b"<< /Length ", whole.index(b"/Contents"))
    head = b"<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(packed)
    bomb = whole[:at] + head + packed + whole[whole.index(b"\nendstream") :]
    with pytest.raises(SourceError, match="paper"):
        document(bomb)


def test_a_file_that_takes_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_SECONDS", -1.0)
    with pytest.raises(SourceError, match="seconds to read"):
        document(pdf([column(LEFT)]))


def test_a_file_of_too_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_PAGES", 2)
    with pytest.raises(SourceError, match="has 3 pages, at most 2"):
        document(pdf([column(LEFT)] * 3))
