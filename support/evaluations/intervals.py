"""Values of single questions to a metric with its interval."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from ecommerce_ai.measurement import Metric

SAMPLES = 1_000
Floats = npt.NDArray[np.float64]


def mean_metric(values: Sequence[float] | npt.NDArray[np.generic]) -> Metric:
    return resampled(lambda rows: float(np.mean(rows)), np.asarray(values, np.float64))


def resampled(measure: Callable[..., float], *columns: npt.NDArray[np.generic]) -> Metric:
    """`measure` of the columns, and the middle 95 % of what it says of rows drawn again."""
    rng = np.random.default_rng(0)
    count = len(columns[0])
    drawn = []
    for _sample in range(SAMPLES):
        rows = rng.integers(count, size=count)
        drawn.append(measure(*(column[rows] for column in columns)))
    low, high = np.nanpercentile(drawn, [2.5, 97.5])
    return Metric(measure(*columns), float(low), float(high))


def plain(value: float) -> Metric:
    """A figure of the whole run, without an interval of its own."""
    return Metric(float(value), float(value), float(value))
