"""Where sentences end: sentencex proposes, rules for abbreviations, titles and legal numbering decide.

Works on one paragraph of normalised text (`normalise.py`). sentencex keeps a whole quotation as one sentence and
takes quadratic time on a run of opening quotes, so it is shown the text with quotes and brackets blanked out; a
closing quote then goes to the sentence that it closes. Rules are linear in the text: each boundary looks at a
bounded number of characters around it.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from summariser.documents.scanning import finditer

CAP = 700
"""Longest sentence in characters: a longer one is split at a clause mark, else at a space, else where it is."""

_PIECE = 20_000  # sentencex sees no more than this at once
_BEHIND = 24  # an abbreviation is at most this long
_NUMBERING = 40  # "Section 3(1)(a)." at the head of a sentence is at most this long

_BLANKED = re.compile(r"[\"'“”„‟«»‹›‘’()\[\]{}\n]")
_STOPS = ".!?…؟。！？۔"
_STOP = re.compile(rf"[{re.escape(_STOPS)}]")
_ANY_STOP = re.compile(rf"[{re.escape(_STOPS)}:;؛]")
_CLOSERS = r"(?:\s?[»”’)\]}›](?!\w)|[\"'“](?!\w)|[)\]”’])"
_RUN = rf"[{re.escape(_STOPS)}]{{0,20}}{_CLOSERS}{{0,4}}"
_TAIL = re.compile(rf"{_RUN}(?:{_RUN})?(?:\[\d{{1,3}}\]){{0,3}}\s*")  # twice for `..." .` and `.”).`
_EXTRA = re.compile(
    r"(?<=[^\W\d_A-Z]{2})[.!?](?=[A-ZÀ-Þ][a-zà-ÿ]*[ ,’'])"  # a space is missing: "the law.The minister"
    r"|(?<=[\w)\]\"”’»])(?:…|\.{3,4})[\"”’»]?(?=\s+[\"“«‘(]?[A-ZÀ-Þ¿¡])"  # an ellipsis, then a capital
    r"|(?<=[A-ZÀ-Þ])\.(?=\s+[A-ZÀ-Þ¿¡«“])"  # "U.S. The": the rules below decide
    r"|[!?؟][\"”’»)]?(?=\s+\S)|[。！？]"
    r"|[.][\"”’»)\]]+(?=\s+\S)|[.](?:\[\d{1,3}\])+(?=\s+\S)"
)
_OPENERS = " \t\n\"'“”„«»‹›‘’([{–—-*_¿¡"
_CLOSING_QUOTES = frozenset('»”"’')
_WORD = re.compile(r"\w[\w.'’-]*")
_BEFORE_TOKEN = re.compile(r".*[\s(\[“”\"«‘—–/]", re.DOTALL)
_NUMBER_AHEAD = re.compile(r"[(\[]?(?:\d|[ivxlcIVXLC]+\b|[A-Z]{1,2}[-.\d]|[a-zA-Z]\))|n[°ºo]|°|º")
_INITIAL = re.compile(r"(?:^|[\s.\-(“\"«])([A-ZÀ-Þ]|[ء-ي])\.$")
_HEAD_NUMBER = re.compile(
    r"\W{0,3}(?:(?:sec|section|art|article|artículo|articulo|chap|chapter|chapitre|annex|annexe|anexo|schedule|part|§|"
    r"recital|clause|rule|no|المادة|الفصل|الباب|مادة)\.?\s{0,2})?"
    r"[(\[]?(?:\d{1,4}|[ivxlc]{1,6}|[a-z])(?:[.\-]\d{1,3}){0,3}(?:\s?\(\w{1,4}\)){0,3}(?:\s?(?:bis|ter|er))?[)\]]?[.)]{0,2}[°º]?\W{0,3}",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\(\w{1,4}\)\s")
_CLAUSE = re.compile(r"[;؛:](?=\s)|\s[–—](?=\s)|[,،、](?=\s)|—")


@dataclass(frozen=True, slots=True)
class _Abbreviations:
    titles: frozenset[str]
    references: frozenset[str]
    inline: frozenset[str]
    closing: frozenset[str]
    starters: frozenset[str]
    says: frozenset[str]


@cache
def _abbreviations(language: str) -> _Abbreviations:
    table = tomllib.loads(files("summariser.documents").joinpath("_data/abbreviations.toml").read_text("utf-8"))
    both = [table["any"], table.get(language, table["en"])]

    def words(kind: str) -> frozenset[str]:
        return frozenset(word for part in both for word in part[kind])

    return _Abbreviations(*(words(kind) for kind in _Abbreviations.__slots__))


def split(text: str, language: str | None = None) -> list[tuple[int, int]]:
    """Spans of the sentences of one paragraph, in order, without the white space between them.

    `text` is normalised, `language` an ISO 639-1 code. Every character that is not white space lies in one span.
    """
    if len(text) <= CAP and not _ANY_STOP.search(text, 0, max(0, len(text.rstrip()) - 1)):
        return _capped(text, 0, len(text))  # nothing ends before the last character
    marks = _abbreviations(language or "en")
    spans: list[tuple[int, int]] = []
    start = 0
    for boundary in _candidates(text, language or "en"):
        if boundary > start and not _false(text, start, boundary, marks):
            spans.extend(_capped(text, start, boundary))
            start = boundary
    spans.extend(_capped(text, start, len(text)))
    return spans


def _candidates(text: str, language: str) -> list[int]:
    """Offsets where a sentence may begin, ascending."""
    from sentencex import get_sentence_boundaries

    blanked = _BLANKED.sub(" ", text)
    found: set[int] = set()
    for base, end in _pieces(blanked):
        for proposal in get_sentence_boundaries(language, blanked[base:end]):
            stop = base + proposal["start_index"] + len(proposal["text"].rstrip())
            ahead = text[stop : stop + 1]
            if ahead.isdigit() or ahead.lower() != ahead.upper():
                continue  # "ASP.NET", "3.2"; a space that is missing before a capital has a rule of its own
            if blanked[stop - 1 : stop] and blanked[stop - 1] in _STOPS + ":;؛":
                found.add(stop)
    found.update(match.end() for match in finditer(_EXTRA, _STOP, text))
    return sorted({_after_tail(text, stop) for stop in found} - {len(text)})


def _pieces(text: str) -> list[tuple[int, int]]:
    """Stretches of at most `_PIECE` characters, cut at a space where there is one."""
    cuts = [0]
    while len(text) - cuts[-1] > _PIECE:
        space = text.rfind(" ", cuts[-1] + 1, cuts[-1] + _PIECE)
        cuts.append(space if space > 0 else cuts[-1] + _PIECE)
    return list(zip(cuts, [*cuts[1:], len(text)], strict=True))


def _after_tail(text: str, stop: int) -> int:
    """The offset after the stop's closing quotes, brackets and note marks, and the white space behind them."""
    found = _TAIL.match(text, stop)
    return found.end() if found else stop


