"""Hold a claim against the sentences that it cites."""

from __future__ import annotations

import re

from summariser.evidence import text as tx
from summariser.evidence.content import check_content, check_strength, content_words
from summariser.evidence.context import Context
from summariser.evidence.frame import Frame, Published, frame_of, same_script
from summariser.evidence.modality import check_ahead, check_modality
from summariser.evidence.names import check_names, check_speaker
from summariser.evidence.names_runs import runs
from summariser.evidence.polarity import check_polarity
from summariser.evidence.reasons import NOTHING, Findings, worst
from summariser.evidence.roles import check_roles
from summariser.evidence.status import check_stage
from summariser.evidence.support import ARTICLE, FOCUS, LONG, WIDE, Support, support_of
from summariser.evidence.unsaid import check_unsaid
from summariser.schema import Match, PartialDate, Reason, Verdict

_HAVE = frozenset({"has", "have"})
_SPEAKER = re.compile(r"\s\((?P<name>[^()\s][^()]{1,80})\)\s*$")


def verify(
    claim: str,
    support: str,
    *,
    published: Published = None,
    language: str | None = None,
    claim_language: str | None = None,
    context: Context | None = None,
) -> Verdict:
    """Whether `support` (the cited sentences) bears out `claim`. Never raises; linear in both texts.

    `language` is that of the support and `claim_language` that of the claim (ISO 639-1; told from the text where not
    given), `published` the day from which "last Tuesday" is counted, `context` what the rest of the document
    contributes (aliases, full names, which names exist at all).

    `supported`: numbers, dates, names, quoted words, polarity, modality, verbs and content all stand in the support.
    `contradicted` / `not_found`: at least one does not, `reasons` says which. `unchecked`: nothing speaks against
    the claim, but its words could not be checked: a language other than English, French, Spanish and Arabic, or a
    claim in another language than its support, of which only numbers, dates, names and quotations carry over.
    A claim that repeats whole sentences of its support is supported in every language.

    A support of more than six sentences is taken for a whole document: the claim is first aligned with the sentences
    that share its words, and held against these.
    """
    return check_statement(
        claim, support, frame_of(claim, support, published, language, claim_language, context), heading=False
    )


def check_statement(claim: str, support: str, frame: Frame, *, heading: bool) -> Verdict:
    """`verify`; of a `heading` (a phrase without a verb, as "Adoption of the act") force and stage are not checked."""
    if not support.strip() or not claim.strip():
        return Verdict(status="not_found", reasons=(Reason(code="no_evidence", claim=claim.strip()[:200]),))
    whole = support_of(support, frame.theirs)
    if _repeats(claim, whole):
        return Verdict(status="supported", matches=_matches(claim, whole, frame))
    reasons: list[Reason] = []
    matches: list[Match] = []
    claim, speaker = _speaker(claim)
    if speaker:
        spoken = check_speaker(speaker, whole, frame.context)
        reasons += spoken.reasons
        matches += spoken.matches
    for part in tx.sentences(claim):
        words = tx.tokens(part)
        if len(part) < 4 and not any(token.key[0].isdigit() for token in words):
            continue  # "a.": an enumeration says nothing that could be checked
        focus = _focus(words, whole, frame.ours)
        for found in _checks(part, words, focus, whole, frame, heading):
            reasons += found.reasons
            matches += found.matches
    if not reasons and not matches and not _says_anything(claim, frame.ours):
        reasons.append(Reason(code="content_not_found", claim=claim.strip()[:200]))
    if not reasons and not frame.in_words:
        ours, theirs = frame.ours, frame.theirs
        reasons.append(Reason(code="language_unchecked", claim=ours if theirs == ours else f"{ours} from {theirs}"))
    return Verdict(
        status=worst(tuple(reasons)), reasons=tuple(dict.fromkeys(reasons)), matches=tuple(dict.fromkeys(matches))
    )


def _checks(
    part: str,
    words: tuple[tx.Token, ...],
    focus: Support,
    whole: Support,
    frame: Frame,
    heading: bool,
) -> list[Findings]:
    """Every check that can be made of one sentence of a claim, facts first."""
    theirs, context = frame.theirs, frame.context
    found = _facts(part, focus, whole, frame)
    if heading and context is not None:
        found = [_without(findings, context.titled) for findings in found]
    names = runs(words, theirs, focus, context)
    if frame.ours == theirs or same_script(part, focus.text):
        found.append(check_names(part, words, names, focus, whole, context, heading=heading))
    if not frame.in_words:
        return found
    content = content_words(words, theirs)
    found.append(check_polarity(part, words, names, focus, heading=heading))
    if not heading:
        found.append(check_modality(part, words, focus))
        if theirs == "en" and frame.day is not None and not _HAVE.isdisjoint([token.key for token in words]):
            found.append(check_ahead(words, _later(part, frame.day), focus))
    if theirs == "en" and not heading:
        found.append(check_roles(words, content, names, focus))
        found.append(check_strength(content, focus))
        found.append(check_unsaid(content, words, focus))
        found.append(check_stage(part, words, focus))
    about = context.titled if heading and context is not None else frozenset()
    gone = {reason.claim for findings in found for reason in findings.reasons if reason.code.startswith("name_")}
    borne = frozenset(
        token.start for run in names if not any(token.word in said for token in run for said in gone) for token in run
    ) | frozenset(token.start for token in words if token.key in about)
    found.append(check_content(content, borne, focus, part, heading=heading))
    if heading and content and not any(focus.has(token.key) for token in content):
        # What the document is about may stand in its title alone, but not a word of a step in any cited sentence?
        found.append(Findings((Reason(code="content_not_found", claim=part.strip()[:200]),)))
    return found


