"""The checks of the source gate: each looks for one thing that makes a text not worth reading, or doubtful.

A check yields (code, sentence numbers); what is done about a code, and what the reader is told, stands in
`_data/gate.toml` with the words that the checks look for. Every check is linear in the text.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Literal

from pydantic import TypeAdapter

from summariser.documents import language, planted
from summariser.documents.blocks import count_words, ends_sentence
from summariser.documents.furniture import is_cookie_banner
from summariser.documents.normalise import plain
from summariser.schema import Document

Action = Literal["refuse", "warn", "go"]

LEAST_WORDS = 8
"""Fewer words in sentences are not worth a summary."""

_HEAD = 200_000  # characters that the checks for damage look at


@dataclass(frozen=True, slots=True)
class Tables:
    actions: dict[str, Action]
    messages: dict[str, str]
    cookie_wall: tuple[str, ...]
    paywall: tuple[str, ...]
    hints: re.Pattern[str]
    instructions: tuple[re.Pattern[str], ...]


@cache
def tables() -> Tables:
    """The gate's actions, messages and word lists."""
    table = tomllib.loads(files("summariser.documents").joinpath("_data/gate.toml").read_text("utf-8"))
    return Tables(
        actions=TypeAdapter(dict[str, Action]).validate_python(table["actions"]),
        messages=table["messages"],
        cookie_wall=tuple(table["cookie_wall"]["phrases"]),
        paywall=tuple(table["paywall"]["phrases"]),
        hints=re.compile("|".join(map(re.escape, table["instructions"]["hints"]))),
        instructions=tuple(re.compile(pattern) for pattern in table["instructions"]["patterns"]),
    )


_Found = Iterator[tuple[str, tuple[int, ...]]]


def size(document: Document) -> int:
    """Words in the first sentences: enough to say whether there are `LEAST_WORDS`."""
    return sum(count_words(sentence.text) for sentence in document.sentences[:LEAST_WORDS])


def _near_empty(document: Document) -> _Found:
    if size(document) < LEAST_WORDS:
        yield "near_empty", ()


def _paragraphs(document: Document) -> list[tuple[str, tuple[int, ...]]]:
    """Each paragraph's readable text, and the numbers of its sentences."""
    grouped: dict[int, list[int]] = {}
    for sentence in document.sentences:
        grouped.setdefault(sentence.paragraph, []).append(sentence.number)
    texts = []
    for numbers in grouped.values():
        first, last = document.sentences[numbers[0] - 1], document.sentences[numbers[-1] - 1]
        texts.append((plain(document.text[first.start : min(last.end, first.start + 2000)]), tuple(numbers)))
    return texts


def _lower(text: str) -> str:
    return text.casefold().replace("’", "'").lstrip(" *_>-–—\"'“«•·!¡¿")


def _cookie_wall(document: Document) -> _Found:
    """A consent notice that is (nearly) all there is."""
    banners = [f for f in document.furniture if f.kind == "cookie"]
    phrases = tables().cookie_wall
    walls = [
        (text, numbers)
        for text, numbers in _paragraphs(document)[:40]
        if is_cookie_banner(text) or (len(text.split()) <= 60 and any(p in _lower(text)[:160] for p in phrases))
    ]
    about = sum(len(text.split()) for text, _ in walls)
    rest = document.words - about
    banner_words = sum(len(document.text[f.start : f.end].split()) for f in banners)
    if (walls or banner_words >= 12) and rest < 40 and rest <= about + banner_words:
        yield "cookie_wall", tuple(number for _, numbers in walls for number in numbers)


def _paywall(document: Document) -> _Found:
    """A request to pay or log in, as a block of its own; a stub where little stands before it."""
    phrases = tables().paywall
    asked: list[int] = []
    at: int | None = None
    for block in _outer_blocks(document):
        start, text = block
        if len(text.split()) <= 60 and _lower(text).startswith(phrases):
            at = start if at is None else at
            asked += [s.number for s in document.sentences if start <= s.start < start + len(text)]
    if at is None:
        return
    before = sum(len(s.text.split()) for s in document.sentences if s.start < at)
    after = sum(len(s.text.split()) for s in document.sentences if s.start >= at and s.number not in asked)
    if before < 150 and after < 60:
        yield "paywall_stub", tuple(asked)
    else:
        yield "paywall_notice", tuple(asked)


def _outer_blocks(document: Document) -> Iterator[tuple[int, str]]:
    """Lines of the text with their offsets (short texts whole, long ones their first and last 20,000 characters)."""
    text = document.text
    windows = [(0, text)] if len(text) <= 40_000 else [(0, text[:20_000]), (len(text) - 20_000, text[-20_000:])]
    for base, window in windows:
        for line in re.finditer(r"[^\n]+", window):
            yield base + line.start(), line[0]


