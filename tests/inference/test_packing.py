import numpy as np
import pytest

from ecommerce_ai.inference.packing import NO_TARGET, PackedDocuments

DOCUMENTS = [np.arange(10 * number, 10 * number + length) for number, length in ((1, 5), (2, 3), (3, 7))]


def test_a_pass_holds_every_token_once_and_nothing_else() -> None:
    packed = PackedDocuments(DOCUMENTS, rows=1, tokens=5, seed=0)
    ids = np.concatenate([packed.batch(step).ids.ravel() for step in range(3)])
    assert sorted(ids) == sorted(np.concatenate(DOCUMENTS))


def test_a_token_is_followed_by_the_next_of_its_document() -> None:
    batch = PackedDocuments(DOCUMENTS, rows=4, tokens=6, seed=0).batch(3)
    ends = {14, 22, 36}
    for token, position, target in zip(
        batch.ids.ravel(), batch.positions.ravel(), batch.targets.ravel(), strict=True
    ):
        assert position == token % 10
        assert target == (NO_TARGET if token in ends else token + 1)


def test_a_step_reads_the_same_whatever_was_read_before() -> None:
    first, second = (PackedDocuments(DOCUMENTS, rows=2, tokens=4, seed=3) for _ in range(2))
    for step in range(9):
        first.batch(step)
    assert np.array_equal(first.batch(9).ids, second.batch(9).ids)


def test_nothing_to_pack_is_an_error() -> None:
    with pytest.raises(ValueError, match="nothing to pack"):
        PackedDocuments([np.empty(0, np.int64)], rows=1, tokens=4, seed=0)
