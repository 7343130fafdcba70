"""The judge of ledgers: 1.0 for the labelled ledger, and for each damage the figure that it should cost."""

from __future__ import annotations

import pytest

from evals.results import CaseResult
from evals.timeline import oracle
from evals.timeline.conflicts import conflict_scores, digits
from evals.timeline.errors import errors
from evals.timeline.figures import LEDGER_FIGURES
from evals.timeline.matching import look
from evals.timeline.pairs import actor_scores, milestone_scores, thread_scores
from evals.timeline.run import all_scores
from evals.timeline.sets import ArticleSet, load_sets
from summariser.timeline import Conflict, Ledger
from tests.evals.ledgers import moved, perfect, sight_of


@pytest.fixture(scope="module")
def sets() -> dict[str, ArticleSet]:
    return {one.slug: one for one in load_sets()}


@pytest.fixture
def fine(sets) -> ArticleSet:
    """Three articles tell of `opened` and `stop`, four of `fine`, one of `appeal` and `hearing`: 3 + 3 + 6 pairs."""
    return sets["denmark-fine-corrected"]


def values(scores) -> dict[str, float | None]:
    return {score.name.removeprefix("ledger."): score.value for score in scores}


def scored(one: ArticleSet, ledger: Ledger) -> dict[str, float | None]:
    return values(all_scores(one, oracle.summaries(one), ledger))


def built(one: ArticleSet) -> Ledger:
    return perfect(one, oracle.summaries(one))


def mention(ledger: Ledger, entry: str, source: str):
    return next(one for one in ledger.entry(entry).mentions if one.source == source)


def test_the_labelled_ledger_has_full_marks_on_every_set(sets):
    for slug, one in sets.items():
        summaries = oracle.summaries(one)
        scores = all_scores(one, summaries, perfect(one, summaries))
        assert [score.name for score in scores] == [*LEDGER_FIGURES]
        assert {score.name: score.value for score in scores if score.value not in (1.0, None)} == {}, slug
        assert errors(look(one, summaries, perfect(one, summaries))) == []


def test_each_labelled_mention_is_matched_to_itself(sets):
    for one in sets.values():
        sight = sight_of(one)
        assert all(told.entry == entry for (entry, _), told in sight.milestones.items())
        assert all(found == actor for (actor, _), found in sight.actors.items())
        assert len(sight.milestones) == sight.labelled_milestones
        assert len(sight.actors) == sight.labelled_actors


def test_an_entry_split_costs_recall_alone(fine):
    ledger = built(fine)
    ledger = moved(ledger, mention(ledger, "fine", "first-version"), "elsewhere")
    found = scored(fine, ledger)
    assert found["milestones_recall"] == pytest.approx(9 / 12)  # three of the six pairs of `fine` are lost
    assert found["milestones_precision"] == 1.0
    assert found["milestones_f1"] == pytest.approx(2 * 9 / (9 + 12))
    assert found["actors_f1"] == 1.0
    lines = errors(look(fine, oracle.summaries(fine), ledger))
    assert "event apart: fine: first-version | corrected-version, authority-release, company-statement" in lines


def test_entries_merged_cost_precision_alone(fine):
    ledger = built(fine)
    for one in ledger.entry("stop").mentions:
        ledger = moved(ledger, one, "opened")
    found = scored(fine, ledger)
    assert found["milestones_recall"] == 1.0
    assert found["milestones_precision"] == pytest.approx(12 / 21)  # 6 of `fine`, and 15 among the six together
    assert found["milestones_f1"] == pytest.approx(2 * 12 / (12 + 21))
    lines = errors(look(fine, oracle.summaries(fine), ledger))
    assert [line for line in lines if "events together" in line and "opened (" in line and "stop (" in line]


def test_entries_that_could_be_one_or_two_are_not_judged(sets):
    one = sets["uk-register-deadline"]
    ledger = built(one)
    for told in ledger.entry("deadline-old").mentions:
        ledger = moved(ledger, told, "deadline-new")
    assert scored(one, ledger)["milestones_f1"] == 1.0
    assert errors(look(one, oracle.summaries(one), ledger)) == []
    for told in ledger.entry("laid").mentions:
        ledger = moved(ledger, told, "deadline-new")
    assert scored(one, ledger)["milestones_precision"] < 1.0


