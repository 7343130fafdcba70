"""What a block is by itself, wherever it stands: link, share bar, caption, contact, date line, reading time.

A wrong classification that throws away body text is worse than a leftover line: a rule needs the whole block to look
like furniture, and a full sentence only ever goes by what it begins with. Word lists: `_data/furniture.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from summariser.documents import dates
from summariser.documents.blocks import EDGES, Block, ends_sentence, key
from summariser.schema import FurnitureKind

MOST_WORDS = 60
"""A block of more words is never furniture by itself."""

_LONGEST_WORD = 30  # of an opening: as many characters of a text are read to tell whether it can begin so

_PIECE = re.compile(r"[^\s|·•/,،+&>»-]+")
_COLUMNS = re.compile(r"\s[|·•›>»/]\s|\s{3,}")
_BARE_LINK = re.compile(r"\[[^\[\]]{1,200}\]\([^()\s]{1,1000}\)")
_UNIT = r"\s?-?(?:mins?|minutes?|minutos?|minuti|minuten|دقائق|دقيقة|دقيقه|د)\.?"
_MINUTES = re.compile(
    r"(?:[^\W\d]{1,12}\s){0,3}(?:reading time|read time|temps de lecture|lecture|tiempo de lectura|lectura|مدة القراءة"
    rf"|وقت القراءة|lesezeit|tempo di lettura)\s?:?\s?(?:~|≈|about )?(\d{{1,3}})(?:{_UNIT})?"
    rf"|(?:~|≈)?(\d{{1,3}}){_UNIT}"
    r"(?:\s(?:read|reading time|reading|de lecture|de lectura|di lettura|de leitura|lesezeit|للقراءة|قراءة))?",
    re.IGNORECASE,
)
_BY = re.compile(
    r"(?:by|with|written by|words by|story by|reported by|authors?|par|écrit par|auteur|por|escrito por|autora?|"
    r"von|di|بقلم|كتب|كتبت|الكاتب|تحرير)\s?:?\s",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_a-z][\w.'’\u064b-\u0652-]{0,30}")
_CAPTION_END = re.compile(
    r"(?:getty images|shutterstock|istock|\bunsplash|\bepa(?:-efe)?|wikimedia commons|"
    r"\((?:photo|image|picture|ap photo|afp photo|foto|crédit|credit|illustration|صورة|file photo)\b[^()]{0,80}\)|"
    r"\[(?:photo|image|foto|credit|crédit)\b[^\[\]]{0,80}\]|"
    r"(?:photo|image|foto|crédit|credit)s?\s?:\s?[^.!?:]{2,60})[\s.]*$"
    r"|[^\s/]/(?:reuters|afp|ap|epa|getty|map|efe|xinhua|anadolu|pool)(?:/[\w .]{1,30})?[\s.]*$",
    re.IGNORECASE,
)
_CAPTION_REACH = 100
"""Characters before the end of a text in which all of such an ending stands, full stops aside."""
_CAPTION_SIGNS = ("(", "[", ":", "/", "getty", "stock", "splash", "epa", "commons")
"""One of these stands in every such ending."""
_CONTACT_LINE = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{2,64}|(?:\+|\b00)\d[\d\s().-]{6,20}|https?://\S{4,300}|www\.\S{4,200}"
)
_PAGE = re.compile(
    r"(?:page|seite|página|pág\.|صفحة|p\.)?\s?-?\s?\d{1,4}\s?-?(?:\s?(?:of|de|sur|/|von|من)\s?\d{1,4})?", re.IGNORECASE
)


@cache
def tables() -> dict[str, dict[str, list[str]]]:
    """The word lists, by table and kind."""
    return tomllib.loads(files("summariser.documents").joinpath("_data/furniture.toml").read_text("utf-8"))


@cache
def _exact() -> dict[str, str]:
    listed = tables()["exact"].items()
    return {words: kind for kind, lines in listed if kind != "byline" for words in lines}  # a byline is read as a fact


@cache
def _prefixes(table: str) -> tuple[tuple[str, str], ...]:
    """(words, kind) of a table, longest first."""
    pairs = [(words, kind) for kind, listed in tables()[table].items() for words in listed]
    if table == "prefix":  # "Related posts: …"
        pairs += [(words, kind) for words, kind in _exact().items() if kind in ("link", "share", "contact")]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def _banners() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a consent banner begins with, and the first words of it."""
    phrases = tables()["cookie_banner"]["says"]
    return tuple(phrases), _firsts(phrases)


@cache
def _share_words() -> tuple[frozenset[str], frozenset[str]]:
    """What a share bar may be made up of, and what has to be among it."""
    table = tables()["share_words"]
    return frozenset(table["words"]), frozenset(table["sure"])


@cache
def _first_words() -> tuple[str, ...]:
    """The first word of every opening."""
    return _firsts(words for table in ("starts", "prefix") for words, _ in _prefixes(table))


def _firsts(phrases: Iterable[str]) -> tuple[str, ...]:
    return tuple({phrase.split()[0][:_LONGEST_WORD] for phrase in phrases})


def kind(block: Block) -> FurnitureKind | None:
    """What the block is by its own words, or None where it may be article text."""
    if block.shape == "mark":
        return "other"
    text, words = block.text, block.words
    if words > MOST_WORDS and not (words < 150 and is_cookie_banner(text)):
        return None
    bare = block.key
    if not bare or not any(map(str.isalnum, bare)):
        return "other"
    found = _exact().get(bare)
    if found is not None:
        return "heading" if found == "heading" else _as_kind(found)
    if minutes(text) is not None:
        return "reading_time"
    if block.shape == "text" and _PAGE.fullmatch(text.strip()):
        return "page_number"
    if dates.is_label(bare) or dates.date_line(text)[0] or dates.place_and_date(text) is not None:
        return "dateline"
    if _is_share_bar(bare):
        return "share"
    if is_cookie_banner(text):
        return "cookie"
    if block.shape == "row":
        return None
    return _by_beginning(text, words) or _by_marks(block)


