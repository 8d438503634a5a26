"""What the merchant's rules do to a list of candidates."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ecommerce_ai.shop.models import Product
from recommendations.models import MerchandisingRule
from recommendations.selectors.pool import Goods
from recommendations.selectors.reasons import IMPERSONAL
from recommendations.selectors.results import Reason, Recommendation
from recommendations.selectors.versions import serving_now

Action = MerchandisingRule.Action
DIRECTIONS = {Action.BOOST: 1.0, Action.BURY: -1.0}


@dataclass(frozen=True)
class RuleEffects:
    """By row: how far it is lifted (in units of the best score), whether it is hidden, which rules did it."""

    lifts: npt.NDArray[np.float64]
    is_hidden: npt.NDArray[np.bool_]
    hits: dict[int, tuple[str, ...]]


def pinned_products(rules: Sequence[MerchandisingRule]) -> dict[int, int]:
    """Product by position, from 0."""
    return {
        rule.position - 1: rule.product_id
        for rule in rules
        if rule.action == Action.PIN and rule.position and rule.product_id
    }


def effects_of(rules: Sequence[MerchandisingRule], goods: Sequence[Goods]) -> RuleEffects:
    lifts, is_hidden = np.zeros(len(goods)), np.zeros(len(goods), bool)
    hits: dict[int, tuple[str, ...]] = {}
    for rule in rules:
        for row, each in enumerate(goods):
            if concerns(rule, each):
                lifts[row] += DIRECTIONS.get(Action(rule.action), 0.0) * rule.strength
                is_hidden[row] |= rule.action == Action.HIDE
                hits[row] = (*hits.get(row, ()), f"{rule.action}: {rule.name}")
    return RuleEffects(lifts, is_hidden, hits)


def ruled(items: Sequence[Recommendation], slot: str, limit: int) -> list[Recommendation]:
    """A list that no shopper's plan made, after the merchant's rules: places count for scores."""
    rules = serving_now().rules_for(slot)
    if not rules:
        return list(items[:limit])
    effects = effects_of(rules, [as_goods(item.product) for item in items])
    relevance = np.linspace(1.0, 0.0, num=len(items) + 1)[:-1] + effects.lifts
    order = np.argsort(-relevance, kind="stable").tolist()
    kept = [items[row] for row in order if not effects.is_hidden[row]]
    return with_pins(kept, pinned_products(rules))[:limit]


def with_pins(items: list[Recommendation], pins: dict[int, int]) -> list[Recommendation]:
    """Pinned products at their positions, if they can be bought; each product once."""
    products = Product.objects.buyable().select_related("category").in_bulk(pins.values()) if pins else {}
    free = [item for item in items if item.product.pk not in products]
    for position, product_id in sorted(pins.items()):
        if product_id in products:
            reason = Reason(code="merchant", text=IMPERSONAL["merchant"])
            free.insert(position, Recommendation(products[product_id], 1.0, reason))
    return free


def as_goods(product: Product) -> Goods:
    return Goods(product.pk, product.category.path if product.category else "", product.brand)


def concerns(rule: MerchandisingRule, goods: Goods) -> bool:
    if rule.product_id:
        return rule.product_id == goods.product_id
    if rule.category:
        return f"{goods.shelf}/".startswith(f"{rule.category.path}/")
    return rule.brand.casefold() == goods.brand.casefold()
