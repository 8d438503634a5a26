"""For you: from a visitor's own last events, and honest about which one it was."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import Max, Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ecommerce_ai.shop.models import Customer, Event, OrderLine, Product
from recommendations.ml.interests import Cause, causes, interest_vector, interest_weights
from recommendations.models import ProductVector
from recommendations.selectors.nearest import nearest_vectors, similarity
from recommendations.selectors.popular import filled
from recommendations.selectors.results import Reason, Recommendation, title_of

LAST_EVENTS = 30
STRENGTHS = {Event.Name.VIEW_ITEM: 1.0, Event.Name.ADD_TO_CART: 2.0, Event.Name.PURCHASE: 3.0}
SENTENCES = {
    Event.Name.VIEW_ITEM: _("Because you looked at {title}"),
    Event.Name.ADD_TO_CART: _("Because you put {title} in your cart"),
    Event.Name.PURCHASE: _("Because you bought {title}"),
}


@dataclass(frozen=True)
class Interest:
    """An event of the visitor and the vector of the product it was about."""

    event: Event
    vector: ProductVector


def recommended_for(customer: Customer | None, limit: int) -> list[Recommendation]:
    """For you, then popular, then new: `limit` buyable products wherever the shop has them.

    Leaves out what the customer bought. Each names the product of theirs that it comes from.
    """
    if customer is None:
        return filled([], limit)
    interests = last_interests(customer)
    bought = bought_product_ids(customer)
    chosen = for_you(interests, limit, excluding=bought) if interests else []
    return filled(chosen, limit, excluding=bought)


def for_you(
    interests: Sequence[Interest], limit: int, *, excluding: Sequence[int] = ()
) -> list[Recommendation]:
    """Buyable products nearest to these interests; products of the interests themselves are left out."""
    vectors = np.array([interest.vector.embedding for interest in interests], np.float32)
    strengths = np.array([STRENGTHS[Event.Name(each.event.name)] for each in interests], np.float32)
    weights = interest_weights(strengths)
    known = [*excluding, *(interest.vector.product_id for interest in interests)]
    rows = nearest_vectors(interest_vector(vectors, weights), limit=limit, excluding=Q(product__in=known))
    if not rows:
        return []
    candidates = np.array([row.embedding for row in rows], np.float32)
    found = causes(candidates, vectors, weights)
    return [
        Recommendation(row.product, similarity(row), because_of(interests[cause.position], cause))
        for row, cause in zip(rows, found, strict=True)
    ]


def because_of(interest: Interest, cause: Cause) -> Reason:
    event, product = interest.event, interest.vector.product
    return Reason(
        code=f"because_{event.name}",
        text=format_lazy(SENTENCES[Event.Name(event.name)], title=title_of(product)),
        evidence={
            "event": event.name,
            "sku": product.sku,
            "occurred_at": event.occurred_at.isoformat(),
            "similarity": round(cause.similarity, 3),
        },
    )


def last_interests(customer: Customer) -> list[Interest]:
    """The last events about products that have a vector, newest first."""
    events = (
        Event.objects.filter(customer=customer, product__isnull=False, product__vector__isnull=False)
        .named(*STRENGTHS)
        .select_related("product__vector")
        .order_by("-occurred_at", "-pk")[:LAST_EVENTS]
    )
    return [Interest(event, vector_with_product(event.product)) for event in events if event.product]


def vector_with_product(product: Product) -> ProductVector:
    vector: ProductVector = product.vector
    vector.product = product
    return vector


def bought_product_ids(customer: Customer) -> list[int]:
    """What the customer ordered, here or in the imported history."""
    lines = OrderLine.objects.goods().filter(
        order__customer=customer, order__kind="sale", product__isnull=False
    )
    return list(lines.values_list("product", flat=True).distinct().order_by())


def recently_viewed(
    customer: Customer | None, limit: int, *, excluding: Product | None = None
) -> list[Product]:
    """Live products this customer looked at, each once, the last first."""
    if customer is None:
        return []
    viewed = (
        Product.objects.live()
        .filter(events__customer=customer, events__name=Event.Name.VIEW_ITEM)
        .annotate(viewed_at=Max("events__occurred_at"))
        .select_related("category")
        .order_by("-viewed_at")
    )
    return list((viewed.exclude(pk=excluding.pk) if excluding else viewed)[:limit])