def is_label(block: Block) -> bool:
    """Whether a block is "Read next" or its like and nothing more: what it announces stands in the lines after it."""
    return block.key in _exact()


def _as_kind(found: str) -> FurnitureKind:
    return found  # type: ignore[return-value]  # the tables' keys are furniture kinds; a test holds it


def _opening(text: str) -> str:
    """A text as the lists of openings spell it: no case, no marks before it, single spaces."""
    return " ".join(text.casefold().replace("’", "'").lstrip(EDGES).split())


def _begins_with(text: str, words: tuple[str, ...]) -> bool:
    """Whether `_opening` of a text can begin with a phrase of which `words` holds the first word."""
    return text.lstrip(EDGES)[:_LONGEST_WORD].casefold().replace("’", "'").startswith(words)


def _by_beginning(text: str, words: int) -> FurnitureKind | None:
    if not _begins_with(text, _first_words()):
        return None
    lower = _opening(text)
    for opening, found in _prefixes("starts"):
        if lower.startswith(opening) and words <= 40:
            return _as_kind(found)
    if words > 30:  # a teaser is a line, not a paragraph
        return None
    for opening, found in _prefixes("prefix"):
        if lower.startswith(opening) and lower[len(opening) :].lstrip()[:1] in (":", "：", "|", "»", "›"):
            return _as_kind(found)
    return None


def _by_marks(block: Block) -> FurnitureKind | None:
    text, words = block.text, block.words
    if words <= 45 and _ends_as_caption(text):
        return "caption"
    if words <= 12 and not block.closed and _CONTACT_LINE.search(text):
        return "contact"
    if text.startswith("![") and text.endswith(")") and words <= 30:
        return "caption"
    if text.startswith("[") and _BARE_LINK.fullmatch(text):
        return "link"
    if block.closed:
        return None
    pieces = [piece for piece in _COLUMNS.split(text) if piece.strip()]
    short = all(len(piece.split()) <= 4 for piece in pieces)
    if len(pieces) >= 3 and short and sum(map(str.isdigit, text)) <= 2:  # figures are content
        return "menu"
    return None


def _ends_as_caption(text: str) -> bool:
    bare = text.rstrip(" \n.")
    begin = max(0, len(bare) - _CAPTION_REACH)
    tail = bare[begin:].casefold()
    return any(sign in tail for sign in _CAPTION_SIGNS) and _CAPTION_END.search(text, begin) is not None


def minutes(text: str) -> int | None:
    """The reading time that a line states and nothing else: "3 min", "5 min read", "Temps de lecture : 3 min"."""
    if len(text) > 60:
        return None
    found = _MINUTES.fullmatch(text.strip(" \t()[]|·•*_⏱🕒⌛").translate(dates.DIGITS))
    number = int(found[1] or found[2]) if found else 0
    return number if 0 < number <= 300 else None


def is_cookie_banner(text: str) -> bool:
    """Whether a block is a consent banner itself (a report on banners names them and does not ask)."""
    phrases, first_words = _banners()
    if not _begins_with(text, first_words) or not (lower := _opening(text)).startswith(phrases):
        return False
    return sum(word in lower for word in tables()["cookie_banner"]["asks"]) >= (1 if "cookie" in lower else 2)


def byline(text: str) -> str | None:
    """The names in a line that is only a byline: "By Jane Doe, policy editor" gives "Jane Doe"."""
    if len(text) > 120 or ends_sentence(text):
        return None
    bare = text.strip(EDGES)
    opening = _BY.match(bare)
    if opening is None:
        return bare if key(text) in tables()["exact"]["byline"] else None
    name = re.split(r"\s[|·•–—]\s", bare[opening.end() :])[0].strip(EDGES)
    name = re.split(r"\s(?:in|à|en)\s(?=[A-ZÀ-Þ])", name)[0]
    person, _, role = name.partition(",")
    several = re.search(r",|\s(?:and|&|et|y|e|und|و)\s", role)
    if role and not several and len(role.split()) <= 8 and len(person.split()) >= 2 and _is_names(person, strict=True):
        return person  # "Jane Doe, policy editor", "Jane Doe, Brussels"
    return (
        name
        if _is_names(name, strict=opening[0].strip().casefold() in ("by", "with", "par", "por", "di", "von"))
        else None
    )


def _is_names(name: str, *, strict: bool) -> bool:
    parts = [part for part in re.split(r"[\s,،&]+", name) if part]
    if not 1 <= len(parts) <= 12 or any(
        part.lower() in tables()["names"]["never"] or part[0].isdigit() for part in parts
    ):
        return False
    named = [part for part in parts if part.lower() not in tables()["names"]["small"]]
    if not all(_NAME.fullmatch(part) for part in named):
        return False
    return len(named) >= 2 or (not strict and len(named) == 1) or (len(named) == 1 and named[0].isupper())


def looks_like_name(text: str) -> bool:
    """Whether a short line could be a person or a desk: two to five capitalised words, no digits, no full stop."""
    parts = text.split()
    if not 2 <= len(parts) <= 5 or ends_sentence(text):
        return False
    return all(_NAME.fullmatch(part.strip(",")) or part in tables()["names"]["small"] for part in parts)


def _is_share_bar(bare: str) -> bool:
    words, sure = _share_words()
    named = False
    for count, part in enumerate(_PIECE.finditer(bare)):  # most lines end at their first word
        if count >= 20 or part[0] not in words:
            return False
        named = named or part[0] in sure
    return named
