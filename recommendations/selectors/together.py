"""What goes with a product or a basket: from orders, never from looks."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from ecommerce_ai.shop.models import Product
from recommendations.models import ItemNeighbours
from recommendations.selectors.reasons import Cause, reason_of
from recommendations.selectors.results import Recommendation
from recommendations.selectors.stored import Neighbour, neighbours

Kind = ItemNeighbours.Kind
# Sure baskets first, then those seen twice, then buyers in common.
ROAD = (Kind.TOGETHER, Kind.TOGETHER_RELAXED, Kind.COLLABORATIVE)


def bought_together(product: Product, limit: int) -> list[Recommendation]:
    """Buyable products that people put in the same basket; empty where nobody did."""
    return complete_basket([product], limit)


def complete_basket(products: Sequence[Product], limit: int) -> list[Recommendation]:
    """What baskets like this one hold besides; each names the product that it goes with."""
    about = {product.pk: product for product in products}
    found: list[Recommendation] = []
    for kind in ROAD:
        if len(found) < limit:
            taken = {*about, *(item.product.pk for item in found)}
            found += of_kind(about, kind, limit - len(found), excluding=taken)
    return found


def of_kind(
    about: dict[int, Product], kind: Kind, limit: int, *, excluding: Collection[int]
) -> list[Recommendation]:
    scores, causes, supports = combined(neighbours(about, kind))
    wanted = sorted((pk for pk in scores if pk not in excluding), key=lambda pk: (-scores[pk], pk))
    buyable = Product.objects.buyable().select_related("category").in_bulk(wanted)
    return [
        Recommendation(
            buyable[pk],
            scores[pk],
            reason_of(Cause("goes_with", causes[pk], evidence=counted(supports[pk])), about[causes[pk]]),
        )
        for pk in wanted
        if pk in buyable
    ][:limit]


def combined(
    beside: dict[int, tuple[Neighbour, ...]],
) -> tuple[dict[int, float], dict[int, int], dict[int, int]]:
    """Scores added over the basket; for each product the one it goes with best, and how often it did."""
    scores, causes, supports = defaultdict[int, float](float), dict[int, int](), dict[int, int]()
    best: dict[int, float] = {}
    for of_product, found in beside.items():
        for each in found:
            scores[each.product_id] += each.score
            if each.score > best.get(each.product_id, 0.0):
                best[each.product_id] = each.score
                causes[each.product_id], supports[each.product_id] = of_product, each.support
    return {pk: score for pk, score in scores.items() if pk in causes}, causes, supports


def counted(support: int) -> dict[str, int]:
    return {"baskets": support} if support else {}
