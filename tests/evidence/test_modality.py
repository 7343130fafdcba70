"""Force and time: duties, permissions, and deeds that are still to come."""

import pytest

from summariser.evidence import verify

DAY = "2026-03-02"


@pytest.mark.parametrize(
    ("claim", "support"),
    [
        ("The council may keep a list of its cameras.", "Under the draft the council would have to keep a list."),
        ("Towns may publish their lists.", "The duty to publish lists applies to towns."),
        (
            "Guards must use body cameras at matches.",
            "Guards shall not use body cameras at matches, except with written consent.",
        ),
        (
            "The ports have published their emission plans by 31 December 2027.",
            "The ports intend to publish, by 31 December 2027, their emission plans.",
        ),
    ],
)
def test_another_force_is_contradicted(claim: str, support: str) -> None:
    verdict = verify(claim, support, published=DAY, language="en")
    assert "modality" in [reason.code for reason in verdict.reasons]


@pytest.mark.parametrize(
    ("claim", "support"),
    [
        ("The council has to keep a list of its cameras.", "The council would have to keep a list of its cameras."),
        ("The yearly cost for ports is 3 million euros.", "Keeping the list will cost ports 3 million euros a year."),
        (
            "Guards may use body cameras at matches with written consent.",
            "Guards shall not use body cameras at matches, except with written consent.",
        ),
        (
            "The port has published a plan that takes effect on 1 May 2026.",
            "Today we share our plan. The port published it this morning. It takes effect on 1 May 2026.",
        ),
    ],
)
def test_the_same_in_other_words_is_supported(claim: str, support: str) -> None:
    assert verify(claim, support, published=DAY, language="en").supported


@pytest.mark.parametrize(
    ("claim", "support"),
    [
        (
            "The chamber will challenge the act in court.",
            "The chamber did not say whether it would challenge the act in court.",
        ),
        (
            "The law bans keystroke monitoring.",
            "A clause that would have banned keystroke monitoring was removed in committee.",
        ),
    ],
)
def test_what_is_asked_or_supposed_is_not_said(claim, support):
    assert verify(claim, support, language="en").status == "contradicted"


@pytest.mark.parametrize(
    ("claim", "support"),
    [
        (
            "The chamber did not say whether it would challenge the act.",
            "The chamber did not say whether it would challenge the act in court.",
        ),
        (
            "An amendment to ban live recognition was rejected.",
            "An amendment that would have banned live recognition has been rejected.",
        ),
    ],
)
def test_a_question_reported_as_a_question_passes(claim, support):
    assert verify(claim, support, language="en").supported
