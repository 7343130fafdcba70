"""The embedded engine as a completer: what it answers to each kind of call, on any text."""

import asyncio
import random
import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summariser.calls import Call
from summariser.completers.extractive import ExtractiveCompleter
from summariser.schema import DraftComposition, DraftKeyPoint, DraftRepair, DraftSummary
from tests.completers.extractive_case import NEWS, NEWS_FACTS, document, extract


def call_for(kind, draft, made, **more):
    return Call(kind, "", "", draft, made, tuple(sentence.number for sentence in made.sentences), **more)


def words_of(text):
    return set(re.findall(r"\w+", text.lower()))


def test_says_what_it_is():
    engine = ExtractiveCompleter()
    assert (engine.engine, engine.model, engine.reads_prompts) == ("extractive", "extractive", False)
    assert engine.provenance() == ("embedded", None)


def test_an_article_gives_five_highlights_of_one_short_sentence_each():
    found = extract(NEWS, **NEWS_FACTS).highlights
    assert len(found) == 5
    for highlight in found:
        assert 7 <= len(highlight.text.split()) <= 20
        assert highlight.text[0].isupper() or highlight.text[0] == '"'
        assert highlight.text.endswith((".", '"'))
    assert any("Otieno signed the Artificial Intelligence Act" in highlight.text for highlight in found)


def test_as_many_highlights_as_are_asked_for():
    assert len(extract(NEWS, highlights=2, **NEWS_FACTS).highlights) == 2
    assert extract(NEWS, highlights=0, **NEWS_FACTS).highlights == []


def test_key_points_are_sentences_of_the_text_in_its_order():
    points = extract(NEWS, **NEWS_FACTS).key_points
    assert 5 <= len(points) <= 8
    assert [point.ev for point in points] == sorted(point.ev for point in points)
    assert all(point.text in NEWS for point in points)


def test_the_dateline_is_no_part_of_a_statement():
    said = extract(NEWS, **NEWS_FACTS)
    assert not any("NAIROBI" in item.text for item in [*said.highlights, *said.key_points])


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ('"The exemption is as wide as a barn door, and nobody has measured it," said Grace Mutiso.', "Grace Mutiso"),
        ("Senator Karen Wekesa argued that the measure would protect workers from unfair scores.", "Karen Wekesa"),
        ("The minister, Ingrid Solberg, told the Committee that the register would be rebuilt.", "Ingrid Solberg"),
        ("The register will be rebuilt before the end of the year, according to Ingrid Solberg.", "Ingrid Solberg"),
        ("The register will be rebuilt in Oslo before the end of the year, with new rules.", None),
    ],
)
def test_who_says_so(sentence, speaker):
    (point,) = extract(sentence).key_points
    assert point.speaker == speaker


def test_nothing_repeats():
    lines = ["The agency published its guidance on artificial intelligence in schools on Monday."] * 6
    said = extract("\n".join(lines))
    assert len(said.key_points) == 1
    assert len(said.highlights) == 1


def test_a_part_of_a_document_is_answered_from_its_own_sentences():
    made = document(NEWS, **NEWS_FACTS)
    reply = ExtractiveCompleter().complete(Call("extract", "", "", DraftSummary, made, (6, 7, 8), highlights=5))
    cited = {number for items in reply.draft for item in items[1] for number in item.ev}
    assert cited <= {6, 7, 8}
    assert cited


