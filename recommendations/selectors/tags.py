"""Which candidates carry what the shopper's profile says they like, and what they said they do not."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from ecommerce_ai.shop.models import Customer
from profiles.models import Interest, ProductTrait, TagRemoval, Trait
from profiles.selectors.interests import trait_label

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
    """For these products, by the profile's strongest interests. Four statements; two where there are none."""
    removed = set(TagRemoval.objects.filter(customer=customer).values_list("kind", "key"))
    strengths = dict(
        Interest.objects.filter(customer=customer)
        .order_by("-strength")
        .values_list("trait", "strength")[:STRONGEST]
    )
    if not strengths and not removed:
        return []
    traits = {trait.pk: trait for trait in concerned(strengths, removed)}
    pairs = ProductTrait.objects.filter(trait__in=list(traits), product__in=product_ids)
    most = max(strengths.values(), default=1.0)
    shared = {
        pk: (trait.kind, trait.key, trait_label(trait), strengths.get(pk, most) / most,
             (trait.kind, trait.key) in removed)
        for pk, trait in traits.items()
    }  # fmt: skip
    return [TagMatch(product, *shared[trait]) for product, trait in pairs.values_list("product", "trait")]


def concerned(strengths: Mapping[int, float], removed: Collection[tuple[str, str]]) -> QuerySet[Trait]:
    """The traits of the interests and those that were taken away."""
    wanted = Q(pk__in=list(strengths))
    for kind, key in removed:
        wanted |= Q(kind=kind, key=key)
    return Trait.objects.filter(wanted)
