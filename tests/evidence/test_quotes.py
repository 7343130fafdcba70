"""Quoted words stand in the support verbatim, up to typography."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summariser.evidence.quotes import check_quotes


@pytest.mark.parametrize(
    ("claim", "support"),
    [
        ("He called it “a great step”.", '"It is a great step", he said.'),
        ("He called it 'a great step'.", "It is a great step."),
        ("« une étape »", "C’est une étape."),
        ("„Das Gesetz“ gilt.", "Das Gesetz gilt."),
        ("「大きな一歩」と述べた。", "大きな一歩だと言った。"),
        ("The “EU’s rules” hold.", "The EU's\u00a0rules hold."),
        ('It said "providers must comply."', "Providers must comply with it."),
        ('It said "must … comply".', "They must always comply."),
        ('It said "must [...] comply".', "They must always comply."),
        ("Morocco's plan doesn't hurt the firms' rivals.", "Nothing is quoted."),
        ("No quotation.", ""),
    ],
)
def test_verbatim(claim: str, support: str) -> None:
    findings = check_quotes(claim, support)
    assert findings.reasons == ()
    assert all(match.claim in claim and match.source in support for match in findings.matches)


@pytest.mark.parametrize(
    ("claim", "support", "code"),
    [
        ("It is “a big step”.", "It is a great step.", "quote_altered"),
        ('It said "must comply".', "They must always comply.", "quote_altered"),
        ('It said "must not comply".', "They must comply.", "quote_altered"),
        ('It said "comply … must".', "They must always comply.", "quote_altered"),
        ("He spoke of “an existential threat”.", "He welcomed the law.", "quote_not_found"),
        ('The "art" of it.', "A part of it.", "quote_not_found"),
    ],
)
def test_altered_or_absent(claim: str, support: str, code: str) -> None:
    assert [reason.code for reason in check_quotes(claim, support).reasons] == [code]


def test_the_match_is_marked_in_both() -> None:
    (match,) = check_quotes("He said “a  step”.", "It is a\u00a0step, he said.").matches
    assert (match.claim, match.source) == ("a  step", "a\u00a0step")


QUOTED = st.text(st.characters() | st.sampled_from("“”«»'‘’\"「」… \ud800\0\u00adﬁ"), max_size=80)


@given(claim=QUOTED, support=QUOTED)
def test_never_raises(claim: str, support: str) -> None:
    for match in check_quotes(claim, support).matches:
        assert match.claim in claim
        assert match.source in support


@pytest.mark.parametrize("text", ["“" * 50_000, "'" * 50_000, '" ' * 50_000, "“x” " * 20_000])
def test_long_odd_texts_are_read(text: str) -> None:
    assert isinstance(check_quotes(text, "x").reasons, tuple)
