"""Milestones: what happened to which instrument, when and where; and nothing where there is no policy."""

import pytest

from tests.completers.extractive_case import NEWS, NEWS_FACTS, extract


def steps(text, **facts):
    return extract(text, **facts).milestones


def the_step(text, **facts):
    (found,) = steps(text, **facts)
    return found


CASES = [
    ("Italy passed its own AI law on 17 September 2025.", "2025-09-17", "event", ["IT"], "law", "adopted"),
    ("The AI Act of the European Union entered into force on 1 August 2024.", "2024-08-01", "effective", ["EU"], "law",
     "in_force"),
    ("The African Union adopted its Continental AI Strategy in July 2024.", "2024-07", "event", ["AU"], "strategy",
     "adopted"),
    ("Uganda is expected to table an AI bill in the third quarter of 2025.", "2025-Q3", "expected", ["UG"], "law",
     "planned"),
    ("The Canadian Senate approved a bill on artificial intelligence in May 2024.", "2024-05", "event", ["CA"], "law",
     "passed_chamber"),
    ("Japan and Kenya launched a working group on artificial intelligence in June 2024.", "2024-06", "event",
     ["JP", "KE"], "institution", "established"),
    ("Chile's new AI regulation was repealed on 3 March 2025.", "2025-03-03", "event", ["CL"], "regulation",
     "repealed"),
    ("India hosted a summit on artificial intelligence in February 2026.", "2026-02", "event", ["IN"], "event", "held"),
    ("The AI bill passed the Chilean Senate in May 2024.", "2024-05", "event", ["CL"], "law", "passed_chamber"),
    ("Norway's regulator fined a lender over its AI system in May 2024.", "2024-05", "event", ["NO"], "enforcement",
     "adopted"),
    ("Lawmakers in Brazil proposed a bill on facial recognition.", None, None, ["BR"], "law", "proposed"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "date", "role", "places", "instrument", "status"), CASES)
def test_fields(sentence, date, role, places, instrument, status):
    step = the_step(sentence)
    assert (step.date, step.date_role, step.jurisdictions) == (date, role, places)
    assert (step.instrument, step.status) == (instrument, status)
    assert step.ev == [1]
    assert step.date_text is None or step.date_text in sentence


def test_the_place_of_a_meeting_is_no_jurisdiction():
    step = the_step("The European Union adopted an AI regulation in Paris in May 2024.")
    assert step.jurisdictions == ["EU"]


def test_a_weekday_is_resolved_from_the_dateline():
    step = the_step("Kenya's president signed the AI law on Thursday.", published="2025-06-13")
    assert (step.date, step.date_text, step.status) == ("2025-06-12", "Thursday", "signed")


def test_each_clause_has_its_own_date_and_place():
    text = "Ghana adopted its AI strategy in July 2024, and Rwanda published a national AI policy in April 2023."
    first, second = steps(text)
    assert (first.date, first.jurisdictions) == ("2024-07", ["GH"])
    assert (second.date, second.jurisdictions) == ("2023-04", ["RW"])
    assert second.title == "Rwanda published a national AI policy in April 2023"


def test_a_duty_with_a_date_is_a_deadline_of_the_act_before():
    text = (
        "Kenya's AI Act bans real-time facial recognition in public places.\n"
        "Providers must register with the regulator by 30 June 2026."
    )
    step = steps(text, title="Kenya's AI law")[-1]
    assert (step.status, step.date_role, step.date, step.instrument) == ("planned", "deadline", "2026-06-30", "law")
    assert step.ev == [1, 2]


@pytest.mark.parametrize(
    "sentence",
    [
        "France did not sign the declaration on artificial intelligence in May 2024.",
        "Norland failed to pass its AI bill in May 2024.",
        "Canada has never adopted a law on artificial intelligence.",
        "The Nigerian Senate has passed no law on artificial intelligence.",
        "If Parliament passes the AI bill, Kenya will be the first to act.",
        "The AI bill should have been rejected by the Kenyan Senate.",
        "The bill would create an agency for artificial intelligence in Kenya.",
    ],
)
def test_what_was_not_done_is_no_step(sentence):
    assert steps(sentence) == []


def test_companies_products_and_opinions_are_no_policy():
    text = (
        "Lumen Labs launched Orion 3, an AI assistant, in March 2025.\n"
        "The company signed an agreement with a retailer to use its AI assistant by March 2026.\n"
        "It published a safety report on its AI models in May 2025 and opened an office.\n"
        "I wonder what artificial intelligence means for my town in 2025.\n"
        "Kenya passed a law on fisheries in May 2024."
    )
    assert steps(text, title="Lumen Labs launches an assistant") == []


def test_the_news_gives_its_five_steps():
    found = {(step.date, step.instrument, step.status) for step in steps(NEWS, **NEWS_FACTS)}
    assert {
        ("2025-06-12", "law", "signed"),
        ("2026-01-01", "law", "planned"),
        ("2024-07", "strategy", "adopted"),
        ("2023-04", "strategy", "published"),
        ("2025-Q3", "law", "planned"),
    } <= found


def test_binding_only_where_the_text_says_so():
    assert the_step("Ghana signed a legally binding treaty on artificial intelligence in May 2024.").binding is True
    assert the_step("Ghana adopted non-binding AI guidance in May 2024.").binding is False
    assert the_step("Ghana adopted an AI law in May 2024.").binding is None


def test_french_and_spanish_cues():
    french = the_step(
        "L’Assemblée nationale a adopté en mars 2024 une résolution sur l’intelligence artificielle.", language="fr"
    )
    assert (french.date, french.instrument, french.status) == ("2024-03", "resolution", "adopted")
    spanish = the_step(
        "Chile publicó en mayo de 2024 una estrategia nacional de inteligencia artificial.", language="es"
    )
    assert (spanish.date, spanish.status, spanish.jurisdictions) == ("2024-05", "published", ["CL"])


def test_a_language_without_cues_gives_none():
    assert steps("Italien hat am 17. September 2025 ein KI-Gesetz verabschiedet.", language="de") == []


def test_what_takes_effect_after_the_article_is_planned():
    text = "The AI Act of the European Union entered into force on 1 August 2024."
    assert the_step(text, published="2024-09-01").status == "in_force"
    text = "The AI Act of the European Union applies from 1 January 2027."
    assert the_step(text, published="2026-03-12").status == "planned"
