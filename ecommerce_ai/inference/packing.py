"""Documents to blocks of one length without padding, the same at a step whatever ran before it. Pure.

Documents follow each other in an order drawn for each pass; a block starts where the last one ended.
Positions start again with each document, so that a model can tell where one ends.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ecommerce_ai.inference.training_plan import Ints

NO_TARGET = -100


@dataclass(frozen=True)
class Blocks:
    """Rows by tokens: what is read, at which place of its document, and the token that follows there."""

    ids: Ints
    positions: Ints
    targets: Ints


class PackedDocuments:
    """An endless stream of documents of token ids, cut into batches by the number of the step."""

    def __init__(self, documents: Sequence[Ints], *, rows: int, tokens: int, seed: int) -> None:
        if not any(len(document) for document in documents):
            raise ValueError("There is nothing to pack.")
        self.columns = [as_columns(document) for document in documents]
        self.shape, self.seed = (rows, tokens), seed
        self.size = sum(len(document) for document in documents)
        self.current: tuple[int, Ints] = (-1, np.empty((0, 3), np.int64))

    def batch(self, step: int) -> Blocks:
        """What is read at this step, counted from zero."""
        first = step * self.shape[0] * self.shape[1]
        end, parts = first + self.shape[0] * self.shape[1], []
        while first < end:
            epoch, start = divmod(first, self.size)
            parts.append(self.epoch(epoch)[start : start + end - first])
            first += len(parts[-1])
        ids, positions, targets = np.concatenate(parts).T.reshape(3, *self.shape)
        return Blocks(ids, positions, targets)

    def epoch(self, number: int) -> Ints:
        """Every document once, in the order of this pass."""
        if self.current[0] != number:
            order = np.random.default_rng((self.seed, number)).permutation(len(self.columns))
            self.current = number, np.concatenate([self.columns[position] for position in order])
        return self.current[1]


def as_columns(document: Ints) -> Ints:
    """Ids, positions, and the next token; after the last nothing is asked for."""
    targets = np.append(document[1:], NO_TARGET)
    return np.stack([document, np.arange(len(document)), targets], axis=1)[: len(document)]
