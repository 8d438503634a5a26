from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from ecommerce_ai.shop.models import Product
from marketing.ml.facts import ProductFacts
from marketing.models import Brief


@dataclass(frozen=True)
class Assignment:
    """What a writer is told: the brief, the language as the writers call it, and products with their facts,
    what suits the audience best first.
    """

    brief: Brief
    language: str
    goods: Sequence[tuple[Product, ProductFacts]]
    liking: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Draft:
    """Unchecked: texts by the parts of the channel."""

    product: Product
    facts: ProductFacts
    parts: dict[str, str]


@dataclass(frozen=True)
class Written:
    """Drafts, and for a person to read why there are not more."""

    drafts: list[Draft] = field(default_factory=list)
    problem: str = ""


class CopyWriter(Protocol):
    """Writes drafts and never raises for what a model or a server does wrong: that is its `problem`."""

    kind: str
    name: str

    def write(self, assignment: Assignment, count: int) -> Written:
        """At most so many drafts."""
