from dataclasses import replace

import numpy as np
import pytest

from recommendations.ml.factorisation import factorise
from recommendations.ml.gate import time_split
from recommendations.ml.interactions import Interactions, histories
from recommendations.ml.lessons import InsufficientData, train, training_lessons
from recommendations.ml.ranker import Ranker
from recommendations.ml.ranking import Ranked, rank
from recommendations.ml.snapshots import learn
from tests.recommendations.two_tastes import CUSTOMERS, ITEMS, LAST_DAY, catalogue, interactions

NOBODY = CUSTOMERS - 1


@pytest.fixture(scope="module")
def happened() -> Interactions:
    return interactions()


@pytest.fixture(scope="module")
def ranker(happened: Interactions) -> Ranker:
    return train(happened, catalogue(), LAST_DAY)


@pytest.fixture(scope="module")
def rankings(happened: Interactions, ranker: Ranker) -> list[Ranked]:
    snapshot = learn(happened, catalogue(), LAST_DAY)
    return list(rank(snapshot, ranker, np.arange(CUSTOMERS)))


def test_it_puts_the_kind_that_a_customer_buys_first(rankings: list[Ranked]) -> None:
    shares = [np.mean(ranked.items[:5] % 2 == ranked.customer % 2) for ranked in rankings]
    assert np.mean(shares) == 1.0


def test_contributions_add_up_to_the_score(rankings: list[Ranked]) -> None:
    for ranked in rankings:
        np.testing.assert_allclose(ranked.contributions.sum(axis=1), ranked.scores, atol=1e-4)


def test_it_ranks_each_product_once_best_first_and_says_who_proposed_it(rankings: list[Ranked]) -> None:
    for ranked in rankings:
        assert len(set(ranked.items)) == len(ranked.items)
        assert (np.diff(ranked.scores) <= 0).all()
        assert (ranked.sources > 0).all()


def test_a_customer_without_history_has_no_ranking(rankings: list[Ranked]) -> None:
    assert {ranked.customer for ranked in rankings} == set(range(CUSTOMERS)) - {NOBODY}


def test_what_is_not_live_is_never_proposed(happened: Interactions, ranker: Ranker) -> None:
    is_live = np.arange(ITEMS) != 4
    snapshot = learn(happened, replace(catalogue(), is_live=is_live), LAST_DAY)
    assert all(4 not in ranked.items for ranked in rank(snapshot, ranker, np.arange(4)))


def test_nothing_is_learned_from_what_came_later(happened: Interactions, ranker: Ranker) -> None:
    day = 100.0
    both = (learn(rows, catalogue(), day) for rows in (happened, happened.before(day)))
    first, second = (list(rank(snapshot, ranker, np.arange(10))) for snapshot in both)
    for one, other in zip(first, second, strict=True):
        np.testing.assert_array_equal(one.items, other.items)
        np.testing.assert_array_equal(one.scores, other.scores)


def test_the_gate_compares_on_a_window_that_was_not_learned_from(happened: Interactions) -> None:
    found = time_split(training_lessons(happened, catalogue(), LAST_DAY))
    assert set(found) == {"ndcg@10", "popularity_ndcg@10", "own_frequency_ndcg@10"}
    assert found["ndcg@10"] > found["popularity_ndcg@10"]


def test_it_says_how_much_is_missing(happened: Interactions) -> None:
    few = happened.where(happened.customers < 2)
    with pytest.raises(InsufficientData) as raised:
        train(few, catalogue(), LAST_DAY)
    assert 0 < raised.value.have < raised.value.need


def test_a_product_that_nobody_bought_has_factors_of_its_kind(happened: Interactions) -> None:
    hidden = np.array([6, 7])
    rows = histories(happened.where(~np.isin(happened.items, hidden)), LAST_DAY).recent(90.0)
    trained = factorise(rows, catalogue().vectors, device="cpu")
    factors, biases = trained.newcomers(catalogue().vectors[hidden])
    scores = trained.customers[:NOBODY] @ factors.T + biases
    np.testing.assert_array_equal(scores.argmax(axis=1), np.arange(NOBODY) % 2)


def test_factors_get_better_with_every_pass_and_are_the_same_each_time(happened: Interactions) -> None:
    rows = histories(happened, LAST_DAY).recent(90.0)
    losses = [factorise(rows, catalogue().vectors, device="cpu", epochs=count).loss for count in (1, 8, 8)]
    assert losses[1] < losses[0]
    assert losses[1] == pytest.approx(losses[2], rel=1e-6)
