"""Key points: found, carrying their facts, and grounded."""

from __future__ import annotations

from collections.abc import Iterator

from evals.labels import Nugget
from evals.matching import cited
from evals.metrics.score import Score, share, unscored
from evals.metrics.sight import Sight
from evals.verdicts import REFUSED
from evals.words import fold, words


def point_scores(sight: Sight) -> Iterator[Score]:
    """Recall over must and all, nuggets over must and all, grounded precision, F1, share matched."""
    labels = sight.case.labels.key_points
    found = {pair.label for pair in sight.point_pairs}
    must = [number for number, label in enumerate(labels) if label.level == "must"]
    yield share("points.recall_must", sum(n in found for n in must), len(must), "no must point labelled")
    yield share("points.recall_all", len(found), len(labels), "no key point labelled")
    nuggets = nugget_hits(sight)
    wanted = [hit for level, hit in nuggets if level == "must"]
    yield share("points.nuggets_must", sum(wanted), len(wanted), "no must nugget labelled")
    every = share("points.nuggets_all", sum(hit for _, hit in nuggets), len(nuggets), "no nugget labelled")
    yield every
    points = sight.summary.key_points
    borne_out = sum(sight.verdict(point).status not in REFUSED for point in points)
    grounded = share("points.grounded", borne_out, len(points), "no key point stated")
    yield grounded
    recall = every if every.value is not None else share("points.f1", len(found), len(labels))
    yield _harmonic(recall, grounded)
    yield share("points.matched", len(sight.point_pairs), len(points), "no key point stated")


def _harmonic(recall: Score, precision: Score) -> Score:
    """F1 of both; a system that states nothing where something is labelled has 0, not nothing."""
    if recall.value is None:
        return unscored("points.f1", "nothing labelled")
    both = recall.value + (precision.value or 0.0)
    value = 2 * recall.value * (precision.value or 0.0) / both if both else 0.0
    why = f"carried {recall.value:.2f}, grounded {precision.value or 0:.2f}"
    return Score(name="points.f1", value=value, n=1, why=why)


def nugget_hits(sight: Sight) -> list[tuple[str, bool]]:
    """Level (must only where point and nugget both are) and whether carried, for each labelled nugget.

    A nugget is looked for in the stated key point that matches its point, and in those that cite a sentence of it and
    share words with it: a system may say in two points what a labeller said in one.
    """
    hits: list[tuple[str, bool]] = []
    by_label = {pair.label: pair.predicted for pair in sight.point_pairs}
    points = sight.summary.key_points
    for number, (label, place) in enumerate(zip(sight.case.labels.key_points, sight.point_places, strict=True)):
        near = [point.text for point in points if cited(point) & place]
        if number in by_label:
            near.append(points[by_label[number]].text)
        said = "\n".join(near)
        for nugget in label.nuggets:
            level = "must" if label.level == "must" and nugget.level == "must" else "may"
            hits.append((level, carries(said, nugget)))
    return hits


def carries(text: str, nugget: Nugget) -> bool:
    """Whether any wording of the nugget stands in the text as whole words, case, marks and separators apart."""
    spoken = f" {' '.join(_plain(word) for word in words(text))} "
    signs = fold(text)
    for wording in nugget.any_of:
        plain = " ".join(_plain(word) for word in words(wording))
        if plain and f" {plain} " in spoken:
            # "35%" and "€35" are told from a bare 35 by their signs.
            return not (wording[-1:] in "%٪" or wording[:1] in "€$£") or fold(wording).replace(
                " ", ""
            ) in signs.replace(" ", "")
    return False


def _plain(word: str) -> str:
    return word.replace(",", "") if word[0].isdigit() else word
