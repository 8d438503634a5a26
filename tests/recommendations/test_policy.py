"""The policy decides by arithmetic: variety, pins, and chance whose odds are known."""

from collections import Counter

import numpy as np
import pytest

from recommendations.ml.policy import Arrangement, Pool, arrange, chance_of, draw


def pool(scores: list[float], directions: list[int]) -> Pool:
    """Products along axes: two on one axis are alike, two on different ones have nothing in common."""
    vectors = np.eye(max(directions) + 1, dtype=np.float32)[directions]
    return Pool(np.arange(100, 100 + len(scores)), np.array(scores), vectors)


def test_without_diversity_the_order_is_that_of_the_scores() -> None:
    assert arrange(pool([0.2, 0.9, 0.5], [0, 0, 0]), 2).shown == (1, 0 + 2)


def test_diversity_puts_something_else_between_things_of_one_kind() -> None:
    found = arrange(pool([1.0, 0.9, 0.8, 0.5], [0, 0, 0, 1]), 4, diversity=0.5)
    assert found.shown == (0, 3, 1, 2)


def test_a_pin_keeps_its_place_and_shows_once() -> None:
    found = arrange(pool([0.9, 0.8, 0.7, 0.1], [0, 1, 2, 3]), 3, pins={1: 3})
    assert found.shown == (0, 3, 1)
    assert found.pinned == {1}
    assert found.reserve == (2,)


def test_what_cannot_fill_the_list_leaves_it_shorter() -> None:
    assert arrange(pool([0.5], [0]), 5, diversity=0.5).shown == (0,)
    empty = Pool(np.zeros(0, np.int64), np.zeros(0), np.zeros((0, 4), np.float32))
    assert arrange(empty, 5, diversity=0.5).shown == ()


def test_chance_keeps_the_odds_that_it_writes_down() -> None:
    arrangement, rate = Arrangement(shown=(0, 1, 2), reserve=(3, 4), pinned=frozenset({0})), 0.6
    draws = [draw(arrangement, rate=rate, seed=seed) for seed in range(4000)]
    assert {each.shown[0] for each in draws} == {0}
    for place in (1, 2):
        seen = Counter(each.shown[place] for each in draws)
        told = {each.shown[place]: each.propensities[place] for each in draws}
        assert set(told) == {place, 3, 4}
        assert sum(told.values()) == pytest.approx(1.0)
        for row, chance in told.items():
            assert seen[row] / len(draws) == pytest.approx(chance, abs=0.025)


def test_the_same_seed_draws_the_same_list() -> None:
    arrangement = Arrangement(shown=(0, 1), reserve=(2, 3))
    assert draw(arrangement, rate=0.9, seed=5) == draw(arrangement, rate=0.9, seed=5)


def test_the_chance_of_a_product_at_a_place_is_the_one_that_was_drawn_with() -> None:
    arrangement, rate = Arrangement(shown=(0, 1), reserve=(2, 3)), 0.5
    for seed in range(20):
        drawn = draw(arrangement, rate=rate, seed=seed)
        for place, (row, told) in enumerate(zip(drawn.shown, drawn.propensities, strict=True)):
            chance = chance_of(row, position=place, shown=(0, 1), reserve=(2, 3), rate=rate)
            assert chance == pytest.approx(told)
    assert chance_of(9, position=0, shown=(0, 1), reserve=(2, 3), rate=rate) == 0.0
