"""The ledger as a value: independent of order, of repetition, and of what was taken out again; and what has changed."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summariser.schema import Summary
from summariser.timeline import Ledger, build, changes
from tests.timeline.articles import Article

STEPS = (
    ("Government tables the {}", "The {} was tabled on 3 February 2025.", "2025-02-03", "proposed"),
    ("Parliament adopts the {}", "Parliament adopted the {} on 5 March 2025 with 112 votes.", "2025-03-05", "adopted"),
    ("{} passed by parliament", "The {} was passed on 6 March 2025 with 115 votes.", "2025-03-06", "adopted"),
    ("{} enters into force", "The {} has applied since July 2025.", "2025-07", "in_force"),
)
NAMES = ("Welfare Algorithms Act", "Deepfakes Act", "Sandbox Act")
PEOPLE = (
    ("Ines Castel", "minister"),
    ("Minister Castel", None),
    ("Inès Castel", "professor"),
    ("Omar Hilale", "ambassador"),
)


@st.composite
def articles(draw: st.DrawFn) -> list[Summary]:
    made = []
    for number in range(draw(st.integers(0, 6))):
        article = Article(f"a{number}", draw(st.sampled_from([None, "2025-03-07", "2025-08-01"])))
        for _ in range(draw(st.integers(0, 3))):
            title, sentence, date, status = draw(st.sampled_from(STEPS))
            name = draw(st.sampled_from(NAMES))
            place = draw(st.sampled_from([(), ("FI",), ("KE",)]))
            article.milestone(
                title.format(name),
                sentence.format(name),
                draw(st.sampled_from([date, None])),
                status=status,
                places=place,
            )
        for who, role in draw(st.lists(st.sampled_from(PEOPLE), max_size=2)):
            article.actor(who, f"{who} spoke in article {number}.", role)
        article.sentences.append(f"This is article {number}.")
        made.append(article.summary())
    return made


@settings(max_examples=60, deadline=None)
@given(articles(), st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_matter(made: list[Summary], rng: random.Random):
    built = build(made)
    again = [*made, *made[:2]]
    rng.shuffle(again)
    assert build(again) == built
    assert Ledger.model_validate_json(built.model_dump_json()) == built


@settings(max_examples=40, deadline=None)
@given(articles())
def test_every_milestone_and_actor_is_in_one_entry_and_leads_to_its_sentences(made: list[Summary]):
    built = build(made)
    texts = {summary.document.content_hash[:16]: summary for summary in made}
    mentions = [mention for entry in built.entries for mention in entry.mentions]
    assert len({mention.key for mention in mentions}) == len(mentions) == sum(len(s.milestones) for s in texts.values())
    for mention in mentions:
        summary = texts[mention.source]
        assert mention.milestone == summary.milestones[mention.number]
        for span in mention.milestone.evidence:
            assert summary.document.text[span.start : span.end] == span.quote
    assert sum(len(actor.mentions) for actor in built.actors) == sum(len(s.actors) for s in texts.values())
    assert {identity for entry in built.entries for identity in entry.actors} <= {actor.id for actor in built.actors}
    assert {c for entry in built.entries for c in entry.conflicts} == {conflict.id for conflict in built.conflicts}


def story() -> list[Summary]:
    first = Article("a", "2025-03-07").milestone(
        "Parliament adopts the Sandbox Act",
        "Parliament adopted the Sandbox Act on 5 March 2025.",
        "2025-03-05",
        status="adopted",
        places=("FI",),
    )
    second = Article("b", "2025-03-08").milestone(
        "Sandbox Act adopted by parliament",
        "The Sandbox Act was adopted on 6 March 2025.",
        "2025-03-06",
        status="adopted",
        places=("FI",),
    )
    third = Article("c", "2025-03-09").milestone(
        "Kenya signs the Open Models Charter",
        "Kenya signed the Open Models Charter on 7 March 2025.",
        "2025-03-07",
        status="signed",
        instrument="declaration",
        places=("KE",),
    )
    return [article.summary() for article in (first, second, third)]


def test_what_is_new_changed_and_conflicting():
    first, second, third = story()
    old, new = build([first]), build([first, second, third])
    found = changes(old, new)
    kenya = next(entry.id for entry in new.entries if "Kenya" in entry.title)
    sandbox = next(entry.id for entry in new.entries if "Sandbox" in entry.title)
    assert found.new == (kenya,)
    assert found.changed == (sandbox,)
    assert found.conflicting == (sandbox,)
    assert found.gone == ()
    assert changes(new, new).model_dump() == {"new": (), "changed": (), "conflicting": (), "gone": ()}
    back = changes(new, old)
    assert (back.new, back.changed, back.gone) == ((), (old.entries[0].id,), (kenya,))


def test_values_that_were_held_against_each_other_as_something_else_are_a_new_conflict():
    new = build(story()[:2])
    (conflict,), (entry,) = new.conflicts, new.entries

    def old(**other: str) -> Ledger:
        had = conflict.model_copy(update=other)
        return Ledger(
            sources=new.sources, entries=(entry.model_copy(update={"conflicts": (had.id,)}),), conflicts=(had,)
        )

    assert changes(old(id="x"), new).conflicting == (), "the id is no part of what is said"
    assert changes(old(kind="count"), new).conflicting == (entry.id,)


def test_an_entry_keeps_its_id_when_later_articles_join():
    first, second, _ = story()
    assert build([first]).entries[0].id == build([first, second]).entries[0].id


def test_ids_name_the_articles_and_of_two_summaries_of_one_the_later_is_taken():
    first, second, _ = story()
    assert [source.id for source in build([first, second], ["x", "y"]).sources] == ["x", "y"]
    later = second.model_copy(
        update={
            "provenance": second.provenance.model_copy(update={"created": second.provenance.created.replace(year=2027)})
        }
    )
    for rows in ([first, later], [later, first]):
        assert build(rows, ["x", "x"]).entries[0].mentions[0].milestone.title == "Sandbox Act adopted by parliament"
    with pytest.raises(ValueError, match="1 ids for 2 summaries"):
        build([first, second], ["x"])


def test_no_summaries_give_an_empty_ledger():
    assert build([]) == Ledger()
