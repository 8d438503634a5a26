"""What earlier windows of days teach the ranker: the past of the past, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from recommendations.ml.candidates import block_size, propose, score_block
from recommendations.ml.features import features
from recommendations.ml.interactions import Catalogue, Interactions, Ints
from recommendations.ml.ranker import ROUNDS, Examples, Ranker, joined, no_examples
from recommendations.ml.shown import Shown, nothing_shown, shown_examples
from recommendations.ml.snapshots import Snapshot, learn

WINDOW_DAYS = 31
WINDOWS = 4
LEAST_HISTORY_DAYS = 21.0
LEAST_PURCHASES = 200


@dataclass(eq=False)
class InsufficientData(Exception):
    """There is not enough behaviour to learn an order from."""

    have: int
    need: int = LEAST_PURCHASES


@dataclass(frozen=True)
class Lessons:
    """What one window of days teaches: what came into question for its buyers, and what they were shown."""

    bought: Examples
    shown: Examples


def train(interactions: Interactions, catalogue: Catalogue, day: float) -> Ranker:
    """Learn the order from several earlier windows. Raises InsufficientData where they hold too little."""
    return trained_on(training_lessons(interactions, catalogue, day))


def training_lessons(
    interactions: Interactions, catalogue: Catalogue, day: float, shown: Shown | None = None
) -> list[Lessons]:
    """For each earlier window, the last first: what was known before it, what was bought and chosen in it."""
    lists = nothing_shown() if shown is None else shown
    return [
        lessons_of(learn(interactions, catalogue, start), interactions, lists)
        for start in training_days(interactions, day)
    ]


def lessons_of(snapshot: Snapshot, interactions: Interactions, shown: Shown) -> Lessons:
    end = snapshot.day + WINDOW_DAYS
    return Lessons(
        bought=examples(snapshot, interactions, end),
        shown=shown_examples(snapshot, shown.between(snapshot.day, end)),
    )


def trained_on(lessons: Sequence[Lessons], *, with_lists: bool = False, rounds: int = ROUNDS) -> Ranker:
    """Raises InsufficientData where the windows hold too few purchases of what came into question."""
    found = sum(each.bought.positives for each in lessons)
    if found < LEAST_PURCHASES:
        raise InsufficientData(have=found)
    bought = joined([each.bought for each in lessons])
    shown = joined([each.shown for each in lessons]) if with_lists else None
    return Ranker.trained(bought, shown=shown, rounds=rounds)


def training_days(interactions: Interactions, day: float) -> list[float]:
    """When each window begins: the last ones that end by `day` and have some history before them."""
    first = float(interactions.days[0]) if len(interactions) else day
    starts = [day - WINDOW_DAYS * number for number in range(1, WINDOWS + 1)]
    return [start for start in starts if start - first >= LEAST_HISTORY_DAYS]


def examples(snapshot: Snapshot, interactions: Interactions, end_day: float) -> Examples:
    """Candidates of the customers who bought between the snapshot's day and the end, marked where bought."""
    window = interactions.between(snapshot.day, end_day).purchases.known
    buyers = np.unique(window.customers)
    buyers = buyers[snapshot.histories.lengths[buyers] > 0]
    bought = np.unique(window.customers * window.n_items + window.items)
    size = block_size(snapshot.histories.n_items)
    blocks = [
        block_examples(snapshot, buyers[start : start + size], bought)
        for start in range(0, len(buyers), size)
    ]
    return joined(blocks) if blocks else no_examples()


def block_examples(snapshot: Snapshot, customers: Ints, bought: Ints) -> Examples:
    block = score_block(snapshot, customers)
    candidates = propose(snapshot, block)
    keys = customers[candidates.rows] * snapshot.histories.n_items + candidates.items
    return Examples(
        rows=features(snapshot, block, candidates),
        labels=np.isin(keys, bought).astype(np.int64),
        sizes=np.bincount(candidates.rows, minlength=len(customers)),
        places=np.zeros(len(keys), np.int64),
    )
