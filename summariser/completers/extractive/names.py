"""Capitalised names in a sentence: where each begins and ends, and the title that stands before it.

For scripts with capitals. A run of capitalised words is cut where grammar ends a name (a possessive, "and" outside a
body's own name, a title, a country before "and"); months, products, laws and plans are not names of those who act.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from summariser.completers.extractive.clauses import Token, tokens
from summariser.completers.extractive.known import Known, known_names
from summariser.completers.extractive.lexicon import Lexicon
from summariser.completers.extractive.lines import Line, Page

_QUOTED = re.compile(r"[“\"«]([^“”\"«»]{1,300})[”\"»]")
_INITIALS = re.compile(r"(?:[A-Z]\.)*[A-Z]$|(?:Dr|Mr|Mrs|Ms|Prof|Sen|Rep|Gov|St|Jr|Sr|Inc|Ltd|Corp|M|Mme)$")
_MORE_FIELDS = re.compile(r"(?:, [A-Z]\w+(?: [A-Z]\w+)?){1,3},? (?:and|&) [A-Z]\w+(?: [A-Z]\w+)?")
_PARTICLES = frozenset({"de", "da", "del", "bin", "ben", "al", "el", "van", "von", "der"})
_ELIDED = re.compile(r"[LlDdJjNnSs]['’](?=[^\W\d_])")
_POSSESSIVE = re.compile(r"['’]s?$")
_OFFICE_TO = re.compile(r"(?:[A-Z][\w’'\-]+ ){0,3}(?P<noun>[\w\-]+) (?:to|at|of|for) (?:the )?[A-Z][\w.]* $")
_OFFICE_PLAIN = re.compile(
    r"(?:[A-Z][\w’'\-]+ ){0,2}"
    r"(?:(?:chief|vice|deputy|prime|former|acting|executive|senior) ){0,2}(?P<noun>[a-z][\w\-]+) $"
)


@dataclass(frozen=True)
class Mention:
    """A name in a sentence: `text[start:end]` is `name` as written, `title` what stands before it as an office."""

    name: str
    title: str | None
    start: int
    end: int
    line: Line
    person: bool = False
    """Whether a title says that it is a person."""


@dataclass(frozen=True)
class Caps:
    """How the words of a page are written, to tell a name from a word that only begins a sentence."""

    inside: Counter[str]
    lower: frozenset[str]


def capitals(page: Page) -> Caps:
    """Words seen with a capital inside a sentence, and words seen in lower case."""
    inside: Counter[str] = Counter()
    lower: set[str] = set()
    for line in page.lines:
        for place, token in enumerate(tokens(line.text)):
            if token.text[0].isupper() and place:
                inside[_POSSESSIVE.sub("", token.text)] += 1
            elif token.text[0].islower():
                lower.add(token.text)
    return Caps(inside, frozenset(lower))


def mentions(page: Page, line: Line, caps: Caps) -> Iterator[Mention]:
    """The names in one sentence, from left to right."""
    known = known_names(page.language)
    quoted = [found.span() for found in _QUOTED.finditer(line.text) if _is_title(found.group(1))]
    reached = 0
    for run in _runs(line.text, page.lexicon, known, caps):
        if run[0].start < reached or any(start <= run[0].start < end for start, end in quoted):
            continue
        for mention in _named(run, line, page.lexicon, known):
            reached = mention.end
            yield mention


def _is_title(quoted: str) -> bool:
    """Whether quoted words are a name of something (most words capitalised) rather than speech."""
    words = [word for word in quoted.split() if len(word) > 3]
    return bool(words) and sum(not word[:1].islower() for word in words) * 2 > len(words)


def _runs(text: str, lexicon: Lexicon, known: dict[str, Known], caps: Caps) -> Iterator[list[Token]]:
    run: list[Token] = []
    parts = _parted(tokens(text)) if lexicon.language == "fr" else tokens(text)
    for place, token in enumerate(parts):
        if run and not _continues(text, parts, place, run, lexicon):
            yield run
            run = []
        if token.text[0].isupper() and (run or _may_begin(parts, place, lexicon, known, caps)):
            run.append(token)
        elif run and token.text[0].isalpha():
            run.append(token)  # a joiner that `_continues` let through
    if run:
        yield run


def _parted(parts: list[Token]) -> list[Token]:
    """French words without their elided article: "L’Assemblée" names the Assemblée."""
    found = []
    for token in parts:
        elided = _ELIDED.match(token.text)
        cut = elided.end() if elided else 0
        if cut:
            found.append(Token(token.text[:cut].lower(), token.start, token.start + cut))
        found.append(Token(token.text[cut:], token.start + cut, token.end))
    return found


def _continues(text: str, parts: list[Token], place: int, run: list[Token], lexicon: Lexicon) -> bool:
    token, last = parts[place], run[-1]
    gap = text[last.end : token.start]
    if gap != " " and not (gap == ". " and _INITIALS.match(last.text)):
        return token.text == "." and gap == "" and bool(_INITIALS.match(last.text)) and place + 1 < len(parts)
    if _POSSESSIVE.search(last.text):
        return False
    if token.text[0].isupper() or _belongs(token, last, lexicon):
        return True
    heads = lexicon.words("names.org_heads")
    if token.lower in {"and", "&", "et", "y"}:
        # "Ministry of Trade and Industry" is one name, "Morocco and the US" are two.
        after = parts[place + 1] if place + 1 < len(parts) else None
        whole = {part.lower for part in run}
        joins = after is not None and after.text[0].isupper() and after.lower not in heads
        return joins and bool(whole & heads) and bool(whole & {"of", "for", "on", "de"})
    small = lexicon.words("names.joiners") | {"the"}
    following = next(
        (part for part in parts[place + 1 : place + 4] if part.text[0].isupper() or part.lower not in small), None
    )
    if following is None or not following.text[0].isupper() or following.lower in lexicon.words("names.calendar"):
        return False
    if token.lower in lexicon.words("names.joiners"):
        return True
    if token.lower in {"for", "on", "the", "in"}:
        return any(part.lower in heads for part in run) and token.lower in lexicon.words("names.org_joiners")
    return False


def _belongs(token: Token, last: Token, lexicon: Lexicon) -> bool:
    """A small adjective that is part of a body's name: "Assemblée nationale"."""
    return token.lower in lexicon.words("names.adjectives") and last.lower in lexicon.words("names.org_heads")


