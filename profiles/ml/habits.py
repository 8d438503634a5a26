"""Whether a share of somebody's events is above a limit, for sure numbers of events as for few."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import betaincc

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


def usual_share(hits: float, events: float) -> float:
    """The shop's own share, never quite 0 or 1."""
    return (hits + 1) / (events + 2)


def habit(hits: Floats, events: Floats, *, usual: float, times_usual: float) -> Probabilities:
    """The posterior probability that a customer's share of hits is above `times_usual` the `usual` one.

    Beta prior around the shop's own share (empirical Bayes; Robbins 1956), worth PRIOR_EVENTS events.
    """
    limit = min(times_usual * usual, 0.95)
    alpha, rest = PRIOR_EVENTS * usual + hits, PRIOR_EVENTS * (1 - usual) + events - hits
    above = [betaincc(alpha, rest, min(limit * factor, 0.99)) for factor in (1.0, STRICTER, LAXER)]
    return Probabilities(above[0], np.minimum(above[1], above[0]), np.maximum(above[2], above[0]))
