"""Seeded errors: really wrong, the same for the same seed, and the tool tells a sharp verifier from a blind one."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from evals.__main__ import OK, main
from evals.cases import Case, load_cases
from evals.mutate import run as running
from evals.mutate.claims import World, shown, true_claims
from evals.mutate.command import figures
from evals.mutate.run import TARGETS, mutants
from evals.words import fold
from summariser.schema import UNCHECKED, DraftMilestone, Reason, Verdict
from tests.evals.made import ARTICLE, LABELS, write_case

SPANISH = """\
Madrid, 4 de marzo de 2026. El Congreso aprobó la ley de registros con 118 votos.

Los ministerios deben publicar sus sistemas antes del 30 de septiembre de 2026.
"""

SPANISH_LABELS = """\
form: wire item
tests: [another language]
basis: invented
published: 2026-03-04
facts: {title: null, language: es}
key_points:
  - id: uno
    text: El Congreso aprobó la ley de registros con 118 votos.
    level: must
    sentences: ["El Congreso aprobó la ley de registros con 118 votos."]
  - id: dos
    text: Los ministerios deben publicar sus sistemas antes del 30 de septiembre de 2026.
    level: must
    sentences: ["Los ministerios deben publicar sus sistemas antes del 30 de septiembre de 2026."]
actors: []
milestones: []
highlights: []
"""


@pytest.fixture
def spanish(tmp_path: Path) -> Case:
    return load_cases(write_case(tmp_path / "es", "leyes", SPANISH, SPANISH_LABELS))[0]


def test_the_same_seed_makes_the_same_errors(case):
    assert [m.claim.text for m in mutants(case, 3)] == [m.claim.text for m in mutants(case, 3)]
    assert [m.claim.text for m in mutants(case, 3)] != [m.claim.text for m in mutants(case, 4)]


def test_kinds_that_the_case_gives_room_for_are_made(case):
    kinds = Counter(mutant.kind for mutant in mutants(case))
    assert kinds.keys() >= {
        "number",
        "date",
        "invented_name",
        "role_swap",
        "negation",
        "modality",
        "jurisdiction",
        "status",
    }
    assert kinds.keys() <= TARGETS.keys()


def test_no_error_says_what_the_true_claim_says(case):
    truths = {claim.name: claim.item for claim in true_claims(case)}
    for mutant in mutants(case):
        assert mutant.claim.item != truths[mutant.claim.name], shown(mutant.claim.item)


def test_a_wrong_number_stands_nowhere_in_the_sentences(case):
    wrong = [mutant for mutant in mutants(case) if mutant.kind == "number"]
    assert wrong
    assert all(mutant.now not in mutant.claim.support for mutant in wrong)


def test_a_wrong_number_is_no_rounding_of_a_right_one(case):
    votes = [
        float(mutant.now)
        for seed in range(20)
        for mutant in mutants(case, seed)
        if mutant.kind == "number" and mutant.was in {"118", "97"}
    ]
    assert len(votes) == 40
    assert all(abs(now - right) > 0.1 * max(now, right) for now in votes for right in (118, 97))


def test_an_invented_name_stands_nowhere_in_the_article(case):
    text = fold(case.document.text)
    assert all(fold(mutant.now) not in text for mutant in mutants(case) if mutant.kind == "invented_name")


def test_a_swapped_name_is_none_of_the_sentences(case):
    swaps = [mutant for mutant in mutants(case) if mutant.kind == "name_swap"]
    assert swaps
    assert all(fold(mutant.now) not in fold(mutant.claim.support) for mutant in swaps)


def test_an_accepted_status_is_no_error(tmp_path):
    labels = LABELS.replace("status: planned", "status: planned\n    accept_statuses: [adopted, in_force]")
    found = load_cases(write_case(tmp_path / "c", "register", ARTICLE, labels))[0]
    assert not [mutant for mutant in mutants(found) if mutant.kind == "status"]


def test_two_who_did_it_together_do_not_swap_places(tmp_path):
    text = "Marta Quintela and Rui Salgado signed the charter."
    article = ARTICLE + f"\n{text}\n"
    labels = LABELS.replace(
        "key_points:\n", f'key_points:\n  - id: both\n    text: {text}\n    level: may\n    sentences: ["{text}"]\n'
    )
    found = load_cases(write_case(tmp_path / "c", "register", article, labels))[0]
    assert not [m for m in mutants(found) if m.kind == "role_swap" and m.claim.name == "both"]
    one_sided = article.replace("and Rui Salgado signed", "wrote an angry letter to Rui Salgado about")
    sided = labels.replace("and Rui Salgado signed", "wrote an angry letter to Rui Salgado about")
    found = load_cases(write_case(tmp_path / "d", "register", one_sided, sided))[0]
    swapped = [m.claim.text for m in mutants(found) if m.kind == "role_swap" and m.claim.name == "both"]
    assert swapped == ["Rui Salgado wrote an angry letter to Marta Quintela about the charter."]


def test_padded_dates_are_finer_than_the_label(tmp_path):
    labels = LABELS.replace("date: 2026-09-30", "date: 2026-09")
    found = load_cases(write_case(tmp_path / "c", "register", ARTICLE, labels))[0]
    padded = [m.claim.item for m in mutants(found) if m.kind == "date" and "padded" in m.now]
    assert [item.date for item in padded if isinstance(item, DraftMilestone)] == ["2026-09-01"]


def test_other_languages_have_errors_of_their_own(spanish):
    said = {mutant.kind: mutant.claim.text for mutant in mutants(spanish)}
    assert "pueden publicar" in said["modality"]
    assert "no deben" in said["negation"] or "no aprobó" in said["negation"]
    assert "118 votos" not in said["number"] or "30 de septiembre" not in said["number"]


def test_a_blind_verifier_and_a_stubborn_one_are_seen_through(case, monkeypatch):
    monkeypatch.setattr(running, "verdict_on", lambda *_: Verdict(status="supported"))
    blind = figures(running.run([case])[0])
    assert blind["true"].value == 0.0
    assert blind["number"].value == 0.0
    no = Verdict(status="not_found", reasons=(Reason(code="content_not_found", claim="all"),))
    monkeypatch.setattr(running, "verdict_on", lambda *_: no)
    stubborn = figures(running.run([case])[0])
    assert stubborn["true"].value == 1.0
    assert stubborn["number"].value == 1.0


def test_what_was_not_checked_was_not_caught(case, monkeypatch):
    monkeypatch.setattr(running, "verdict_on", lambda *_: UNCHECKED)
    found = figures(running.run([case])[0])
    assert found["number"].value == 0.0
    assert found["true"].value == 0.0


def test_the_command_prints_kinds_and_misses(case, monkeypatch, capsys):
    folder = str(case.folder.parent)
    assert main(["mutate", "--cases", folder]) == OK
    assert "invented_name" in capsys.readouterr().out
    monkeypatch.setattr(running, "verdict_on", lambda *_: Verdict(status="supported"))
    assert main(["mutate", "--cases", folder, "--show", "date"]) == OK
    assert "support:" in capsys.readouterr().out


def test_world_finds_the_longest_form_as_whole_words(case):
    world = World(case)
    assert world.form_in("Rui Salgado", "so Rui Salgado said").group() == "Rui Salgado"
    assert world.form_in("Rui Salgado", "Rui Salgadores") is None
