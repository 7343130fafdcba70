"""Negation, modality, stronger verbs and changed roles."""

import pytest

from summariser.evidence import verify
from summariser.evidence.content import _opposites


def codes(claim: str, support: str) -> set[str]:
    return {reason.code for reason in verify(claim, support, language="en").reasons}


@pytest.mark.parametrize(
    ("claim", "support"),
    [
        ("The council closed the market.", "The council did not close the market."),
        ("The council did not close the market.", "The council closed the market on Friday."),
        ("The owners signed the lease.", "The owners refused to sign the lease."),
        ("The owners paid the fee.", "The owners never paid the fee."),
        ("Prices rose last year.", "Prices fell last year, the bureau said."),
        ("The vote was unanimous and the plan approved.", "The plan was rejected in a unanimous vote."),
        ("The board cannot close a school.", "The board can close a school after a hearing."),
        ("Drivers will not be fined.", "Drivers will be fined from June."),
    ],
)
def test_turned_polarity(claim: str, support: str) -> None:
    assert "polarity" in codes(claim, support)


@pytest.mark.parametrize(
    ("claim", "support"),
    [
        ("The council did not fail to act.", "The council did not fail to act in time."),
        ("The owners refused to sign the lease.", "The owners did not sign the lease."),
        ("The law takes effect only in May.", "The law will not take effect until May."),
        ("The market stays open without a licence.", "The market stays open although it has no licence."),
        ("The ferry was not cancelled.", "The ferry was never cancelled, whatever the rumours."),
        ("Kestrel Pay must stop.", "Kestrel Pay must stop. It need not pay them."),
    ],
)
def test_the_same_said_otherwise(claim: str, support: str) -> None:
    assert "polarity" not in codes(claim, support)


@pytest.mark.parametrize(
    ("claim", "support"),
    [
        ("Operators may report faults.", "Operators must report faults within a day."),
        ("Operators must report faults.", "Operators may report faults by post."),
        ("Operators must report faults.", "Operators should report faults, the guide says."),
        ("Operators need not report faults.", "The law requires operators to report faults."),
        ("The chamber adopted the plan.", "The minister proposed to adopt the plan in the chamber."),
        ("The port opened a second quay.", "The port will open a second quay."),
    ],
)
def test_changed_modality(claim: str, support: str) -> None:
    assert codes(claim, support) & {"modality", "status_raised", "polarity"}


def test_a_duty_may_be_worded_otherwise() -> None:
    assert verify(
        "Operators must report faults.", "The law requires operators to report faults.", language="en"
    ).supported


def test_stronger_verbs() -> None:
    assert "verb_stronger" in codes(
        "The mayor ordered them to leave the quay.", "The mayor urged them to leave the quay."
    )


@pytest.mark.parametrize(
    ("claim", "support"),
    [
        ("Arden Ferries sued Brightwater.", "Brightwater sued Arden Ferries over the quay."),
        ("Brightwater was sued by Arden Ferries.", "Brightwater sued Arden Ferries over the quay."),
        ("Ada Quill praised Ben Harrow.", "Ben Harrow praised Ada Quill in a letter."),
    ],
)
def test_roles_that_changed_places(claim: str, support: str) -> None:
    assert "role_swapped" in codes(claim, support)


@pytest.mark.parametrize(
    ("claim", "support"),
    [
        ("Arden Ferries was sued by Brightwater.", "Brightwater sued Arden Ferries over the quay."),
        ("Ben Harrow met Ada Quill.", "Ada Quill met Ben Harrow on the quay."),
    ],
)
def test_roles_that_did_not(claim: str, support: str) -> None:
    assert "role_swapped" not in codes(claim, support)


@pytest.mark.parametrize(
    ("claim", "support", "language"),
    [
        ("Le conseil a fermé le marché.", "Le conseil n'a pas fermé le marché.", "fr"),
        ("Le conseil ne doit pas fermer le marché.", "Le conseil doit fermer le marché avant mai.", "fr"),
        ("El concejo no cerró el mercado.", "El concejo cerró el mercado el viernes.", "es"),
        ("Las empresas pueden informar.", "Las empresas deben informar cada año.", "es"),
        ("لم يوافق المجلس على الخطة.", "وافق المجلس على الخطة.", "ar"),
    ],
)
def test_other_languages(claim: str, support: str, language: str) -> None:
    assert verify(claim, support, language=language, claim_language=language).status == "contradicted"


@pytest.mark.parametrize(
    ("claim", "support"),
    [
        (
            "It was the professor and not the mayor who said so.",
            "The professor said so. The mayor kept silent, not him.",
        ),
        ("The mayor denies that a ban has been decided.", "The mayor said: We have not decided a ban."),
        ("The duties would not begin before 1 July 2028.", "The duties would begin on 1 July 2028 at the earliest."),
        ("Two firms agreed to give access before release.", "Two firms have agreed to give access before release."),
    ],
)
def test_a_denial_in_other_words_is_supported(claim: str, support: str) -> None:
    assert verify(claim, support, language="en").supported


@pytest.mark.parametrize(
    ("claim", "support"),
    [
        ("The office can prohibit a system.", "The office will have no power to prohibit a system."),
        (
            "Every school must not list its cameras in the register.",
            "Every school must enter its cameras in the register.",
        ),
        ("The proposal was voted on.", "The proposal was not put to a vote."),
        ("Banks are not outside its mandate.", "Banks, the office said, are not within its mandate."),
        ("The duties would begin before 1 July 2028.", "The duties would begin on 1 July 2028 at the earliest."),
    ],
)
def test_a_clause_turned_round_is_contradicted(claim: str, support: str) -> None:
    assert "polarity" in [reason.code for reason in verify(claim, support, language="en").reasons]


def test_of_several_opposites_the_first_by_the_alphabet_is_quoted() -> None:
    verdict = verify("The council added the clause.", "The council removed and then deleted the clause.", language="en")
    assert [(reason.code, reason.source) for reason in verdict.reasons] == [("polarity", "deleted")]
    assert all(list(side) == sorted(side) for row in _opposites().values() for sides in row for side in sides)
