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
from itertools import groupby, islice
from operator import attrgetter
from typing import Literal

from pydantic import TypeAdapter

from summariser.documents import planted
from summariser.documents.blocks import count_words, ends_sentence
from summariser.documents.furniture import is_cookie_banner
from summariser.documents.gate_damage import HEAD, garbled, ocr_noise, wrong_script
from summariser.documents.gate_subject import Found, Subject
from summariser.documents.normalise import plain
from summariser.schema import Document

Action = Literal["refuse", "warn", "go"]

LEAST_WORDS = 8
"""Fewer words in sentences are not worth a summary."""


@dataclass(frozen=True, slots=True)
class Tables:
    actions: dict[str, Action]
    messages: dict[str, str]
    cookie_wall: tuple[str, ...]
    paywall: tuple[str, ...]
    hints: tuple[str, ...]
    orders: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]
    """Pieces of words of which one stands in every match, and the pattern."""


@cache
def tables() -> Tables:
    """The gate's actions, messages and word lists."""
    table = tomllib.loads(files("summariser.documents").joinpath("_data/gate.toml").read_text("utf-8"))
    return Tables(
        actions=TypeAdapter(dict[str, Action]).validate_python(table["actions"]),
        messages=table["messages"],
        cookie_wall=tuple(table["cookie_wall"]["phrases"]),
        paywall=tuple(table["paywall"]["phrases"]),
        hints=tuple(table["instructions"]["hints"]),
        orders=tuple(
            (tuple(order["needs"]), re.compile(order["pattern"])) for order in table["instructions"]["orders"]
        ),
    )


def size(document: Document) -> int:
    """Words in the first sentences: enough to say whether there are `LEAST_WORDS`."""
    return sum(count_words(sentence.text) for sentence in document.sentences[:LEAST_WORDS])


def _near_empty(subject: Subject) -> Found:
    if size(subject.document) < LEAST_WORDS:
        yield "near_empty", ()


def _paragraphs(document: Document, most: int) -> list[tuple[str, tuple[int, ...]]]:
    """The readable text of the first paragraphs, and the numbers of their sentences."""
    texts = []
    for _, group in islice(groupby(document.sentences, key=attrgetter("paragraph")), most):
        sentences = list(group)
        start, end = sentences[0].start, sentences[-1].end
        texts.append((plain(document.text[start : min(end, start + 2000)]), tuple(s.number for s in sentences)))
    return texts


def _opening(text: str) -> str:
    """The first 160 characters of a text without case and without marks before it, as the phrases are spelt."""
    return text.lstrip(" *_>-–—\"'’“«•·!¡¿")[:160].casefold().replace("’", "'")[:160]


def _cookie_wall(subject: Subject) -> Found:
    """A consent notice that is (nearly) all there is."""
    document = subject.document
    banners = [f for f in document.furniture if f.kind == "cookie"]
    phrases = tables().cookie_wall
    walls = [
        (text, numbers)
        for text, numbers in _paragraphs(document, 40)
        if is_cookie_banner(text) or (any(map(_opening(text).__contains__, phrases)) and len(text.split()) <= 60)
    ]
    about = sum(len(text.split()) for text, _ in walls)
    rest = sum(subject.words) - about
    banner_words = sum(len(document.text[f.start : f.end].split()) for f in banners)
    if (walls or banner_words >= 12) and rest < 40 and rest <= about + banner_words:
        yield "cookie_wall", tuple(number for _, numbers in walls for number in numbers)


def _paywall(subject: Subject) -> Found:
    """A request to pay or log in, as a block of its own; a stub where little stands before it."""
    document = subject.document
    phrases = tables().paywall
    asked: list[int] = []
    at: int | None = None
    for start, text in _outer_blocks(document):
        if _opening(text).startswith(phrases) and len(text.split()) <= 60:
            at = start if at is None else at
            asked += [s.number for s in document.sentences if start <= s.start < start + len(text)]
    if at is None:
        return
    counted = list(zip(document.sentences, subject.words, strict=True))
    before = sum(words for s, words in counted if s.start < at)
    after = sum(words for s, words in counted if s.start >= at and s.number not in asked)
    yield "paywall_stub" if before < 150 and after < 60 else "paywall_notice", tuple(asked)


