"""Which statement of an output is which label: one-to-one, optimal, and never across a difference in facts. Pure.

Similarity of two statements is what their evidence and their words share, 0 to 1; a guard on numbers, dates, names
and negation makes it 0 where the facts differ, however alike the words are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from evals.guard import clash
from evals.labels import ActorLabel, KeyPointLabel, MilestoneLabel
from evals.words import content, fold, overlap_f1, stopwords, tables, words
from summariser.schema import Actor, Claim, KeyPoint, Milestone

SAME = 0.30
"""Similarity from which two statements can be the same one."""
WORDS_ALONE = 0.25
"""What the words must share at least: sentences often hold two facts, and evidence alone does not tell which."""
TITLES_ALONE = 0.40
"""The same for the titles of milestones where nothing is cited: "act passed" alone is any act."""
SAME_ACTOR = 0.60

P = TypeVar("P")
L = TypeVar("L")
Sentences = frozenset[int]


@dataclass(frozen=True, slots=True)
class Pair:
    """Output number `predicted` is label number `label`; `similarity` 0 to 1."""

    predicted: int
    label: int
    similarity: float


def assign(predicted: Sequence[P], labels: Sequence[L], similarity: Callable[[P, L], float]) -> list[Pair]:
    """The one-to-one assignment with the greatest sum of similarities; pairs with similarity 0 are none."""
    if not predicted or not labels:
        return []
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    table = np.array([[similarity(one, other) for other in labels] for one in predicted])
    rows, columns = linear_sum_assignment(table, maximize=True)
    pairs = [Pair(int(row), int(column), float(table[row, column])) for row, column in zip(rows, columns, strict=True)]
    return [pair for pair in pairs if pair.similarity > 0]


def cited(claim: Claim) -> Sentences:
    """The numbers of the sentences that a claim cites."""
    return frozenset(span.sentence for span in claim.evidence)


def evidence_overlap(one: Sentences, other: Sentences) -> float:
    """Shared sentences over those of the smaller set, 0 to 1: citing more than is needed is no other statement."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def statement_similarity(text: str, sentences: Sentences, label: str, labelled: Sentences, language: str) -> float:
    """How likely two statements say the same: 0 where their facts differ or too little is shared.

    Words count for 60 % and evidence for 40 %; without evidence on either side words count alone.
    """
    lexical = overlap_f1(text, label, language)
    if lexical < WORDS_ALONE or clash(text, label, language):
        return 0.0
    if not sentences or not labelled:
        return lexical if lexical >= SAME else 0.0
    whole = 0.6 * lexical + 0.4 * evidence_overlap(sentences, labelled)
    return whole if whole >= SAME else 0.0


def match_points(
    points: Sequence[KeyPoint], labels: Sequence[KeyPointLabel], where: Sequence[Sentences], language: str
) -> list[Pair]:
    """Key points to their labels; `where` holds the sentences of each label."""
    labelled = list(zip(labels, where, strict=True))
    return assign(
        points,
        labelled,
        lambda point, label: statement_similarity(point.text, cited(point), label[0].text, label[1], language),
    )


def match_milestones(
    milestones: Sequence[Milestone], labels: Sequence[MilestoneLabel], where: Sequence[Sentences], language: str
) -> list[Pair]:
    """Milestones to their labels.

    Their fields are not compared by a guard, else every matched date were right by construction; an equal date or
    instrument only tells apart the steps that stand in one sentence.
    """
    labelled = list(zip(labels, where, strict=True))

    def similarity(one: Milestone, other: tuple[MilestoneLabel, Sentences]) -> float:
        label, sentences = other
        lexical = overlap_f1(one.title, label.title, language)
        shared = evidence_overlap(cited(one), sentences)
        if not cited(one):  # a system that cites nothing is matched by its words alone
            return lexical if lexical >= TITLES_ALONE else 0.0
        if shared == 0 and lexical < 0.5:
            return 0.0
        same_date = one.date is not None and label.date is not None and one.date.compatible(label.date)
        apart = one.date is not None and label.date is not None and not same_date
        fields = 0.5 * same_date + 0.25 * (one.instrument == label.instrument) + 0.25 * (one.status == label.status)
        whole = 0.45 * lexical + 0.35 * shared + 0.2 * fields - (0.1 if apart else 0.0)
        return whole if whole >= SAME and (lexical >= 0.2 or same_date) else 0.0

    return assign(milestones, labelled, similarity)


def bare_name(name: str) -> tuple[str, ...]:
    """The words of a name, folded, without titles, articles and possessives."""
    found = [_without_article(word) for word in words(re.sub(r"(?<=\w)\.(?=\w)", "", name))]
    kept = tuple(word for word in found if word not in tables()["titles"])
    return kept or tuple(found)


def _without_article(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def name_similarity(one: str, other: str) -> float:
    """1 for the same name, case, marks, titles and possessives apart; less for a part of it; else 0."""
    left, right = bare_name(one), bare_name(other)
    if left == right or "".join(left) == "".join(right):
        return 1.0
    inner, outer = sorted((set(left) - stopwords("en"), set(right) - stopwords("en")), key=len)
    if inner and inner <= outer:
        return 0.9 if len(inner) > 1 else 0.7
    if len(left) > 1 and len(right) > 1 and len(inner) > 1:
        from rapidfuzz import fuzz

        close = fuzz.ratio(" ".join(left), " ".join(right)) / 100
        return close * 0.8 if close >= 0.9 else 0.0
    return 0.0


def match_actors(
    actors: Sequence[Actor], labels: Sequence[ActorLabel], where: Sequence[Sentences], language: str
) -> list[Pair]:
    """Actors to their labels by any of their names; role and evidence tell two of one name apart."""
    labelled = list(zip(labels, where, strict=True))

    def similarity(one: Actor, other: tuple[ActorLabel, Sentences]) -> float:
        label, sentences = other
        main = name_similarity(one.name, label.name)
        forms = [label.name, *label.aliases]
        named = max(name_similarity(form, mine) for form in forms for mine in (one.name, *one.aliases))
        if max(main, named * 0.95) < SAME_ACTOR:
            return 0.0
        role = same_role(one.role, label.role, language) if one.role and label.role else 0.0
        return 0.7 * max(main, named * 0.95) + 0.15 * role + 0.15 * evidence_overlap(cited(one), sentences)

    return assign(actors, labelled, similarity)


def same_role(one: str | None, other: str | None, language: str) -> float:
    """How much two roles share, 0 to 1; two actors without a role have the same."""
    if not one or not other:
        return float(not one and not other)
    if fold(one) == fold(other):
        return 1.0
    left, right = set(content(one, language)), set(content(other, language))
    if not left or not right:
        return 0.0
    return len(left & right) / min(len(left), len(right)) if left & right else 0.0