_CID = re.compile(r"\(cid:\d{1,5}\)")
_MOJIBAKE = re.compile(
    r"Ã[\u0080-\u00bf ]|â€[\u0080-\u009f™œ“”˜¦]?|Â[\u00a0-\u00bf]|[ØÙ][\u0080-\u00bf…†‡ˆ‰Š‹Œ„‚ƒ]|ï»¿|ðŸ"
)


def _garbled(document: Document) -> _Found:
    """Fonts without a character map, a wrong decoding, replacement characters."""
    sample = document.text[:_HEAD]
    size = max(1, len(sample))
    cid = sum(len(found[0]) for found in _CID.finditer(sample)) / size
    mojibake = sum(len(found[0]) for found in _MOJIBAKE.finditer(sample)) / size
    private = sum(map(sample.count, ("\ufffd",))) + len(re.findall("[\ue000-\uf8ff]", sample))
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


def _ocr_noise(document: Document) -> _Found:
    """Words that no language has: digits and signs inside, capitals in the middle, single letters in rows."""
    tokens = [
        t
        for s in document.sentences[:400]
        for t in plain(s.text[:700]).split()
        if any(c.isalnum() for c in t) or len(t) > 2
    ]
    tokens = [t for t in tokens if "://" not in t and "@" not in t and "www." not in t]
    if len(tokens) < 30:
        return
    odd = sum(_ODD.fullmatch(token.strip(".,;:!?()[]\"'“”‘’«»…-–—")) is not None for token in tokens)
    single = sum(
        a.isalpha() and len(a) == 1 and b.isalpha() and len(b) == 1 and a.isascii() for a, b in pairwise(tokens)
    )
    share = (odd + single) / len(tokens)
    if share > 0.3:
        yield "ocr_noise", ()
    elif share > 0.1:
        yield "ocr_parts", ()


def _wrong_script(document: Document) -> _Found:
    if document.language is None:
        return
    script = language.script_of(document.language)
    shares = language.scripts(" ".join(s.text for s in document.sentences[:60]))
    if script is not None and shares and shares.get(script, 0.0) < 0.2:
        yield "wrong_script", ()


def _link_page(document: Document) -> _Found:
    """Headlines and links where an article should be."""
    lines = [line.strip() for line in document.text[:_HEAD].splitlines() if line.strip()]
    if len(lines) < 12:
        return
    full = sum(len(s.text.split()) for s in document.sentences if ends_sentence(s.text) and len(s.text.split()) >= 6)
    words = sum(len(line.split()) for line in lines)
    linked = sum(
        bool(re.search(r"\]\([^()\s]{1,1000}\)|https?://\S{4,300}", line)) and len(line.split()) <= 25 for line in lines
    )
    menus = sum(f.kind in ("menu", "link", "share", "cookie") for f in document.furniture)
    if full < 0.2 * words and linked + menus >= 0.6 * len(lines):
        yield "link_page", ()
    elif full < 0.1 * words:
        yield "few_sentences", ()


def _cut_off(document: Document) -> _Found:
    """The last paragraph is prose and stops without a stop, or at an ellipsis."""
    if not document.sentences:
        return
    last = document.sentences[-1]
    text = plain(last.text)
    run_on = len(text.split()) >= 6 and text[-1].isalnum() and text[:1].isalnum() and "|" not in text
    several = any(s.paragraph == last.paragraph for s in document.sentences[-2:-1])
    lower = len(text.split()) >= 14 or several
    trailing = re.search(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|\(…\))$", text) is not None or text.endswith(
        (",", "،", " –", "-")
    )
    if (run_on and lower) or (trailing and len(text.split()) >= 4):
        yield "cut_off", (last.number,)


def _instructions(document: Document) -> _Found:
    """Passages, or hidden stretches of the page, that order a model about."""
    numbers = planted.orders(document, _is_instruction)
    hidden = any(
        _is_instruction(document.text[f.start : min(f.end, f.start + 2000)])
        for f in document.furniture
        if f.end - f.start > 15
    )
    if numbers or hidden:
        yield "instructions", numbers


def _is_instruction(text: str) -> bool:
    words = tables()
    lower = plain(text).lower()
    return words.hints.search(lower) is not None and any(pattern.search(lower) for pattern in words.instructions)


CHECKS: tuple[Callable[[Document], _Found], ...] = (
    _cookie_wall,
    _paywall,
    _garbled,
    _link_page,
    _near_empty,
    _ocr_noise,
    _wrong_script,
    _cut_off,
    _instructions,
)
