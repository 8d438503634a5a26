"""Bootstrap intervals of 95 percent."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from ecommerce_ai.measurement import Metric

Ints = npt.NDArray[np.int64]
Measure = Callable[[Ints], float]


def resampled(measure: Measure, size: int, *, rounds: int = 500) -> Metric:
    """The measure on all rows, with the interval of resampled ones; it is given the rows that count."""
    draw = np.random.default_rng(0)
    values = [measure(draw.integers(0, size, size)) for _round in range(rounds)]
    low, high = np.quantile(values, (0.025, 0.975))
    return Metric(measure(np.arange(size)), float(low), float(high))
