"""What a recommendation says about itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from ecommerce_ai.shop.models import Product

IMPERSONAL_CODES = {"popular", "new", "similar", "same_shelf", "merchant"}


@dataclass(frozen=True)
class Reason:
    """Why: a stable code for programs, a sentence for people, and the facts behind it.

    `subject` is what it hangs on: a product's key, a tag as "kind:key", or nothing.
    """

    code: str
    text: str | Promise
    evidence: Mapping[str, Any] = field(default_factory=dict)
    subject: str = ""

    @property
    def is_personal(self) -> bool:
        """Whether it says something about the shopper, who may strike it out."""
        return self.code not in IMPERSONAL_CODES and not self.code.startswith("search_")


@dataclass(frozen=True)
class Recommendation:
    """A product, how strongly it is meant (higher is better, comparable within one list), and why.

    `reason` is what speaks for it most; `more_reasons` come after it.
    """

    product: Product
    score: float
    reason: Reason
    more_reasons: tuple[Reason, ...] = ()

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return (self.reason, *self.more_reasons)
