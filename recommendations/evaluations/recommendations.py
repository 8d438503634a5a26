"""`manage.py evaluate recommendations`: what serves, trained before a day, on what was bought after it."""

from pathlib import Path

import numpy as np

from ecommerce_ai.measurement import Evaluation, Metric, evaluation
from recommendations.evaluations.baselines import Scores, baselines
from recommendations.evaluations.cold_start import cold_start
from recommendations.evaluations.orders import Orders, load_orders
from recommendations.ml.interactions import Floats, Ints
from recommendations.ml.lessons import train
from recommendations.ml.metrics import bootstrap_interval
from recommendations.ml.ranking import rank
from recommendations.ml.ranking_metrics import (
    coverage,
    list_ndcg,
    list_novelty,
    list_recall,
    paired_gain,
)
from recommendations.ml.snapshots import learn

DEPTH = 10
DAYS = 31
COLD = f"cold/ndcg@{DEPTH}"
Lists = dict[str, dict[int, Ints]]


@evaluation("recommendations")
def recommendations(folder: Path, options: dict[str, str]) -> Evaluation:
    """Any item and new items, on the full catalogue, by time; without a cut the last month of the file."""
    orders = load_orders(folder, cut=options.get("cut"), days=int(options.get("days", DAYS)))
    served, cold = values_of(orders, served_lists(orders)), cold_start(orders)
    served |= {COLD: cold["factors"], f"cold-content/ndcg@{DEPTH}": cold["content"]}
    beside = {
        name: values_of(orders, best_lists(orders, scores)) for name, scores in baselines(orders).items()
    }
    beside["shelf_popularity"] = {COLD: cold["shelf_popularity"]}
    return Evaluation(
        dataset=folder.name,
        n=len(orders.relevant),
        metrics={name: metric(values) for name, values in served.items()},
        baselines={name: compared(served, theirs) for name, theirs in beside.items()},
    )


def served_lists(orders: Orders) -> Lists:
    """Through the very functions that write the rankings which pages read."""
    ranker = train(orders.interactions, orders.catalogue, orders.cut)
    snapshot = learn(orders.interactions, orders.catalogue, orders.cut)
    lists: Lists = {"any": {}, "new": {}}
    for ranked in rank(snapshot, ranker, np.array(list(orders.relevant))):
        lists["any"][ranked.customer] = ranked.items[:DEPTH]
        lists["new"][ranked.customer] = ranked.items[ranked.is_new][:DEPTH]
    return lists


def best_lists(orders: Orders, scores: Scores) -> Lists:
    customers = np.array(list(orders.relevant))
    table = np.where(orders.sold, scores(customers), -np.inf)
    unseen = np.where(orders.bought[customers], -np.inf, table)
    return {
        kind: dict(zip(customers.tolist(), np.argsort(-found, axis=1, kind="stable")[:, :DEPTH], strict=True))
        for kind, found in (("any", table), ("new", unseen))
    }


def values_of(orders: Orders, lists: Lists) -> dict[str, Floats]:
    """Each metric of each customer; coverage is one number."""
    found: dict[str, Floats] = {}
    for kind, relevant in (("new", orders.relevant_new), ("any", orders.relevant)):
        shown = [lists[kind][who] for who in relevant]
        wanted = list(relevant.values())
        found[f"{kind}_ndcg@{DEPTH}"] = list_ndcg(shown, wanted, depth=DEPTH)
        found[f"{kind}_recall@{DEPTH}"] = list_recall(shown, wanted, depth=DEPTH)
    shown = list(lists["new"].values())
    found[f"coverage@{DEPTH}"] = np.array([coverage(shown, int(orders.sold.sum()))])
    found[f"novelty@{DEPTH}"] = list_novelty(shown, orders.bought.sum(axis=0), len(orders.bought))
    return found


def metric(values: Floats) -> Metric:
    return Metric(float(np.mean(values)), *bootstrap_interval(values.tolist()))


def compared(ours: dict[str, Floats], theirs: dict[str, Floats]) -> dict[str, float]:
    """A baseline's metrics; for nDCG also our paired gain, the low end of its interval, and p of no gain."""
    found: dict[str, float] = {}
    for name, values in theirs.items():
        found[name] = float(np.mean(values))
        if "ndcg" in name:
            gain, low, p = paired_gain(ours[name], values)
            found |= {f"{name}/gain": gain, f"{name}/gain_low": low, f"{name}/gain_p": p}
    return found
