"""Who did what to whom: two parties of the support that have changed places in the claim.

Around every verb that both share, the words before it and behind it are compared; "was sued by" turns them round.
A swap is reported only when each party stands wholly on the other's side in every sentence with that verb, so that
a loose paraphrase is not taken for one.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from summariser.evidence import text as tx
from summariser.evidence.content import content_words
from summariser.evidence.jurisdiction import places
from summariser.evidence.names_runs import listed, names_of
from summariser.evidence.reasons import NOTHING, Findings
from summariser.evidence.support import Support
from summariser.schema import Reason

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
    passive = "by" in behind[:5] and (
        not before or _BE.intersection(before[:4]) or words[place].key.endswith(("ed", "en"))
    )
    if passive and (before[:1] in (["has"], ["have"], ["had"]) or _is_date(behind[behind.index("by") + 1 :])):
        passive = False  # "have published it by 31 December": by when, and not by whom
    sides = (frozenset(before), frozenset(behind[behind.index("by") :] if passive else behind))
    if not passive and _is_passive(words, place):
        return _Sides(frozenset(), sides[1])  # "was withdrawn before the vote": who did it is not said
    return _Sides(*reversed(sides)) if passive else _Sides(*sides)


def _is_date(keys: list[str]) -> bool:
    first = keys[0] if keys else ""
    return first[:1].isdigit() or first in tx.word_set("names.json", "dated") or keys[:2] == ["the", "end"]


def _is_passive(words: tuple[tx.Token, ...], place: int) -> bool:
    """ "was withdrawn", "has been fined"."""
    return words[place].key.endswith(("ed", "en", "wn")) and not _BE.isdisjoint(
        token.key for token in words[max(0, place - 2) : place]
    )


def check_roles(
    words: tuple[tx.Token, ...], carrying: list[tx.Token], names: list[tuple[tx.Token, ...]], support: Support
) -> Findings:
    """`role_swapped` where the parties of a shared verb stand the other way round than in the support.

    `carrying` are the content words of the claim, `names` its names.
    """
    if support.language != "en" or len(words) < 3:
        return NOTHING
    parties = {token.key for run in names for token in run} - tx.word_set("names.json", "generic")
    if not parties:
        return NOTHING
    symmetric = tx.word_set("words.en.json", "symmetric")
    content = {token.key for token in carrying}
    for place, token in enumerate(words):
        if token.key not in content and token.key != "against":
            continue
        if token.key in parties or not (_is_verb(words, place) or token.key == "against"):
            continue
        if not symmetric.isdisjoint(tx.bases(token.key)):
            continue
        found = _swapped(words, place, content, parties, support)
        if found:
            return Findings((found,))
    return NOTHING


def _swapped(
    words: tuple[tx.Token, ...], place: int, content: set[str], parties: set[str], support: Support
) -> Reason | None:
    mentions = support.uses(words[place].key)
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
        someone = bool(crossed[0] & parties) or bool(crossed[1] & parties)
        if not someone or (kept and not (named and not kept & parties)):
            return None
        row = support.tokens[sentence]
        first, last = max(0, at - 6), min(len(row), at + 7)
        evidence = evidence or Reason(
            code="role_swapped",
            claim=" … ".join([*sorted(crossed[0])[:1], words[place].word, *sorted(crossed[1])[:1]]),
            source=support.sentences[sentence][row[first].start : row[last - 1].end],
        )
    return evidence


def _is_verb(words: tuple[tx.Token, ...], place: int) -> bool:
    key = words[place].key
    return key.endswith(("ed", "es")) or key in tx.irregular_pasts()


_ROLE_BORNE = 0.5
"""Share of a role's content words that must stand with its actor."""
_JOINED = frozenset({",", "and", "or", "et", "y", "e", "&"})


def check_role(forms: list[str], role: str, support: Support) -> Findings:
    """Whether a role stands with the actor of these names: in sentences that name it, or that name nobody else.

    `role_swapped` where it stands with another, `content_not_found` where the support has nothing of a role of three
    words or more; of a shorter one (a description in other words than the text's) it is `role_unchecked`.
    """
    language = support.language
    own = {token.key for form in forms for token in tx.tokens(form) if token.is_word} - tx.stopwords(language)
    wanted = [token for token in content_words(tx.tokens(role), language) if token.key not in own]
    if not wanted:
        return Findings()
    region = _region(own, wanted, support, deed=language == "en" and _is_deed(role, wanted))
    counted = [{n for form in support.forms(token.key) for n, _ in support.positions[form]} for token in wanted]
    inside = sum(bool(numbers & region) for numbers in counted) / len(wanted)
    everywhere = sum(bool(numbers) for numbers in counted) / len(wanted)
    head = _head(role, wanted, language)
    same = {n for n, _ in support.uses(head.key)} if language == "en" else set()
    heads = same or counted[wanted.index(head)]
    sides = [[0.0], [0.0]]
    for number in range(len(support.tokens)):
        borne = sum(number in numbers for numbers in counted) / len(wanted)
        sides[number in region].append(borne)
    if (
        (max(sides[False]) - max(sides[True]) >= 0.25 and not (heads and heads <= region))
        or (heads and not heads & region)
        or (inside < _ROLE_BORNE and everywhere - inside >= 0.3 and not (heads and heads <= region))
    ):
        return Findings((Reason(code="role_swapped", claim=role),))
    if everywhere > 0:
        return Findings()
    code = "content_not_found" if len(wanted) > 2 else "role_unchecked"
    return Findings((Reason(code=code, claim=role),))


