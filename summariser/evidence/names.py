"""Names of people, bodies and places: whether those of a claim stand in its support, in whichever form.

`names_runs` finds the names of a sentence, `names_seek` looks one up in a support; here is what it means that one is
not there: it stands elsewhere in the document (a swap) or nowhere at all.
"""

from __future__ import annotations

from itertools import pairwise

from summariser.evidence import text as tx
from summariser.evidence.context import Context
from summariser.evidence.jurisdiction import places
from summariser.evidence.names_runs import listed, names_of
from summariser.evidence.names_seek import Seeker
from summariser.evidence.reasons import Findings
from summariser.evidence.support import WIDE, Support, support_of
from summariser.schema import Match, Reason

Said = frozenset[str]
"""The folded words of a claim."""


def check_names(
    claim: str,
    words: tuple[tx.Token, ...],
    names: list[tuple[tx.Token, ...]],
    support: Support,
    whole: Support,
    context: Context | None,
    *,
    heading: bool = False,
) -> Findings:
    """`name_swapped` or `name_not_found` for each name of the claim that the support does not have; else matches.

    `names` are those of the claim (`runs`), `whole` is the support before alignment (the same object if it is short).
    A `heading` may name what the document as a whole is about.
    """
    reasons: list[Reason] = []
    matches: list[Match] = []
    seeker = Seeker(support, context)
    language = support.language
    if language == "ar":
        return Findings(tuple(_arabic_names(claim, words, support, context)))
    for run in names:
        missing = seeker.missing(run)
        if missing is None:
            spoken = claim[run[0].start : run[-1].end]
            source = support.words_of(tuple(token.key for token in run))
            matches.append(Match(kind="name", claim=spoken, source=source or spoken))
            continue
        said = frozenset(token.key for token in words)
        if heading and context is not None and all(token.key in context.subject for token in missing):
            continue
        if _is_writer(missing, support, context) or _meant_by_pronoun(missing, said, support, context):
            continue
        elsewhere = _elsewhere(missing, support, whole, context)
        if elsewhere and support is not whole and context is None:
            wide = whole.focus(tuple(token.key for token in words if token.is_word), WIDE)
            if Seeker(wide, None).missing(missing) is None:
                continue
        spoken = claim[missing[0].start : missing[-1].end]
        code = "name_swapped" if elsewhere else "name_not_found"
        reasons.append(Reason(code=code, claim=spoken, source=_instead(words, support) if elsewhere else None))
    if not reasons and language == "en" and context is not None and not heading:
        reasons += _small_names(claim, words, support, context)
    return Findings(tuple(reasons), tuple(matches))


def _small_names(claim: str, words: tuple[tx.Token, ...], support: Support, context: Context) -> list[Reason]:
    """ "the welfare administration": two nouns that the document has side by side and the support not at all."""
    heads = listed("actor_heads")
    if heads.isdisjoint([token.key for token in words]):
        return []
    for one, two in pairwise(words):
        if (
            (one.key not in heads and two.key not in heads)
            or claim[one.end : two.start] == "-"
            or not (one.word.islower() and two.word.islower())
            or support.forms(one.key)
            or support.forms(two.key)
            or (one.key, two.key) not in context.pairs
        ):
            continue
        return [Reason(code="name_swapped", claim=claim[one.start : two.end])]
    return []


def _elsewhere(missing: tuple[tx.Token, ...], support: Support, whole: Support, context: Context | None) -> bool:
    keys = tuple(token.key for token in missing)
    if context is not None:
        return keys in context.names or all(key in context.words for key in keys)
    return support is not whole and Seeker(whole, None).missing(missing) is None


def _meant_by_pronoun(missing: tuple[tx.Token, ...], words: Said, support: Support, context: Context | None) -> bool:
    """Whether a pronoun of the support can stand for a name that the sentences right before it have.

    Not where the sentence of the pronoun names somebody whom the claim leaves out: then that one was meant.
    """
    if context is None or (support.codes and places(" ".join(token.word for token in missing))):
        return False
    for number, sentence in enumerate(support.sentences):
        row = support.tokens[number]
        refers = any(token.key in listed("pronouns") for token in row[:8]) or any(
            first.key in {"the", "both", "its", "his", "her", "their"} and second.key in listed("anaphors")
            for first, second in pairwise(row)
        )
        if not refers or any(_unsaid(run, words, support.language) for run in names_of(sentence, support.language)):
            continue
        before = context.before(sentence)
        if before and Seeker(support_of(before, support.language), context).missing(missing) is None:
            return True
    return False


