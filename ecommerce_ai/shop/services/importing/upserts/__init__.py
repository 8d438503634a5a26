"""Batches of records into the shop's tables, kind by kind."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ecommerce_ai.shop.services.importing.upserts import customers, events, orders, products, reviews
from ecommerce_ai.shop.services.importing.upserts.staging import Outcome, Staging

__all__ = ["TARGETS", "Outcome", "Target"]


def nothing_to_finish(cursor: Any, run_id: int) -> None:
    """Most kinds are done with their last batch."""


@dataclass(frozen=True)
class Target:
    """How records of one kind are written: staged, upserted batch by batch, finished after the last."""

    staging: Staging
    upsert: Callable[[Any, int, frozenset[str]], Outcome]
    finish: Callable[[Any, int], None] = nothing_to_finish
    staged_form: Callable[[Iterable[Any]], Iterable[Sequence[Any]]] = iter

    def write(self, cursor: Any, records: list[Any], run_id: int, fields: frozenset[str]) -> Outcome:
        """Write a batch inside the caller's transaction."""
        if not records:
            return Outcome(0, 0, [])
        self.staging.fill(cursor, self.staged_form(records))
        return self.upsert(cursor, run_id, fields)


TARGETS: dict[str, Target] = {
    "products": Target(products.STAGING, products.upsert),
    "customers": Target(customers.STAGING, customers.upsert),
    "orders": Target(orders.STAGING, orders.upsert, orders.finish, orders.numbered),
    "events": Target(events.STAGING, events.upsert),
    "reviews": Target(reviews.STAGING, reviews.upsert),
}
