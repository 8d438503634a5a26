"""What a recommendation says about itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from django.utils.functional import Promise, lazy

from ecommerce_ai.shop.models import Product


@dataclass(frozen=True)
class Reason:
    """Why: a stable code for programs, a sentence for people, and the facts behind it."""

    code: str
    text: str | Promise
    evidence: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Recommendation:
    """A product, how strongly it is meant (higher is better, comparable within one list), and why."""

    product: Product
    score: float
    reason: Reason


def title_of(product: Product) -> Promise:
    """The product's title in the language of whoever reads it."""
    return cast("Promise", lazy(lambda: product.local_title, str)())
