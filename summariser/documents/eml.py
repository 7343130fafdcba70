"""E-mail messages (.eml): a press release or a newsletter as it was sent, with subject, sender and date."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from typing import TYPE_CHECKING

from summariser.documents.decoding import decode
from summariser.documents.gating import GateMode, checked
from summariser.documents.html import read_html
from summariser.documents.text import Facts, read_text
from summariser.errors import SourceError
from summariser.schema import PartialDate

if TYPE_CHECKING:
    import datetime as dt

    from summariser.schema import Document

_ANSWER = re.compile(r"(?:(?:re|fwd?|aw|wg|tr|rv|rm)\s?:\s?)+", re.IGNORECASE)


def read_eml(
    data: bytes,
    *,
    published: str | PartialDate | dt.date | None = None,
    language: str | None = None,
    name: str | None = None,
    url: str | None = None,
    charset: str | None = None,
    gate: GateMode = "default",
) -> Document:
    """A `Document` from a message's bytes: its plain text, or its HTML where there is more of it. Attachments are not
    read. Raises `SourceError` where it holds no text, `RefusedSourceError` as `read` does.
    """
    del charset
    called = name or "the message"
    try:
        message = message_from_bytes(data, policy=policy.default)
        parts = [message.get_body((kind,)) for kind in ("plain", "html")]
        plain, page = (_payload(part) for part in parts)
        facts = _facts(message)
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise SourceError(f"{called} is no readable e-mail message") from None
    if not plain and not page:
        raise SourceError(f"{called} holds no text of its own: pass its attachment")
    when = published or facts.published
    if page:
        document = read_html(
            page[0], published=when, language=language, name=name, url=url, charset=page[1], gate="off"
        )
        if not plain or 2 * len(plain[0].split()) < document.words:
            changes = {
                "title": facts.title,
                "byline": facts.byline,
                "published_basis": "given" if published else "metadata",
            }
            return checked(document.model_copy(update={key: value for key, value in changes.items() if value}), gate)
    text, notes = decode(plain[0] if plain else b"", name=called, charset=plain[1] if plain else None)
    facts = Facts(title=facts.title, byline=facts.byline, published=facts.published, notes=notes)
    return read_text(text, published=published, language=language, name=name, url=url, facts=facts, gate=gate)


def _payload(part: object) -> tuple[bytes, str | None] | None:
    if not isinstance(part, EmailMessage):
        return None
    payload = part.get_payload(decode=True)
    return (payload, part.get_content_charset()) if isinstance(payload, bytes) and payload.strip() else None


def _facts(message: EmailMessage) -> Facts:
    subject = _ANSWER.sub("", " ".join(str(message.get("subject", "")).split()), count=1)
    sender = parseaddr(str(message.get("from", "")))[0]
    return Facts(title=subject or None, byline=sender or None, published=_sent(str(message.get("date", ""))))


def _sent(date: str) -> PartialDate | None:
    """The day of sending, as the sender's clock had it."""
    try:
        sent = parsedate_to_datetime(date)
    except (ValueError, TypeError, IndexError):
        return None
    return PartialDate.of(sent.year, sent.month, sent.day)
