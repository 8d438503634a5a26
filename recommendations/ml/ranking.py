"""From a snapshot to a ranking for each customer: the one road that is evaluated and served."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from recommendations.ml.candidates import Candidates, block_size, propose, score_block
from recommendations.ml.features import features
from recommendations.ml.interactions import Bools, Floats, Ints
from recommendations.ml.ranker import Ranker
from recommendations.ml.snapshots import Snapshot

NEW_DEPTH = 100
BOUGHT_DEPTH = 50


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