def test_the_same_text_gives_the_same_answer_in_another_process():
    program = "from tests.completers.extractive_case import *; print(extract(NEWS, **NEWS_FACTS).model_dump_json())"
    runs = {
        subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert runs == {extract(NEWS, **NEWS_FACTS).model_dump_json() + "\n"}


def test_acomplete_gives_the_same():
    made = document(NEWS, **NEWS_FACTS)
    call = call_for("extract", DraftSummary, made)
    assert asyncio.run(ExtractiveCompleter().acomplete(call)) == ExtractiveCompleter().complete(call)


def test_repair_has_nothing_better_to_say():
    reply = ExtractiveCompleter().complete(call_for("repair", DraftRepair, document(NEWS)))
    assert reply.draft == DraftRepair()
    assert reply.attempts == ()


def test_compose_chooses_candidates_by_position_without_repetition():
    made = document(NEWS, **NEWS_FACTS)
    lines = [sentence.text for sentence in made.sentences]
    candidates = tuple(DraftKeyPoint(text=text, ev=[number]) for number, text in enumerate(lines, start=1))
    doubled = (*candidates, candidates[0])
    draft = (
        ExtractiveCompleter()
        .complete(call_for("compose", DraftComposition, made, candidates=doubled, highlights=3))
        .draft
    )
    assert 5 <= len(draft.key_points) <= 8
    assert set(draft.key_points) <= set(range(1, len(doubled) + 1))
    assert not {1, len(doubled)} <= set(draft.key_points)
    assert len(draft.highlights) == 3
    for highlight in draft.highlights:
        (position,) = highlight.points
        assert words_of(highlight.text) <= words_of(doubled[position - 1].text)


def test_compose_of_nothing_is_empty():
    draft = ExtractiveCompleter().complete(call_for("compose", DraftComposition, document(NEWS))).draft
    assert draft == DraftComposition(key_points=[], highlights=[])


@pytest.mark.parametrize("text", ["", "Yes.", "?!", "\ud800 \x00 \u200b", "12 34 56", "ـــ ،،،"])
def test_a_text_with_nothing_to_say_gives_nothing_and_no_error(text):
    said = extract(text)
    assert said == DraftSummary(highlights=[], key_points=[], actors=[], milestones=[])


@settings(max_examples=60, deadline=None)
@given(
    st.text(alphabet="aAbB .,;:—–()\"“”'’\n0123—éاب", max_size=400),
    st.sampled_from(["en", "fr", "es", "ar", "de", None]),
)
def test_no_text_is_an_error(text, language):
    said = extract(text, language=language)
    assert all(highlight.ev for highlight in said.highlights)


def test_real_words_in_any_order_are_no_error():
    words = [*NEWS.split(), "Minister", "of", "and", "the", "—", "(", ")", "“", "who", ",", "said"]
    shuffled = random.Random(7).choices(words, k=4000)
    lines = [" ".join(shuffled[start : start + 80]) for start in range(0, 4000, 80)]
    for highlight in extract("\n".join(lines), **NEWS_FACTS).highlights:
        assert len(highlight.text.split()) <= 20


LANGUAGES = {
    "fr": (
        "Le gouvernement a présenté mardi une stratégie nationale pour l’intelligence artificielle de confiance.\n"
        "Clara Morin, ministre chargée du Numérique, a annoncé la création d’un institut d’évaluation des modèles.\n"
        "Elle a ajouté que le budget serait doublé.\n"
        "L’Assemblée nationale a adopté en mars 2024 une résolution sur l’usage de l’intelligence artificielle.",
        "Assemblée nationale",
    ),
    "es": (
        "La Cámara de Diputados de Chile aprobó el martes el proyecto de ley sobre inteligencia artificial.\n"
        "La ministra de Ciencia, Elena Rojas, dijo que la norma protegerá a las personas sin frenar la innovación.\n"
        "Ella agregó que el presupuesto se duplicará pronto.\n"
        "En mayo de 2024, el Gobierno presentó una política nacional de inteligencia artificial actualizada.",
        "Elena Rojas",
    ),
    "de": (
        "Die Bundesregierung hat am Dienstag eine nationale Strategie für vertrauenswürdige KI vorgestellt.\n"
        "Der Bundestag will das Gesetz zur Aufsicht über KI noch vor dem Sommer beraten und beschließen.",
        None,
    ),
    "ar": (
        "أعلنت الحكومة المغربية يوم الأربعاء عن استراتيجية وطنية للذكاء الاصطناعي تمتد حتى عام 2030.\n"
        "وستنشئ الحكومة وكالة وطنية للذكاء الاصطناعي قبل نهاية سنة 2026 في الرباط.\n"
        "ويتعاون المغرب مع فرنسا في مجال الذكاء الاصطناعي منذ سنوات طويلة.",
        "المغرب",
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_other_languages_give_whole_sentences_and_names(language):
    text, actor = LANGUAGES[language]
    said = extract(text, language=language)
    lines = text.split("\n")
    assert {point.text for point in said.key_points} >= {lines[0]}
    assert all(highlight.text in lines for highlight in said.highlights)
    assert not any(highlight.text.startswith(("Elle ", "Ella ")) for highlight in said.highlights)
    assert actor is None or actor in {found.name for found in said.actors}
