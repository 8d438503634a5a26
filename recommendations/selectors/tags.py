"""Which candidates carry what the shopper's profile says they like, and what they said they do not."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise

from ecommerce_ai.shop.models import Customer
from profiles.models import Interest, ProductTrait, TagRemoval

STRONGEST = 12


@dataclass(frozen=True)
class TagMatch:
    """A product that carries a trait.

    `weight`: 0 to 1, relative to the shopper's strongest. `is_removed`: the shopper took the tag away.
    """

    product_id: int
    kind: str
    key: str
    label: str | Promise
    weight: float
    is_removed: bool


def tag_matches(customer: Customer, product_ids: Sequence[int]) -> list[TagMatch]:
    """For these products, by the profile's strongest interests. Three statements."""
    removed = set(TagRemoval.objects.filter(customer=customer).values_list("kind", "key"))
    strengths = dict(
        Interest.objects.filter(customer=customer)
        .order_by("-strength")
        .values_list("trait", "strength")[:STRONGEST]
    )
    if not strengths and not removed:
        return []
    concerned = Q(trait__in=list(strengths))
    for kind, key in removed:
        concerned |= Q(trait__kind=kind, trait__key=key)
    rows = ProductTrait.objects.filter(concerned, product__in=product_ids).select_related("trait")
    most = max(strengths.values(), default=1.0)
    return [
        TagMatch(
            row.product_id,
            row.trait.kind,
            row.trait.key,
            row.trait.local_label,
            weight=strengths.get(row.trait_id, most) / most,
            is_removed=(row.trait.kind, row.trait.key) in removed,
        )
        for row in rows
    ]
