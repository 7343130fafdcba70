"""Checks of the source gate for damage: broken encodings and fonts, bad OCR, the script of another language."""

from __future__ import annotations

import re
from itertools import pairwise

from summariser.documents import language
from summariser.documents.gate_subject import Found, Subject
from summariser.documents.normalise import plain
from summariser.documents.scanning import finditer

HEAD = 200_000
"""Characters of a text that checks which go through all of it look at."""

_CID = re.compile(r"\(cid:\d{1,5}\)")
_MOJIBAKE = re.compile(
    r"Ã[\u0080-\u00bf ]|â€[\u0080-\u009f™œ“”˜¦]?|Â[\u00a0-\u00bf]|[ØÙ][\u0080-\u00bf…†‡ˆ‰Š‹Œ„‚ƒ]|ï»¿|ðŸ"
)


_MOJIBAKE_BEGINS = re.compile("[ÃâÂØÙïð]")
_PRIVATE = re.compile("[\ue000-\uf8ff\ufffd]")


def garbled(subject: Subject) -> Found:
    """Fonts without a character map, a wrong decoding, replacement characters."""
    document = subject.document
    sample = document.text[:HEAD]
    size = max(1, len(sample))
    cid = sum(len(found[0]) for found in _CID.finditer(sample)) / size
    mojibake = sum(len(found[0]) for found in finditer(_MOJIBAKE, _MOJIBAKE_BEGINS, sample)) / size
    private = len(_PRIVATE.findall(sample))
    if cid > 0.15 or mojibake > 0.12 or private / size > 0.08:
        yield "garbled", ()
    elif cid > 0.002 or mojibake > 0.002 or private / size > 0.003:
        bad = (
            s.number
            for s in document.sentences
            if _CID.search(s.text) or _MOJIBAKE.search(s.text) or "\ufffd" in s.text
        )
        yield "garbled_parts", tuple(bad)


_ODD = re.compile(
    r"[^\W\d_]+\d+[^\W\d_]+|[^\W\d_]*[|\\^~¬§¢£¥#}{<>=*]+[^\W\d_]+[|\\^~¬§¢£¥#}{<>=*\w]*|[a-z]+[A-Z]+[a-z]+\w*|[^\w\s]{3,}|[a-z][.,;:][a-z]{1,3}[.,;:]?\w*"
)


_ADDRESS = ("://", "@", "www.")
_OUTER = ".,;:!?()[]\"'“”‘’«»…-–—"


def ocr_noise(subject: Subject) -> Found:
    """Words that no language has: digits and signs inside, capitals in the middle, single letters in rows."""
    tokens = _first_tokens(subject)
    # Letters alone, no capital behind the first: a word as most are written.
    unusual = [t for t in tokens if not (t.isalpha() and (t.islower() or t.istitle()))]
    left_out = {t for t in unusual if not _counts(t)}
    tokens = [t for t in tokens if t not in left_out]
    if len(tokens) < 30:
        return
    bare = [t.strip(_OUTER) for t in unusual if t not in left_out]
    odd = sum(_ODD.fullmatch(t) is not None for t in bare if not (t.isalpha() and t.islower()))
    letters = [place for place, token in enumerate(tokens) if len(token) == 1 and token.isalpha()]
    single = sum(after - place == 1 and tokens[place].isascii() for place, after in pairwise(letters))
    share = (odd + single) / len(tokens)
    if share > 0.3:
        yield "ocr_noise", ()
    elif share > 0.1:
        yield "ocr_parts", ()


def _first_tokens(subject: Subject) -> list[str]:
    pairs = zip(subject.document.sentences[:400], subject.plain, strict=False)
    texts = [readable if len(s.text) <= 700 else plain(s.text[:700]) for s, readable in pairs]
    return " ".join(texts).split()


def _counts(token: str) -> bool:
    """Whether a token is more than a sign that stands alone, and no address."""
    return (len(token) > 2 or any(map(str.isalnum, token))) and not any(mark in token for mark in _ADDRESS)


def wrong_script(subject: Subject) -> Found:
    document = subject.document
    if document.language is None:
        return
    script = language.script_of(document.language)
    shares = language.scripts(" ".join(s.text for s in document.sentences[:60]))
    if script is not None and shares and shares.get(script, 0.0) < 0.2:
        yield "wrong_script", ()
