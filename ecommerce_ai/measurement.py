"""How a benchmark or an evaluation is declared; the commands `bench` and `evaluate` find them by name.

An app declares its own in `benchmarks.py` and `evaluations.py`, which only those commands load.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Measurement:
    """One line of the speed table: `value` in `unit`, as a ratio `ratio` to the named `baseline`."""

    name: str
    value: float
    unit: str
    baseline: str = ""
    baseline_value: float | None = None
    ratio: float | None = None
    note: str = ""

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Metric:
    """A metric's value with its 95 % bootstrap interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Evaluation:
    """What an evaluation found: metrics with intervals, beside baselines measured in the same run; samples
    are for a person to read.
    """

    dataset: str
    n: int
    metrics: dict[str, Metric]
    baselines: dict[str, dict[str, float]] = field(default_factory=dict)
    samples: dict[str, list[str]] = field(default_factory=dict)


Benchmark = Callable[[], list[Measurement]]
Evaluator = Callable[[Path, dict[str, str]], Evaluation]

benchmarks: dict[str, Benchmark] = {}
evaluators: dict[str, Evaluator] = {}


def benchmark(name: str) -> Callable[[Benchmark], Benchmark]:
    """Register a function as `manage.py bench NAME`."""

    def register(function: Benchmark) -> Benchmark:
        benchmarks[name] = function
        return function

    return register


def evaluation(task: str) -> Callable[[Evaluator], Evaluator]:
    """Register a function `(data folder, options)` as `manage.py evaluate TASK --data DIR`."""

    def register(function: Evaluator) -> Evaluator:
        evaluators[task] = function
        return function

    return register
