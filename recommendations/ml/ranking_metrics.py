"""How good lists of products are for many customers at once, and whether one method truly beats another."""

from collections.abc import Sequence

import numpy as np

from recommendations.ml.interactions import Floats, Ints

Lists = Sequence[Ints]
SAMPLES = 10_000


def list_ndcg(lists: Lists, relevant: Lists, *, depth: int) -> Floats:
    """nDCG of each customer's list; the best list has min(relevant, depth) hits on top."""
    discounts = 1 / np.log2(np.arange(2, depth + 2))
    found = [
        (np.isin(shown[:depth], wanted) * discounts[: len(shown[:depth])]).sum()
        / discounts[: min(len(wanted), depth)].sum()
        for shown, wanted in zip(lists, relevant, strict=True)
    ]
    return np.array(found)


def list_recall(lists: Lists, relevant: Lists, *, depth: int) -> Floats:
    """Of what each customer bought, the share within the first `depth`, of at most as many."""
    found = [
        np.isin(shown[:depth], wanted).sum() / min(len(wanted), depth)
        for shown, wanted in zip(lists, relevant, strict=True)
    ]
    return np.array(found)


def coverage(lists: Lists, n_items: int) -> float:
    """The share of the catalogue that somebody is shown."""
    shown = np.unique(np.concatenate(lists)) if lists else np.zeros(0)
    return len(shown) / max(n_items, 1)


def list_novelty(lists: Lists, buyers: Floats, n_customers: int) -> Floats:
    """Mean surprise of each list in bits: -log2 of the share of customers who bought it (Vargas 2011)."""
    surprise = -np.log2((buyers + 1) / (n_customers + 1))
    return np.array([surprise[shown].mean() if len(shown) else 0.0 for shown in lists])


def paired_gain(ours: Floats, theirs: Floats, *, seed: int = 0) -> tuple[float, float, float]:
    """Mean gain over the same customers, the low end of its 95 % interval, and the two-sided p of no gain.

    Both from one paired bootstrap: the gain is resampled by customer (Sakai 2006).
    """
    gain = ours - theirs
    rng = np.random.default_rng(seed)
    weights = rng.multinomial(len(gain), np.full(len(gain), 1 / len(gain)), size=SAMPLES)
    means = weights @ gain / len(gain)
    against = min((means <= 0).mean(), (means >= 0).mean())
    p = min(1.0, 2 * max(float(against), 1 / SAMPLES))
    return float(gain.mean()), float(np.percentile(means, 2.5)), p
