"""Write the article in every format into `fixtures/`: ``python -m tests.documents.make_fixtures``."""

from __future__ import annotations

import html
import json
import textwrap
import zipfile
from email.message import EmailMessage
from pathlib import Path

from tests.documents import article as a
from tests.documents.pdf_writer import Line, column, pdf

FOLDER = Path(__file__).parent / "fixtures"
DATE_LINE = "14 May 2025"


def plain() -> str:
    items = "\n".join(f"- {item}" for item in a.ITEMS)
    head = [a.CATEGORY, a.TITLE, f"By {a.BYLINE}", DATE_LINE]
    blocks = [*head, *a.PARAGRAPHS, a.HEADING, a.DUTIES, items, *a.AFTER_HEADING]
    return "\n\n".join(blocks) + "\n"


def markdown() -> str:
    head = f"---\ntitle: {a.TITLE}\nauthor: {a.BYLINE}\ncategory: {a.CATEGORY}\ndate: {a.PUBLISHED}\nlang: en\n---\n"
    items = "\n".join(f"- {item}" for item in a.ITEMS)
    body = [f"# {a.TITLE}", *a.PARAGRAPHS, f"## {a.HEADING}", a.DUTIES, items, *a.AFTER_HEADING]
    return head + "\n" + "\n\n".join(body) + "\n"


def body() -> str:
    def escaped(text: str) -> str:
        return html.escape(text, quote=False)

    items = "".join(f"<li>{escaped(item)}</li>" for item in a.ITEMS)
    before = "".join(f"<p>{escaped(text)}</p>\n" for text in a.PARAGRAPHS)
    after = "".join(f"<p>{escaped(text)}</p>\n" for text in a.AFTER_HEADING)
    return f"{before}<h2>{a.HEADING}</h2>\n<p>{a.DUTIES}</p>\n<ul>{items}</ul>\n{after}"


def page() -> str:
    record = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": a.TITLE,
        "author": [{"@type": "Person", "name": a.BYLINE}],
        "datePublished": f"{a.PUBLISHED}T08:30:00+02:00",
        "dateModified": "2025-05-20T10:00:00+02:00",
        "articleSection": a.CATEGORY,
    }
    return f"""<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>{a.TITLE} | The Elan Courier</title>
<meta property="og:site_name" content="The Elan Courier">
<meta name="description" content="Read all about the new office.">
<link rel="canonical" href="{a.URL}">
<script type="application/ld+json">{json.dumps(record)}</script>
</head>
<body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/policy">Policy</a></li>
<li><a href="/sport">Sport</a></li></ul></nav>
<main><article>
<header><h1>{a.TITLE}</h1><p class="byline">By {a.BYLINE}</p>
<time datetime="{a.PUBLISHED}">{DATE_LINE}</time></header>
<figure><img src="p.jpg" alt="Deputies"><figcaption>Deputies in the chamber. Photo: Courier</figcaption></figure>
{body()}</article></main>
<aside><h3>Read next</h3><p><a href="/a">Harvest ends early</a> <a href="/b">Ferry strike</a></p></aside>
<footer><p>© 2025 The Elan Courier. All rights reserved.</p></footer>
</body>
</html>
"""


def two_pages() -> bytes:
    """Two columns on the first page, one on the second, a running head on both, words broken at line ends."""

    def lines(text: str, width: int) -> list[str]:
        return textwrap.wrap(text, width)

    def around(number: int) -> list[Line]:
        return [Line(72, 810, "The Elan Courier", 8), Line(500, 30, f"Page {number} of 2", 8)]

    broken = a.LEAD.replace("Automated Decisions", "Auto-|mated Decisions").replace("establish", "estab-|lish")
    left = [line for part in broken.split("|") for line in lines(part, 30)]
    right = lines(a.PARAGRAPHS[1], 28)
    first = [
        *around(1),
        Line(72, 780, a.TITLE, 20),
        Line(72, 750, f"By {a.BYLINE}", 10),
        Line(72, 735, DATE_LINE, 10),
    ]
    # Drawn line by line across both columns, as some programs do.
    columns = [line for pair in zip(column(left), column(right, x=320), strict=False) for line in pair]
    columns += column(left)[len(right) :] + column(right, x=320)[len(left) :]
    after: list[str] = [a.DUTIES, *(f"• {item}" for item in a.ITEMS), ""]
    for text in a.AFTER_HEADING:
        after += [*lines(text, 80), ""]
    second = [*around(2), Line(72, 730, a.HEADING, 14), *column(after)]
    return pdf([first + columns, second], {"Title": a.TITLE, "Author": a.BYLINE, "CreationDate": "D:20250601120000"})


