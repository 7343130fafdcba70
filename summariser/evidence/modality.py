"""Modality: whether claim and support say a thing with the same force, and as done or as planned."""

from __future__ import annotations

from itertools import pairwise

from summariser.evidence import text as tx
from summariser.evidence.clauses import Clause, clause_of, clauses, mentions_of, nearest
from summariser.evidence.reading import Force, Reading, cue_words, read
from summariser.evidence.reasons import NOTHING, Findings
from summariser.evidence.support import Support
from summariser.schema import Reason

_CLASHES: dict[Force, frozenset[Force]] = {
    "must": frozenset({"may", "exempt", "should"}),
    "may": frozenset({"must"}),
    "exempt": frozenset({"must"}),
    "should": frozenset({"must"}),
    "will": frozenset({"may"}),
    "plan": frozenset(),
}


_PERFECT = frozenset({"has", "have", "had", "was", "were", "been"})
_OBLIGED = frozenset({"ordered", "required", "obliged", "forced", "compelled"})


def check_modality(claim: str, words: tuple[tx.Token, ...], support: Support) -> Findings:
    """`modality` where a shared verb must in one and may in the other, or is done in one and planned in the other."""
    language = support.language
    reading = read(claim, language)
    for place, (force, modal) in reading.forces.items():
        clash = _force_clash(claim, words, place, force, modal, support)
        if clash is None and language == "en":
            clash = _bare_force(words, modal, force, support)
        if clash:
            return Findings((clash,))
    clash = _planned_as_done(claim, words, reading, support) if language == "en" else None
    return Findings((clash,)) if clash else NOTHING


def _force_clash(
    claim: str, words: tuple[tx.Token, ...], place: int, force: Force, modal: int, support: Support
) -> Reason | None:
    """The same verb, or where the support has another the clause that shares most, has a force that clashes."""
    verb = words[place]
    clause = clause_of(claim, support.language, place)
    mentions = nearest(mentions_of(support, verb.key), clause, support) if len(verb.key) > 2 else []
    least = min(2, len(clause.words)) if support.whole else max(3, 0.7 * len(clause.words))
    if any(_force_at(support, at) == force for at in mentions):
        return None
    alone = support.whole and len(mentions) == 1
    theirs = [(at, _force_at(support, at)) for at in mentions if _common(clause, at, support, alone) >= least]
    if not any(given for _, given in theirs) and support.whole:
        theirs = _forces_near(clause, support)
    clashing = [(at, given) for at, given in theirs if given in _CLASHES[force]]
    if not clashing or any(given == force or (given is None and force != "may") for _, given in theirs):
        return None
    (sentence, where), _ = clashing[0]
    putting_off = {"except", "unless", "until"}.intersection(token.key for token in support.tokens[sentence])
    excepted = force == "must" and clashing[0][1] == "may" and place not in read(claim, support.language).denied
    if putting_off and not excepted and where in read(support.sentences[sentence], support.language).unsure:
        return None
    return Reason(code="modality", claim=words[modal].word, source=_modal_words(support, sentence, where))


def _common(clause: Clause, at: tuple[int, int], support: Support, alone: bool) -> int:
    """How many content words a clause of the claim shares with the clause of the support around a word.

    With its whole sentence where the word stands there `alone`: no other mention can be meant.
    """
    there = set(clause_of(support.sentences[at[0]], support.language, at[1]).words)
    if alone:
        there = {token.key for token in support.tokens[at[0]]}
    return sum(not there.isdisjoint(support.forms(word)) for word in clause.words)


def _forces_near(clause: Clause, support: Support) -> list[tuple[tuple[int, int], Force | None]]:
    """The forces of the clauses of the support that share at least half of the words of a claim's clause."""
    if len(clause.words) < 3:
        return []
    wanted = [set(support.forms(word)) for word in clause.words]
    found: list[tuple[tuple[int, int], Force | None]] = []
    for number, sentence in enumerate(support.sentences):
        forces = read(sentence, support.language).forces
        for theirs in clauses(sentence, support.language):
            there = set(theirs.words)
            if 2 * sum(not forms.isdisjoint(there) for forms in wanted) >= len(wanted):
                inside = [at for at in forces if theirs.first <= at <= theirs.last]
                found += [((number, at), forces[at][0]) for at in inside]
                if not inside:
                    found.append(((number, theirs.first), None))
    return found


def _force_at(support: Support, at: tuple[int, int]) -> Force | None:
    sentence, place = at
    given = read(support.sentences[sentence], support.language).forces.get(place)
    return given[0] if given else None


def _modal_words(support: Support, sentence: int, place: int) -> str:
    given = read(support.sentences[sentence], support.language).forces[place]
    row = support.tokens[sentence]
    return support.sentences[sentence][row[given[1]].start : row[place].end]


