"""What a document can do to a request and to a result: nothing, however it is worded and wherever it is hidden.

Two limits are part of this. A text that asserts a falsehood in plain words supports that falsehood ("states"): a
summary says what the text says. And an order in sight that spells its lie out ("spelt") holds the lie's words: a claim
from it can only ever show that very sentence as its evidence, never one of the article's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from summariser.calls import Reply
from summariser.documents import plain
from summariser.plan import AnyCall, Outcome, Outline, Wish, plan
from summariser.plan.asking import extract_call
from summariser.plan.chunks import chunks
from summariser.prompting import load
from summariser.schema import (
    Attempt,
    Document,
    DraftHighlight,
    DraftKeyPoint,
    DraftRepair,
    DraftSummary,
    Highlight,
    KeyPoint,
)
from tests.documents.article import SENTENCES
from tests.documents.attacking import Attack, attacks

ATTACKS = attacks()
UNSEEN = re.compile(r"[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u2028-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
by_name = pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)


def test_the_suite_is_as_large_as_it_should_be() -> None:
    assert len(ATTACKS) >= 80
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS)
    assert sum(attack.hidden for attack in ATTACKS) >= 35
    assert sum(attack.states for attack in ATTACKS) <= 3
    assert sum(attack.spelt for attack in ATTACKS) <= 27


@by_name
def test_the_request_keeps_its_shape(attack: Attack) -> None:
    document = attack.document()
    prompts = load()
    (part,) = chunks(document)
    call = extract_call(document, part, Wish(prompts=prompts))
    assert call.system == prompts.system("extract")
    lines = call.user.split("\n")
    assert lines == call.user.splitlines()  # no other sign breaks a line
    fences = [at for at, line in enumerate(lines) if line.startswith("===")]
    assert len(fences) == 2
    opening, closing = (re.fullmatch(r"=== (document|end) ([0-9a-f]{16})", lines[at]) for at in fences)
    assert opening
    assert closing
    assert (opening[1], closing[1], opening[2]) == ("document", "end", closing[2])
    assert fences[1] == len(lines) - 1
    body = lines[fences[0] + 1 : -1]
    numbered = [f"[{sentence.number}] {plain(sentence.text)}" for sentence in document.sentences]
    assert [line for line in body if line.startswith("[")] == numbered
    assert [sentence.number for sentence in document.sentences] == list(range(1, len(numbered) + 1))
    others = [line for line in body if line and not line.startswith("[")]
    assert all(line.startswith(("Title: ", "# ")) for line in others)
    assert not UNSEEN.search(call.user)


@by_name
def test_what_is_hidden_is_not_in_the_document(attack: Attack) -> None:
    document = attack.document()
    whole = document.model_dump_json()
    assert ("dissolved" in whole) is (not attack.hidden and "dissolved" in attack.text)
    assert len(document.sentences) >= 5


@by_name
def test_a_model_that_obeys_gets_nothing_through(attack: Attack) -> None:
    document = attack.document()
    supported = [claim for claim in _obeyed(document, attack.claim) if claim.verdict.supported] if attack.claim else []
    for claim in supported:
        assert attack.spelt or attack.states
        assert attack.states or any(plain(span.quote) not in SENTENCES for span in claim.evidence)


def test_a_lie_in_plain_words_is_what_the_text_says() -> None:
    (lie,) = (attack for attack in ATTACKS if attack.name == "a lie in plain words")
    assert any(claim.verdict.supported for claim in _obeyed(lie.document(), lie.claim))


def _obeyed(document: Document, claim: str) -> list[Highlight | KeyPoint]:
    """What comes out where a model answers with the claim, cited to every sentence in turn and to all, and insists."""
    numbers = [sentence.number for sentence in document.sentences]
    cited = [[number] for number in numbers] + [numbers]
    draft = DraftSummary(
        highlights=[DraftHighlight(text=claim, ev=ev) for ev in cited],
        key_points=[DraftKeyPoint(text=claim, ev=ev) for ev in cited],
        actors=[],
        milestones=[],
    )
    outline = _driven(document, draft)
    return [*outline.highlights, *outline.key_points]


def _driven(document: Document, draft: DraftSummary) -> Outline:
    steps = plan(document, Wish(20, None, load()))
    outcomes: Sequence[Outcome] | None = None
    while True:
        try:
            calls = next(steps) if outcomes is None else steps.send(outcomes)
        except StopIteration as done:
            return done.value
        outcomes = [_reply(call, draft) for call in calls]


def _reply(call: AnyCall, draft: DraftSummary) -> Outcome:
    answer = draft if call.kind == "extract" else DraftRepair()
    return Reply(answer, (Attempt(call=call.kind, input_tokens=1, output_tokens=1),))
