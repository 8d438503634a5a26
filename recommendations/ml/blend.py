"""How much each cause speaks for each candidate: the score of a candidate is the sum of its row.

Causes are columns: things the shopper did, tags of their profile, the ranker. A cause that the shopper struck
out speaks for nothing, so what is named as the reason is what moves the candidate.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Vectors = npt.NDArray[np.float32]

HALF_LIFE_EVENTS = 5.0
# Two products of one shop are this much alike without having anything to do with each other.
UNRELATED = 0.30
RANKS_HALF_LIFE = 12.0


def event_weights(strengths: Sequence[float], *, is_now: Sequence[bool], past_share: float = 0.3) -> Floats:
    """Weights of events, newest first: strength, halved every five events; earlier visits count less."""
    ages = np.arange(len(strengths), dtype=np.float64)
    shares = np.where(np.asarray(is_now, bool), 1.0, past_share)
    weights: Floats = np.asarray(strengths, np.float64) * 0.5 ** (ages / HALF_LIFE_EVENTS) * shares
    return weights


def likeness(candidates: Vectors, events: Vectors) -> Floats:
    """Cosines above what unrelated products have, from 0 to 1; shape (candidates, events)."""
    cosines = (candidates @ events.T).astype(np.float64)
    return np.clip((cosines - UNRELATED) / (1 - UNRELATED), 0.0, 1.0)


def rank_relevance(positions: Floats) -> Floats:
    """1 for the first of a ranking, half as much every twelve places; 0 for what is not in it (nan)."""
    found: Floats = np.where(np.isnan(positions), 0.0, 0.5 ** (np.nan_to_num(positions) / RANKS_HALF_LIFE))
    return found


@dataclass(frozen=True)
class Contributions:
    """What each cause adds to each candidate; shape (candidates, causes)."""

    values: Floats

    @property
    def scores(self) -> Floats:
        total: Floats = self.values.sum(axis=1)
        return total

    def turned(self, is_refused: Sequence[bool]) -> "Contributions":
        """The same with refused causes speaking against what they spoke for."""
        signs = np.where(np.asarray(is_refused, bool), -1.0, 1.0)
        return Contributions(self.values * signs[None, :])

    @cached_property
    def is_opposed(self) -> npt.NDArray[np.bool_]:
        """By candidate: whether what would say most about it speaks against it."""
        if not self.values.size:
            return np.zeros(len(self.values), bool)
        opposed: npt.NDArray[np.bool_] = -self.values.min(axis=1) > self.values.max(axis=1)
        return opposed

    def strongest(self, rows: Sequence[int], *, limit: int = 3) -> dict[int, list[tuple[int, float]]]:
        """By candidate: the causes that add most to it, with what they add."""
        values = self.values[list(rows)]
        order = np.argsort(-values, axis=1, kind="stable")[:, :limit]
        added = np.take_along_axis(values, order, axis=1)
        return {
            row: [(cause, value) for cause, value in zip(*each, strict=True) if value > 0]
            for row, *each in zip(rows, order.tolist(), added.tolist(), strict=True)
        }
