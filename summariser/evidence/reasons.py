"""The reason codes of the verifier, what each means, and the verdict that each leads to."""

from __future__ import annotations

from dataclasses import dataclass

from summariser.schema import Match, Reason, VerdictStatus

REASONS: dict[str, VerdictStatus] = {
    # numbers
    "number_mismatch": "contradicted",  # the support gives another number for the same thing
    "number_not_found": "not_found",  # the support gives no such number
    "unit_mismatch": "contradicted",  # same number, other unit, currency or scale
    "bound_flipped": "contradicted",  # "at least 120" for "up to 120"
    # dates
    "date_mismatch": "contradicted",
    "date_not_found": "not_found",
    "date_padded": "contradicted",  # finer than the text gives
    "date_impossible": "contradicted",
    "date_of_other_event": "contradicted",  # the date stands in the sentence with another event
    # names
    "name_not_found": "not_found",  # nowhere in the document
    "name_swapped": "contradicted",  # stands elsewhere in the document, not in the sentences cited
    "role_unchecked": "unchecked",  # the text puts it in other words, if at all
    "role_swapped": "contradicted",  # two names of the support have changed places
    # quoted words
    "quote_altered": "contradicted",
    "quote_not_found": "not_found",
    # polarity and modality
    "polarity": "contradicted",
    "modality": "contradicted",  # must, may, need not; plan against deed
    "verb_stronger": "contradicted",  # "ordered" for "asked"
    # milestones
    "status_raised": "contradicted",  # further along than the text says
    "status_mismatch": "contradicted",
    "status_not_found": "not_found",
    "stage_order": "contradicted",  # in force before adopted, a rejected bill that binds …
    "jurisdiction_mismatch": "contradicted",
    "jurisdiction_not_found": "not_found",
    "instrument_mismatch": "contradicted",
    "instrument_not_found": "not_found",
    "instrument_unchecked": "unchecked",
    "status_unchecked": "unchecked",  # an early stage of which the text gives no sign either way
    "binding_mismatch": "contradicted",  # "voluntary" for what the text calls mandatory, or the other way round
    "binding_unchecked": "unchecked",  # neither the text nor the kind of instrument tells
    # form and whole
    "content_not_found": "not_found",  # the support is about something else
    "no_evidence": "not_found",  # no sentence was cited
    "instruction_text": "not_found",  # only words addressed to a language model say so
    "unknown_sentence": "not_found",  # a sentence number that does not exist or was not shown
    "too_long": "not_found",  # a highlight over its length
    "not_one_sentence": "not_found",
    "language_unchecked": "unchecked",
}


@dataclass(frozen=True, slots=True)
class Findings:
    """What one checker found: reasons against the claim, and matches that bear it out."""

    reasons: tuple[Reason, ...] = ()
    matches: tuple[Match, ...] = ()


NOTHING = Findings()
"""What most checks find."""


def worst(reasons: tuple[Reason, ...]) -> VerdictStatus:
    """The verdict that these reasons add up to: contradicted before not_found before unchecked before supported."""
    if not reasons:
        return "supported"
    found = {REASONS[reason.code] for reason in reasons}
    order: tuple[VerdictStatus, ...] = ("contradicted", "not_found", "unchecked")
    return next((status for status in order if status in found), "supported")
