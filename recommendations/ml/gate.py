"""What a ranker has to show before it serves: a window of days that it did not learn from."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from recommendations.ml.features import FEATURES
from recommendations.ml.interactions import Floats
from recommendations.ml.lessons import LEAST_PURCHASES, Lessons, trained_on
from recommendations.ml.ranker import Examples, Ranker, informative
from recommendations.ml.ranking_metrics import list_ndcg, paired_gain
from recommendations.ml.shown import replayed

GATE_ROUNDS = 50  # enough to tell whether there is an order to learn
LEAST_LISTS, LEAST_JUDGING = 1000, 200  # lists with a choice: to learn from, and to judge by
MOST_LOST = 0.005  # on orders, for what is gained on lists
FEATURE_NAMES = tuple(FEATURES)


def time_split(lessons: Sequence[Lessons], examined: Floats | None = None) -> dict[str, float]:
    """The gate: nDCG@10 in the last window of a ranker that saw only those before it, beside two baselines.

    Among the candidates, so for comparing on one window only. Empty where there is too little to split.
    With enough lists that were shown, also what learning from them gains (`lists_…`).
    """
    if sum(each.bought.positives for each in lessons[1:]) < LEAST_PURCHASES:
        return {}
    last = informative(lessons[0].bought)
    if not last.positives:
        return {}
    ranker = gate_ranker(lessons)
    buyers, orders = (last.rows[:, FEATURE_NAMES.index(name)] for name in ("buyers_30", "own_orders"))
    found = {
        "ndcg@10": block_ndcg(last, ranker.scores(last.rows)).mean(),
        "popularity_ndcg@10": block_ndcg(last, buyers).mean(),
        "own_frequency_ndcg@10": block_ndcg(last, orders + buyers * 1e-6).mean(),
    }
    return {name: float(value) for name, value in found.items()} | lists_split(lessons, ranker, examined)


def gate_ranker(lessons: Sequence[Lessons]) -> Ranker:
    """What would have been learned before the last window. Raises InsufficientData."""
    return trained_on(lessons[1:], rounds=GATE_ROUNDS)


def lists_split(lessons: Sequence[Lessons], plain: Ranker, examined: Floats | None) -> dict[str, float]:
    """What a ranker that also learned from lists gains over the plain one in the last window: on the lists,
    by inverse propensity, and on the orders. Empty while there are too few lists."""
    last = lessons[0]
    earlier = sum(len(each.shown.sizes) for each in lessons[1:])
    if examined is None or earlier < LEAST_LISTS or len(last.shown.sizes) < LEAST_JUDGING:
        return {}
    taught = trained_on(lessons[1:], with_lists=True, rounds=GATE_ROUNDS)
    shown, bought = last.shown, informative(last.bought)
    of_lists = [replayed(shown, each.scores(shown.rows), examined) for each in (taught, plain)]
    of_orders = [block_ndcg(bought, each.scores(bought.rows)) for each in (taught, plain)]
    gain, low, _ = paired_gain(*of_lists)
    lost, most, _ = paired_gain(*of_orders)
    return {
        "lists": float(earlier),
        "lists_gain": gain,
        "lists_gain_low": low,
        "lists_orders_gain": lost,
        "lists_orders_gain_low": most,
    }


def lists_are_better(metrics: dict[str, float]) -> bool:
    """Surely better on what was shown, and on orders not worse by more than the last digit that is quoted."""
    gain, orders = metrics.get("lists_gain_low", 0.0), metrics.get("lists_orders_gain_low", 0.0)
    return gain > 0 and orders > -MOST_LOST


def block_ndcg(part: Examples, scores: Floats, *, depth: int = 10) -> Floats:
    """Of each block."""
    bounds = np.concatenate([[0], np.cumsum(part.sizes)])
    shown = [begin + np.argsort(-scores[begin:end], kind="stable")[:depth] for begin, end in pairwise(bounds)]
    wanted = [begin + np.flatnonzero(part.labels[begin:end]) for begin, end in pairwise(bounds)]
    return list_ndcg(shown, wanted, depth=depth)
