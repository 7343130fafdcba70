"""Labelled ledgers hold against their articles, ours and those a program writes; a wrong label is found."""

from __future__ import annotations

import copy
from collections.abc import Callable

import pytest
import yaml

from evals.__main__ import OK, WORSE, main
from evals.timeline import stress
from evals.timeline.check import faults
from evals.timeline.labels import LedgerLabels
from evals.timeline.problems import problems
from evals.timeline.sets import LEDGERS, NoSuchSetError, load_sets
from evals.timeline.stress.truth import Given, compatible, conflict
from summariser.schema import PartialDate

TEXTS = {
    "wire": "Harbour bill\n\n"
    "The Senate passed the Harbour Act on 3 March 2026 by 51 votes. Ana Ruiz, the minister, saw it.",
    "blog": "Harbour news\n\nOn 4 March 2026 the Harbour Act got through the Senate. Ruiz was there.",
}
DATA: dict = {
    "about": "a small set",
    "basis": "invented",
    "tests": ["labels"],
    "articles": [
        {"id": "wire", "form": "wire item", "language": "en", "published": "2026-03-05"},
        {"id": "blog", "form": "blog post", "language": "en", "published": "2026-03-06"},
    ],
    "entries": [
        {
            "id": "passed",
            "title": "Senate passes the Harbour Act",
            "jurisdictions": [],
            "instrument": "law",
            "binding": True,
            "status": "passed_chamber",
            "mentions": [
                {
                    "article": "wire",
                    "title": "Senate passes the Harbour Act",
                    "date": "2026-03-03",
                    "date_text": "3 March 2026",
                    "date_basis": "stated",
                    "quotes": ["The Senate passed the Harbour Act on 3 March 2026 by 51 votes."],
                },
                {
                    "article": "blog",
                    "title": "Harbour Act through the Senate",
                    "date": "2026-03-04",
                    "date_text": "4 March 2026",
                    "date_basis": "stated",
                    "quotes": ["On 4 March 2026 the Harbour Act got through the Senate."],
                },
            ],
        }
    ],
    "actors": [
        {
            "id": "ruiz",
            "name": "Ana Ruiz",
            "kind": "person",
            "mentions": [
                {"article": "wire", "name": "Ana Ruiz", "role": "the minister"},
                {"article": "blog", "name": "Ruiz"},
            ],
        }
    ],
    "conflicts": [
        {
            "kind": "date",
            "entry": "passed",
            "sides": [
                [{"article": "wire", "value": "3 March 2026"}],
                [{"article": "blog", "value": "4 March 2026"}],
            ],
        }
    ],
}


def found(change: Callable[[dict], object]) -> list[str]:
    data = copy.deepcopy(DATA)
    change(data)
    return problems(LedgerLabels.model_validate(data), TEXTS)


def test_our_sets_hold_against_their_articles_and_there_are_enough_of_them():
    wrong, count = faults(LEDGERS)
    assert wrong == []
    sets = load_sets()
    assert len(sets) == count >= 12
    assert all(3 <= len(one.articles) <= 6 for one in sets)
    assert {"fr", "es", "ar"} <= {article.label.language for one in sets for article in one.articles}
    assert {label.kind for one in sets for label in one.labels.conflicts} == {"date", "count", "status"}


def test_two_of_one_name_in_one_article_stand_in_sentences_of_their_own():
    (one,) = load_sets(slugs=["twin-bills"])
    irish, kiwi = (
        next(mention for mention in actor.mentions if mention.article == "law-review-blog")
        for actor in one.labels.actors
        if actor.id.startswith("claire")
    )
    assert "Claire Donnelly" in irish.forms
    assert "Claire Donnelly" in kiwi.forms
    assert one.named(irish)
    assert one.named(kiwi)
    assert not one.named(irish) & one.named(kiwi)


