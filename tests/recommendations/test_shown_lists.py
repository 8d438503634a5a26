"""The ranker learns from what was shown, as if every place had been looked at alike."""

from datetime import timedelta

import numpy as np
import pytest

from ecommerce_ai.privacy.selectors import Purpose
from ecommerce_ai.privacy.services import change_consent
from recommendations.ml.features import FEATURES
from recommendations.ml.gate import lists_are_better, lists_split
from recommendations.ml.lessons import Lessons, trained_on, training_lessons
from recommendations.ml.ranker import Examples, Ranker, no_examples
from recommendations.ml.shown import Shown, examination, replayed
from recommendations.models import Outcome
from recommendations.selectors.behaviour import SECONDS_PER_DAY, shop_behaviour
from recommendations.selectors.shown import shown_lists
from tests.factories import NOW, make_customer, make_impression, make_order, make_product
from tests.recommendations.two_tastes import CUSTOMERS, LAST_DAY, catalogue, interactions

LOOKED_AT = np.array([1.0, 0.4])
LIKED = np.array([0.3, 0.5])  # two kinds; the second is liked more, and stands below in four of five lists


def shown_in_places(count: int = 4000) -> Examples:
    """Lists of one product of each kind, clicked where looked at and liked."""
    rng = np.random.default_rng(0)
    is_turned = rng.random(count) < 0.2
    kinds = np.stack([is_turned, ~is_turned], axis=1).astype(int)
    clicks = rng.random((count, 2)) < LOOKED_AT * LIKED[kinds]
    rows = np.zeros((count * 2, len(FEATURES)), np.float32)
    rows[:, 0] = kinds.ravel()
    places = np.tile([1, 2], count)
    return Examples(rows, clicks.ravel().astype(np.int64), np.full(count, 2), places)


def test_what_stood_below_is_not_taken_for_worse() -> None:
    shown = shown_in_places()
    kinds = np.zeros((2, len(FEATURES)), np.float32)
    kinds[:, 0] = [0, 1]
    first, second = Ranker.trained(no_examples(), shown=shown, rounds=30).scores(kinds)
    assert second > first
    blind = Examples(shown.rows, shown.labels, shown.sizes, np.ones_like(shown.places))
    first, second = Ranker.trained(no_examples(), shown=blind, rounds=30).scores(kinds)
    assert first > second


def columns(count: int, *, chances: float, outcomes: np.ndarray, places: np.ndarray) -> Shown:
    none = np.zeros(count, np.int64)
    return Shown(np.arange(count), none, none, places, np.zeros(count), np.full(count, chances), outcomes)


def test_how_often_a_place_is_looked_at_comes_from_what_chance_put_there() -> None:
    rng, count = np.random.default_rng(0), 200_000
    places = rng.integers(1, 6, count)
    clicks = (rng.random(count) < 0.2 / places).astype(np.int64)
    found = examination(columns(count, chances=0.01, outcomes=clicks, places=places))
    np.testing.assert_allclose(found / found[0], 1 / np.arange(1, 6), atol=0.05)
    chosen = examination(columns(count, chances=0.95, outcomes=clicks, places=places))
    np.testing.assert_allclose(chosen, 1 / np.log2(np.arange(2, 7)))


def test_a_list_is_worth_more_the_nearer_the_top_its_choice_comes() -> None:
    rows = np.zeros((6, len(FEATURES)), np.float32)
    part = Examples(rows, np.array([0, 0, 1, 0, 0, 1]), np.array([3, 3]), np.array([1, 2, 3, 1, 2, 3]))
    scores = np.array([1.0, 2.0, 3.0, 3.0, 2.0, 1.0])
    np.testing.assert_allclose(replayed(part, scores, np.ones(3)), [1.0, 0.5])


def lists_with_choices(lesson_days: list[float], *, is_random: bool) -> Shown:
    """In each window 1,000 lists of six products; chosen are those below 10, which orders do not tell."""
    rng = np.random.default_rng(1)
    count = 1000 * len(lesson_days)
    items = np.concatenate([rng.choice(40, 6, replace=False) for _ in range(count)])
    wanted = rng.random(len(items)) < 0.25 if is_random else items < 10
    return Shown(
        lists=np.repeat(np.arange(count), 6),
        customers=np.repeat(rng.integers(0, CUSTOMERS - 1, count), 6),
        items=items,
        places=np.tile(np.arange(1, 7), count),
        days=np.repeat(np.repeat(lesson_days, 1000) + 1.0, 6),
        chances=np.full(len(items), 0.9),
        outcomes=wanted.astype(np.int64),
    )


@pytest.fixture(scope="module")
def days() -> list[float]:
    return [LAST_DAY - 31 * number for number in (1, 2, 3, 4)]


@pytest.mark.parametrize("is_random", [False, True])
def test_a_window_decides_whether_lists_teach_anything(days: list[float], *, is_random: bool) -> None:
    shown = lists_with_choices(days, is_random=is_random)
    lessons = training_lessons(interactions(), catalogue(), LAST_DAY, shown)
    found = lists_split(lessons, trained_on(lessons[1:], rounds=20), examination(shown))
    assert found["lists"] > 2000
    assert (found["lists_gain_low"] > 0) is not is_random


def test_a_few_lists_decide_nothing() -> None:
    lessons = [Lessons(no_examples(), shown_in_places(10))] * 2
    assert lists_split(lessons, Ranker(""), np.ones(2)) == {}
    assert not lists_are_better({})
    assert lists_are_better({"lists_gain_low": 0.01, "lists_orders_gain_low": -0.001})
    assert not lists_are_better({"lists_gain_low": 0.01, "lists_orders_gain_low": -0.02})


@pytest.mark.django_db
def test_lists_are_read_with_their_places_chances_and_what_came_of_them() -> None:
    products = [make_product() for _ in range(3)]
    willing, unwilling = make_customer(), make_customer()
    for customer in (willing, unwilling):
        make_order(customer=customer, lines=[(products[0], 1)], placed_at=NOW - timedelta(days=1))
        shown = make_impression(
            [products[2], products[1]],
            customer=customer,
            scores=[1.0, 0.5],
            propensities=[0.95, 0.01],
            served_at=NOW - timedelta(days=2),
        )
        for kind in (Outcome.Kind.CLICK, Outcome.Kind.CART):
            Outcome.objects.create(
                impression=shown, product=products[1], position=2, kind=kind, occurred_at=NOW
            )
    change_consent(unwilling, purpose=Purpose.TRAINING, is_granted=False, source="shopper")
    behaviour = shop_behaviour()
    found = shown_lists(behaviour)
    assert behaviour.product_ids[found.items].tolist() == [products[2].pk, products[1].pk]
    assert (found.places.tolist(), found.outcomes.tolist()) == ([1, 2], [0, 2])
    assert found.chances.tolist() == [0.95, 0.01]
    assert set(behaviour.customer_ids[found.customers]) == {willing.pk}
    served_at = (NOW - timedelta(days=2)).timestamp()
    np.testing.assert_allclose(found.days * SECONDS_PER_DAY, served_at)