def _unsaid(run: tuple[tx.Token, ...], words: Said, language: str) -> bool:
    """Whether a name of the support is one that the claim leaves out; places and titles do not count."""
    keys = {token.key for token in run} - listed("dated") - tx.stopwords(language)
    return bool(keys) and keys.isdisjoint(words) and not places(" ".join(token.word for token in run))


def _is_writer(missing: tuple[tx.Token, ...], support: Support, context: Context | None) -> bool:
    """Whether the support speaks in the first person and the name is the one that the document speaks of most."""
    if context is None or listed("first_person").isdisjoint(support.positions):
        return False
    keys = {token.key for token in missing}
    if context.main_names & keys:
        return True
    return bool(keys & listed("bodies")) and keys <= context.opening


def _instead(words: tuple[tx.Token, ...], support: Support) -> str | None:
    """The first name of the support that the claim does not have: what probably stood in its place."""
    said = {token.key for token in words}
    for sentence in support.sentences:
        for run in names_of(sentence, support.language):
            if said.isdisjoint(token.key for token in run):
                return sentence[run[0].start : run[-1].end]
    return None


def name_verdict(
    name: str, aliases: list[str], support: Support, context: Context | None
) -> tuple[list[Reason], list[Match]]:
    """Whether an actor's name, or another of its forms, stands in the support, and each alias in the document."""
    seeker = Seeker(support, context)
    matches: list[Match] = []
    absent: list[str] = []
    for form in dict.fromkeys([name, *aliases]):
        words = tuple(token for token in tx.tokens(form) if token.is_word)
        if not words or not seeker.has(words):
            absent.append(form)
        else:
            source = support.words_of(tuple(token.key for token in words))
            matches.append(Match(kind="name", claim=form, source=source or form))
    reasons: list[Reason] = []
    for form in absent:
        words = tuple(token for token in tx.tokens(form) if token.is_word)
        known = context is not None and all(token.key in context.words for token in words)
        pronoun = _meant_by_pronoun(words, frozenset(token.key for token in words), support, context)
        if known and (matches or pronoun):
            continue
        reasons.append(Reason(code="name_swapped" if known else "name_not_found", claim=form))
    return reasons, matches


def check_speaker(name: str, support: Support, context: Context | None) -> Findings:
    """Whether a statement can be this speaker's: named in the support, or known and speaking there in the first person
    or under a pronoun."""
    words = tuple(token for token in tx.tokens(name) if token.is_word)
    if not words or Seeker(support, context).has(words):
        return Findings(matches=(Match(kind="name", claim=name, source=name),) if words else ())
    known = context is not None and all(token.key in context.words for token in words)
    speaking = not listed("first_person").isdisjoint(support.positions)
    said = frozenset(token.key for token in words)
    if known and (speaking or _meant_by_pronoun(words, said, support, context)):
        return Findings()
    return Findings((Reason(code="name_swapped" if known else "name_not_found", claim=name),))


_ATTRIBUTING = frozenset({"بحسب", "وفق", "وفقا", "حسب"})


def _arabic_names(claim: str, words: tuple[tx.Token, ...], support: Support, context: Context | None) -> list[Reason]:
    """Arabic has no capitals: two words side by side that the support lacks are a name where the document has them side
    by side elsewhere, where it has neither, or where one stands behind "according to" or a title."""
    absent = [token.is_word and not token.key[0].isdigit() and not support.forms(token.key) for token in words]
    stop = tx.stopwords("ar")
    for place in range(len(words) - 1):
        one, two = words[place], words[place + 1]
        if not absent[place + 1] or two.key in stop or not two.is_word:
            continue
        introduced = one.key in _ATTRIBUTING or one.key in listed("arabic_triggers")
        if not introduced and (not absent[place] or one.key in stop):
            continue
        said = claim[(two if introduced else one).start : two.end]
        if context is None:
            if introduced:
                return [Reason(code="name_not_found", claim=said)]
            continue
        pair = (one.key, two.key)
        if pair in context.pairs:
            return [Reason(code="name_swapped", claim=said)]
        joined = one.key[0] in "وفلب" or two.key[0] in "بفلكو"  # a conjunction or preposition: no name begins so
        if two.key not in context.words and not joined and (introduced or one.key not in context.words):
            return [Reason(code="name_not_found", claim=said)]
    return []