def test_right_labels_have_no_problems():
    assert found(lambda _: None) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: d["entries"][0]["mentions"][0].update(quotes=["The Senate passed it."]), "0 times"),
        (lambda d: d["entries"][0]["mentions"][0].update(quotes=["r"]), "times, not once"),
        (lambda d: d["entries"][0]["mentions"][0].update(date_text="5 March 2026"), "in none of its quotes"),
        (lambda d: d["entries"][0]["mentions"][0].update(date=None), "date and basis do not agree"),
        (lambda d: d["entries"][0]["mentions"][0].update(article="blog"), "entry passed: article blog is there twice"),
        (lambda d: d["entries"][0]["mentions"][0].update(article="memo"), "there is no article memo"),
        (lambda d: d["conflicts"][0].update(entry="signed"), "there is no entry signed"),
        (lambda d: d["conflicts"][0]["sides"][0][0].update(value="51 March"), "stands in no quote"),
        (lambda d: d["conflicts"][0]["sides"][0].append({"article": "blog", "value": "4 March 2026"}), "two sides"),
        (lambda d: d["actors"][0]["mentions"][1].update(name="Rui"), "'Rui' does not stand"),
        (lambda d: d["actors"][0]["mentions"][0].update(role="the king"), "'the king' does not stand"),
        (lambda d: d.update(threads=[{"id": "act", "entries": ["passed", "signed"]}]), "there is no entry signed"),
        (lambda d: d.update(either=[["passed", "signed"]]), "there is no entry signed"),
        (lambda d: d["articles"].append({**d["articles"][0], "id": "memo"}), "article memo: there is no such text"),
        (lambda d: d["articles"][1].update(id="post"), "article blog: not labelled"),
    ],
)  # fmt: skip
def test_a_wrong_label_is_named(change, said):
    assert any(said in fault for fault in found(change)), found(change)


def test_the_check_command_names_faults_of_ledgers(tmp_path, capsys):
    folder = tmp_path / "ledgers" / "harbour"
    folder.mkdir(parents=True)
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    (folder / "ledger.yaml").write_text(yaml.safe_dump(DATA), "utf-8")
    assert main(["check", "--ledgers", str(tmp_path / "ledgers")]) == OK
    (folder / "ledger.yaml").write_text(yaml.safe_dump(DATA).replace("4 March 2026", "6 March 2026"), "utf-8")
    (tmp_path / "ledgers" / "bare").mkdir()
    assert main(["check", "--ledgers", str(tmp_path / "ledgers")]) == WORSE
    told = capsys.readouterr().err
    assert "harbour: entry passed in blog" in told
    assert "bare: a folder without ledger.yaml" in told


def test_an_unknown_set_is_named(capsys):
    with pytest.raises(NoSuchSetError, match="nowhere"):
        load_sets(slugs=["nowhere"])
    assert main(["timeline", "nowhere"]) == 2
    assert "no such set in ledgers/: nowhere" in capsys.readouterr().err


def test_written_sets_are_the_same_for_the_same_seed_and_carry_errors():
    first, again, other = (stress.sets(seed, count=3) for seed in (1, 1, 2))
    assert [one.labels for one in first] == [one.labels for one in again]
    assert first[0].labels != other[0].labels
    assert any(one.labels.conflicts for one in first)
    assert any(one.labels.not_conflicts for one in first)
    names = [actor.name for one in first for actor in one.labels.actors if actor.kind == "person"]
    assert len(names) > len(set(names))  # two people of one name


def day(text: str, article: str) -> Given:
    return Given("date", "e", article, f"on {text}", date=PartialDate(text))


def votes(count: int, article: str, bound: bool = False) -> Given:
    return Given("count", "e", article, f"{count} votes", count=count, bound=bound)


def test_what_agrees_with_two_sides_is_on_none():
    made = conflict([day("2026-03", "a"), day("2026-03-03", "b"), day("2026-03-04", "c"), day("2026-03-03", "d")])
    assert made is not None
    assert [[one.article for one in side] for side in made.sides] == [["b", "d"], ["c"]]
    months = conflict([day("2026-03", "a"), day("2026-04", "b"), day("2026-03-03", "c")])
    assert months is not None
    assert [[one.article for one in side] for side in months.sides] == [["c", "a"], ["b"]]


def test_bounds_and_parts_of_a_date_are_no_conflict():
    assert conflict([day("2026-03", "a"), day("2026-03-04", "b")]) is None
    assert conflict([votes(51, "a"), votes(50, "b", bound=True), votes(51, "c")]) is None
    assert conflict([votes(51, "a"), votes(60, "b", bound=True)]) is not None
    agreed = compatible([votes(51, "a"), votes(51, "c"), votes(50, "b", bound=True)])
    assert agreed is not None
    assert [one.article for one in agreed.statements] == ["a", "b"]
    assert compatible([votes(51, "a"), votes(51, "c")]) is None
