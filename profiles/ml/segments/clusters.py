"""Learned segments: k-means with the number of clusters that a refit finds again, and names for people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.int64]

RESAMPLES, SAMPLE_SHARE = 5, 0.8
STABLE, SAME_GROUP = 0.8, 0.5
NEVER_APART = 1e6
# Where a group stands among all buyers, 0 to 1: bought lately, often, much.
HABITS = {
    "champions": (0.85, 0.9, 0.9),
    "loyal": (0.65, 0.75, 0.7),
    "new": (0.85, 0.2, 0.25),
    "big_baskets": (0.5, 0.35, 0.85),
    "occasional": (0.5, 0.45, 0.45),
    "slipping": (0.2, 0.75, 0.7),
    "lapsed": (0.15, 0.2, 0.2),
}


@dataclass(frozen=True)
class Clustering:
    """`centres` (k × features), `labels` (rows), and the adjusted Rand index of each resample."""

    centres: Floats
    labels: Labels
    stabilities: tuple[float, ...]

    @property
    def stability(self) -> float:
        return float(np.mean(self.stabilities))


def habit_features(recency_days: Floats, orders: Floats, spent: Floats) -> Floats:
    """Rows × 3 (lately, often, much), on logarithms: one more order matters less the more there are."""
    return np.column_stack(
        [-np.log1p(np.maximum(recency_days, 0)), np.log1p(orders), np.log1p(np.maximum(spent, 0))]
    )


def taste_features(amounts: Floats) -> Floats:
    """Square roots of shares (rows × shelves): Euclidean distance is then Hellinger's."""
    totals = amounts.sum(axis=1, keepdims=True)
    shares = np.divide(amounts, totals, out=np.zeros_like(amounts), where=totals > 0)
    return np.asarray(np.sqrt(shares), np.float64)


def fit_clusters(features: Floats, sizes: Sequence[int], *, seed: int = 7) -> Clustering:
    """The largest number of clusters that resamples find again, else the most stable one.

    Stability by resampling: Ben-Hur, Elisseeff & Guyon (2002); adjusted Rand index: Hubert & Arabie (1985).
    """
    with threadpool_limits(1):  # on a few thousand rows, threads cost more than they bring
        tried = [clusters_of(features, size, seed) for size in sizes if size < len(features)]
    stable = [each for each in tried if each.stability >= STABLE]
    return stable[-1] if stable else max(tried, key=lambda each: each.stability)


def clusters_of(features: Floats, size: int, seed: int) -> Clustering:
    from sklearn.cluster import KMeans  # pages import this module, and fit nothing
    from sklearn.metrics import adjusted_rand_score

    whole = KMeans(size, n_init=4, random_state=seed).fit(features)
    labels = whole.labels_.astype(np.int64)
    rng = np.random.default_rng(seed)
    scores = []
    for resample in range(RESAMPLES):
        rows = rng.choice(len(features), max(size, int(len(features) * SAMPLE_SHARE)), replace=False)
        again = KMeans(size, n_init=2, random_state=seed + 1 + resample).fit(features[rows])
        scores.append(float(adjusted_rand_score(labels, again.predict(features))))
    return Clustering(np.asarray(whole.cluster_centers_, np.float64), labels, tuple(scores))


def nearest_centres(features: Floats, centres: Floats) -> Labels:
    distances = (features**2).sum(1)[:, None] - 2 * features @ centres.T + (centres**2).sum(1)
    return np.asarray(distances.argmin(axis=1), np.int64)


def standings(features: Floats, labels: Labels, size: int) -> Floats:
    """Per cluster and feature, the mean rank of its rows among all, 0 to 1 (clusters × features)."""
    ranks = features.argsort(axis=0).argsort(axis=0) / max(1, len(features) - 1)
    return np.array([ranks[labels == each].mean(axis=0) for each in range(size)])


def habit_names(place: Floats, carried: Mapping[int, str]) -> list[str]:
    """A name of HABITS for each cluster by where it stands; carried ones keep theirs, each name once."""
    wanted = np.array(list(HABITS.values()))
    distance = ((place[:, None, :] - wanted[None, :, :]) ** 2).sum(axis=2)
    return assigned(distance, list(HABITS), carried)


def taste_names(
    centres: Floats, overall: Floats, shelves: Sequence[str], carried: Mapping[int, str]
) -> list[str]:
    """For each cluster the shelf that it likes beyond what all do (gain in share), each shelf once."""
    gain = centres**2 - (overall**2)[None, :]
    return assigned(-gain, shelves, carried)


def assigned(cost: Floats, names: Sequence[str], carried: Mapping[int, str]) -> list[str]:
    """One name a row at the least cost (rows × names); `carried` rows have theirs already."""
    cost = cost.copy()
    for row, name in carried.items():
        if name in names:
            cost[row, list(names).index(name)] = -NEVER_APART
    return [names[column] for column in matched(cost)[1]]


def matched(cost: Floats) -> tuple[Labels, Labels]:
    """Rows and columns, one to one, at the least cost."""
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(cost)
    return rows, columns


def same_groups(
    old: Mapping[int, str], customers: Sequence[int], labels: Labels, size: int
) -> dict[int, str]:
    """Which earlier group each cluster goes on with: those that share at least half (Jaccard), one to one.

    `old`: the group of each customer before. Clusters without an earlier group are left out.
    """
    groups = sorted(set(old.values()))
    if not groups:
        return {}
    members = [{customer for customer, own in old.items() if own == group} for group in groups]
    now = [set(np.asarray(customers)[labels == each].tolist()) for each in range(size)]
    overlap = np.array([[len(a & b) / max(1, len(a | b)) for b in members] for a in now])
    rows, columns = matched(-overlap)
    return {
        int(row): groups[column]
        for row, column in zip(rows, columns, strict=True)
        if overlap[row, column] >= SAME_GROUP
    }


def stability_between(old: Mapping[int, str], customers: Sequence[int], names: Sequence[str]) -> float | None:
    """Adjusted Rand index over the customers that both fits know; None where there are none."""
    both = [(old[customer], name) for customer, name in zip(customers, names, strict=True) if customer in old]
    if not both:
        return None
    from sklearn.metrics import adjusted_rand_score

    return float(adjusted_rand_score([pair[0] for pair in both], [pair[1] for pair in both]))
