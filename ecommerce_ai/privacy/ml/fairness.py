"""How often a decision falls on each group of people, with intervals, and whether that calls for a look."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

FOUR_FIFTHS = 0.8  # the rule of thumb of the US Uniform Guidelines (29 CFR 1607.4 D)
LEAST_PEOPLE = 20  # smaller groups are not told: their shares would be about single people
Z95 = 1.959964


@dataclass(frozen=True)
class GroupOutcome:
    """A group's size, the share the decision falls on with its 95 % interval, and the mean score."""

    group: str
    people: int
    share: float
    low: float
    high: float
    mean_score: float


@dataclass(frozen=True)
class Comparison:
    """One decision over the groups of one attribute. `ratio` is the lowest share by the highest; `needs_look`
    when it is under four fifths and the intervals of the two do not touch."""

    groups: tuple[GroupOutcome, ...]
    ratio: float | None
    needs_look: bool


def compare(selected: Sequence[bool], scores: Sequence[float], groups: Sequence[str]) -> Comparison:
    """Groups of fewer than twenty people are left out; without two groups there is no ratio."""
    if len(selected) < LEAST_PEOPLE:
        return Comparison((), None, needs_look=False)
    # Brings scikit-learn along: one page of the office needs it, and every start would wait for it.
    from fairlearn.metrics import MetricFrame, count, selection_rate

    decided = np.asarray(selected, dtype=int)
    metrics = {"people": count, "share": selection_rate, "score": mean_score}
    frame = MetricFrame(
        metrics=metrics,
        y_true=decided,
        y_pred=decided,
        sensitive_features=np.asarray(groups, dtype=object),
        sample_params={"score": {"scores": np.asarray(scores, dtype=float)}},
    ).by_group
    outcomes = [
        outcome_of(str(group), int(row["people"]), float(row["share"]), float(row["score"]))
        for group, row in frame.iterrows()
        if row["people"] >= LEAST_PEOPLE
    ]
    return judged(sorted(outcomes, key=lambda outcome: outcome.group.lstrip("≤≥ ")))


def mean_score(y_true: np.ndarray, y_pred: np.ndarray, scores: np.ndarray) -> float:
    return float(np.mean(scores))


def outcome_of(group: str, people: int, share: float, score: float) -> GroupOutcome:
    low, high = wilson(share, people)
    return GroupOutcome(group, people, share, low, high, score)


def wilson(share: float, people: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927), inside 0 and 1 also for few people."""
    spread = Z95**2 / people
    middle = share + spread / 2
    half = Z95 * sqrt(share * (1 - share) / people + spread / (4 * people))
    return max(0.0, (middle - half) / (1 + spread)), min(1.0, (middle + half) / (1 + spread))


def judged(outcomes: list[GroupOutcome]) -> Comparison:
    if len(outcomes) < 2:
        return Comparison(tuple(outcomes), None, needs_look=False)
    lowest = min(outcomes, key=lambda outcome: outcome.share)
    highest = max(outcomes, key=lambda outcome: outcome.share)
    ratio = lowest.share / highest.share if highest.share else 1.0
    needs_look = ratio < FOUR_FIFTHS and lowest.high < highest.low
    return Comparison(tuple(outcomes), ratio, needs_look)
