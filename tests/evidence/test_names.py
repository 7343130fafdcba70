"""Names in their many forms, and names that stand elsewhere."""

import pytest

from summariser.evidence import Context, verify

SENTENCES = [
    "The European Data Board (EDB) met in Lisbon.",
    "Amal Benjelloun, the Moroccan minister, praised the plan.",
    "Ms. Benjelloun left early.",
    "Tobias Reinholt of Acme Ferries disagreed.",
    "He called the plan too slow.",
]


@pytest.fixture(scope="module")
def context() -> Context:
    return Context.of(SENTENCES, title="Ministers meet in Lisbon", language="en")


@pytest.mark.parametrize(
    ("claim", "support"),
    [
        ("The EDB met in Lisbon.", SENTENCES[0]),
        ("The European Data Board met in Lisbon.", "The EDB met in Lisbon."),
        ("Morocco's minister praised the plan.", SENTENCES[1]),
        ("Amal Benjelloun left early.", SENTENCES[2]),
        ("AMAL BENJELLOUN praised the plan.", SENTENCES[1]),
        ("Tobias Reinholt called the plan too slow.", SENTENCES[4]),
        ("Minister Benjelloun praised the plan.", SENTENCES[1]),
        ("The United Nations praised the plan.", "The UN praised the plan."),
        ("Andre Lefevre praised the plan.", "André Lefèvre praised the plan."),
        ("Speakers praised the plan.", SENTENCES[1]),
    ],
)
def test_forms_of_one_name(claim: str, support: str, context: Context) -> None:
    assert verify(claim, support, language="en", context=context).supported


@pytest.mark.parametrize(
    ("claim", "support", "code"),
    [
        ("Tobias Reinholt praised the plan.", SENTENCES[1], "name_swapped"),
        ("Acme Ferries met in Lisbon.", SENTENCES[0], "name_swapped"),
        ("Clara Voss praised the plan.", SENTENCES[1], "name_not_found"),
        ("Tunisia's minister praised the plan.", SENTENCES[1], "name_not_found"),
        ("Jamal Benjelloun praised the plan.", SENTENCES[1], "name_not_found"),
    ],
)
def test_other_names(claim: str, support: str, code: str, context: Context) -> None:
    reasons = verify(claim, support, language="en", context=context).reasons
    assert code in {reason.code for reason in reasons}


def test_a_pronoun_is_not_somebody_whom_its_own_sentence_rules_out(context: Context) -> None:
    support = "He called Clara Voss too slow."
    found = Context.of([*SENTENCES, support], language="en")
    assert not verify("Tobias Reinholt was called too slow.", support, language="en", context=found).supported


def test_names_in_arabic_have_no_capitals() -> None:
    sentences = ["أعلنت الوزيرة ليلى المنصوري خطة جديدة للموانئ.", "وافق مجلس الموانئ على الخطة يوم الأحد."]
    context = Context.of(sentences, language="ar")
    swapped = verify("وافقت ليلى المنصوري على الخطة.", sentences[1], language="ar", context=context)
    assert "name_swapped" in {reason.code for reason in swapped.reasons}
    assert verify("وافق مجلس الموانئ على الخطة.", sentences[1], language="ar", context=context).supported
