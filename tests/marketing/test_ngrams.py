import math

import pytest

from marketing.ml.ngrams import START, KneserNey

VOCABULARY = 12
DOCUMENTS = [[1, 2, 3, 4], [1, 2, 3, 5], [1, 2, 6, 7, 7, 8], [9, 2, 3, 4], [1, 2, 3, 4, 10]]


@pytest.mark.parametrize("context", [(1, 2), (2, 3), (START, START), (START, 1), (7, 7), (11, 11), (8, 2)])
def test_what_may_follow_sums_to_one(context: tuple[int, int]) -> None:
    model = KneserNey(DOCUMENTS, vocabulary=VOCABULARY)
    chances = [model.probability(context, token) for token in range(VOCABULARY)]
    assert min(chances) > 0
    assert math.isclose(sum(chances), 1, abs_tol=1e-12)


def test_what_was_seen_after_a_context_is_likelier_there() -> None:
    model = KneserNey(DOCUMENTS, vocabulary=VOCABULARY)
    assert model.probability((2, 3), 4) > model.probability((2, 3), 5) > model.probability((2, 3), 11)


def test_only_what_follows_the_prompt_counts() -> None:
    model = KneserNey(DOCUMENTS, vocabulary=VOCABULARY)
    expected = -math.log(model.probability((1, 2), 3)) - math.log(model.probability((2, 3), 4))
    assert math.isclose(model.surprise([1, 2, 3, 4], 2), expected)
