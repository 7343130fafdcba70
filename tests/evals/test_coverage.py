from __future__ import annotations

import json

import pytest

from evals.coverage import WEIGHTS, auc, balanced, baseline, best_balanced, coverage, covered, features, run

POINTS = [
    "The regulator fined Kestrel Pay 2.1 million euros.",
    "Kestrel Pay refused credit on the basis of scores.",
    "Kestrel Pay will appeal to a court in Brussels.",
]


def test_what_is_said_is_covered_and_what_is_not_said_is_not():
    text = (
        "Kestrel Pay must pay a fine of 2.1 million euros, the regulator said. The firm had refused credit by scores."
    )
    fine, credit, appeal = coverage(POINTS, text)
    assert min(fine, credit) > appeal
    assert covered(POINTS, text) == [True, True, False]


def test_sharing_the_subject_is_not_covering():
    assert not any(covered(POINTS, "Kestrel Pay is a payment firm that was founded by two brothers."))


def test_other_forms_and_synonyms_count():
    point = ["The minister bought two machines."]
    assert coverage(point, "The minister purchased 2 machines.")[0] > coverage(point, "The minister sold machines.")[0]


def test_features_are_those_that_have_weights():
    assert set(features(POINTS, "Kestrel Pay")[0]) == set(WEIGHTS)


@pytest.mark.parametrize("text", ["", "   ", "…", "مرحبا"])
def test_odd_texts_cover_nothing(text):
    assert covered(POINTS, text) == [False, False, False]
    assert covered([""], text) == [False]


def test_arabic_is_covered_by_itself():
    point = "وافق مجلس الوزراء على الاستراتيجية الوطنية للذكاء الاصطناعي"
    assert covered([point], point, language="ar") == [True]
    assert covered([point], "رفض البرلمان مشروع قانون الغابات", language="ar") == [False]


def test_auc_and_balanced_accuracy():
    assert auc([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]) == 0.75
    assert auc([0.5, 0.5], [0, 1]) == 0.5
    assert balanced([True, True, False, False], [1, 0, 0, 0]) == pytest.approx((1 + 2 / 3) / 2)
    assert best_balanced([0.2, 0.9], [0, 1]) == 1.0


def test_bench_reads_the_published_form(tmp_path):
    folder = tmp_path / "realsumm_pyramid"
    folder.mkdir()
    document = {"doc_id": "d", "reference": "<t> " + " </t> <t> ".join(POINTS) + " </t>", "key_points": POINTS}
    summary = {"doc_id": "d", "summary": POINTS[0] + " " + POINTS[1], "covered": [1, 1, 0]}
    (folder / "docs.jsonl").write_text(json.dumps(document), "utf-8")
    (folder / "summaries.jsonl").write_text(json.dumps(summary), "utf-8")
    found = run(tmp_path)
    assert found["judgements"] == 3
    assert found["auc"] == 1.0
    assert baseline(POINTS[0], POINTS[0]) == 1.0