def _bare_force(words: tuple[tx.Token, ...], modal: int, force: Force, support: Support) -> Reason | None:
    """The claim obliges or allows, and no word of the support does anything of the kind."""
    cues = {"must": "obligation_cues", "may": "permission_cues", "exempt": "cues"}.get(force)
    if cues is None or support.has_cue(cue_words("en", cues)):
        return None
    if (words[modal].key not in cue_words("en", "modals") and words[modal].key not in _OBLIGED) or not support.whole:
        return None  # "can" states an ability as often as a permission, "allowed" a deed
    return Reason(code="modality", claim=words[modal].word)


def _planned_as_done(claim: str, words: tuple[tx.Token, ...], reading: Reading, support: Support) -> Reason | None:
    """The claim reports as done ("adopted") what the support only has as planned ("proposed to adopt")."""
    pasts = tx.irregular_pasts()
    for place, token in enumerate(words):
        if not token.key.endswith("ed") and token.key not in pasts:
            continue
        if place in reading.forces or place in reading.reached or len(token.key) < 3:
            continue
        if place and words[place - 1].end == token.start - 1 and claim[token.start - 1] == "-":
            continue  # "Crown-owned"
        clause = clause_of(claim, "en", place)
        if any(clause.first <= modal <= clause.last for _, modal in reading.forces.values()):
            continue
        if token.capital or {"be", "to"} & {word.key for word in words[max(0, place - 3) : place]}:
            continue
        if tx.is_same_in_past(token.key) and _PERFECT.isdisjoint(word.key for word in words[max(0, place - 2) : place]):
            continue  # "cost", "cut", "set": no past to be told from its form
        mentions = support.uses(token.key)
        if not mentions:
            given = _only_planned(words, place, clause, support)
            if given:
                return given
            continue
        forces = [_force_at(support, at) for at in mentions]
        if all(given in {"plan", "will", "should", "may", "must"} for given in forces):
            sentence, where = mentions[0]
            return Reason(code="modality", claim=token.word, source=_modal_words(support, sentence, where))
    return None


def _only_planned(words: tuple[tx.Token, ...], place: int, clause: Clause, support: Support) -> Reason | None:
    """ "has set up a task force" where the clause of the support that shares most has "will establish" and no past."""
    if not {"has", "have", "had"} & {word.key for word in words[max(0, place - 3) : place]} or not support.whole:
        return None
    near = [(at, force) for at, force in _forces_near(clause, support) if force not in {None, "exempt"}]
    if not near or any(force is None for _, force in _forces_near(clause, support)):
        return None
    (sentence, where), _ = near[0]
    theirs = clause_of(support.sentences[sentence], "en", where)
    row = support.tokens[sentence][theirs.first : theirs.last]
    if any(
        (word.key.endswith("ed") and word.word.islower())
        or word.key in tx.irregular_pasts()
        or word.key in cue_words("en", "past")
        for word in row
    ):
        return None
    return Reason(code="modality", claim=words[place].word, source=_modal_words(support, sentence, where))


_OPENING = frozenset({"that", "which", "who", "to", "until", "where", "when", "whose", "for", "from"})
_MARKS = frozenset({";", ":"})


def _is_perfect(row: tuple[tx.Token, ...]) -> bool:
    """Whether a sentence has something as done: "has signed"."""
    return any(
        one.key in {"has", "have", "had"} and (two.key.endswith("ed") or two.key in tx.irregular_pasts())
        for one, two in pairwise(row)
    )


def check_ahead(words: tuple[tx.Token, ...], later: list[int], support: Support) -> Findings:
    """`modality` where the claim has as done ("has published … by 2027") what lies after the day of the article.

    `later`: where the dates of the claim that lie after that day begin. A form that the support has itself, or a
    synonym of it in the past, is left alone: "has pledged" a sum by 2030 is done.
    """
    for place, token in enumerate(words[:-1]):
        if token.key not in {"has", "have"}:
            continue
        until = next((word.start for word in words[place + 1 :] if word.key in _OPENING or word.key in _MARKS), 10**9)
        if not any(token.end < start < until for start in later):
            continue
        verb = words[place + 1]
        done = verb.key.endswith("ed") or verb.key in tx.irregular_pasts()
        if not done or verb.key in {"been", "had"}:
            continue
        past = [form for form in support.forms(verb.key) if form.endswith("ed") or form in tx.irregular_pasts()]
        if not past and not any(_is_perfect(row) for row in support.tokens):
            return Findings((Reason(code="modality", claim=f"{token.word} {verb.word}"),))
    return NOTHING
