"""Bytes to text: UTF-8, UTF-16 and UTF-32 by their marks, a declared charset, else detection; never a guess unsaid."""

from __future__ import annotations

import codecs

from summariser.errors import SourceError
from summariser.schema import Note

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 64_000
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\v\x1b\x1a\x08")


def decode(data: bytes, *, name: str, charset: str | None = None) -> tuple[str, tuple[Note, ...]]:
    """The text of `data`, and notes on what was guessed or lost.

    Order: byte order mark, UTF-8 where it fits, the declared `charset`, UTF-16 without a mark, detection. Raises
    `SourceError` for data that is no text.
    """
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _lenient(data, codec, name)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(data, name, charset, error)
    wide = _unmarked_utf16(data)
    if wide is not None:
        return _lenient(data, wide, name)
    if _looks_binary(data):
        raise SourceError(f"{name} is a binary file, not text")
    return text, ()


def _not_utf8(data: bytes, name: str, charset: str | None, error: UnicodeDecodeError) -> tuple[str, tuple[Note, ...]]:
    if error.reason == "unexpected end of data" and len(data) - error.start < 4:  # cut in the middle of a character
        return _lenient(data, "utf-8", name)
    if wide := _unmarked_utf16(data):
        return _lenient(data, wide, name)
    if _looks_binary(data):
        raise SourceError(f"{name} is a binary file, not text")
    if _mostly_utf8(data):  # a stray byte in a long UTF-8 text is damage, not another encoding
        return _lenient(data, "utf-8", name)
    if charset is not None:
        try:
            return data.decode(charset), ()
        except (LookupError, UnicodeDecodeError):
            pass  # a wrong declaration: detection decides
    return _detected(data, name)


def _lenient(data: bytes, codec: str, name: str) -> tuple[str, tuple[Note, ...]]:
    """Decoded with U+FFFD for what is damaged, and a note where anything was."""
    text = data.decode(codec, "replace")
    lost = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
    if lost > len(text) * 0.3:
        raise SourceError(f"{name} is no readable text: a third of it cannot be decoded as {codec}")
    note = Note(
        code="damaged_characters", message=f"{lost} damaged characters were replaced by U+FFFD (read as {codec})"
    )
    return text, (note,) if lost > 0 else ()


def _mostly_utf8(data: bytes) -> bool:
    sample = data[:_SAMPLE].decode("utf-8", "replace")
    bad = sample.count("\ufffd")
    good = sum(character > "\x7f" for character in sample) - bad
    return good >= 20 and bad <= good / 20


def _unmarked_utf16(data: bytes) -> str | None:
    """The byte order of UTF-16 without a mark, told by where the zero bytes of Latin letters stand."""
    sample = data[:_SAMPLE]
    half = len(sample) // 2
    if half < 4:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.4 * half and even < 0.02 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.02 * half:
        return "utf-16-be"
    return None


def _looks_binary(data: bytes) -> bool:
    """Whether a sample holds more control bytes than a text does."""
    sample = data[:_SAMPLE]
    controls = sum(count for byte in range(32) if byte not in _TEXT_CONTROLS and (count := sample.count(byte)))
    return controls > max(2, 0.02 * len(sample))


def _detected(data: bytes, name: str) -> tuple[str, tuple[Note, ...]]:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE], threshold=0.3).best()
    if best is None:
        raise SourceError(f"{name} is not readable text in any known encoding: save it as UTF-8")
    codec = "cp1252" if best.encoding in ("ascii", "latin_1", "iso8859_1") else best.encoding
    text, notes = _lenient(data, codec, name)
    guess = Note(code="guessed_encoding", message=f"not UTF-8; read as {codec}, which was detected")
    return text, (guess, *notes)
