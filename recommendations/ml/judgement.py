"""How likely a language model holds it that a shopper wants a product: read strictly, weighed, judged itself.

Hou et al. 2024, "Large Language Models are Zero-Shot Rankers for Recommender Systems", found what is used
here: with hardly any history a model's knowledge of the world says more than the behaviour of others.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from recommendations.ml.features import GROUPS
from recommendations.ml.interactions import Floats, Ints
from recommendations.ml.ranking import Ranked
from recommendations.ml.ranking_metrics import list_ndcg, paired_gain
from recommendations.ml.snapshots import Snapshot

LITTLE_HISTORY = 5  # different products; who has more is known by their own deeds
JUDGED = 20  # of the ranking's first new products
LEAST_JUDGED = 30  # shoppers, before a comparison means anything
WEIGHT = 1.0  # beside the ranker's score, whose first ten differ by about as much
GROUP = GROUPS.index("language_model")
SCORE = re.compile(r"0(\.\d{1,4})?|1(\.0{1,4})?", re.ASCII)


def score_of(reply: str) -> float | None:
    """The number from 0 to 1 that a reply is. Whatever else it says besides, it is no score."""
    return float(reply) if SCORE.fullmatch(reply) else None


def to_be_judged(ranked: Ranked) -> Ints:
    """The products that a model is asked about."""
    return ranked.items[ranked.is_new][:JUDGED]


def last_products(snapshot: Snapshot, customer: int) -> Ints:
    """What a customer met, the last first."""
    pairs = snapshot.histories
    row = slice(pairs.indptr[customer], pairs.indptr[customer + 1])
    return pairs.indices[row][np.argsort(pairs.since_last[row], kind="stable")]


def judged(ranked: Ranked, scores: Mapping[int, float]) -> Ranked:
    """The ranking with what the model said on top, as a contribution of its own.

    Scores count against their mean: whoever is asked about has gained nothing by that.
    """
    if not scores:
        return ranked
    mean = sum(scores.values()) / len(scores)
    added = np.array([WEIGHT * (scores.get(int(item), mean) - mean) for item in ranked.items])
    contributions = ranked.contributions.copy()
    contributions[:, GROUP] += added
    total = ranked.scores + added
    order = np.argsort(-total, kind="stable")
    return replace(
        ranked,
        items=ranked.items[order],
        scores=total[order],
        is_new=ranked.is_new[order],
        sources=ranked.sources[order],
        contributions=contributions[order],
    )


def judge_gain(
    plain: Sequence[Ranked], scores: Sequence[Mapping[int, float]], wanted: Sequence[Ints]
) -> dict[str, float]:
    """On shoppers whose next purchases are known: nDCG@10 with and without the model, and the paired gain."""
    with_model = [judged(ranked, said) for ranked, said in zip(plain, scores, strict=True)]
    theirs, ours = (new_ndcg(rankings, wanted) for rankings in (plain, with_model))
    if len(ours) < LEAST_JUDGED:
        return {"judged": float(len(ours))}
    gain, low, _ = paired_gain(ours, theirs)
    return {
        "judged": float(len(ours)),
        "judged_ndcg@10": float(ours.mean()),
        "unjudged_ndcg@10": float(theirs.mean()),
        "judge_gain": gain,
        "judge_gain_low": low,
    }


def new_ndcg(rankings: Sequence[Ranked], wanted: Sequence[Ints]) -> Floats:
    return list_ndcg([ranked.items[ranked.is_new] for ranked in rankings], wanted, depth=10)
