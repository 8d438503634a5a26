"""What was shown and what came of it, as columns to learn from, in the codes of a shop's behaviour."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import numpy as np

from recommendations.ml.lessons import WINDOW_DAYS, WINDOWS
from recommendations.ml.shown import Shown
from recommendations.models import Impression, Outcome, Slot
from recommendations.selectors.behaviour import SECONDS_PER_DAY, Behaviour, positions

MOST_LISTS = 50_000
CHOICES = {Outcome.Kind.CLICK: 1, Outcome.Kind.CART: 2, Outcome.Kind.PURCHASE: 3}


def shown_lists(behaviour: Behaviour) -> Shown:
    """The newest personal lists of the days that the ranker learns from; only of whom it may learn from."""
    rows = np.array(list(shown_rows(behaviour)), np.float64).reshape(-1, 7)
    customers, is_known = positions(rows[:, 1], behaviour.customer_ids)
    items, is_sold = positions(rows[:, 2], behaviour.product_ids)
    lists, places, outcomes = (rows[:, column].astype(np.int64) for column in (0, 3, 6))
    found = Shown(lists, customers, items, places, rows[:, 4], rows[:, 5], outcomes)
    return found.where(is_known & is_sold)


def shown_rows(behaviour: Behaviour) -> Iterator[tuple[Any, ...]]:
    """List, customer, product, place, day, chance, outcome; list by list. Two statements."""
    first = moment_of(behaviour.last_day - WINDOW_DAYS * WINDOWS)
    served = Impression.objects.served().since(first).filter(slot=Slot.FOR_YOU, customer__isnull=False)
    newest = served.order_by("-served_at").values_list(
        "pk", "customer", "served_at", "product_ids", "propensities"
    )[:MOST_LISTS]
    outcomes = outcomes_since(first)
    for number, (key, customer, served_at, product_ids, chances) in enumerate(newest):
        day = served_at.timestamp() / SECONDS_PER_DAY
        for place, (product, chance) in enumerate(zip(product_ids, chances, strict=True), start=1):
            yield number, customer, product, place, day, chance, outcomes.get((key, product), 0)


def outcomes_since(first: datetime) -> dict[tuple[UUID, int], int]:
    """The most that came of each product in each list."""
    found: dict[tuple[UUID, int], int] = {}
    rows = Outcome.objects.filter(occurred_at__gte=first).values_list("impression", "product", "kind")
    for key, product, kind in rows.iterator(chunk_size=20_000):
        found[key, product] = max(found.get((key, product), 0), CHOICES[Outcome.Kind(kind)])
    return found


def moment_of(day: float) -> datetime:
    return datetime.fromtimestamp(day * SECONDS_PER_DAY, tz=UTC)
