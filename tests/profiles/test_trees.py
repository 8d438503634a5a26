"""Trees as arrays against the library that learnt them."""

from typing import Any

import lightgbm
import numpy as np
import pytest

from profiles.ml.trees import ROWS_AT_ONCE, Floats, Trees


def rows_of(count: int) -> Floats:
    return np.random.default_rng(3).normal(size=(count, 4))


def booster_of(matrix: Floats, outcomes: Floats) -> Any:
    options = {"objective": "binary", "num_leaves": 7, "verbose": -1, "extra_trees": True, "seed": 1}
    return lightgbm.train(options, lightgbm.Dataset(matrix, outcomes), 20)


def test_they_say_what_the_library_says_in_batches_too() -> None:
    matrix = rows_of(400)
    booster = booster_of(matrix, (matrix[:, 0] * matrix[:, 1] > 0).astype(float))
    asked = np.vstack([rows_of(ROWS_AT_ONCE + 7), np.zeros((1, 4))])
    kept = Trees.of_arrays(Trees.of_booster(booster).arrays())
    np.testing.assert_allclose(kept.raw_scores(asked), booster.predict(asked, raw_score=True), atol=1e-12)
    assert kept.raw_scores(asked[:0]).shape == (0,)


def test_a_tree_of_one_leaf_is_a_tree() -> None:
    matrix = rows_of(400)
    booster = booster_of(matrix, np.ones(400))
    asked = rows_of(5)
    found = Trees.of_booster(booster).raw_scores(asked)
    np.testing.assert_allclose(found, booster.predict(asked, raw_score=True), atol=1e-12)


def test_splits_that_send_missing_values_somewhere_are_refused() -> None:
    matrix = rows_of(400)
    outcomes = (matrix[:, 1] > 0).astype(float)
    matrix[::3, 1] = np.nan
    with pytest.raises(ValueError, match="missing"):
        Trees.of_booster(booster_of(matrix, outcomes))
