"""Small wordings that every renderer shares: a milestone's facts, an actor's names, a reason in plain English."""

from __future__ import annotations

from summariser.schema import Actor, Claim, Milestone, Reason, Rejected

REASON_WORDS: dict[str, str] = {
    "number_mismatch": "another number in the text",
    "number_not_found": "number not in the text",
    "unit_mismatch": "another unit in the text",
    "bound_flipped": "the limit points the other way in the text",
    "date_mismatch": "another date in the text",
    "date_not_found": "date not in the text",
    "date_padded": "more precise than the text",
    "date_impossible": "no such date",
    "date_of_other_event": "the date belongs to another event",
    "name_not_found": "name not in the text",
    "name_swapped": "another name in the sentences cited",
    "role_swapped": "who did what is swapped",
    "quote_altered": "the quoted words are others in the text",
    "quote_not_found": "quoted words not in the text",
    "polarity": "the text says the opposite",
    "modality": "more certain than the text",
    "verb_stronger": "stronger than the text",
    "status_raised": "further along than the text says",
    "status_mismatch": "another status in the text",
    "status_not_found": "status not in the text",
    "stage_order": "stages out of order",
    "jurisdiction_mismatch": "another jurisdiction in the text",
    "jurisdiction_not_found": "jurisdiction not in the text",
    "instrument_mismatch": "another instrument in the text",
    "instrument_not_found": "instrument not in the text",
    "content_not_found": "not what the sentences say",
    "no_evidence": "no sentence cited",
    "unknown_sentence": "a sentence cited that does not exist",
    "too_long": "too long for a highlight",
    "not_one_sentence": "not one sentence",
    "language_unchecked": "could not be checked in this language",
}


def reason_words(reason: Reason) -> str:
    """A reason as one phrase: what is wrong, the words in question, what the text says instead."""
    words = f"{REASON_WORDS.get(reason.code, reason.code.replace('_', ' '))}: “{reason.claim}”"
    return f"{words} (text: “{reason.source}”)" if reason.source else words


def cited(claim: Claim | Rejected) -> str:
    """The numbers of the sentences cited, as `[3, 4]`."""
    return f"[{', '.join(str(span.sentence) for span in claim.evidence)}]" if claim.evidence else ""


def mark(claim: Claim) -> str:
    """How a claim that is not plainly supported is marked; empty for one that is."""
    return "" if claim.verdict.supported else claim.verdict.status.replace("_", " ")


def names(actor: Actor) -> str:
    """Name with its aliases in brackets."""
    return actor.name + (f" ({', '.join(actor.aliases)})" if actor.aliases else "")


def when(milestone: Milestone) -> str:
    """The date with its role; "no date" where the text gives none."""
    if milestone.date is None:
        return "no date"
    role = "" if milestone.date_role in (None, "event") else f" ({milestone.date_role})"
    resolved = ", worked out" if milestone.date_basis == "resolved" else ""
    return f"{milestone.date}{role}{resolved}"


def facts(milestone: Milestone) -> list[str]:
    """Jurisdictions, instrument, status and binding force, each in words."""
    binding = {True: "binding", False: "not binding", None: ""}[milestone.binding]
    where = ", ".join(milestone.jurisdictions)
    return [
        fact
        for fact in (where, milestone.instrument.replace("_", " "), milestone.status.replace("_", " "), binding)
        if fact
    ]
