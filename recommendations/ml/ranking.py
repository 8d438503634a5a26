"""From what happened to a ranking for each customer: the one road that is trained, evaluated and served."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from recommendations.ml.candidates import Candidates, block_size, propose, score_block
from recommendations.ml.features import FEATURES, features
from recommendations.ml.interactions import Bools, Catalogue, Floats, Interactions, Ints
from recommendations.ml.ranker import Examples, Ranker, informative, joined
from recommendations.ml.ranking_metrics import list_ndcg
from recommendations.ml.snapshots import Snapshot, learn

WINDOW_DAYS = 31
WINDOWS = 4
LEAST_HISTORY_DAYS = 21.0
LEAST_PURCHASES = 200
NEW_DEPTH = 100
BOUGHT_DEPTH = 50
GATE_ROUNDS = 50  # enough to tell whether there is an order to learn
FEATURE_NAMES = tuple(FEATURES)


@dataclass(frozen=True)
class Ranked:
    """One customer's products, best first: new ones and bought ones together.

    `sources` are bit sets over `candidates.SOURCES`, `contributions` rows over `features.GROUPS` that add up
    to the scores.
    """

    customer: int
    items: Ints
    scores: Floats
    is_new: Bools
    sources: Ints
    contributions: Floats


@dataclass(frozen=True)
class InsufficientData(Exception):
    """There is not enough behaviour to learn an order from."""

    have: int
    need: int = LEAST_PURCHASES


def rank(snapshot: Snapshot, ranker: Ranker, customers: Ints) -> Iterator[Ranked]:
    """The ranking of each customer who has a history, in the order given."""
    known = customers[snapshot.histories.lengths[customers] > 0]
    size = block_size(snapshot.histories.n_items)
    for start in range(0, len(known), size):
        yield from rank_block(snapshot, ranker, known[start : start + size])


def rank_block(snapshot: Snapshot, ranker: Ranker, customers: Ints) -> Iterator[Ranked]:
    block = score_block(snapshot, customers)
    candidates = propose(snapshot, block)
    if not len(candidates.rows):
        return
    rows = features(snapshot, block, candidates)
    scores = ranker.scores(rows)
    is_new = ~block.bought[candidates.rows, candidates.items]
    kept = leading(candidates, scores, is_new)
    contributions = ranker.contributions(rows[kept])
    bounds = np.searchsorted(candidates.rows[kept], np.arange(len(customers) + 1))
    for position, (begin, end) in enumerate(pairwise(bounds)):
        chosen = kept[begin:end]
        yield Ranked(
            customer=int(customers[position]),
            items=candidates.items[chosen],
            scores=scores[chosen],
            is_new=is_new[chosen],
            sources=candidates.sources[chosen],
            contributions=contributions[begin:end],
        )


def leading(candidates: Candidates, scores: Floats, is_new: Bools) -> Ints:
    """Positions of each customer's best new and best bought products, customer by customer, best first."""
    order = np.lexsort((candidates.items, -scores, is_new, candidates.rows))
    kinds = candidates.rows[order] * 2 + is_new[order]
    starts = np.searchsorted(kinds, kinds)
    limits = np.where(is_new[order], NEW_DEPTH, BOUGHT_DEPTH)
    kept = order[np.arange(len(order)) - starts < limits]
    return kept[np.lexsort((candidates.items[kept], -scores[kept], candidates.rows[kept]))]


def train(interactions: Interactions, catalogue: Catalogue, day: float) -> Ranker:
    """Learn the order from several earlier windows. Raises InsufficientData where they hold too little."""
    return trained_on(training_examples(interactions, catalogue, day))


def training_examples(interactions: Interactions, catalogue: Catalogue, day: float) -> list[Examples]:
    """For each earlier window, the last first: what was known before it, and what was bought in it."""
    return [
        examples(learn(interactions, catalogue, start), interactions, start + WINDOW_DAYS)
        for start in training_days(interactions, day)
    ]


def trained_on(parts: Sequence[Examples]) -> Ranker:
    """Raises InsufficientData where the windows hold too few purchases of what came into question."""
    found = sum(part.positives for part in parts)
    if found < LEAST_PURCHASES:
        raise InsufficientData(have=found)
    return Ranker.trained(joined(parts))


def time_split(parts: Sequence[Examples]) -> dict[str, float]:
    """The gate: nDCG@10 in the last window of a ranker that saw only those before it, beside two baselines.

    Among the candidates, so for comparing on one window only. Empty where there is too little to split.
    """
    if sum(part.positives for part in parts[1:]) < LEAST_PURCHASES or not parts[0].positives:
        return {}
    last, ranker = informative(parts[0]), Ranker.trained(joined(parts[1:]), rounds=GATE_ROUNDS)
    buyers, orders = (last.rows[:, FEATURE_NAMES.index(name)] for name in ("buyers_30", "own_orders"))
    return {
        "ndcg@10": block_ndcg(last, ranker.scores(last.rows)),
        "popularity_ndcg@10": block_ndcg(last, buyers),
        "own_frequency_ndcg@10": block_ndcg(last, orders + buyers * 1e-6),
    }


def block_ndcg(part: Examples, scores: Floats, *, depth: int = 10) -> float:
    """Mean over the blocks."""
    bounds = np.concatenate([[0], np.cumsum(part.sizes)])
    shown = [begin + np.argsort(-scores[begin:end], kind="stable")[:depth] for begin, end in pairwise(bounds)]
    wanted = [begin + np.flatnonzero(part.labels[begin:end]) for begin, end in pairwise(bounds)]
    return float(list_ndcg(shown, wanted, depth=depth).mean())


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
    )


def no_examples() -> Examples:
    return Examples(np.zeros((0, len(FEATURES)), np.float32), np.zeros(0, np.int64), np.zeros(0, np.int64))
