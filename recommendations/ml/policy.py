"""From scored candidates to a list: variety, the merchant's rules, and chance with known odds."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Vectors = npt.NDArray[np.float32]

# How many of the candidates behind the list chance may draw from.
EXPLORED = 20


@dataclass(frozen=True)
class Pool:
    """Candidates by row: their keys, their scores (higher is better), their unit vectors."""

    product_ids: npt.NDArray[np.int64]
    scores: Floats
    vectors: Vectors

    def __len__(self) -> int:
        return len(self.product_ids)


@dataclass(frozen=True)
class Arrangement:
    """Rows of the pool in the order of the list, and those that come next."""

    shown: tuple[int, ...]
    reserve: tuple[int, ...] = ()
    pinned: frozenset[int] = field(default_factory=frozenset)  # positions, from 0


@dataclass(frozen=True)
class Draw:
    """What is shown after chance had its say: rows, the chance of each at its place, the place it changed."""

    shown: tuple[int, ...]
    propensities: tuple[float, ...]
    explored: int | None = None


def arrange(
    pool: Pool, limit: int, *, diversity: float = 0.0, pins: Mapping[int, int] | None = None
) -> Arrangement:
    """The best `limit` rows; `pins` gives rows their positions, both from 0.

    Diversity 0 keeps the order of the scores. Above it each place goes to the row with the highest
    (1 - diversity) * score - diversity * (largest cosine to what stands above): maximal marginal relevance
    (Carbonell and Goldstein 1998), with scores scaled to their range.
    """
    pins = {position: row for position, row in (pins or {}).items() if position < limit}
    free = limit - len(pins)
    order = ranked_rows(pool, free + EXPLORED, diversity=diversity, without=set(pins.values()))
    shown, waiting = [], iter(order)
    for position in range(min(limit, len(order) + len(pins))):
        row = pins.get(position)
        row = next(waiting, None) if row is None else row
        if row is not None:
            shown.append(row)
    pinned = frozenset(place for place, row in enumerate(shown) if row in set(pins.values()))
    return Arrangement(shown=tuple(shown), reserve=tuple(waiting), pinned=pinned)


def ranked_rows(pool: Pool, count: int, *, diversity: float, without: set[int]) -> list[int]:
    """Rows by score, or by marginal relevance; ties by the lower row."""
    by_score = [row for row in np.argsort(-pool.scores, kind="stable").tolist() if row not in without]
    if diversity <= 0 or len(by_score) < 2:
        return by_score[:count]
    return diverse_rows(pool, by_score, count, diversity=diversity)


def diverse_rows(pool: Pool, candidates: Sequence[int], count: int, *, diversity: float) -> list[int]:
    rows = np.asarray(candidates)
    gains = (1 - diversity) * scaled(pool.scores[rows])
    closest = np.zeros(len(rows))
    chosen: list[int] = []
    for _ in range(min(count, len(rows))):
        best = int((gains - diversity * closest).argmax())
        chosen.append(int(rows[best]))
        closest = np.maximum(closest, pool.vectors[rows] @ pool.vectors[rows[best]])
        gains[best] = -np.inf
    return chosen


def scaled(scores: Floats) -> Floats:
    """Scores on 0 to 1; all 1 where they are equal."""
    low, high = scores.min(), scores.max()
    return np.ones_like(scores) if high <= low else (scores - low) / (high - low)


def draw(arrangement: Arrangement, *, rate: float, seed: int) -> Draw:
    """With chance `rate`, one place that is not pinned shows one of the reserve instead; both drawn evenly.

    So a product keeps its place with chance 1 - rate / places, and one of the reserve comes to a given place
    with chance rate / (places * reserve): what off-policy estimates need.
    """
    shown = list(arrangement.shown)
    places = [place for place in range(len(shown)) if place not in arrangement.pinned]
    if rate <= 0 or not places or not arrangement.reserve:
        return Draw(tuple(shown), (1.0,) * len(shown))
    stays = 1 - rate / len(places)
    chances = [1.0 if place in arrangement.pinned else stays for place in range(len(shown))]
    chance = random.Random(seed)
    if chance.random() >= rate:
        return Draw(tuple(shown), tuple(chances))
    explored = chance.choice(places)
    shown[explored] = chance.choice(arrangement.reserve)
    chances[explored] = rate / (len(places) * len(arrangement.reserve))
    return Draw(tuple(shown), tuple(chances), explored)


def chance_of(
    product_id: int, *, position: int, shown: Sequence[int], reserve: Sequence[int], rate: float
) -> float:
    """The chance with which a pipeline without pins puts a product at a position (from 0)."""
    if rate <= 0 or not reserve:
        return float(position < len(shown) and shown[position] == product_id)
    if position < len(shown) and shown[position] == product_id:
        return 1 - rate / len(shown)
    return rate / (len(shown) * len(reserve)) if product_id in reserve else 0.0
