import numpy as np
import pytest
import scipy.sparse as sp

from recommendations.ml.interactions import NO_BASKET, Interactions, histories
from recommendations.ml.item_models import associations, item_weights, next_order_similarity
from recommendations.ml.neighbours import best
from recommendations.ml.ranking_metrics import coverage, list_ndcg, list_novelty, paired_gain


def bought(*rows: tuple[int, int, int, float]) -> Interactions:
    """(customer, item, basket, day); a basket of -1 is a look."""
    customers, items, baskets, days = (np.array(column) for column in zip(*rows, strict=True))
    ones = np.ones(len(rows), np.float32)
    return Interactions(customers, items, baskets, days.astype(float), ones, ones, ones, 3, 4)


def test_item_weights_are_the_ridge_regression_of_each_product_on_the_others() -> None:
    rows = (np.random.default_rng(0).random((30, 5)) < 0.4).astype(np.float32)
    scores = item_weights(sp.csr_matrix(rows), regularisation=2.0).scores(sp.csr_matrix(rows))
    for item in range(5):
        others = np.delete(np.arange(5), item)
        x, y = rows[:, others], rows[:, item]
        expected = x @ np.linalg.solve(x.T @ x + 2.0 * np.eye(4), x.T @ y)
        np.testing.assert_allclose(scores[:, item], expected, atol=1e-4)


def test_associations_count_baskets_not_customers_or_lines() -> None:
    rules = associations(
        bought(
            (0, 0, 0, 1.0), (0, 1, 0, 1.0), (0, 1, 0, 1.0), (0, 0, 1, 2.0), (1, 2, 2, 3.0), (-1, 1, 3, 4.0)
        ),
        least_support=1,
        least_lift=0.0,
    )
    row = slice(rules.indptr[0], rules.indptr[1])
    assert rules.indices[row].tolist() == [1]
    assert rules.supports[row].tolist() == [1]
    assert rules.confidences[row].tolist() == [0.5]
    assert rules.lifts[row].tolist() == [1.0]


def test_what_follows_is_not_what_came_before() -> None:
    following = next_order_similarity(bought((0, 0, 0, 1.0), (0, 1, 1, 5.0), (1, 0, 2, 1.0), (1, 1, 3, 9.0)))
    assert following[0, 1] > 0
    assert following[1, 0] == 0


def test_a_history_tells_looks_from_orders() -> None:
    pairs = histories(
        bought((0, 2, 0, 1.0), (0, 2, 0, 1.0), (0, 2, 1, 6.0), (1, 3, NO_BASKET, 7.0), (-1, 0, 2, 7.0)), 10.0
    )
    assert list(zip(pairs.customers, pairs.indices, strict=True)) == [(0, 2), (1, 3)]
    assert pairs.orders.tolist() == [2, 0]
    assert pairs.since_last.tolist() == [4, 3]
    assert pairs.since_first.tolist() == [9, 3]


def test_neighbours_are_live_and_best_first() -> None:
    live = np.array([True, False, True, True])
    (found,) = best(0, np.array([1, 2, 3]), np.array([0.9, 0.1, 0.5]), live=live)
    assert found.items.tolist() == [3, 2]
    assert list(best(0, np.array([1]), np.array([0.9]), live=live)) == []


def test_ndcg_knows_that_few_purchases_can_fill_few_places() -> None:
    lists = [np.array([5, 6, 7]), np.array([6, 5, 7])]
    assert list_ndcg(lists, [np.array([5])] * 2, depth=3).tolist() == [1.0, pytest.approx(1 / np.log2(3))]


def test_coverage_and_novelty() -> None:
    assert coverage([np.array([0, 1]), np.array([1])], 4) == 0.5
    known, rare = list_novelty([np.array([0]), np.array([1])], np.array([99.0, 0.0]), 99)
    assert (known, rare) == (0.0, pytest.approx(np.log2(100)))


@pytest.mark.parametrize(("gain", "is_sure"), [(0.1, True), (0.0, False)])
def test_a_gain_is_sure_only_if_most_customers_share_it(gain: float, *, is_sure: bool) -> None:
    theirs = np.random.default_rng(0).random(200)
    ours = theirs + gain + np.random.default_rng(1).normal(scale=0.2, size=200)
    _, low, p = paired_gain(ours, theirs)
    assert (low > 0 and p < 0.05) is is_sure
