"""Whether a share of somebody's events is above a limit, for sure numbers of events as for few."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import beta

Floats = npt.NDArray[np.float64]
PRIOR_EVENTS = 4.0
# The interval: what the probability would be were the limit a quarter higher, or lower.
STRICTER, LAXER = 1.25, 0.8


@dataclass(frozen=True)
class Probabilities:
    """One row per customer; `low` and `high` enclose `probability`."""

    probability: Floats
    low: Floats
    high: Floats


def habit(hits: Floats, events: Floats, *, times_usual: float) -> Probabilities:
    """The posterior probability that a customer's share of hits is above `times_usual` the shop's.

    Beta prior around the shop's own share (empirical Bayes; Robbins 1956), worth PRIOR_EVENTS events.
    """
    usual = (hits.sum() + 1) / (events.sum() + 2)
    limit = min(times_usual * usual, 0.95)
    alpha, rest = PRIOR_EVENTS * usual + hits, PRIOR_EVENTS * (1 - usual) + events - hits
    above = [beta.sf(min(limit * factor, 0.99), alpha, rest) for factor in (1.0, STRICTER, LAXER)]
    return Probabilities(above[0], np.minimum(above[1], above[0]), np.maximum(above[2], above[0]))
