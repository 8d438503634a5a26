"""Learned groups on buyers whose groups are known."""

import numpy as np

from profiles.ml.segments.clusters import (
    Floats,
    fit_clusters,
    habit_features,
    habit_names,
    nearest_centres,
    same_groups,
    stability_between,
    standings,
    taste_features,
    taste_names,
)


def three_kinds(rng: np.random.Generator, each: int = 80) -> tuple[Floats, Floats, Floats]:
    """Best, new and lapsed buyers: days since the last order, orders, spent."""
    days = np.concatenate([rng.uniform(1, 10, each), rng.uniform(1, 15, each), rng.uniform(250, 350, each)])
    orders = np.concatenate([rng.uniform(18, 30, each), np.ones(each), np.ones(each)])
    spent = np.concatenate(
        [rng.uniform(900, 2000, each), rng.uniform(15, 30, each), rng.uniform(15, 30, each)]
    )
    return days, orders, spent


def test_finds_the_kinds_of_buyers_and_calls_them_by_what_they_are() -> None:
    features = habit_features(*three_kinds(np.random.default_rng(1)))
    scaled = (features - features.mean(axis=0)) / features.std(axis=0)
    found = fit_clusters(scaled, (3,))
    names = habit_names(standings(features, found.labels, len(found.centres)), {})
    own = [names[label] for label in found.labels]
    assert found.stability > 0.9
    assert set(own[:80]) == {"champions"}
    assert set(own[80:160]) == {"new"}
    assert set(own[160:]) == {"lapsed"}


def test_a_refit_on_other_rows_keeps_groups_and_names() -> None:
    rng = np.random.default_rng(2)
    features = habit_features(*three_kinds(rng))
    first = fit_clusters(features, (3,))
    names = habit_names(standings(features, first.labels, 3), {})
    old = {customer: names[label] for customer, label in enumerate(first.labels)}
    kept = rng.permutation(len(features))[:200]
    again = fit_clusters(features[kept], (3,), seed=99)
    carried = same_groups(old, kept.tolist(), again.labels, 3)
    later = habit_names(standings(features[kept], again.labels, 3), carried)
    assert sorted(carried.values()) == sorted(names)
    assert stability_between(old, kept.tolist(), [later[label] for label in again.labels]) == 1.0


def test_a_group_that_nobody_was_in_before_has_no_earlier_name() -> None:
    labels = np.array([0, 0, 1, 1])
    assert same_groups({1: "new", 2: "new"}, [1, 2, 3, 4], labels, 2) == {0: "new"}
    assert same_groups({}, [1], np.array([0]), 1) == {}


def test_tastes_are_named_after_the_shelf_that_sets_them_apart() -> None:
    amounts = np.array([[90.0, 10, 5]] * 40 + [[10.0, 80, 5]] * 40 + [[10.0, 5, 90]] * 40)
    features = taste_features(amounts)
    found = fit_clusters(features, (3,))
    overall = np.sqrt((features**2).mean(axis=0))
    names = taste_names(found.centres, overall, ["mugs", "scarves", "tea"], {})
    labels = nearest_centres(features, found.centres)
    assert [names[labels[row]] for row in (0, 40, 80)] == ["mugs", "scarves", "tea"]
    assert taste_features(np.zeros((1, 3))).tolist() == [[0, 0, 0]]