def test_actors_merged_and_split(sets):
    one = sets["nothing-overlaps"]
    ledger = built(one)
    left, right = ledger.actor("dewit-alderman"), ledger.actor("dewit-professor")
    rest = tuple(actor for actor in ledger.actors if actor not in (left, right))
    both = left.model_copy(update={"mentions": (*left.mentions, *right.mentions)})
    found = values(actor_scores(sight_of(one, ledger.model_copy(update={"actors": (*rest, both)}))))
    assert (found["actors_precision"], found["actors_recall"]) == (0.5, 1.0)  # the board in two articles is one pair
    board = ledger.actor("ap")
    halves = tuple(board.model_copy(update={"id": m.source, "mentions": (m,)}) for m in board.mentions)
    rest = tuple(actor for actor in ledger.actors if actor != board)
    found = values(actor_scores(sight_of(one, ledger.model_copy(update={"actors": (*rest, *halves)}))))
    assert (found["actors_precision"], found["actors_recall"]) == (None, 0.0)


def test_where_nothing_overlaps_there_is_nothing_to_find_and_something_to_get_wrong(sets):
    one = sets["nothing-overlaps"]
    ledger = built(one)
    assert values(milestone_scores(sight_of(one, ledger)))["milestones_f1"] is None
    ledger = moved(ledger, mention(ledger, "schools", "schools-guidance"), "scraping")
    found = values(milestone_scores(sight_of(one, ledger)))
    assert (found["milestones_f1"], found["milestones_precision"], found["milestones_recall"]) == (0.0, 0.0, None)


def test_languages_have_a_figure_of_their_own(sets):
    one = sets["chile-law"]
    ledger = built(one)
    ledger = moved(ledger, mention(ledger, "senate", "ngo-blog"), "elsewhere")
    found = scored(one, ledger)
    # pairs of an English and a Spanish article: sent 1, chamber 2, senate 2, promulgated 1, agency 1
    assert found["milestones_across"] == pytest.approx(5 / 7)


def test_stages_out_of_order_and_out_of_their_thread(fine):
    ledger = built(fine)
    thread = ledger.threads[0]
    back = thread.model_copy(update={"entries": tuple(reversed(thread.entries))})
    found = values(thread_scores(sight_of(fine, ledger.model_copy(update={"threads": (back,)}))))
    assert (found["threads_f1"], found["threads_order"]) == (1.0, 0.0)
    loose = tuple(one.model_copy(update={"thread": None}) if one.id == "opened" else one for one in ledger.entries)
    found = values(thread_scores(sight_of(fine, ledger.model_copy(update={"entries": loose}))))
    # of opened 3, fine 4, appeal 1, hearing 1 mentions 27 pairs are of different stages, 18 of them with `opened`
    assert found["threads_f1"] == pytest.approx(2 * 9 / (9 + 27))
    assert found["threads_order"] == 1.0


def test_what_a_reader_could_count_among_the_stages_or_not_is_not_judged(fine):
    ledger = built(fine)
    with_it = tuple(
        one.model_copy(update={"thread": "nordpuls"}) if one.id == "stop" else one for one in ledger.entries
    )
    thread = ledger.threads[0].model_copy(update={"entries": (*ledger.threads[0].entries, "stop")})
    changed = ledger.model_copy(update={"entries": with_it, "threads": (thread,)})
    assert values(thread_scores(sight_of(fine, changed))) == {"threads_f1": 1.0, "threads_order": 1.0}


def test_a_conflict_lost_and_one_made_up(fine):
    ledger = built(fine)
    count = next(one for one in ledger.conflicts if one.kind == "count")
    lost = ledger.model_copy(update={"conflicts": tuple(one for one in ledger.conflicts if one != count)})
    found = values(conflict_scores(sight_of(fine, lost)))
    assert (found["conflicts_recall"], found["conflicts_precision"]) == (0.5, 1.0)
    made_up = count.model_copy(update={"id": "made up", "entry": "stop"})
    more = ledger.model_copy(update={"conflicts": (*ledger.conflicts, made_up)})
    found = values(conflict_scores(sight_of(fine, more)))
    assert (found["conflicts_recall"], found["conflicts_precision"]) == (1.0, pytest.approx(2 / 3))
    assert any("conflict not labelled: count" in line for line in errors(sight_of(fine, more)))
    assert any("conflict missed: count of fine" in line for line in errors(sight_of(fine, lost)))


