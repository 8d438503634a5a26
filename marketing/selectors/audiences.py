"""Which goods of a brief suit whom; nothing about people who did not agree to personal suggestions."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Min, QuerySet

from ecommerce_ai.privacy.selectors import Purpose, allowed_customers, is_allowed
from ecommerce_ai.shop.models import Product
from marketing.models import Brief
from profiles.models import Interest, ProductTrait, SegmentMembership
from profiles.selectors import shop_clock

MOST_PRODUCTS = 12  # of a shelf, those that sell
ASKED = 500  # members of a segment whose interests say what suits it


@dataclass(frozen=True)
class Match:
    """How much a product's traits are liked, and the one that is liked most."""

    product: int
    weight: float
    trait: int


def products_of_brief(brief: Brief) -> list[Product]:
    """The chosen products, else those of the shelf that sell; none that is hidden or sold out."""
    buyable = Product.objects.buyable().select_related("category")
    if brief.pk and (chosen := list(buyable.filter(briefs=brief).order_by("pk"))):
        return chosen
    if brief.shelf is None:
        return []
    ranked = buyable.on_shelf(brief.shelf).annotate(best_rank=Min("popularity__rank"))
    return list(ranked.order_by("best_rank", "-pk")[:MOST_PRODUCTS])


def may_be_personal(brief: Brief) -> bool:
    """Whether a text may say what the shop knows of its reader: to one who agreed, never to a segment."""
    return brief.customer is not None and is_allowed(brief.customer, Purpose.PERSONALISATION)


def liking(brief: Brief, products: Sequence[Product]) -> dict[int, float]:
    """How much the audience likes each product's traits, 1 for what it likes best; empty if nobody knows."""
    liked: dict[int, float] = defaultdict(float)
    for matches in matches_of(audience_ids(brief), [each.pk for each in products]).values():
        for match in matches:
            liked[match.product] += match.weight
    most = max(liked.values(), default=0.0)
    return {pk: weight / most for pk, weight in liked.items()}


def audience_ids(brief: Brief) -> list[int]:
    if brief.customer_id:
        return [brief.customer_id]
    if brief.segment_id:
        return list(members(brief.segment_id)[:ASKED])
    return []


def members(segment: int) -> QuerySet[SegmentMembership, int]:
    """Customers who are in the segment now, in order of their numbers."""
    rows = SegmentMembership.objects.current().filter(segment=segment, customer__merged_into=None)
    return rows.order_by("customer").values_list("customer", flat=True)


def matches_of(customers: Collection[int], products: Collection[int]) -> Mapping[int, list[Match]]:
    """For each customer who agreed, the products whose traits they like, best first. Three queries."""
    if not customers or not products:
        return {}
    carried: dict[int, list[int]] = defaultdict(list)
    for product, trait in ProductTrait.objects.filter(product__in=products).values_list("product", "trait"):
        carried[trait].append(product)
    agreed = allowed_customers(Purpose.PERSONALISATION).filter(pk__in=customers)
    interests = Interest.objects.filter(customer__in=agreed.values("pk"), trait__in=carried).kept()
    weights: dict[int, dict[int, list[tuple[float, int]]]] = defaultdict(lambda: defaultdict(list))
    for interest in interests.weighted_at(shop_clock()).only("customer", "trait"):
        for product in carried[interest.trait_id]:
            weighed = float(vars(interest)["weight"]), interest.trait_id
            weights[interest.customer_id][product].append(weighed)
    return {customer: best_first(by_product) for customer, by_product in weights.items()}


def best_first(by_product: Mapping[int, list[tuple[float, int]]]) -> list[Match]:
    found = [
        Match(product, sum(weight for weight, _ in liked), max(liked)[1])
        for product, liked in by_product.items()
    ]
    return sorted(found, key=lambda match: (-match.weight, match.product))