def _outer_blocks(document: Document) -> Iterator[tuple[int, str]]:
    """Lines of the text with their offsets (short texts whole, long ones their first and last 20,000 characters)."""
    text = document.text
    windows = [(0, text)] if len(text) <= 40_000 else [(0, text[:20_000]), (len(text) - 20_000, text[-20_000:])]
    for base, window in windows:
        for line in _LINE.finditer(window):
            yield base + line.start(), line[0]


_LINE = re.compile(r"[^\n]+")
_LINKED = re.compile(r"\]\([^()\s]{1,1000}\)|https?://\S{4,300}")


def _link_page(subject: Subject) -> Found:
    """Headlines and links where an article should be."""
    document = subject.document
    lines = [line for line in document.text[:HEAD].splitlines() if line.strip()]
    if len(lines) < 12:
        return
    counted = zip(document.sentences, subject.words, strict=True)
    full = sum(words for sentence, words in counted if words >= 6 and ends_sentence(sentence.text))
    words = sum(len(line.split()) for line in lines)
    if full >= 0.2 * words:
        return
    linked = sum(_LINKED.search(line) is not None and len(line.split()) <= 25 for line in lines)
    menus = sum(f.kind in ("menu", "link", "share", "cookie") for f in document.furniture)
    if linked + menus >= 0.6 * len(lines):
        yield "link_page", ()
    elif full < 0.1 * words:
        yield "few_sentences", ()


def _cut_off(subject: Subject) -> Found:
    """The last paragraph is prose and stops without a stop, or at an ellipsis."""
    sentences = subject.document.sentences
    if not sentences:
        return
    last = sentences[-1]
    text = subject.plain[-1]
    run_on = len(text.split()) >= 6 and text[-1].isalnum() and text[:1].isalnum() and "|" not in text
    several = any(s.paragraph == last.paragraph for s in sentences[-2:-1])
    lower = len(text.split()) >= 14 or several
    trailing = text.endswith(("…", "...", "[…]", "[...]", "(…)", ",", "،", " –", "-"))
    if (run_on and lower) or (trailing and len(text.split()) >= 4):
        yield "cut_off", (last.number,)


def _instructions(subject: Subject) -> Found:
    """Passages, or hidden stretches of the page, that order a model about."""
    document = subject.document
    said = [_spelt(planted.unquoted(readable)) for readable in subject.plain]
    aside = [
        _spelt(document.text[f.start : min(f.end, f.start + 2000)]) for f in document.furniture if f.end - f.start > 15
    ]
    everything = "\n".join([*said, *aside])
    hints = tuple(hint for hint in tables().hints if hint in everything)
    if not hints:
        return
    orders = [s for s, text in zip(document.sentences, said, strict=True) if _is_order(text, hints)]
    if orders or any(_is_order(text, hints) for text in aside):
        yield "instructions", planted.passages(document, orders)


def _spelt(text: str) -> str:
    """A text as the patterns are spelt."""
    return plain(text).lower()


def _is_order(text: str, hints: tuple[str, ...]) -> bool:
    if not any(hint in text for hint in hints):
        return False
    for needs, pattern in tables().orders:  # no generators: this is the dearest loop of the gate
        for piece in needs:
            if piece in text:
                if pattern.search(text):
                    return True
                break
    return False


CHECKS: tuple[Callable[[Subject], Found], ...] = (
    _cookie_wall,
    _paywall,
    garbled,
    _link_page,
    _near_empty,
    ocr_noise,
    wrong_script,
    _cut_off,
    _instructions,
)
