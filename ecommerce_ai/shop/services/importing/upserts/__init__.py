"""Batches of records into the shop's tables, kind by kind."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ecommerce_ai.shop.services.importing.upserts import (
    customers,
    events,
    orders,
    products,
    reviews,
    sold_products,
)
from ecommerce_ai.shop.services.importing.upserts.staging import Outcome

__all__ = ["TARGETS", "Outcome", "Target"]


def nothing_to_finish(cursor: Any, run_id: int) -> None:
    """Most kinds are done with their last batch."""


@dataclass(frozen=True)
class Target:
    """How records of a kind are written in the caller's transaction, and what follows the last batch."""

    upsert: Callable[[Any, list[Any], int, frozenset[str]], Outcome]
    finish: Callable[[Any, int], None] = nothing_to_finish


# Apps above the shop add the kinds that are theirs when they are ready.
TARGETS: dict[str, Target] = {
    "products": Target(products.upsert),
    "customers": Target(customers.upsert),
    "orders": Target(orders.upsert, sold_products.describe_products),
    "events": Target(events.upsert),
    "reviews": Target(reviews.upsert),
}
