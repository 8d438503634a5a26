import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommendations.ml.metrics import bootstrap_interval, ndcg

grades = st.lists(st.integers(0, 2), min_size=1, max_size=20)


def test_a_known_order_has_a_known_value() -> None:
    # (3/1 + 0 + 1/2) over (3/1 + 1/log2(3))
    assert ndcg([2, 0, 1], [1, 2], depth=10) == pytest.approx(3.5 / (3 + 0.6309297535714575))


@given(grades)
def test_the_best_order_is_one_and_nothing_is_more(judged: list[int]) -> None:
    best = ndcg(sorted(judged, reverse=True), judged, depth=10)
    assert best == (1.0 if any(judged) else 0.0)
    assert 0 <= ndcg(judged, judged, depth=10) <= 1 + 1e-12


def test_what_lies_deeper_does_not_count() -> None:
    assert ndcg([0] * 10 + [2], [2], depth=10) == 0


def test_an_interval_holds_the_mean_and_is_the_same_again() -> None:
    values = [0.0, 0.5, 1.0] * 20
    low, high = bootstrap_interval(values)
    assert low < 0.5 < high
    assert bootstrap_interval(values) == (low, high)
    assert bootstrap_interval([1.0] * 5) == (1.0, 1.0)
