import numpy as np

from recommendations.ml.interests import HALF_LIFE_EVENTS, causes, interest_vector, interest_weights

EAST, NORTH = np.array([1, 0], np.float32), np.array([0, 1], np.float32)


def test_weights_fall_by_half_over_a_half_life_of_events() -> None:
    weights = interest_weights(np.ones(11, np.float32))
    assert weights[0] == 1
    np.testing.assert_allclose(weights[int(HALF_LIFE_EVENTS)], 0.5)
    np.testing.assert_allclose(weights[2 * int(HALF_LIFE_EVENTS)], 0.25)


def test_a_stronger_event_weighs_more() -> None:
    assert interest_weights(np.array([1, 3], np.float32)).argmax() == 1


def test_the_interest_leans_to_what_came_last() -> None:
    vector = interest_vector(np.stack([EAST, NORTH]), interest_weights(np.ones(2, np.float32)))
    assert vector[0] > vector[1] > 0
    np.testing.assert_allclose(np.linalg.norm(vector), 1, atol=1e-6)


def test_the_cause_is_the_event_that_pulled_most() -> None:
    weights = np.array([1.0, 0.5], np.float32)
    found = causes(np.stack([NORTH, EAST]), np.stack([EAST, NORTH]), weights)
    assert [cause.position for cause in found] == [1, 0]
    assert [cause.similarity for cause in found] == [1.0, 1.0]