def _false(text: str, start: int, boundary: int, marks: _Abbreviations) -> bool:
    """Whether the sentence that began at `start` goes on after `boundary`."""
    ahead = text[boundary : boundary + 40].lstrip(_OPENERS)
    if not ahead:
        return True
    lower = ahead[0].islower() and not ahead[1:2].isupper()  # "eIDAS" and "iPhone" open sentences, "and" does not
    if lower and not _ITEM.match(text, boundary):
        return True
    before = text[max(start, boundary - _BEHIND - 8) : boundary].rstrip()
    if marks.says and before[-1:] in _CLOSING_QUOTES and _first_word(ahead) in marks.says:
        return True
    if boundary - start <= _NUMBERING and _HEAD_NUMBER.fullmatch(text[start:boundary].strip()):
        return True
    return before.endswith(".") and _abbreviated(before, ahead, marks)


def _first_word(text: str) -> str:
    found = _WORD.match(text)
    return found[0].rstrip(".").lower() if found else ""


def _abbreviated(before: str, ahead: str, marks: _Abbreviations) -> bool:
    """Whether the full stop at the end of `before` belongs to an abbreviation that the sentence goes on after."""
    ahead_of_it = _BEFORE_TOKEN.match(before)
    word = before[ahead_of_it.end() if ahead_of_it else 0 :].rstrip(".").lower()
    two = " ".join(before.rstrip(".").lower().split()[-2:])
    opens = _first_word(ahead) in marks.starters
    if word in marks.titles or word in marks.inline or two in marks.inline:
        return True
    if word in marks.references and _NUMBER_AHEAD.match(ahead):
        return True
    if word in marks.closing or two in marks.closing:
        return not opens
    initial = _INITIAL.search(before, max(0, len(before) - 3))
    return initial is not None and (not opens or before[initial.start()] in ".-")


def _capped(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The span without outer white space, in parts of at most `CAP` characters."""
    spans: list[tuple[int, int]] = []
    while True:
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if end - start <= CAP:
            return [*spans, (start, end)] if end > start else spans
        cut = _cut(text, start, end)
        spans.append((start, start + len(text[start:cut].rstrip())))
        start = cut


def _cut(text: str, start: int, end: int) -> int:
    """Where to split a sentence that is too long: the last ";" of the allowed stretch, else a weaker mark."""
    limit = min(start + CAP, end)
    marks = {mark.end(): mark[0].strip() for mark in _CLAUSE.finditer(text, start + CAP // 8, limit)}
    for kind in (";؛", ":–—", ",،、"):
        last = max((at for at, mark in marks.items() if mark in kind), default=None)
        if last is not None:
            return last
    space = text.rfind(" ", start + 1, limit)
    return space if space > start else limit