def _focus(words: tuple[tx.Token, ...], whole: Support, language: str, size: int = FOCUS) -> Support:
    """The sentences that a claim of these words is held against: of a short support all of them."""
    if len(whole.sentences) <= LONG:
        return whole
    return whole.focus(tuple(token.key for token in content_words(words, language)), size)


def _without(findings: Findings, titled: frozenset[str]) -> Findings:
    """Without the numbers of a heading that are part of the document's own title ("Senate Bill 12")."""
    kept = tuple(
        reason
        for reason in findings.reasons
        if not reason.code.startswith("number_")
        or not titled.issuperset(token.key for token in tx.tokens(reason.claim))
    )
    return Findings(kept, findings.matches)


def _later(part: str, day: PartialDate) -> list[int]:
    """Where the dates of a sentence begin that lie wholly after a day."""
    from summariser.evidence.dates import find_dates

    return [
        date.start
        for date in find_dates(part, language="en", published=day)
        if date.value is not None and date.value.first > day.last
    ]


def _says_anything(claim: str, language: str) -> bool:
    """Whether a statement has a word that could stand in a support; brackets and "it did" have none."""
    return any(content_words(tx.tokens(part), language) for part in tx.sentences(claim))


def _speaker(claim: str) -> tuple[str, str | None]:
    """A statement and who makes it, where it ends in a name in brackets: "The rules are too strict. (Ada Quill)"."""
    found = _SPEAKER.search(claim) if "(" in claim else None
    if found is None or found.start() == 0:
        return claim, None
    return claim[: found.start()], found["name"]


def _facts(part: str, focus: Support, whole: Support, frame: Frame) -> list[Findings]:
    """Quotations, dates and numbers; what is a date is no number.

    In a whole document a fact that the nearest sentences lack may still stand in the wider ones around them.
    """
    from summariser.evidence.quotes import check_quotes

    found = [check_quotes(part, whole.text), *_figures(part, focus.text, frame)]
    rings = (WIDE, ARTICLE) if focus is not whole else ()
    for size in rings:
        if not any(findings.reasons for findings in found[1:]):
            break
        if size == ARTICLE and not all(_telling(reason) for findings in found[1:] for reason in findings.reasons):
            break
        wide = _focus(tx.tokens(part), whole, frame.ours, size)
        again = _figures(part, wide.text, frame)
        found[1:] = [
            first if first.reasons and second.reasons else second
            for first, second in zip(found[1:], again, strict=True)
        ]
    return found


def _telling(reason: Reason) -> bool:
    """Whether a figure is one that a document has for one thing only: a year, a sum, three digits or more."""
    digits = sum(mark.isdigit() for mark in reason.claim)
    return digits > 2 or any(mark in "$€£¥" for mark in reason.claim)


def _figures(part: str, support: str, frame: Frame) -> list[Findings]:
    from summariser.evidence.dates import check_dates, find_dates
    from summariser.evidence.numbers import check_numbers, find_numbers

    day, theirs, ours = frame.day, frame.theirs, frame.ours
    dated = tuple((date.start, date.end) for date in find_dates(part, language=ours, published=day))
    if not dated and not find_numbers(part, ours):
        return [NOTHING, NOTHING]  # no need to read those of the support
    there = tuple((date.start, date.end) for date in find_dates(support, language=theirs, published=day))
    dates = check_dates(part, support, language=theirs, claim_language=ours, published=day)
    kept = tuple(reason for reason in dates.reasons if reason.claim.lower() not in _NO_DATES)
    return [
        Findings(kept, dates.matches),
        check_numbers(part, support, language=theirs, claim_language=ours, claim_skip=dated, support_skip=there),
    ]


_NO_DATES = frozenset({"now", "currently", "today", "recently", "soon"})
"""Words of time that a summary adds of its own; they date nothing."""


def _matches(claim: str, whole: Support, frame: Frame) -> tuple[Match, ...]:
    """What a claim that repeats its support is borne out by."""
    words = tx.tokens(claim)
    focus = _focus(words, whole, frame.ours)
    names = runs(words, frame.theirs, focus)
    found = [*_facts(claim, focus, whole, frame), check_names(claim, words, names, focus, whole, None)]
    return tuple(dict.fromkeys(match for findings in found for match in findings.matches))


def _repeats(claim: str, support: Support) -> bool:
    """Whether the claim is nothing but whole sentences of the support."""
    if len(support.sentences) > LONG or len(claim) > len(support.text) + 200:
        return False
    said = [token.key for token in tx.tokens(claim) if token.is_word]
    return len(said) > 2 and support.is_repeated_by(said)
