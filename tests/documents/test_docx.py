"""Word files and EPUBs: what is shown is read, what is hidden or made to burst is not."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from summariser.documents import archive, plain, read_bytes
from summariser.errors import SourceError
from summariser.schema import Document
from tests.documents.make_fixtures import FOLDER

docx = pytest.importorskip("docx")
TEXT = "The council adopted the law on the use of machines on Monday after a long debate."


def written(fill: Callable[..., object]) -> bytes:
    file = docx.Document()
    file.add_paragraph(TEXT)
    fill(file)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def read(data: bytes, name: str = "paper.docx") -> Document:
    return read_bytes(data, name=name)


def test_headings_lists_and_tables_keep_their_order() -> None:
    def fill(file: object) -> None:
        file.add_heading("What comes next", level=2)  # type: ignore[attr-defined]
        file.add_paragraph("Schools register by May.", style="List Number")  # type: ignore[attr-defined]
        table = file.add_table(rows=2, cols=2)  # type: ignore[attr-defined]
        for at, text in enumerate(("Year", "Sum", "2026", "12 million crowns")):
            table.cell(at // 2, at % 2).text = text
        file.add_paragraph("The office opens in the autumn.")  # type: ignore[attr-defined]

    document = read(written(fill))
    assert document.text.split("\n\n") == [
        TEXT,
        "## What comes next",
        "- Schools register by May.",
        "| Year | Sum\n| 2026 | 12 million crowns",
        "The office opens in the autumn.",
    ]
    assert [section.title for section in document.sections] == ["What comes next"]


def test_inserted_text_links_and_content_controls_are_read() -> None:
    from docx.oxml import parse_xml

    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

    def fill(file: object) -> None:
        body = file.element.body  # type: ignore[attr-defined]
        run = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
        link = f"<w:hyperlink>{run.format('Linked words too.')}</w:hyperlink>"
        inserted = f"<w:p {w}><w:ins>{run.format('Inserted words stand. ')}</w:ins>{link}</w:p>"
        control = (
            f"<w:sdt {w}><w:sdtContent><w:p>{run.format('A form holds words as well.')}</w:p></w:sdtContent></w:sdt>"
        )
        for part in (inserted, control):
            body.insert(len(body) - 1, parse_xml(part))

    sentences = [plain(sentence.text) for sentence in read(written(fill)).sentences]
    assert sentences == [TEXT, "Inserted words stand.", "Linked words too.", "A form holds words as well."]


def test_white_letters_in_a_coloured_cell_are_read() -> None:
    from docx.oxml import parse_xml
    from docx.shared import RGBColor

    def fill(file: object) -> None:
        cell = file.add_table(rows=1, cols=1).cell(0, 0)  # type: ignore[attr-defined]
        cell.paragraphs[0].add_run("The fines double.").font.color.rgb = RGBColor(255, 255, 255)
        w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {w} w:fill="003366"/>'))

    assert "The fines double." in read(written(fill)).text


def test_the_title_of_the_file_counts_where_it_is_shown() -> None:
    def fill(file: object) -> None:
        file.core_properties.title = "An order that nobody sees"  # type: ignore[attr-defined]
        file.core_properties.author = "admin"  # type: ignore[attr-defined]

    document = read(written(fill))
    assert (document.title, document.byline, document.published) == (None, None, None)


def bomb(name: str, size: int, kind: str) -> bytes:
    """An archive of a few kilobytes that unpacks to `size` bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        if kind == "epub":
            packed.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        with packed.open(name, "w") as part:
            for _ in range(size // 1_000_000):
                part.write(b" " * 1_000_000)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["docx", "epub"])
@pytest.mark.parametrize(("part", "size"), [("word/document.xml", 70_000_000), ("word/media/a.png", 210_000_000)])
def test_a_zip_bomb_is_refused_before_it_is_unpacked(
    kind: str, part: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = bomb(part, size, kind)
    assert len(data) < 1_000_000
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("something was unpacked"))
    with pytest.raises(SourceError, match=r"unpacks to \d+ MB"):
        read(data, f"paper.{kind}")


def test_an_archive_of_very_many_parts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_ENTRIES", 5)
    with pytest.raises(SourceError, match="more than is read"):
        read((FOLDER / "article.docx").read_bytes())


@pytest.mark.parametrize("kind", ["docx", "epub"])
def test_an_archive_that_is_no_document_is_refused_in_one_line(kind: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("mimetype", "application/epub+zip" if kind == "epub" else "x")
        packed.writestr("word/document.xml", "<w:document" + "<a>" * 100_000)
    with pytest.raises(SourceError, match=rf"^paper\.{kind} is [^\n]*$"):
        read(out.getvalue(), f"paper.{kind}")


def test_a_file_with_entities_of_its_own_is_refused() -> None:
    laughs = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY file SYSTEM "file:///etc/hostname">]>'
    whole = io.BytesIO()
    with zipfile.ZipFile(FOLDER / "article.docx") as source, zipfile.ZipFile(whole, "w") as packed:
        for entry in source.infolist():
            data = source.read(entry)
            if entry.filename == "word/document.xml":
                start = data.index(b"<w:document")
                data = data[:start] + laughs.encode() + data[start:].replace(b"The office will employ", b"&b;&file;", 1)
            packed.writestr(entry, data)
    with pytest.raises(SourceError, match="damaged and cannot be read"):
        read(whole.getvalue())
