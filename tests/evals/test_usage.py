"""The forecast of a run comes near to what recorded runs used."""

from __future__ import annotations

import tomllib

import pytest

from evals.usage import TARGET, fit, recorded
from summariser.corpus.estimate import Expected, expected
from summariser.running import Setup


@pytest.fixture(scope="module")
def setup() -> Setup:
    return Setup.of({"model": "openai/m", "api_key": "none"})


def test_the_expectations_in_the_package_are_those_of_the_recordings() -> None:
    assert tomllib.loads(TARGET.read_text("utf-8")) == fit(recorded())


def test_the_forecast_of_all_cases_is_within_fifteen_hundredths_of_what_they_used(setup: Setup) -> None:
    used = recorded()
    assert len(used) >= 20
    total = sum((expected(one.case.document, setup) for one in used), Expected())
    spent = [one.extract[0] + (one.repair[0] if one.repair else 0) for one in used]
    said = [one.extract[1] + (one.repair[1] if one.repair else 0) for one in used]
    requests = sum(1 + bool(one.repair) for one in used)
    assert total.input_tokens == pytest.approx(sum(spent), rel=0.15)
    assert total.output_tokens == pytest.approx(sum(said), rel=0.15)
    assert total.requests == pytest.approx(requests, rel=0.15)


def test_half_of_the_cases_foretell_the_other_half(setup: Setup) -> None:
    """The fit is no memory: made from every second case it foretells the output of the rest."""
    used = recorded()
    known = fit(used[::2])
    told = sum(
        known["output_scale"] * sum(len(s.text) for s in one.case.document.sentences) ** known["output_exponent"]
        for one in used[1::2]
    )
    assert told == pytest.approx(sum(one.extract[1] for one in used[1::2]), rel=0.15)


def test_a_long_document_is_foretold_with_its_parts(setup: Setup) -> None:
    long = setup.read("\n\n".join(one.case.document.text for one in recorded()[:15] for _ in range(2)))
    assert len(long.text) > 80_000
    found = expected(long, setup)
    assert found.requests > 3  # two parts or more, and composing
    assert found.input_tokens > len(long.text) / 4