def word(path: Path) -> None:
    import docx

    file = docx.Document()
    file.core_properties.title = a.TITLE
    file.core_properties.author = a.BYLINE
    file.core_properties.category = a.CATEGORY
    file.add_paragraph(a.CATEGORY)
    file.add_paragraph(a.TITLE, style="Title")
    file.add_paragraph(f"By {a.BYLINE}")
    file.add_paragraph(DATE_LINE)
    for text in a.PARAGRAPHS:
        file.add_paragraph(text)
    file.add_heading(a.HEADING, level=2)
    file.add_paragraph(a.DUTIES)
    for item in a.ITEMS:
        file.add_paragraph(item, style="List Bullet")
    for text in a.AFTER_HEADING:
        file.add_paragraph(text)
    file.save(str(path))


def message() -> bytes:
    mail = EmailMessage()
    mail["Subject"] = f"Fwd: {a.TITLE}"
    mail["From"] = f"{a.BYLINE} <ines.valk@courier.example>"
    mail["To"] = "readers@courier.example"
    mail["Date"] = "Wed, 14 May 2025 08:30:00 +0200"
    items = "\n".join(f"- {item}" for item in a.ITEMS)
    mail.set_content("\n\n".join([*a.PARAGRAPHS, a.HEADING, a.DUTIES, items, *a.AFTER_HEADING]) + "\n")
    mail.add_alternative(f"<html><body>{body()}</body></html>", subtype="html")
    return mail.as_bytes()


def record() -> dict[str, str]:
    items = "\n".join(f"- {item}" for item in a.ITEMS)
    text = "\n\n".join([*a.PARAGRAPHS, f"## {a.HEADING}", a.DUTIES, items, *a.AFTER_HEADING])
    return {
        "id": "courier-1", "title": a.TITLE, "byline": a.BYLINE, "category": a.CATEGORY, "published": a.PUBLISHED,
        "language": "en", "url": a.URL, "text": text,
    }  # fmt: skip


def book(path: Path) -> None:
    container = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
    package = f"""<?xml version="1.0"?><package version="3.0" xmlns="http://www.idpf.org/2007/opf">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{a.TITLE}</dc:title><dc:creator>{a.BYLINE}</dc:creator>
<dc:date>{a.PUBLISHED}</dc:date><dc:language>en</dc:language></metadata>
<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="one" href="one.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="nav"/><itemref idref="one"/></spine></package>"""
    chapter = f'<html xmlns="http://www.w3.org/1999/xhtml"><body><h1>{a.TITLE}</h1>{body()}</body></html>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", container)
        archive.writestr("OEBPS/book.opf", package)
        archive.writestr("OEBPS/nav.xhtml", "<html><body><nav><a href='one.xhtml'>Contents</a></nav></body></html>")
        archive.writestr("OEBPS/one.xhtml", chapter)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "article.txt").write_text(plain(), "utf-8")
    (FOLDER / "article.md").write_text(markdown(), "utf-8")
    (FOLDER / "article.html").write_text(page(), "utf-8")
    (FOLDER / "article.pdf").write_bytes(two_pages())
    word(FOLDER / "article.docx")
    (FOLDER / "article.eml").write_bytes(message())
    (FOLDER / "article.json").write_text(json.dumps(record(), ensure_ascii=False, indent=2) + "\n", "utf-8")
    (FOLDER / "article.jsonl").write_text(json.dumps(record(), ensure_ascii=False) + "\n", "utf-8")
    book(FOLDER / "article.epub")


if __name__ == "__main__":
    main()
