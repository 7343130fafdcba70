from __future__ import annotations

import pytest

from evals.words import content, fold, overlap_f1, rouge_l, rouge_n, words

ARABIC = "وافق مجلس الوزراء على الاستراتيجية الوطنية"


def test_words_of_every_script_are_found():
    assert words("The U.S. Senate’s l'État 1,234.5 35%") == ["the", "u", "s", "senate", "etat", "1,234.5", "35"]
    assert words("قدرها ١٨٠ مليون") == ["قدرها", "180", "مليون"]


def test_folding_forgives_marks_and_case_only():
    assert fold("ÉTAT") == fold("etat")
    assert fold("تموز") != fold("آب")


def test_identical_arabic_scores_one_and_different_arabic_less():
    assert rouge_n(ARABIC, ARABIC, 1, "ar") == 1.0
    assert rouge_l(ARABIC, ARABIC, "ar") == 1.0
    assert rouge_n(ARABIC, "رفض البرلمان مشروع القانون", 1, "ar") == 0.0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the committee adopted the new rules on monday", "the committee has adopted rules for models"),
        ("ministers met in the capital to sign an agreement", "an agreement was signed when ministers met"),
        ("nothing shared here", "completely different words stand there"),
    ],
)
def test_rouge_agrees_with_rouge_score_on_english(one, other):
    from rouge_score.rouge_scorer import RougeScorer

    theirs = RougeScorer(["rouge1", "rouge2", "rougeL"], use_stemmer=True).score(other, one)
    assert rouge_n(one, other, 1) == pytest.approx(theirs["rouge1"].fmeasure, abs=0.02)
    assert rouge_n(one, other, 2) == pytest.approx(theirs["rouge2"].fmeasure, abs=0.02)
    assert rouge_l(one, other) == pytest.approx(theirs["rougeL"].fmeasure, abs=0.02)


def test_stop_words_carry_nothing():
    assert content("it is of the and") == ()
    assert overlap_f1("it is the", "it is the") == 0.0
