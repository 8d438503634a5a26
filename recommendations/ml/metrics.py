"""How good a ranking is, and how sure that is."""

from collections.abc import Sequence

import numpy as np


def ndcg(grades: Sequence[int], judged: Sequence[int], *, depth: int) -> float:
    """Of the grades in ranked order; gains 2^grade - 1 against the best order of all `judged` grades."""
    ideal = discounted(sorted(judged, reverse=True)[:depth])
    return discounted(grades[:depth]) / ideal if ideal else 0.0


def discounted(grades: Sequence[int]) -> float:
    return float(sum((2**grade - 1) / np.log2(position + 2) for position, grade in enumerate(grades)))


def bootstrap_interval(values: Sequence[float], *, samples: int = 2000, seed: int = 0) -> tuple[float, float]:
    """The 95 % interval of the mean over resampled values; the same on every call."""
    rng = np.random.default_rng(seed)
    drawn = rng.choice(np.asarray(values), size=(samples, len(values)))
    low, high = np.percentile(drawn.mean(axis=1), [2.5, 97.5])
    return float(low), float(high)
