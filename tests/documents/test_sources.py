"""Files, bytes and what is wrong with them: one clear line each."""

import datetime as dt
import os
from pathlib import Path

import pytest

from summariser.documents import read, read_bytes, sources
from summariser.documents.decoding import decode
from summariser.errors import RefusedSourceError, SourceError, UsageError
from summariser.schema import Document
from tests.documents import pages

FRENCH = (
    "Le ministère a publié le projet de loi mardi à Genève, après des années de débats. Les députés l’ont "
    "examiné pendant "
    "des heures, puis ils ont voté à l’unanimité en faveur du texte présenté par le gouvernement."
)
ARABIC = (
    "وقالت الوزارة إن مشروع القانون سيعرض على البرلمان الأسبوع المقبل. وأضافت أن النص يشمل عقوبات جديدة على الشركات."
)


def refused(path: Path) -> str:
    with pytest.raises(SourceError) as error:
        read(path)
    message = str(error.value)
    assert "\n" not in message
    assert str(path.parent) not in message
    return message


def test_a_file_is_read_and_named_without_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "buses.txt"
    path.write_text("\n\n".join(pages.BODY), "utf-8")
    document = read(path)
    assert document.name == "buses.txt"
    assert len(document.sentences) == 8


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_encodings_are_read_without_a_note(codec: str) -> None:
    for text in (FRENCH, pages.BODY[3]):
        document = read_bytes(text.encode(codec))
        assert (document.text, document.notes) == (text, ())


@pytest.mark.parametrize(("text", "codec"), [(FRENCH, "cp1252"), (ARABIC, "cp1256")])
def test_other_encodings_are_detected_and_the_guess_is_noted(text: str, codec: str) -> None:
    document = read_bytes(text.encode(codec))
    assert document.text == text
    assert [note.code for note in document.notes] == ["guessed_encoding"]


def test_a_declared_charset_goes_before_detection() -> None:
    data = "Łódź przyjęła ustawę o pojazdach bez kierowców.".encode("iso8859_2")
    assert decode(data, name="x", charset="iso-8859-2")[0].startswith("Łódź przyjęła")
    assert decode(data, name="x", charset="no-such-charset")[1][0].code == "guessed_encoding"


def test_one_stray_byte_in_a_long_text_is_damage_and_no_other_encoding() -> None:
    text, notes = decode(FRENCH.encode() * 4 + b"\xff" + FRENCH.encode(), name="x")
    assert text.count("\ufffd") == 1
    assert text.count("ministère") == 5
    assert [note.code for note in notes] == ["damaged_characters"]


def test_what_cannot_be_read(tmp_path: Path) -> None:
    assert refused(tmp_path / "missing.txt") == "missing.txt: no such file"
    assert "is a directory" in refused(tmp_path)
    (tmp_path / "random.bin").write_bytes(bytes(range(256)) * 20)
    assert refused(tmp_path / "random.bin") == "random.bin is a binary file, not text"
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 50)
    assert "an image" in refused(tmp_path / "picture.txt")
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 50)
    assert "old Office file" in refused(tmp_path / "old.doc")
    assert "not a possible file name" in refused(tmp_path / "a\0b")
    assert "cannot be read" in refused(tmp_path / ("x" * 300))
    os.mkfifo(tmp_path / "pipe")
    assert "no regular file" in refused(tmp_path / "pipe")


def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "closed.txt"
    path.write_text("closed")

    def closed(*_: object) -> None:  # root may read everything, so the mode alone would test nothing there
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", closed)
    assert "no permission" in refused(path)


def test_an_empty_file_is_refused_as_near_empty(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"\xef\xbb\xbf \r\n")
    with pytest.raises(RefusedSourceError) as error:
        read(tmp_path / "empty.txt")
    assert error.value.code == "near_empty"


def test_a_huge_file_is_refused_by_its_size_before_it_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(2_000_000_000)
    monkeypatch.setattr(Path, "open", lambda *args, **more: pytest.fail("the file was opened"))
    assert refused(path) == "huge.txt is too large: 2,000 MB, at most 50 MB"


def test_content_decides_the_reader_and_not_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def reader(kind: str) -> sources.Reader:
        asked.append(kind)
        return lambda data, **more: Document(text="read")

    monkeypatch.setattr(sources, "_reader", reader)
    read_bytes(b"%PDF-1.7 ...", suffix=".txt")
    read_bytes(b"\n<!DOCTYPE html><html><body>x</body></html>", suffix=".pdf")
    read_bytes(b"PK\x03\x04 ... word/document.xml", suffix=".zip")
    read_bytes(b'{"text": "x"}', suffix=".json")
    read_bytes(b'{"text": "x"}', content_type="application/json; charset=utf-8")
    assert asked == ["pdf", "html", "docx", "json", "json"]


def test_a_text_with_the_name_of_a_pdf_is_a_text() -> None:
    assert read_bytes("\n\n".join(pages.BODY).encode(), suffix=".pdf").sentences


def test_an_archive_that_is_no_word_file_is_refused() -> None:
    with pytest.raises(SourceError, match="is an archive"):
        read_bytes(b"PK\x03\x04 some.zip", name="some.zip")


def test_nul_characters_and_lone_surrogates_keep_every_offset() -> None:
    text = "\n\n".join(pages.BODY).replace("Unions", "Uni\0ons").replace("Tuesday", "Tues\ud800day")
    document = read(text)
    assert len(document.text) == len(text)
    assert {note.code for note in document.notes} >= {"nul_characters", "lone_surrogates"}
    assert Document.model_validate_json(document.model_dump_json()) == document


def test_a_document_is_returned_with_what_the_caller_says_laid_over_it() -> None:
    document = read("\n\n".join(pages.BODY))
    assert read(document) is document
    other = read(document, published=dt.date(2025, 3, 4), language="fr")
    assert (other.published, other.published_basis, other.language) == ("2025-03-04", "given", "fr")
    assert other.sentences == document.sentences


@pytest.mark.parametrize("given", ["2025-03-04", "4 March 2025", "March 4, 2025", dt.date(2025, 3, 4)])
def test_the_date_that_the_caller_gives_goes_before_the_page(given: str | dt.date) -> None:
    document = read(pages.FRENCH, published=given)
    assert (document.published, document.published_basis) == ("2025-03-04", "given")


def test_a_date_that_is_none_is_an_error_of_the_call() -> None:
    with pytest.raises(UsageError, match="published is no date"):
        read(pages.FRENCH, published="last week")


def test_too_long_a_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summariser.documents.text.MAX_CHARACTERS", 100)
    with pytest.raises(SourceError, match="too long"):
        read("\n\n".join(pages.BODY))