def test_a_conflict_between_other_articles_or_about_another_figure_is_not_the_labelled_one(fine):
    ledger = built(fine)
    count = next(one for one in ledger.conflicts if one.kind == "count")

    def precision(conflict: Conflict) -> float | None:
        changed = ledger.model_copy(update={"conflicts": (conflict,)})
        return values(conflict_scores(sight_of(fine, changed)))["conflicts_precision"]

    agreeing = tuple(side for side in count.sides if side.source != "first-version")
    assert precision(count.model_copy(update={"sides": agreeing})) == 0.0
    other = tuple(side.model_copy(update={"value": f"1,100 cases {at}"}) for at, side in enumerate(count.sides))
    assert precision(count.model_copy(update={"sides": other})) == 0.0
    assert precision(count) == 1.0


def test_statements_that_agree_must_not_be_set_against_each_other(fine):
    ledger = built(fine)
    count = next(one for one in ledger.conflicts if one.kind == "count")
    bound = count.sides[0].model_copy(update={"source": "company-statement", "value": "more than DKK 45 million"})
    wrong = count.model_copy(update={"sides": (*count.sides, bound)})
    conflicts = tuple(wrong if one == count else one for one in ledger.conflicts)
    found = values(conflict_scores(sight_of(fine, ledger.model_copy(update={"conflicts": conflicts}))))
    assert found["conflicts_precision"] == 1.0
    assert found["compatible"] == pytest.approx(2 / 3)


def test_what_the_summaries_lack_is_coverage_and_reach_not_recall(fine):
    summaries = oracle.summaries(fine)
    first = summaries[0].model_copy(update={"milestones": summaries[0].milestones[1:]})
    assert "fined the health app" in summaries[0].milestones[0].evidence[0].quote
    ledger = built(fine)
    without = moved(ledger, mention(ledger, "fine", "first-version"), "gone")
    kept = tuple(entry for entry in without.entries if entry.id != "gone")
    renumbered = tuple(
        entry.model_copy(
            update={
                "mentions": tuple(
                    one.model_copy(update={"number": one.number - 1}) if one.source == "first-version" else one
                    for one in entry.mentions
                )
            }
        )
        for entry in kept
    )
    changed = without.model_copy(update={"entries": renumbered, "conflicts": ()})
    found = values(all_scores(fine, [first, *summaries[1:]], changed))
    assert found["milestones_coverage"] == pytest.approx(11 / 12)
    assert found["milestones_f1"] == 1.0
    assert found["conflicts_reach"] == 0.0  # both conflicts have the first version on one side
    assert found["conflicts_recall"] is None


def test_a_wrong_date_in_a_summary_puts_the_conflict_out_of_reach(fine):
    summaries = oracle.summaries(fine)
    told = summaries[0].milestones[0].model_copy(update={"date": summaries[1].milestones[0].date})
    changed = summaries[0].model_copy(update={"milestones": (told, *summaries[0].milestones[1:])})
    sight = look(fine, [changed, *summaries[1:]], built(fine))
    assert values(conflict_scores(sight))["conflicts_reach"] == 0.5


def test_milestones_that_nobody_labelled_take_no_part(fine):
    summaries = oracle.summaries(fine)
    extra = (
        summaries[0]
        .milestones[0]
        .model_copy(update={"title": "Patient groups ask the government to look at other apps", "evidence": ()})
    )
    more = summaries[0].model_copy(update={"milestones": (*summaries[0].milestones, extra)})
    ledger = built(fine)
    entry = ledger.entry("opened")
    stray = entry.mentions[0].model_copy(update={"source": "first-version", "number": len(more.milestones) - 1})
    found = values(all_scores(fine, [more, *summaries[1:]], moved(ledger, stray, "opened")))
    assert (found["milestones_f1"], found["milestones_coverage"]) == (1.0, 1.0)


def test_numbers_are_the_same_in_any_digits():
    assert digits("٩٠ مليون درهم") == {"90"}
    assert digits("1,100 of 1 200 in 14.5") == {"1100", "1200", "14.5"}


def test_figures_of_ledgers_fit_results():
    names = set(LEDGER_FIGURES)
    result = CaseResult(slug="x", system="ledger/labels", language="en", form="", seconds=0)
    assert names
    assert all(result.score(name) is None for name in names)
