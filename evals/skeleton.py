"""A labels file to start from: the embedded engine's draft, with the article's sentences as comments.

Everything in it is a proposal of a machine: read the article first, then keep, correct and throw out. A label that
was never questioned judges nothing.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from summariser.schema import Document, Summary

HEAD = """\
# yaml-language-server: $schema={schema}
# A skeleton: the drafts below are the embedded engine's, not truth. Read the article, then correct every line:
# add what is missing, throw out what is wrong, set `must` and `may`, name the nuggets that a point must carry,
# write your own highlights, and list what must not be said. `python -m evals check --cases DIR` tells what is off.
#
{sentences}
"""


def make(article: Path, target: Path) -> Path:
    """Write `TARGET/<name>/article.*` and `labels.yaml` for an article; returns the folder, which must be new.

    Raises `FileExistsError` where it is not, and the package's errors where the article cannot be read.
    """
    from summariser import read, summarise

    document = read(article, gate="off")
    summary = summarise(document, model="extractive", gate="off")
    folder = target / article.stem
    folder.mkdir(parents=True)
    suffix = {".md": ".md", ".html": ".html", ".htm": ".html"}.get(article.suffix.lower(), ".txt")
    shutil.copyfile(article, folder / f"article{suffix}")
    schema = Path(__file__).parent / "labels.schema.json"
    sentences = "\n".join(f"# [{one.number}] {' '.join(one.text.split())}" for one in document.sentences)
    head = HEAD.format(schema=schema, sentences=sentences)
    (folder / "labels.yaml").write_text(head + _yaml(_labels(document, summary)), "utf-8")
    return folder


def _yaml(data: dict[str, object]) -> str:
    import yaml

    dumped: str = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=110)
    return dumped


def _labels(document: Document, summary: Summary) -> dict[str, object]:
    return {
        "form": "TODO what kind of text it is",
        "tests": ["TODO what the case is there to test"],
        "basis": "real events",
        "published": None,
        "facts": {
            "title": document.title,
            "byline": document.byline,
            "category": document.category,
            "published": _text(document.published),
            "language": document.language or "en",
            "stated_minutes": document.stated_minutes,
            "publisher_highlights": list(document.publisher_highlights),
        },
        "key_points": [
            {"id": f"k{number}", "text": point.text, "level": "may", "speaker": point.speaker, "nuggets": [],
             "sentences": [span.quote for span in point.evidence]}
            for number, point in enumerate(summary.key_points, 1)
        ],
        "actors": [
            {"name": actor.name, "aliases": list(actor.aliases), "kind": actor.kind, "role": actor.role, "level": "may",
             "sentences": [span.quote for span in actor.evidence]}
            for actor in summary.actors
        ],
        "milestones": [
            {"id": f"m{number}", "title": one.title, "date": _text(one.date), "date_text": one.date_text,
             "date_basis": one.date_basis, "date_role": one.date_role, "jurisdictions": list(one.jurisdictions),
             "instrument": one.instrument, "binding": one.binding, "status": one.status, "level": "may",
             "sentences": [span.quote for span in one.evidence]}
            for number, one in enumerate(summary.milestones, 1)
        ],
        "highlights": [highlight.text for highlight in summary.highlights],
        "forbidden": [],
        "furniture": [],
    }  # fmt: skip


def _text(value: str | None) -> str | None:
    return str(value) if value is not None else None
