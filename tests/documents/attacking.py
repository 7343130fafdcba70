"""The attacks of `attacks.toml`, each put into the article's file of its format."""

from __future__ import annotations

import io
import json
import tomllib
from dataclasses import dataclass
from pathlib import Path

from summariser.documents import read_bytes
from summariser.schema import Document
from tests.documents import article, make_fixtures
from tests.documents.pdf_writer import Line, column, pdf


@dataclass(frozen=True)
class Attack:
    """See the head of `attacks.toml`."""

    name: str
    format: str
    text: str
    claim: str
    where: str = "body"
    hidden: bool = False
    spelt: bool = False
    states: bool = False

    def document(self) -> Document:
        makers = {"text": _text, "html": _html, "pdf": _pdf, "docx": _docx, "json": _json, "eml": _eml}
        suffix = {"text": ".md"}.get(self.format, f".{self.format}")
        return read_bytes(makers[self.format](self), suffix=suffix, name="attacked", gate="warn")


def attacks() -> list[Attack]:
    listed = tomllib.loads((Path(__file__).parent / "attacks.toml").read_text("utf-8"))["attack"]
    return [Attack(**entry) for entry in listed]


def _text(attack: Attack) -> bytes:
    if attack.where == "title":
        return make_fixtures.plain().replace(article.TITLE, attack.text).encode()
    return make_fixtures.plain().replace(article.HEADING, f"{attack.text}\n\n{article.HEADING}").encode()


def _html(attack: Attack) -> bytes:
    page = make_fixtures.page()
    match attack.where:
        case "head":
            page = page.replace("</head>", f"{attack.text}</head>")
        case "attribute":
            page = page.replace("<h2>", f"<img src='x.png' alt='{attack.text}' title='{attack.text}'><h2>")
        case "json_ld":
            stated = f'"headline": "{attack.text}", "abstract": "{attack.text}"'
            page = page.replace(f'"headline": "{article.TITLE}"', stated)
        case _:
            page = page.replace("<h2>", f"{attack.text}\n<h2>")
    assert attack.text in page
    return page.encode()


def _pdf(attack: Attack) -> bytes:
    shown = [article.TITLE, "", *article.SENTENCES[:3], "", *article.SENTENCES[-2:]]
    return pdf([[*column(shown, top=760), Line(72, 300, attack.text, before=attack.where)]], properties="Layer")


def _docx(attack: Attack) -> bytes:
    import docx
    from docx.oxml import OxmlElement
    from docx.shared import Pt, RGBColor

    file = docx.Document(make_fixtures.FOLDER / "article.docx")
    run = file.paragraphs[5].add_run(f" {attack.text}")
    match attack.where:
        case "vanish":
            run.font.hidden = True
        case "white":
            run.font.color.rgb = RGBColor(255, 255, 255)
        case "tiny":
            run.font.size = Pt(1)
        case "deleted":
            deleted = OxmlElement("w:del")
            run._r.addprevious(deleted)
            deleted.append(run._r)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def _json(attack: Attack) -> bytes:
    others = dict.fromkeys(("prompt", "system", "summary"), attack.text)
    return json.dumps(make_fixtures.record() | others).encode()


def _eml(attack: Attack) -> bytes:
    return f"X-Note: {attack.text}\nComments: {attack.text}\n".encode() + make_fixtures.message()
