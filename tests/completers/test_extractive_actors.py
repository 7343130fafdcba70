"""Actors: names, aliases, kinds and roles as the text has them."""

import pytest

from tests.completers.extractive_case import NEWS, NEWS_FACTS, extract


def actors(text, **facts):
    return {actor.name: actor for actor in extract(text, **facts).actors}


@pytest.mark.parametrize(
    ("sentence", "name", "role"),
    [
        ("Talks were led by the Minister of Digital Transition, Amal Idrissi Naciri, at noon.", "Amal Idrissi Naciri",
         "Minister of Digital Transition"),
        ("Norland’s ambassador to the US, Yusuf Amari, praised the talks.", "Yusuf Amari",
         "Norland’s ambassador to the US"),
        ("Officials met Leila Marghani, the Director for Global AI Policy at the State Department.", "Leila Marghani",
         "Director for Global AI Policy at the State Department"),
        ("Former US Secretary of State Anthony Blake commended the plan.", "Anthony Blake",
         "Former US Secretary of State"),
        ("The text was drafted by Kenyan Ambassador to the UN Omar Hilal and others.", "Omar Hilal",
         "Kenyan Ambassador to the UN"),
        ("Commission president Ulla von der Laan announced a fund.", "Ulla von der Laan", "Commission president"),
        ("Norland's data protection chief, Pille Lehis, has fined two firms.", "Pille Lehis",
         "Norland's data protection chief"),
        ("Prices will rise, said chief executive Dana Whitfield.", "Dana Whitfield", "chief executive"),
    ],
)  # fmt: skip
def test_an_office_is_the_role_of_its_holder(sentence, name, role):
    found = actors(sentence)
    assert found[name].kind == "person"
    assert found[name].role == role


def test_the_forms_of_one_person_are_one_actor():
    text = (
        "The Minister of Digital Transition, Amal El Fassi Naciri, opened the talks.\n"
        "Amal El Fassi joined the ambassador at the State Department.\n"
        "El Fassi’s visit ended on Friday with a dinner."
    )
    found = actors(text)
    assert found["Amal El Fassi Naciri"].aliases == ["Amal El Fassi", "El Fassi"]
    assert found["Amal El Fassi Naciri"].ev == [1, 2, 3]


def test_two_people_of_one_surname_stay_two():
    text = (
        "Senator Maria Costa backed the bill on Monday.\nRapporteur Eduardo Costa opposed it on Tuesday.\n"
        "The committee heard that Costa would speak again."
    )
    found = actors(text)
    assert {"Maria Costa", "Eduardo Costa"} <= found.keys()
    assert all("Costa" not in actor.aliases for actor in found.values())


def test_an_acronym_in_brackets_is_an_alias():
    text = "The National Data Protection Authority (ANPD) opened an inquiry.\nA week later the ANPD closed it."
    found = actors(text)
    assert found["National Data Protection Authority"].aliases == ["ANPD"]
    assert found["National Data Protection Authority"].kind == "government_body"


def test_the_second_half_of_a_ministrys_name_is_no_alias():
    text = "The lab advises the Department for Science, Innovation and Technology on schools in Norland."
    assert actors(text)["Department for Science, Innovation and Technology"].aliases == []


def test_short_and_long_names_of_countries_and_unions_are_one():
    text = (
        "Talks with the United States and the United Nations began in May.\nThe US and the UN hope for a text by June."
    )
    found = actors(text)
    assert (found["United States"].kind, found["United States"].aliases) == ("country", ["US"])
    assert (found["United Nations"].kind, found["United Nations"].aliases) == ("intergovernmental", ["UN"])


@pytest.mark.parametrize(
    ("sentence", "name", "kind"),
    [
        ("The letter came from the Ministry of Trade and Industry on Monday.", "Ministry of Trade and Industry",
         "government_body"),
        ("The lab advises the Department for Science, Innovation and Technology on schools.",
         "Department for Science, Innovation and Technology", "government_body"),
        ("The study by the University of Lund appeared on Monday.", "University of Lund", "academia"),
        ("A complaint by the Open Rights Foundation was heard.", "Open Rights Foundation", "civil_society"),
        ("The fine was paid by Norvia Holdings on Monday.", "Norvia Holdings", "company"),
        ("The chipmaker Norvia, which is based in Oslo, paid.", "Norvia", "company"),
        ("A test by the AI Safety Institute found no fault.", "AI Safety Institute", "government_body"),
        ("Officials in South Korea and Chile agreed.", "South Korea", "country"),
        ("The plan was backed by the African Union on Monday.", "African Union", "intergovernmental"),
    ],
)  # fmt: skip
def test_kinds(sentence, name, kind):
    assert actors(sentence)[name].kind == kind


def test_laws_products_months_and_first_words_are_no_actors():
    text = (
        "Last March the AI Act and the Digital Norland 2030 Plan were praised.\n"
        "Interestingly, Enthusiasm for ChatGPT is high on Monday mornings.\n"
        "Nurses signed the “Charter for Safe and Trusted Artificial Intelligence” in May.\n"
        "The Framework Convention and the Paris Declaration are treaties."
    )
    assert actors(text) == {}


def test_every_name_and_role_stands_in_the_evidence():
    lines = NEWS.replace("\n\n", "\n").split("\n")
    said = extract(NEWS, **NEWS_FACTS).actors
    assert {"Amina Otieno", "Karen Wekesa", "Grace Mutiso", "African Union", "Rwanda"} <= {actor.name for actor in said}
    for actor in said:
        cited = " ".join(lines[number - 1] for number in actor.ev)
        assert actor.name in cited
        assert (actor.role or "") in cited
        assert all(alias in NEWS for alias in actor.aliases)


def test_who_is_named_most_comes_first():
    text = "The Senate met Kenya on Monday.\nThen Kenya left and Kenya returned.\nRwanda stayed, and Kenya went home."
    assert next(iter(actors(text))) == "Kenya"
