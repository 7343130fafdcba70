from __future__ import annotations

from evals.stats import difference, estimate


def test_ratio_of_sums_weighs_documents_by_their_size():
    found = estimate([(1.0, 1.0), (0.0, 9.0)])
    assert found.value == 0.1
    assert (found.n, found.documents) == (10.0, 2)


def test_interval_holds_the_value_and_is_the_same_for_the_same_seed():
    cells = [(float(n % 3), 3.0) for n in range(20)]
    one, two = estimate(cells, seed=4), estimate(cells, seed=4)
    assert one == two
    assert one.low < one.value < one.high


def test_interval_is_clustered_by_document():
    # A hundred claims that all stand and fall with their document are as good as four.
    spread = estimate([(25.0, 25.0), (0.0, 25.0), (25.0, 25.0), (0.0, 25.0)])
    even = estimate([(12.5, 25.0)] * 4)
    assert spread.value == even.value == 0.5
    assert spread.high - spread.low > 0.4 > even.high - even.low


def test_what_could_not_be_scored_takes_no_part():
    assert estimate([]).value is None
    assert estimate([(0.0, 0.0), (1.0, 2.0)]).documents == 1
    assert estimate([(1.0, 2.0)]).low is None


def test_paired_difference_sees_what_is_the_same_everywhere():
    first = [(float(n), 20.0) for n in range(15)]
    second = [(float(n) + 1, 20.0) for n in range(15)]
    found = difference(first, second)
    assert abs(found.value - 0.05) < 1e-9
    assert found.sure
    assert not difference(first, first).sure


def test_paired_difference_needs_both():
    assert difference([None, (1.0, 2.0)], [(1.0, 2.0), None]).value is None
    assert difference([None, (1.0, 2.0)], [(1.0, 2.0), (2.0, 2.0)]).documents == 1
