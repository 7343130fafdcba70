"""Searching with a first class is searching."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summariser.documents.scanning import finditer

FIRST = re.compile("[ab.]")


@pytest.mark.parametrize(
    "pattern",
    [r"(?<=[xb])a+|b(?=a)|\.{2,3}(?=x)", r"a(?:b|x)?", r"(?<!a)b|^a|\.$", r"ab?(?<=ab)|\.\."],
)
@given(text=st.text(alphabet="abx.\n", max_size=40))
@settings(deadline=None, max_examples=200)
def test_the_same_matches_in_the_same_places(pattern: str, text: str) -> None:
    wanted = [found.span() for found in re.finditer(pattern, text)]
    assert [found.span() for found in finditer(re.compile(pattern), FIRST, text)] == wanted
