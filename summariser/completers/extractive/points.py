"""Key points and highlights: which sentences to show, in what form, and who says so."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from summariser.completers.extractive.clauses import resolved, standing, strip_lead
from summariser.completers.extractive.lines import Line, Page, stems
from summariser.completers.extractive.rank import POOL, Ranked, choose, rank
from summariser.completers.extractive.shorten import shorten
from summariser.documents.blocks import count_words
from summariser.schema import DraftHighlight, DraftKeyPoint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from summariser.completers.extractive.lexicon import Lexicon

HIGHLIGHT_WORDS = 20
_POINTS = (5, 8)
_LOWEST = 0.22
"""Part of the best score that a sentence must have to be shown."""

_PERSON = r"(?P<who>(?:[A-Z][\w’'.\-]*|of|the|for|and|de|al|bin)(?: (?:[A-Z][\w’'.\-]*|of|for|and|de|al|bin|the)){0,7})"
_SAID_AFTER = r"[,”\"’'] (?!told )(?:{verbs}) " + _PERSON
_SAID_BEFORE = _PERSON + r"(?:, [a-z][^,]{{1,90}})?,? (?:{verbs})(?: (?:the )?\w+(?: \w+)?)?(?:,? that\b|:|,? [“\"])"
_WHO_SAID = r"[,”\"’'] " + _PERSON + r"(?:, [^,]{{1,90}},)? (?:{verbs})\b"
_ACCORDING = r"[Aa]ccording to (?:the )?" + _PERSON + r"(?=[,.;”\"]|$)"


def ranked_lines(page: Page, notable: frozenset[int] = frozenset()) -> list[Ranked]:
    """The sentences of a page, the most central first; a leading pronoun that is certain is no hindrance."""
    return rank(page, lambda line: 0.9 if resolved(page, line) else standing(page, line), notable)


def readable(page: Page, line: Line) -> tuple[str, list[int]]:
    """A sentence as it can be read alone, and the sentences that it rests on."""
    found = resolved(page, line)
    if found:
        return found[0], [found[1], line.number]
    return strip_lead(line.text, page.lexicon), [line.number]


def key_points(page: Page, ranked: Sequence[Ranked]) -> list[DraftKeyPoint]:
    """Five to eight central sentences in the order of the text, fewer where there are fewer worth showing."""
    wanted = max(_POINTS[0], min(_POINTS[1], len(page.lines) // 3))
    chosen = choose(_worthy(ranked), wanted)
    points = []
    for item in sorted(chosen, key=lambda item: item.line.place):
        text, evidence = readable(page, item.line)
        points.append(DraftKeyPoint(text=text, speaker=speaker(text, page.lexicon), ev=evidence))
    return points


def highlights(page: Page, ranked: Sequence[Ranked], wanted: int) -> list[DraftHighlight]:
    """The most important sentences that fit in a highlight, most important first; fewer where fewer fit."""
    fitting: list[Ranked] = []
    texts: dict[int, DraftHighlight] = {}
    for item in _worthy(ranked)[:POOL]:
        text, evidence = readable(page, item.line)
        short = shorten(text, page.lexicon, HIGHLIGHT_WORDS)
        if short:
            texts[item.line.number] = DraftHighlight(text=short, ev=evidence)
            fitting.append(_weighed(item, short, page))
    fitting.sort(key=lambda item: (-item.score, item.line.place))
    return [texts[item.line.number] for item in choose(fitting, wanted)]


def _weighed(item: Ranked, short: str, page: Page) -> Ranked:
    """The score of what is left of a sentence: the share of its content that the short form still has."""
    left = set(stems(short, page.lexicon.words("stopwords")))
    share = sum(weight * weight for stem, weight in item.vector.items() if stem in left)
    return replace(item, score=item.score * (0.5 + 0.5 * share))


def _worthy(ranked: Sequence[Ranked]) -> list[Ranked]:
    best = ranked[0].score if ranked else 0.0
    return [item for item in ranked if item.score > _LOWEST * best and count_words(item.line.text) > 3]


def speaker(text: str, lexicon: Lexicon) -> str | None:
    """Who says so, where the sentence itself names a speaker beside a verb of saying (English only)."""
    verbs = "|".join(sorted(lexicon.words("speech")))
    if not verbs:
        return None
    for pattern in (_SAID_AFTER, _WHO_SAID, _SAID_BEFORE, _ACCORDING):
        found = re.search(pattern.replace("{verbs}", verbs).replace("{{", "{").replace("}}", "}"), text)
        if found:
            name = _trimmed(found["who"], lexicon)
            if name:
                return name
    return None


def _trimmed(name: str, lexicon: Lexicon) -> str | None:
    """The words of a name without what is no part of it at either end."""
    small = {"of", "the", "for", "and"}
    words = name.split()
    while words and (
        words[0].lower() in small
        or (words[0].isalpha() and words[0].capitalize() == words[0] and words[0].lower() in lexicon.words("stopwords"))
    ):
        words.pop(0)
    while words and words[-1] in small:
        words.pop()
    title = max(
        (place for place, word in enumerate(words[:-1]) if word.lower() in lexicon.words("names.titles")), default=-1
    )
    return " ".join(words[title + 1 :]).rstrip(".,").removesuffix("’s").removesuffix("'s") or None
