"""JSON and JSONL: one record with a text and what is known of it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from summariser.documents import dates
from summariser.documents.decoding import decode
from summariser.documents.gating import GateMode, checked
from summariser.documents.text import Facts, read_text
from summariser.errors import SourceError
from summariser.schema import Note

if TYPE_CHECKING:
    import datetime as dt

    from summariser.schema import Document, PartialDate

Record = dict[str, object]

_TEXT = ("text", "body", "content", "articleBody")
_TITLE = ("title", "headline")
_BYLINE = ("byline", "author", "authors")
_PUBLISHED = ("published", "date", "datePublished")
_CATEGORY = ("category", "articleSection", "section")
_LANGUAGE = ("language", "lang", "inLanguage")
_NAME = ("id", "name")
_PAGE = re.compile(r"<(?:p|div|br|h[1-6]|article|ul|table)\b[^<>]{0,500}>", re.IGNORECASE)


def read_json(
    data: bytes,
    *,
    published: str | PartialDate | dt.date | None = None,
    language: str | None = None,
    name: str | None = None,
    url: str | None = None,
    charset: str | None = None,
    gate: GateMode = "default",
) -> Document:
    """A `Document` from one record: {"text", "title", "byline", "published", "category", "language", "url", "id"}.

    "body" and "content" stand for "text", "author" for "byline", "date" for "published"; a text in HTML is read as a
    page. Raises `SourceError` where it is no JSON, no record, has no text, or is more than one record.
    """
    called = name or "the record"
    value = _parsed(decode(data, name=called, charset=charset)[0], called)
    if isinstance(value, list):
        value = value[0] if len(value) == 1 else _several(len(value), called)
    return _read(value, called, published=published, language=language, name=name, url=url, gate=gate)


def read_jsonl(
    data: bytes,
    *,
    published: str | PartialDate | dt.date | None = None,
    language: str | None = None,
    name: str | None = None,
    url: str | None = None,
    charset: str | None = None,
    gate: GateMode = "default",
) -> Document:
    """A `Document` from a JSONL file of one record, as `read_json` reads it."""
    called = name or "the record"
    lines = [line for line in decode(data, name=called, charset=charset)[0].split("\n") if line.strip()]
    if len(lines) != 1:
        _several(len(lines), called)
    value = _parsed(lines[0], called)
    return _read(value, called, published=published, language=language, name=name, url=url, gate=gate)


def _parsed(text: str, called: str) -> object:
    try:
        value: object = json.loads(text.lstrip("\ufeff"), strict=False)
    except ValueError as error:
        raise SourceError(f"{called} is no valid JSON ({str(error)[:80]})") from None
    except RecursionError:
        raise SourceError(f"{called} is nested too deep to be a record") from None
    return value


def _several(count: int, called: str) -> object:
    raise SourceError(f"{called} holds {count:,} records: pass one record at a time")


def _read(
    value: object,
    called: str,
    *,
    published: str | PartialDate | dt.date | None,
    language: str | None,
    name: str | None,
    url: str | None,
    gate: GateMode,
) -> Document:
    text = _first(value, _TEXT) if isinstance(value, dict) else None
    if not isinstance(value, dict) or text is None:
        raise SourceError(f'{called} is no record with a text: one object with "text", "body" or "content"')
    facts = _facts(value)
    address = url or facts.url
    if not _PAGE.search(text[:20_000]):
        return read_text(
            text,
            published=published,
            language=language,
            name=name or _first(value, _NAME),
            url=address,
            facts=facts,
            gate=gate,
        )
    from summariser.documents.html import read_html

    page = f"<html><body><article>{text}</article></body></html>".encode("utf-8", "replace")
    document = read_html(
        page,
        published=published or facts.published,
        language=language or facts.language,
        name=name,
        url=address,
        gate="off",
    )
    stated = {"title": facts.title, "byline": facts.byline, "category": facts.category}
    changes: dict[str, object] = {key: fact for key, fact in stated.items() if fact}
    if facts.published and published is None:
        changes["published_basis"] = "metadata"
    return checked(document.model_copy(update=changes | {"notes": document.notes + facts.notes}), gate)


def _first(record: Record, keys: tuple[str, ...]) -> str | None:
    """The first of these fields that holds text, or a list of texts or of objects with a name."""
    for key in keys:
        value = record.get(key)
        listed = value if isinstance(value, list) else [value]
        parts = [part.get("name") if isinstance(part, dict) else part for part in listed[:20]]
        words = [part for part in parts if isinstance(part, str) and part.strip()]
        if words:
            return ", ".join(words)
    return None


def _facts(record: Record) -> Facts:
    address = _first(record, ("url", "link"))
    stated = _first(record, _PUBLISHED)
    found = dates.find(stated) if stated else None
    year = dates.given(stated) if stated and re.fullmatch(r"\d{4}(?:-Q[1-4])?", stated.strip()) else None
    when = found[0] if found else year
    unread = Note(code="date_not_read", message="the record's publication date is no date that can be read")
    return Facts(
        title=_first(record, _TITLE),
        byline=_first(record, _BYLINE),
        category=_first(record, _CATEGORY),
        published=when,
        language=_first(record, _LANGUAGE),
        url=address if address and address.startswith(("http://", "https://")) else None,
        notes=(unread,) if stated and when is None else (),
    )
