"""What the models decide about people: each app tells in `decisions.py`, so that one page compares groups."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.module_loading import autodiscover_modules


@dataclass(frozen=True)
class Decision:
    """`selected`: whether the decision falls on each customer; `score`: how sure the model is, 0 to 1."""

    name: str
    customer_ids: tuple[int, ...]
    selected: tuple[bool, ...]
    scores: tuple[float, ...]


Source = Callable[[], Iterable[Decision]]
sources: list[Source] = []


def decision_source(function: Source) -> Source:
    """Register a function that tells the decisions of an app as they stand."""
    sources.append(function)
    return function


def decisions() -> Iterator[Decision]:
    autodiscover_modules("decisions")
    for source in sources:
        yield from source()
