from __future__ import annotations

import pytest

from evals.guard import clash
from evals.labels import ActorLabel
from evals.matching import assign, match_actors, name_similarity, same_role, statement_similarity
from summariser.schema import SUPPORTED, Actor


def test_assignment_is_optimal_and_not_greedy():
    # Greedy would take a–x (.9) and leave b with nothing.
    table = {("a", "x"): 0.9, ("a", "y"): 0.8, ("b", "x"): 0.8, ("b", "y"): 0.0}
    pairs = assign(["a", "b"], ["x", "y"], lambda one, other: table[one, other])
    assert {(pair.predicted, pair.label) for pair in pairs} == {(0, 1), (1, 0)}


def test_one_statement_matches_one_label_only():
    pairs = assign(["same", "same"], ["same"], lambda one, other: float(one == other))
    assert len(pairs) == 1


@pytest.mark.parametrize(
    ("label", "other"),
    [
        ("The fine is 35 million euros.", "The fine is 53 million euros."),
        ("The act was adopted on 2 August 2026.", "The act was adopted on 2 August 2027."),
        ("The ministry will publish the list.", "The ministry will not publish the list."),
        ("The bill was backed by Norway.", "The bill was backed by Kenya."),
        ("Le ministère a publié la liste.", "Le ministère n’a pas publié la liste."),
    ],
)
def test_a_difference_in_facts_forbids_a_match(label, other):
    language = "fr" if label.startswith("Le") else "en"
    assert clash(label, other, language)
    assert statement_similarity(other, frozenset({1}), label, frozenset({1}), language) == 0.0
    assert statement_similarity(label, frozenset({1}), label, frozenset({1}), language) == pytest.approx(1.0)


def test_saying_less_is_no_clash():
    assert not clash("Parliament passed the act by 118 votes to 97.", "Parliament passed the act.")
    assert not clash("The bill has three parts.", "The bill has 3 parts.")
    assert not clash("Parliament passed the act.", "Parliament passed the act, which does not cover the police.")
    assert clash("The act covers the police.", "Parliament passed the act, which does not cover the police.")


def test_numbers_are_held_against_those_that_count_the_same():
    assert clash("It has 118 votes to 97.", "It has 181 votes to 97.")
    assert clash("The plan runs to 2031.", "The plan runs to 2032.")
    assert not clash("The plan costs 264 million.", "The plan has 38 departments.")


def test_names_are_held_against_those_in_the_same_place():
    assert clash("A permit was issued by Quillon Dynamics.", "A permit was issued by Helmsfold Labs.")
    assert not clash("The list is for Finland.", "The list, apart from the Defence Forces, is public.")
    assert not clash("It met on Tuesday.", "It met in March.")


def test_evidence_alone_is_no_match():
    both = frozenset({4})
    assert statement_similarity("Prices rose again.", both, "Ministers met in Rabat.", both, "en") == 0.0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Minister Marta Quintela", "Marta Quintela"),
        ("the European Commission", "European Commission's"),
        ("José Núñez", "Jose Nunez"),
        ("U.S.", "US"),
        ("البرلمان", "برلمان"),
    ],
)
def test_titles_marks_and_possessives_do_not_part_names(one, other):
    assert name_similarity(one, other) == 1.0


def test_other_names_are_other_names():
    assert name_similarity("Ministry of Health", "Ministry of Finance") == 0.0
    assert name_similarity("Marta Quintela", "Rui Salgado") == 0.0


def test_two_people_of_one_name_are_told_apart_by_role():
    labels = [
        ActorLabel(name="Ana Costa", kind="person", role="senator for the coast", sentences=["x"]),
        ActorLabel(name="Ana Costa", kind="person", role="engineer at a chip maker", sentences=["x"]),
    ]
    actors = [
        Actor(name="Ana Costa", kind="person", role="engineer at a chip maker", evidence=(), verdict=SUPPORTED),
        Actor(name="Ana Costa", kind="person", role="senator", evidence=(), verdict=SUPPORTED),
    ]
    pairs = match_actors(actors, labels, [frozenset(), frozenset()], "en")
    assert {(pair.predicted, pair.label) for pair in pairs} == {(0, 1), (1, 0)}


def test_roles():
    assert same_role(None, None, "en") == 1.0
    assert same_role("Minister", None, "en") == 0.0
    assert same_role("Minister of Digital Affairs", "digital affairs minister", "en") == 1.0
