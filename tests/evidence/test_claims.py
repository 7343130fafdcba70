"""`verify` on whole statements: what the leaders of the field let through, and what it must not do to true ones."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from summariser.evidence import REASONS, Context, verify

SIGNED = "The Harbour Lighting Bill was not signed by the governor, who sent it back to the assembly."
COMPLY = "Operators of water meters must comply with the new code from May."
FINES = "Fines can reach 35 million euros or 7% of a company's worldwide turnover."
APPLIES = "The rules on ferry tickets apply from 2 August 2026."
LABELS = "The Commission will publish guidelines on food labels next month, an official said."

ANCHORS = [
    ("The bill was signed by the governor.", SIGNED, "polarity"),
    ("Operators need not comply with the new code.", COMPLY, None),
    ("Fines can reach 15 million euros or 3% of turnover.", FINES, "number_mismatch"),
    ("The rules on ferry tickets apply from 2 August 2027.", APPLIES, "date_mismatch"),
    ("The Commission will ban facial recognition.", LABELS, "content_not_found"),
]


@pytest.mark.parametrize(("claim", "support", "code"), ANCHORS)
def test_what_aligners_let_through_is_refused(claim: str, support: str, code: str | None) -> None:
    verdict = verify(claim, support, language="en")
    assert verdict.status in {"contradicted", "not_found"}
    assert code is None or code in {reason.code for reason in verdict.reasons}


@pytest.mark.parametrize(
    ("claim", "support"),
    [
        ("The bill was not signed by the governor.", SIGNED),
        ("Operators must comply with the new code.", COMPLY),
        ("Fines can reach 35 million euros or 7% of turnover.", FINES),
        ("The rules on ferry tickets apply from 2 August 2026.", APPLIES),
        ("The Commission will publish guidelines on food labels.", LABELS),
    ],
)
def test_their_true_counterparts_pass(claim: str, support: str) -> None:
    assert verify(claim, support, language="en").status == "supported"


@pytest.mark.parametrize(
    ("claim", "support"),
    [
        ("Firms are required to keep logs.", "Companies must keep logs of every decision."),
        ("The chamber turned the motion down.", "The chamber rejected the motion and turned to the budget."),
        ("The plan was opposed by Arden Ferries.", "Arden Ferries opposed the plan."),
        ("Moroccan lawmakers backed it.", "Lawmakers in Morocco backed it by a wide margin."),
        ("The Senate refused to back the draft.", "The Senate did not back the draft."),
    ],
)
def test_paraphrases_pass(claim: str, support: str) -> None:
    assert verify(claim, support, language="en").supported


def test_nothing_cited_is_not_found() -> None:
    verdict = verify("The port opened.", "  ")
    assert (verdict.status, verdict.reasons[0].code) == ("not_found", "no_evidence")


def test_a_language_that_is_not_checked_is_never_supported() -> None:
    support = "Der Landtag hat das neue Hafengesetz am Montag mit großer Mehrheit beschlossen und veröffentlicht."
    verdict = verify("Das Hafengesetz wurde vom Landtag beschlossen.", support)
    assert verdict.status == "unchecked"
    assert verify(support, support).status == "supported"


def test_a_claim_in_another_language_is_checked_on_what_carries_over() -> None:
    support = "Le parlement de Valmora a adopté la loi par 52 voix contre 19, a déclaré la ministre Odile Karsenti."
    true = verify("Odile Karsenti said the law passed by 52 votes to 19.", support, language="fr", claim_language="en")
    wrong = verify("Odile Karsenti said the law passed by 61 votes to 19.", support, language="fr", claim_language="en")
    assert true.status == "unchecked"
    assert wrong.status in {"contradicted", "not_found"}


def test_matches_are_verbatim() -> None:
    claim, support = "Ada Quill spoke of 52 votes.", "The mayor, Ada Quill, counted 52 votes."
    verdict = verify(claim, support, language="en")
    assert {match.claim for match in verdict.matches} >= {"Ada Quill"}
    assert all(match.claim in claim and match.source in support for match in verdict.matches)


def test_a_whole_document_as_support_is_aligned_first() -> None:
    filler = "The town council discussed parking near the old mill. " * 3
    rows = [f"Ship number {n} of the line carried {n} crates of tea." for n in range(100, 160)]
    document = "\n".join([filler, *rows, "The harbour master, Odd Brekke, did not resign."])
    assert verify("Odd Brekke did not resign.", document, language="en").supported
    assert not verify("Odd Brekke resigned.", document, language="en").supported


def test_a_speaker_in_brackets_must_be_in_the_document() -> None:
    sentences = ["Ada Quill runs the port.", "“We will not close the quay,” she said."]
    context = Context.of(sentences, language="en")
    assert verify("The quay will not close. (Ada Quill)", sentences[1], language="en", context=context).supported
    stranger = verify("The quay will not close. (Ben Harrow)", sentences[1], language="en", context=context)
    assert [reason.code for reason in stranger.reasons] == ["name_not_found"]


def test_every_reason_is_in_the_list() -> None:
    for claim, support, _ in ANCHORS:
        assert all(reason.code in REASONS for reason in verify(claim, support).reasons)


ODD = st.text(st.characters(codec="utf-8"), max_size=60) | st.lists(
    st.sampled_from(
        ["not", "no", "must", "The", "U.S.", "(", "EDB)", "Ada", "“", "2024", "3%", "and", ".", "لم", "l'", "-"]
    ),
    max_size=25,
).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(ODD, ODD, st.sampled_from([None, "en", "fr", "es", "ar", "de", "xx"]))
@example("/  /", "NO 0", None)  # a claim without a word, and a support that denies
def test_it_never_raises(claim: str, support: str, language: str | None) -> None:
    context = Context.of([support, claim], title=claim, language=language)
    verdict = verify(claim, support, published="2025-13-45", language=language, context=context)
    assert verdict.status in {"supported", "contradicted", "not_found", "unchecked"}


@pytest.mark.parametrize("piece", ["a. ", "12", "([{", "\u064b", "not ", "l'", "Ab ", "“"])
def test_long_odd_texts_are_read(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    assert verify("The quay did not close on 2 May.", text).status != "supported"


@pytest.mark.parametrize(
    ("claim", "support"),
    [
        ("The law was repealed.", "Deputy Mara Lindqvist said the law was overdue."),
        ("Teo Brandt was arrested.", "Opposition leader Teo Brandt called the fines too low."),
        ("The office was closed.", "Parliament voted on Tuesday to establish an Office for Automated Decisions."),
    ],
)
def test_a_short_claim_needs_its_predicate_borne_out(claim: str, support: str) -> None:
    assert verify(claim, support, language="en").status == "not_found"


@pytest.mark.parametrize(
    ("claim", "support"),
    [
        ("Lindqvist called the law overdue.", "Deputy Mara Lindqvist said the law was overdue."),
        ("Brandt criticised the fines as too low.", "Opposition leader Teo Brandt called the fines too low."),
        (
            "Parliament decided to create an Office for Automated Decisions.",
            "Parliament voted on Tuesday to establish an Office for Automated Decisions.",
        ),
    ],
)
def test_a_short_paraphrase_passes(claim: str, support: str) -> None:
    assert verify(claim, support, language="en").supported
