"""A PDF by hand: enough of the format to lay text at places, with nothing that a test does not say itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """`text` with its baseline at (x, y) in points from the lower left corner; `before` is raw operators."""

    x: float
    y: float
    text: str
    size: float = 10
    before: str = ""

    def operators(self) -> str:
        escaped = self.text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        return f"q {self.before} BT /F1 {self.size} Tf 1 0 0 1 {self.x} {self.y} Tm ({escaped}) Tj ET Q"


def column(
    texts: Iterable[str], *, x: float = 72, top: float = 700, size: float = 10, leading: float = 12
) -> list[Line]:
    """Lines one under the other; an empty text leaves a line free."""
    return [Line(x, top - at * leading, text, size) for at, text in enumerate(texts) if text]


def pdf(pages: list[list[Line]], info: dict[str, str] | None = None, raw: str = "", properties: str = "") -> bytes:
    """A file of these pages (A4); `raw` is put before each page's text, `properties` names optional content groups."""
    groups = 4 + 2 * len(pages)
    catalog = "<< /Type /Catalog /Pages 2 0 R"
    if properties:
        catalog += f" /OCProperties << /OCGs [{groups} 0 R] /D << /OFF [{groups} 0 R] >> >>"
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        catalog + " >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    named = f"/Properties << /{properties} {groups} 0 R >>" if properties else ""
    for at, lines in enumerate(pages):
        stream = raw + "\n" + "\n".join(line.operators() for line in lines)
        size = len(stream.encode("cp1252"))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * at} 0 R"
            f" /Resources << /Font << /F1 3 0 R >> {named} >> >>"
        )
        objects.append(f"<< /Length {size} >>\nstream\n{stream}\nendstream")
    if properties:
        objects.append("<< /Type /OCG /Name (Layer) >>")
    if info:
        objects.append("<< " + " ".join(f"/{key} ({value})" for key, value in info.items()) + " >>")
    return _file(objects, has_info=bool(info))


def _file(objects: list[str], *, has_info: bool) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    information = f" /Info {len(objects)} 0 R" if has_info else ""
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R{information} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
