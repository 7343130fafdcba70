"""Actors and milestones, field by field."""

import pytest

from summariser.evidence import Context, verify_actor, verify_milestone
from summariser.schema import DraftActor, DraftMilestone, PartialDate

BILL = "Kenya's parliament adopted the Harbour Data Act on 5 March 2026."
PROPOSAL = "Ministers in Kenya proposed to adopt a Harbour Data Act."


def milestone(**changes: object) -> DraftMilestone:
    fields: dict[str, object] = {
        "title": "Kenya's parliament adopts the Harbour Data Act",
        "date": "2026-03-05",
        "date_text": "5 March 2026",
        "date_role": "event",
        "jurisdictions": ["KE"],
        "instrument": "law",
        "binding": True,
        "status": "adopted",
        "ev": [1],
    }
    return DraftMilestone.model_validate(fields | changes)


def test_a_true_milestone_is_supported_in_every_field() -> None:
    found = verify_milestone(milestone(), BILL, published="2026-03-09", language="en")
    assert found.verdict.supported
    assert {name: verdict.status for name, verdict in found.fields.items() if not verdict.supported} == {}
    assert (found.date, found.date_basis) == (PartialDate("2026-03-05"), "stated")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"jurisdictions": ["UG"]}, "jurisdiction"),
        ({"status": "repealed"}, "status"),
        ({"instrument": "treaty"}, "instrument"),
        ({"date": "2026-03-15", "date_text": "15 March 2026"}, "date"),
    ],
)
def test_each_field_fails_alone(changes: dict[str, object], field: str) -> None:
    found = verify_milestone(milestone(**changes), BILL, published="2026-03-09", language="en")
    assert {name for name, verdict in found.fields.items() if not verdict.supported} == {field}


@pytest.mark.parametrize("status", ["adopted", "signed", "in_force"])
def test_a_proposal_is_no_law(status: str) -> None:
    changes = {"title": "Harbour Data Act", "date": None, "date_text": None, "status": status}
    found = verify_milestone(milestone(**changes), PROPOSAL, language="en")
    assert [reason.code for reason in found.fields["status"].reasons] == ["status_raised"]
    proposed = verify_milestone(milestone(**changes | {"status": "proposed"}), PROPOSAL, language="en")
    assert proposed.fields["status"].supported


def test_one_chamber_is_not_both() -> None:
    support = "The bill passed the Senate by 30 votes to 5."
    draft = milestone(title="Bill passes the Senate", date=None, date_text=None, jurisdictions=[])
    assert not verify_milestone(draft, support, language="en").fields["status"].supported
    passed = draft.model_copy(update={"status": "passed_chamber"})
    assert verify_milestone(passed, support, language="en").fields["status"].supported


def test_what_is_rejected_binds_nobody() -> None:
    support = "Kenya's parliament rejected the Harbour Data Act."
    draft = milestone(title="Harbour Data Act rejected", status="rejected", date=None, date_text=None)
    found = verify_milestone(draft, support, language="en")
    assert "stage_order" in {reason.code for reason in found.verdict.reasons}


def test_nothing_is_done_in_the_future() -> None:
    support = "Kenya's parliament adopts the Harbour Data Act on 5 March 2026."
    found = verify_milestone(milestone(), support, published="2026-01-09", language="en")
    assert not found.fields["status"].supported


def test_the_document_tells_where_the_sentence_does_not() -> None:
    sentences = ["NAIROBI, Kenya - The chamber met on Monday.", "It adopted the Harbour Data Act."]
    context = Context.of(sentences, language="en")
    draft = milestone(title="Harbour Data Act adopted", date=None, date_text=None)
    assert verify_milestone(draft, sentences[1], language="en", context=context).fields["jurisdiction"].supported
    abroad = draft.model_copy(update={"jurisdictions": ["FR"]})
    assert not verify_milestone(abroad, sentences[1], language="en", context=context).fields["jurisdiction"].supported


def test_a_states_law_is_not_the_nations() -> None:
    support = "California's governor signed the ferry bill into law."
    draft = milestone(title="Ferry bill signed", date=None, date_text=None, status="signed", jurisdictions=["US-CA"])
    assert verify_milestone(draft, support, language="en").fields["jurisdiction"].supported
    national = draft.model_copy(update={"jurisdictions": ["US"]})
    assert not verify_milestone(national, support, language="en").fields["jurisdiction"].supported


def test_binding_force() -> None:
    support = "Kenya published a voluntary code of practice for harbours."
    draft = milestone(title="Code of practice", date=None, date_text=None, status="published", instrument="guidance")
    assert not verify_milestone(draft, support, language="en").fields["binding"].supported


PEOPLE = "Ada Quill, director of the Harbour Board, met Ben Harrow, a lawyer for Arden Ferries."


@pytest.mark.parametrize(
    ("name", "aliases", "role", "supported"),
    [
        ("Ada Quill", ["Quill"], "director of the Harbour Board", True),
        ("Ben Harrow", [], "lawyer for Arden Ferries", True),
        ("Clara Voss", [], None, False),
        ("Ada Quill", ["The Admiral"], None, False),
        ("Ada Quill", [], "owner of three fishing boats", False),
    ],
)
def test_actors(name: str, aliases: list[str], role: str | None, supported: bool) -> None:
    actor = DraftActor(name=name, aliases=aliases, kind="person", role=role, ev=[1])
    assert verify_actor(actor, PEOPLE, language="en").supported is supported


def test_another_ones_role() -> None:
    support = "Ada Quill directs the Harbour Board. Ben Harrow is a lawyer for Arden Ferries."
    actor = DraftActor(name="Ada Quill", kind="person", role="lawyer for Arden Ferries", ev=[1])
    assert [reason.code for reason in verify_actor(actor, support, language="en").reasons] == ["role_swapped"]


def test_a_title_of_which_no_word_stands_in_the_cited_sentences_is_not_found() -> None:
    """Names that the document has elsewhere are forgiven in a title, but something of it must be in the support."""
    sentences = [
        "The Northern Summit on Artificial Intelligence was held in Norhaven in May 2025.",
        "Small firms with fewer than 64 workers can ask for advice without a fee.",
    ]
    context = Context.of(sentences, title="Northern Summit on Artificial Intelligence", language="en")
    summit = milestone(
        title="Northern Summit on Artificial Intelligence", date=None, date_text=None, instrument="event", status="held"
    )
    found = verify_milestone(summit, sentences[1], language="en", context=context)
    assert found.fields["title"].status == "not_found"
    assert verify_milestone(summit, sentences[0], language="en", context=context).fields["title"].supported
