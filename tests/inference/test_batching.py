import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecommerce_ai.inference.batching import token_batches

lengths = st.lists(st.integers(0, 300), max_size=200)
budgets = st.integers(1, 2048)


@given(lengths, budgets)
def test_every_text_is_in_exactly_one_batch(lengths: list[int], max_tokens: int) -> None:
    batches = list(token_batches(lengths, max_tokens=max_tokens))
    assert sorted(position for batch in batches for position in batch) == list(range(len(lengths)))
    assert all(batches)


@given(lengths, budgets)
def test_a_padded_batch_keeps_to_the_budget_or_holds_one_text(lengths: list[int], max_tokens: int) -> None:
    for batch in token_batches(lengths, max_tokens=max_tokens):
        longest = max(lengths[position] for position in batch)
        assert len(batch) == 1 or longest * len(batch) <= max_tokens


@given(lengths, budgets)
def test_batches_are_as_full_as_the_budget_allows(lengths: list[int], max_tokens: int) -> None:
    batches = list(token_batches(lengths, max_tokens=max_tokens))
    for batch in batches[:-1]:
        assert lengths[batch[0]] * (len(batch) + 1) > max_tokens


@given(lengths)
def test_texts_go_by_falling_length(lengths: list[int]) -> None:
    order = [lengths[position] for batch in token_batches(lengths, max_tokens=64) for position in batch]
    assert order == sorted(lengths, reverse=True)


def test_a_budget_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="max_tokens"):
        list(token_batches([1], max_tokens=0))
