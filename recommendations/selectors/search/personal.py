"""A customer's taste, where they allow it, moves results a little; it never brings in or takes away."""

from dataclasses import replace

import numpy as np

from ecommerce_ai.privacy.models import Purpose
from ecommerce_ai.privacy.selectors import is_allowed
from profiles.selectors import taste_of
from recommendations.models import ProductVector
from recommendations.selectors.search.reasons import Found
from recommendations.selectors.search.results import SearchOptions

# How many of the best are reordered.
REORDERED = 48


def personal_order(found: list[Found], options: SearchOptions) -> tuple[list[Found], bool]:
    """The results in the order of chance plus taste, and whether that moved any."""
    customer = options.customer
    if (
        customer is None
        or not options.is_personal
        or len(found) < 2
        or not is_allowed(customer, Purpose.PERSONALISATION)
    ):
        return found, False
    if (taste := taste_of(customer)) is None:
        return found, False
    head = found[:REORDERED]
    vectors = dict(
        ProductVector.objects.filter(product__in=[hit.product_id for hit in head]).values_list(
            "product", "embedding"
        )
    )
    direction = np.asarray(taste.embedding, np.float32)
    affinities = {pk: float(np.asarray(vector, np.float32) @ direction) for pk, vector in vectors.items()}
    usual = float(np.mean(list(affinities.values()))) if affinities else 0.0
    lifts = [options.settings.taste * (affinities.get(hit.product_id, usual) - usual) for hit in head]
    order = sorted(range(len(head)), key=lambda place: -(head[place].score + lifts[place]))
    moved = [replace(head[old], is_personal=old > new) for new, old in enumerate(order)]
    return moved + found[REORDERED:], any(hit.is_personal for hit in moved)
