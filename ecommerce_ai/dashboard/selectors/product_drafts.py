"""A product that shoppers asked for, as the form of a new one begins."""

import json
from hashlib import blake2b

from django.conf import settings

from recommendations.selectors import search_products
from recommendations.selectors.nearest_shelves import nearest_shelves

PRICE, BRAND = "price", "brand"


def product_draft(query: str) -> dict[str, str]:
    """Initial values: the words as title, the nearest shelf, what the words say of brand and attributes."""
    words = " ".join(query.replace("\x00", " ").split())[:300]
    results = search_products(words, limit=0)
    said = {constraint.name: constraint.values[0] for constraint in results.constraints}
    attributes = {name: value for name, value in said.items() if name not in (PRICE, BRAND)}
    shelves = nearest_shelves(words, limit=1) if words else []
    return {
        "title": words[:1].upper() + words[1:],
        "sku": f"DRAFT-{blake2b(words.encode(), digest_size=4).hexdigest().upper()}",
        "brand": said.get(BRAND, ""),
        "category": str(shelves[0].pk) if shelves else "",
        "attributes": json.dumps(attributes, ensure_ascii=False) if attributes else "{}",
        "currency": settings.SHOP_CURRENCY,
        "is_live": "",
    }
