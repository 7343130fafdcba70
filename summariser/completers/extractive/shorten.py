"""Make a sentence shorter without saying anything else: whole phrases go, words are never changed.

A cut is a stretch of the sentence that grammar lets go: a bracket, an apposition, a non-restrictive clause, a purpose,
the words of who said it. Nothing with a negation, a condition or a bound is ever cut (`keepers` in `_data`), and what
remains must have a finite verb, end on a full word, and be readable alone. English only; a text in another language is
returned as it is where it is short enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from summariser.completers.extractive.clauses import finite, leading_adverbial, stands_alone, strip_lead, tokens
from summariser.completers.extractive.lexicon import Lexicon

FEWEST = 7
"""Words of the shortest text that still says something."""
_LONGEST = 60
"""Words of the longest sentence that is worth shortening."""
_MOST_CUTS = 10
_WORD_COST = 0.35
"""What each word fewer than allowed costs, on the scale of `Cut.cost`: of two safe readings the fuller one."""

_BRACKETS = re.compile(r"\s?\([^()]{1,200}\)|\s?\[[^\[\]]{1,200}\]")
_QUOTED = re.compile(r"“[^”]{0,500}”|\"[^\"]{0,500}\"|«[^»]{0,500}»|‘[^’]{0,300}’(?!\w)")
_DASH = re.compile(r"\s?—\s?|\s[–-]\s")
_MARK = re.compile(r"[,;—]")
_RELATIVE = re.compile(
    r"(?:(?:(?:many|most|some|all|both|one|two|none) of|in|under|of|for|by|at|to|with|during|through) )?"
    r"(?:which|who|whose|whom|where)\b"
)
_ADDING = re.compile(r"(?:adding|noting|saying|warning|arguing|stressing|citing) (?:that|it|the|he|she|they|a|an)\b")
_RENAMING = re.compile(r"(?:a|an|the)(?: [\w’'\-]+){1,5}? (?:that|which|who|it|he|she|they|for|of|in)\b")
_CONDITION = re.compile(r"\b(?:up to|as long as|so long as|on condition|in case|no more than)\b")
_ING = re.compile(r"\w+ing (?!and\b|or\b)\w+ \w+")
_WITH = re.compile(r"with (?:[^,]{1,80},)?[^,]{0,80}")
_AS_PART = re.compile(r"(?:as part of|as well as|alongside|along with|together with|among others|ahead of|amid) ")
_AND_CLAUSE = re.compile(
    r"(?:and|while) (?:(?:the|a|it|they|its|their|he|she|[A-Z]\w+) ){0,3}\w* ?"
    r"(?:will|would|has|have|had|is|are|was|were|must|may|can|could|should)\b"
)
_INDEFINITE = re.compile(r"\b(?:a|an)\b(?: [\w’'\-]+){1,7}$")
_PLACE = re.compile(r"(?<=[\w”\"’']) at (?:the |its |their )?[\w’'\-]+(?: [\w’'\-]+){0,4}[.]?$")
_BAD_PLACE = re.compile(r" at (?:least|most|risk|stake|odds|work|all|once|issue|present|hand|home|[a-z]+ing\b)")


@dataclass(frozen=True)
class Cut:
    """`text[start:end]` may go; `cost` says how much is lost (1 hardly anything, 6 a good deal)."""

    start: int
    end: int
    cost: int
    free: bool = False
    """Whether it may hold a negation or a condition: a clause of its own, on which the rest does not depend."""


def shorten(text: str, lexicon: Lexicon, limit: int) -> str | None:
    """The sentence in at most `limit` words with the least loss, or None where that cannot be done safely."""
    text = strip_lead(text, lexicon)
    if FEWEST <= len(text.split()) <= limit:
        return text if _whole(text) and stands_alone(text, lexicon) > 0.5 else None
    if lexicon.language != "en" or not FEWEST <= len(text.split()) <= _LONGEST or not _whole(text):
        return None
    return next(iter(_fitting(text, lexicon, limit)), None)


def _fitting(text: str, lexicon: Lexicon, limit: int) -> list[str]:
    """Every safe reading that fits, the one that loses least first."""
    cuts = _cuts(text, lexicon)
    found: list[tuple[float, str]] = []
    for size in (1, 2, 3):
        for chosen in combinations(cuts, size):
            if any(one.start < other.end and other.start < one.end for one, other in combinations(chosen, 2)):
                continue
            short = _without(text, chosen)
            words = len(short.split())
            if FEWEST <= words <= limit and _sound(short, lexicon):
                found.append((sum(cut.cost for cut in chosen) + _WORD_COST * (limit - words), short))
    return [short for _, short in sorted(found)]


def _cuts(text: str, lexicon: Lexicon) -> list[Cut]:
    quoted = [found.span() for found in _QUOTED.finditer(text)]
    keepers = lexicon.words("keepers")
    kept = []
    for cut in {*_inner(text, lexicon), *_tails(text, lexicon), *_heads(text, lexicon)}:
        splits_quote = any(start < edge < end for start, end in quoted for edge in (cut.start, cut.end))
        gone = text[cut.start : cut.end].lower().replace("’", "'")
        bound = bool(_CONDITION.search(gone)) or bool(keepers & {token.lower for token in tokens(gone)})
        if splits_quote or (bound and not cut.free):
            continue
        kept.append(cut)
    return sorted(kept, key=lambda cut: (cut.cost, cut.start, cut.end))[:_MOST_CUTS]


def _inner(text: str, lexicon: Lexicon) -> Iterator[Cut]:
    """Brackets, fillers, and appositions between commas or dashes."""
    for found in _BRACKETS.finditer(text):
        yield Cut(*found.span(), 1)
    parts = tokens(text)
    for token in parts[1:]:
        if token.text in lexicon.words("fillers") and text[token.end : token.end + 1] == " ":
            yield Cut(token.start, token.end + 1, 1)
    dashes = [found.span() for found in _DASH.finditer(text)]
    if len(dashes) == 2 and not _ING.match(text[dashes[1][1] :]):
        yield Cut(dashes[0][0], dashes[1][1], 2)
    commas = [token.start for token in parts if token.text == "," and text[token.end : token.end + 1] == " "]
    for place, start in enumerate(commas):
        for end in commas[place + 1 : place + 3]:
            segment, after = text[start + 2 : end], text[end + 2 :]
            follows = after.split(" ", 1)[0]
            if follows in {"and", "or", "but", "nor"} or not follows[:1].islower():
                continue
            relative = bool(_RELATIVE.match(segment))
            if not _joins(text[:start], after, end == commas[place + 1], lexicon):
                continue
            if relative or _apposition(text[:start], segment, lexicon):
                # "Under the bill, which …, companies must" keeps one comma; "The agreement, signed …, commits" none.
                opening = text.split(" ", 1)[0].lower() in lexicon.words("leading_prepositions")
                keeps_comma = opening and finite(text[:start], lexicon) is None
                yield Cut(start, end if keeps_comma else end + 1, 3, free=relative)


def _joins(before: str, after: str, nearest: bool, lexicon: Lexicon) -> bool:
    """Whether the sentence goes on after a stretch between commas: a subject with its verb, else the nearest comma."""
    if finite(before, lexicon) is not None or leading_adverbial(before + ", ", lexicon):
        return nearest
    verb = finite("x " + after[:40], lexicon)
    return verb is not None and len(after[: verb - 2].split()) < 2


def _apposition(before: str, segment: str, lexicon: Lexicon) -> bool:
    """Whether a segment after a comma says again who or what stands before it."""
    words = segment.split()
    last = before.rsplit(maxsplit=1)[-1] if before.split() else ""
    if not words or finite("x " + segment, lexicon) is not None or not (last[:1].isupper() or last[-1:] in '”"’'):
        return False
    head = words[0].lower()
    roles = lexicon.words("names.role_nouns")
    if head in {"a", "an"}:
        return True
    if head in {"the", "one", "its", "their", "his", "her"} and len(words) > 1:
        # "Kenya, the United States and India" is a list; "Leila Omari, the Director for Trade" is none.
        return words[1].islower() or words[1].lower() in roles
    if head == "to":
        return len(words) > 3 and words[1] == "be"
    return head in roles or head in {
        "including",
        "signed",
        "home",
        "led",
        "headed",
        "backed",
        "spearheaded",
        "formerly",
        "chaired",
    }


def _tails(text: str, lexicon: Lexicon) -> Iterator[Cut]:
    """What may go from a mark to the end of the sentence."""
    end = len(text.rstrip(".!… "))
    for found in re.finditer(r", |; |\s?—\s?|\s–\s", text):
        head, tail = text[: found.start()], text[found.end() : end]
        cost = _tail_cost(found.group().strip(), head, tail, lexicon)
        if cost and finite(head, lexicon) is not None:
            alone = bool(_RELATIVE.match(tail) or _ADDING.match(tail))
            yield Cut(found.start(), end, cost, free=alone)
    yield from _purposes(text, end, lexicon)
    yield from _second_verbs(text, end, lexicon)
    for word in lexicon.words("participle_tails"):
        at = text.find(f" {word} ")
        if at > 0 and _INDEFINITE.search(text[:at]):
            yield Cut(at, end, 5)
    place = _PLACE.search(text)
    if place and not _BAD_PLACE.match(place.group()) and any(word[:1].isupper() for word in place.group().split()):
        yield Cut(place.start(), end, 6)


def _tail_cost(mark: str, head: str, tail: str, lexicon: Lexicon) -> int:
    """How much is lost with a tail, or 0 where it must stay."""
    if mark in {"—", "–", ";"}:
        return 3
    previous = head.rsplit(maxsplit=1)[-1] if head.split() else ""
    if _RELATIVE.match(tail):
        return 4
    if _ING.match(tail) and (not previous.endswith("ing") or tail.startswith("including ")) and not _open_with(head):
        return 4
    if _apposition(head, tail, lexicon) and not re.search(r", (?:and|or) ", tail):
        return 4
    opens = head.split(maxsplit=1)[0].lower() if head.strip() else ""
    if _RENAMING.match(tail) and "," not in head and opens not in lexicon.words("subordinators"):
        return 4
    if _WITH.match(tail) or tail.startswith("while ") or _AS_PART.match(tail) or _AND_CLAUSE.match(tail):
        return 5
    if tail.startswith("according to") or _attribution(tail, lexicon):
        return 6
    return 0


def _open_with(head: str) -> bool:
    """Whether "with somebody" still waits for what he is doing: "…, with the minister, holding talks"."""
    last = head.rfind(", with ")
    return last >= 0 and not re.search(r"\w+ing\b", head[last:])


def _attribution(tail: str, lexicon: Lexicon) -> bool:
    """ "…, the ministry said in a statement." """
    words = tail.split()
    return len(words) <= 12 and any(word in lexicon.words("speech") for word in words[1:8]) and "that" not in words


def _purposes(text: str, end: int, lexicon: Lexicon) -> Iterator[Cut]:
    for found in re.finditer(r"(?P<before>[\w’'\-]+),? (?:in order to|so as to|to) (?P<verb>\w+)", text):
        takes_infinitive = found["before"].lower() in lexicon.words("infinitive_takers")
        if (
            found["verb"] in lexicon.words("purposes")
            and not takes_infinitive
            and not _awaits(text[: found.start()], lexicon)
        ):
            yield Cut(found.end("before"), end, 5)


def _awaits(head: str, lexicon: Lexicon) -> bool:
    """Whether a verb before still waits for its infinitive: "agreed with the states to …", "ordered the firm to …"."""
    words = [token.lower for token in tokens(head)]
    control, takers = lexicon.words("object_control"), lexicon.words("infinitive_promises")
    served = lexicon.words("determiners") | {"to", "that"}
    return any(
        word in control or (word in takers and following not in served) for word, following in pairwise([*words, ""])
    )


def _second_verbs(text: str, end: int, lexicon: Lexicon) -> Iterator[Cut]:
    """ "… and creates an authority": a second verb of the same subject, where no list of verbs is under way."""
    for found in re.finditer(r" and (?P<verb>\w+) (?P<after>\w+)", text):
        head = text[: found.start()]
        verb = found["verb"] in lexicon.words("finite_verbs") | lexicon.words("auxiliaries")
        object_follows = (
            found["after"].lower() in lexicon.words("determiners") | {"to", "that"} or found["after"][0].isupper()
        )
        if verb and object_follows and finite(head, lexicon) is not None and "," not in head:
            yield Cut(found.start(), end, 5)


def _heads(text: str, lexicon: Lexicon) -> Iterator[Cut]:
    """What may go before a clause that stands by itself."""
    keepers = lexicon.words("keepers")
    for found in _DASH.finditer(text):
        right = text[found.end() :]
        first = right.split(" ", 1)[0].lower()
        verb = finite(right, lexicon)
        if (first in {"a", "an", "the"} or right[:1].isupper()) and verb is not None and not _MARK.search(right[:verb]):
            leads_up = keepers & {token.lower for token in tokens(text[: found.start()])}
            yield Cut(0, found.end(), 1 if leads_up else 4, free=True)
    first = text.split(" ", 1)[0].lower()
    comma = text.find(", ")
    if first in lexicon.words("background") and 0 < comma < 90 and leading_adverbial(text, lexicon) >= 0:
        yield Cut(0, comma + 2, 5)


def _without(text: str, cuts: tuple[Cut, ...]) -> str:
    for cut in sorted(cuts, key=lambda cut: -cut.start):
        before, after = text[: cut.start], text[cut.end :]
        text = before + after if not before or after[:1] in {"", " ", ".", ",", ";"} else before.rstrip() + " " + after
    text = re.sub(r"\s+([,.;])", r"\1", re.sub(r"  +", " ", text)).strip()
    text = text.rstrip(",;:—– ")
    if (text and text[-1].isalnum()) or (text[-1:] in '”"’)%' and text[-2:-1] not in ".!?"):
        text += "."
    return text[:1].upper() + text[1:]


def _sound(text: str, lexicon: Lexicon) -> bool:
    """Whether a shortened text is a whole sentence that can be read alone."""
    words = [token.lower for token in tokens(text) if token.text[0].isalnum()]
    if not words or words[-1] in lexicon.words("dangling") or not _whole(text):
        return False
    return finite(text, lexicon) is not None and stands_alone(text, lexicon) > 0.5


def _whole(text: str) -> bool:
    """Whether quotes and brackets are closed and the text ends as a sentence does."""
    pairs = (("“", "”"), ("«", "»"), ("(", ")"), ("[", "]"))
    balanced = all(text.count(opening) == text.count(closing) for opening, closing in pairs)
    return balanced and text.count('"') % 2 == 0 and text.rstrip("\"”»’')")[-1:] in set(".!。؟۔")
