"""Which products come into question for a customer: the best of every model, and what they bought."""

from dataclasses import dataclass

import numpy as np

from recommendations.ml.interactions import Bools, Floats, Ints, Sparse
from recommendations.ml.item_models import row_sums, unit_rows
from recommendations.ml.snapshots import RECENT_DAYS, Snapshot

# How many each list may propose; the order gives each its bit.
LISTS = {
    "collaborative": 120,
    "collaborative_trending": 120,
    "people_like_you": 120,
    "together": 60,
    "next": 60,
    "content": 60,
    "popular": 60,
    "text_factors": 60,
}
SOURCES = (*LISTS, "own_history")
TREND_POWER = 0.3
LEAST_PROPOSED, LARGEST_SHARE = 20, 0.1  # a small catalogue is not proposed as a whole
DENSE_CELLS = 2_000_000


@dataclass(frozen=True)
class Block:
    """Some customers and how each model scores every product for them: dense, customers by items."""

    customers: Ints
    scores: dict[str, Floats]
    bought: Bools


@dataclass(frozen=True)
class Candidates:
    """Pairs to be ranked: positions within the block's customers, products, and bit sets over SOURCES."""

    rows: Ints
    items: Ints
    sources: Ints


def block_size(n_items: int) -> int:
    """How many customers are scored at once, so that memory does not grow with the catalogue."""
    return int(np.clip(DENSE_CELLS // max(n_items, 1), 1, 512))


def score_block(snapshot: Snapshot, customers: Ints) -> Block:
    """Ask every candidate model."""
    taste, fresh, last = (
        rows[customers] for rows in (snapshot.taste, snapshot.fresh_taste, snapshot.last_visit)
    )
    vectors = snapshot.catalogue.vectors
    scores = {
        "collaborative": snapshot.collaborative(taste),
        "collaborative_fresh": snapshot.collaborative(fresh),
        "people_like_you": people_like_you(snapshot, customers, snapshot.recent_buyers),
        "people_ever": people_like_you(snapshot, customers, snapshot.taste),
        "together": scaled(taste, snapshot.together),
        "together_last": scaled(last, snapshot.together),
        "next": scaled(last, snapshot.following),
        "next_ever": scaled(taste, snapshot.following),
        "content": content_scores(taste, vectors),
        "content_last": content_scores(last, vectors),
        "text_factors": factor_scores(snapshot, customers),
    }
    return Block(customers, scores, snapshot.histories.bought[customers].toarray() > 0)


def people_like_you(snapshot: Snapshot, customers: Ints, theirs: Sparse) -> Floats:
    """What customers of a similar taste have, each weighed by the cosine of the two; oneself left out."""
    alike = (snapshot.unit_taste[customers] @ snapshot.unit_taste.T).tocsr()
    positions = np.repeat(np.arange(len(customers)), np.diff(alike.indptr))
    alike.data[alike.indices == customers[positions]] = 0
    found: Floats = (alike @ theirs).toarray()
    return found


def factor_scores(snapshot: Snapshot, customers: Ints) -> Floats:
    """Of each customer's next purchases the share that each product is expected to have."""
    if snapshot.factors is None:
        return np.zeros((len(customers), snapshot.histories.n_items), np.float32)
    logits = snapshot.factors.scores(customers)
    shares: Floats = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    return shares


def scaled(rows: Sparse, neighbours: Sparse) -> Floats:
    """Summed over a history, so that long histories do not outshout."""
    found: Floats = (rows @ neighbours).toarray() / np.sqrt(row_sums(rows) + 1)[:, None]
    return found


def content_scores(rows: Sparse, vectors: Floats) -> Floats:
    """Cosine of each product's vector with the mean of a history's."""
    mean = unit_rows(rows) @ vectors
    norms = np.linalg.norm(mean, axis=1, keepdims=True)
    found: Floats = (mean / np.maximum(norms, 1e-9)) @ vectors.T
    return found


def propose(snapshot: Snapshot, block: Block) -> Candidates:
    """The union of the lists over what was never bought, and everything bought; live products only."""
    trend = (snapshot.items.buyers[int(RECENT_DAYS)] + 1) ** TREND_POWER
    popular = np.broadcast_to(snapshot.items.buyers[14], block.bought.shape)
    ranked = {
        **block.scores,
        "collaborative_trending": np.maximum(block.scores["collaborative"], 0) * trend,
        "popular": popular + snapshot.items.buyers_ever * 1e-6,
    }
    is_closed = block.bought | ~snapshot.catalogue.is_live
    bits = np.zeros(block.bought.shape, np.int64)
    most = max(LEAST_PROPOSED, int(snapshot.histories.n_items * LARGEST_SHARE))
    for bit, (name, limit) in enumerate(LISTS.items()):
        scores = np.where(is_closed, -np.inf, ranked[name])
        mark_best(bits, scores, limit=min(limit, most), mark=1 << bit)
    bits[block.bought & snapshot.catalogue.is_live] |= 1 << len(LISTS)
    rows, items = np.nonzero(bits)
    return Candidates(rows=rows, items=items, sources=bits[rows, items])


def mark_best(bits: Ints, scores: Floats, *, limit: int, mark: int) -> None:
    """Set `mark` at each row's best finite scores."""
    limit = min(limit, scores.shape[1])
    best = np.argpartition(-scores, limit - 1, axis=1)[:, :limit]
    rows = np.arange(len(scores))[:, None]
    bits[rows, best] |= np.where(np.isfinite(scores[rows, best]), mark, 0)
