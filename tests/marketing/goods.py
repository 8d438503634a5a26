"""Goods with enough to say about them, and briefs about them."""

from decimal import Decimal
from typing import Any

from ecommerce_ai.shop.models import Product
from marketing.models import Brief
from tests.factories import make_product

TEXT = (
    "A straight-sided mug with a wide handle and a foot ring left unglazed. Perfect for slow mornings or "
    "long letters. It holds 350 ml."
)
CHINESE = {
    "title": "海港马克杯",
    "description": "直筒杯身，陶瓷材质，适合早餐与下午茶。",
    "attributes": {"材质": "陶瓷"},
}


def make_mug(**fields: Any) -> Product:
    """With enough to say about it, in both languages."""
    defaults = {
        "title": "Harbour Stoneware Mug", "description": TEXT, "brand": "Larkmere Pottery",
        "attributes": {"material": "stoneware"}, "price": Decimal("18.00"), "currency": "GBP", "stock": 12,
        "translations": {"zh-hans": CHINESE},
    }  # fmt: skip
    return make_product(**{**defaults, **fields})


def make_brief(*products: Product, **fields: Any) -> Brief:
    brief = Brief.objects.create(**{"name": "Mugs for the morning", **fields})
    brief.products.set(products)
    return brief