def _may_begin(parts: list[Token], place: int, lexicon: Lexicon, known: dict[str, Known], caps: Caps) -> bool:
    """Whether a capitalised word can begin a name; at the start of a sentence most are common words."""
    token = parts[place]
    opens = place == 0 or parts[place - 1].text in set('.!?:“"«')
    if not opens:
        return True
    word = _POSSESSIVE.sub("", token.text)
    if token.lower in lexicon.words("stopwords") or token.lower in lexicon.words("hanging_start"):
        return False
    if word in known or caps.inside[word] or (word.isupper() and len(word) > 1):
        return True
    if token.lower in lexicon.words("names.titles") or token.lower in lexicon.words("names.title_modifiers"):
        return True
    following = parts[place + 1] if place + 1 < len(parts) else None
    return word.lower() not in caps.lower and following is not None and following.text[:1].isupper()


def _named(run: list[Token], line: Line, lexicon: Lexicon, known: dict[str, Known]) -> Iterator[Mention]:
    run = [token for token in run if token.text != "."]
    while run and not run[-1].text[0].isupper() and run[-1].lower not in lexicon.words("names.adjectives"):
        run.pop()
    if not run:
        return
    for piece in _at_countries(run, lexicon, known):
        title = _title_length(piece, lexicon)
        body = piece[title:]
        if not body:
            continue
        office = line.text[piece[0].start : body[0].start].strip(" ,") if title else None
        if office is None and len(body) > 1:
            office = _office_before(line.text[: piece[0].start], lexicon)
            title = int(office is not None)
        end = body[-1].end + _portfolios(line.text[body[-1].end :], body, lexicon)
        name = _POSSESSIVE.sub("", line.text[body[0].start : end])
        honorific = bool(office) and all(
            word.lower() in lexicon.words("names.honorifics") for word in (office or "").split()
        )
        yield Mention(name, None if honorific else office, body[0].start, body[0].start + len(name), line, title > 0)


def _at_countries(run: list[Token], lexicon: Lexicon, known: dict[str, Known]) -> Iterator[list[Token]]:
    """Split "UN Omar Hilale" after an office's "to the": a short known name before two names of a person."""
    first, rest = run[0].text, run[1:]
    other = {token.lower for token in rest} & frozenset().union(
        *(
            lexicon.words(f"names.{table}")
            for table in ("org_heads", "titles", "title_modifiers", "not_actors", "not_names", "calendar")
        )
    )
    whole = " ".join(token.text for token in run)
    if first in known and whole not in known and len(rest) >= 2 and not other:
        joined = any(token.text[0].islower() and token.lower not in _PARTICLES for token in rest)
        if not joined and not any(token.text in known for token in rest):
            yield run[:1]
            yield rest
            return
    yield run


def _portfolios(after: str, body: list[Token], lexicon: Lexicon) -> int:
    """How far a ministry's name goes on: "Department for Science", then ", Innovation and Technology"."""
    if not {token.lower for token in body} & {"ministry", "department", "committee"}:
        return 0
    found = _MORE_FIELDS.match(after)
    words = re.findall(r"\w+", found.group()) if found else []
    return found.end() if found and {word.lower() for word in words} <= lexicon.words("names.portfolio") else 0


def _office_before(text: str, lexicon: Lexicon) -> str | None:
    """The office in "Moroccan Ambassador to the UN " before a name."""
    for pattern in (_OFFICE_TO, _OFFICE_PLAIN):
        found = pattern.search(text)
        if found and found["noun"].lower() in lexicon.words("names.role_nouns"):
            return found.group().strip()
    return None


def _title_length(run: list[Token], lexicon: Lexicon) -> int:
    """How many words at the start of a run are an office ("Former US Secretary of State")."""
    titles = lexicon.words("names.titles")
    last = max((place for place, token in enumerate(run[:5]) if token.lower in titles), default=-1)
    if last < 0:
        return 0
    end = last + 1
    portfolio = lexicon.words("names.portfolio")
    if end < len(run) and run[end].lower in {"of", "for", "de"}:
        end += 1
        while end < len(run) and run[end].lower in portfolio:
            end += 1
    if any(token.lower in lexicon.words("names.org_heads") for token in run[:last]):
        return 0
    return end