def _region(own: set[str], wanted: list[tx.Token], support: Support, *, deed: bool) -> set[int]:
    """The sentences that name an actor, or may mean it: they name nobody else, and have a word that refers back.

    Those in which the words of the role stand nearer to another name are left out. Arabic has no capitals: there only
    a sentence with the actor's own name counts, where there is one.
    """
    language = support.language
    said = own | {token.key for token in wanted}
    named = {n for n, row in enumerate(support.tokens) if any(token.key in own for token in row)}
    if language == "ar":
        return named or set(range(len(support.tokens)))
    region: set[int] = set()
    for number, row in enumerate(support.tokens):
        theirs = [run for run in names_of(support.sentences[number], language) if _another(run, said)]
        if number not in named:
            if not theirs and (not named or language != "en" or _refers(row)):
                region.add(number)
            continue
        mine = [place for place, token in enumerate(row) if token.key in own]
        spots = [
            at
            for token in wanted
            for form in support.forms(token.key)
            for n, at in support.positions[form]
            if n == number
        ]
        if deed or not _nearer(row, mine, theirs, spots):
            region.add(number)
    return region


def _refers(row: tuple[tx.Token, ...]) -> bool:
    """Whether a sentence has a pronoun, or a definite noun that can stand for somebody named before."""
    keys = [token.key for token in row]
    if not all(words.isdisjoint(keys) for words in (_REFERRING, *map(listed, ("first_person", "pronouns")))):
        return True
    return any(
        one.key in {"the", "this"} and two.key in tx.word_set("names.json", "anaphors") for one, two in pairwise(row)
    )


_REFERRING = frozenset({"this", "these", "both", "who", "there", "you"})


def _another(run: tuple[tx.Token, ...], said: frozenset[str] | set[str]) -> bool:
    """Whether a name of the support is neither the actor's nor part of the role; titles do not make it so."""
    titles, generic = tx.word_set("names.json", "titles"), tx.word_set("names.json", "generic")
    core = [token.key for token in run if token.key not in titles and token.key not in generic]
    core = core or [token.key for token in run if token.key in tx.word_set("names.json", "bodies")]
    return bool(core) and said.isdisjoint(core)


def _head(role: str, wanted: list[tx.Token], language: str) -> tx.Token:
    """The noun that a role is built on: in English the last before a preposition, else the first."""
    if language != "en" or _is_deed(role, wanted):
        return wanted[0]
    end = next(
        (t.start for t in tx.tokens(role) if t.key in {"of", "at", "in", "for", "to", "on", "who", "that", ","}),
        len(role),
    )
    return next((token for token in reversed(wanted) if token.start < end), wanted[0])


def _is_deed(role: str, wanted: list[tx.Token]) -> bool:
    """Whether a role says what somebody does ("will hold the fund") and not what they are."""
    first = wanted[0].key
    opening = next((token.key for token in tx.tokens(role)), "")
    return (
        opening in tx.word_set("polarity.json", "en", "opening")
        or first.endswith("ed")
        or first in tx.irregular_pasts()
    )


def _nearer(row: tuple[tx.Token, ...], mine: list[int], theirs: list[tuple[tx.Token, ...]], spots: list[int]) -> bool:
    """Whether the words of a role stand nearer to another name than to the actor's own."""
    starts = {token.start: place for place, token in enumerate(row)}
    others = [
        [starts[token.start] for token in run]
        for run in theirs
        if len(run) > 1 and not places(" ".join(token.word for token in run))
    ]
    others = [other for other in others if not _joined(row, mine, other)]
    last = max(mine)
    behind = row[last + 1].key if last + 1 < len(row) else ""
    colon = next((place for place, token in enumerate(row) if token.key == ":"), -1)
    if spots and max(spots) < colon < last:
        return False  # "Members: A, B and C"
    if not others or not spots or (behind in {",", "who", "which", "("} and any(spot > last for spot in spots)):
        return False
    own = min(abs(place - spot) for place in mine for spot in spots)
    return any(min(abs(place - spot) for place in other for spot in spots) + 1 < own for other in others)


def _joined(row: tuple[tx.Token, ...], mine: list[int], other: list[int]) -> bool:
    """ "A, B and C": names that share what is said of them."""
    low, high = sorted([min(mine, key=lambda at: abs(at - other[0])), min(other, key=lambda at: abs(at - mine[0]))])
    between = [token for token in row[low + 1 : high] if not token.capital]
    return all(token.key in _JOINED or token.key == "the" for token in between)
