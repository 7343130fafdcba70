"""Who did what to whom: two parties of the support that have changed places in the claim.

Around every verb that both share, the words before it and behind it are compared; "was sued by" turns them round.
A swap is reported only when each party stands wholly on the other's side in every sentence with that verb, so that
a loose paraphrase is not taken for one.
"""

from __future__ import annotations

from typing import NamedTuple

from summariser.evidence import text as tx
from summariser.evidence.content import content_words
from summariser.evidence.reasons import Findings
from summariser.evidence.support import Support
from summariser.schema import Reason

_SYMMETRIC = frozenset(
    "meet met join joint agree pass clear partner merge collaborate cooperate debate reach match equal resemble share "
    "between with and discuss talk sign unite vote become be name".split()
)
"""Verbs whose two sides may change places (or, as "the bill passed the Senate", whose object may be the subject)."""
_BE = frozenset({"is", "are", "was", "were", "be", "been", "being", "got", "gets"})
_REACH = 14
_CLAUSE = frozenset({";", ":", ".", "?", "!", "\n", "but", "while", "whereas", "although", "who", "which", "that"})


class _Sides(NamedTuple):
    before: frozenset[str]
    behind: frozenset[str]


def _sides(words: tuple[tx.Token, ...], place: int) -> _Sides:
    """Content words on each side of a verb, within its clause, the passive turned round."""
    before: list[str] = []
    for token in reversed(words[max(0, place - _REACH) : place]):
        if token.key in _CLAUSE:
            break
        before.append(token.key)
    behind: list[str] = []
    for token in words[place + 1 : place + 1 + _REACH]:
        if token.key in _CLAUSE:
            break
        behind.append(token.key)
    passive = "by" in behind[:5] and (not before or _BE.intersection(before[:4]) or words[place].key.endswith(("ed", "en")))
    sides = (frozenset(before), frozenset(behind[behind.index("by") :] if passive else behind))
    return _Sides(*reversed(sides)) if passive else _Sides(*sides)


def check_roles(words: tuple[tx.Token, ...], names: list[tuple[tx.Token, ...]], support: Support) -> Findings:
    """`role_swapped` where the parties of a shared verb stand the other way round than in the support."""
    if support.language != "en" or len(words) < 3:
        return Findings()
    parties = {token.key for run in names for token in run}
    content = {token.key for token in content_words(words, "en")}
    for place, token in enumerate(words):
        if token.key not in content and token.key != "against":
            continue
        if token.key in parties or any(base in _SYMMETRIC for base in tx.bases(token.key)):
            continue
        found = _swapped(words, place, content, parties, support)
        if found:
            return Findings((found,))
    return Findings()


def _swapped(
    words: tuple[tx.Token, ...], place: int, content: set[str], parties: set[str], support: Support
) -> Reason | None:
    mentions = [at for base in tx.bases(words[place].key) for at in support.inflections(base)]
    if not mentions:
        return None
    ours = _sides(words, place)
    before, behind = ours.before & content, ours.behind & content
    if not before or not behind:
        return None
    evidence: Reason | None = None
    for sentence, at in mentions[:8]:
        theirs = _sides(support.tokens[sentence], at)
        crossed = (before & theirs.behind - theirs.before, behind & theirs.before - theirs.behind)
        kept = (before & theirs.before) | (behind & theirs.behind)
        if not crossed[0] or not crossed[1]:
            return None
        named = bool(crossed[0] & parties) and bool(crossed[1] & parties)
        if kept and not (named and not kept & parties):
            return None
        if not named and not _is_verb(words, place):
            return None
        row = support.tokens[sentence]
        first, last = max(0, at - 6), min(len(row), at + 7)
        evidence = evidence or Reason(
            code="role_swapped",
            claim=" … ".join(sorted(crossed[0])[:1] + [words[place].word] + sorted(crossed[1])[:1]),
            source=support.sentences[sentence][row[first].start : row[last - 1].end],
        )
    return evidence


def _is_verb(words: tuple[tx.Token, ...], place: int) -> bool:
    key = words[place].key
    return key.endswith(("ed", "es")) or key in tx.irregular_pasts()
