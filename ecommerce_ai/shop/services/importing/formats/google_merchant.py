"""Google Merchant's product feed, as XML (RSS, Atom) or TSV."""

from typing import Any

from ecommerce_ai.shop.services.importing import values as v
from ecommerce_ai.shop.services.importing.formats.html import plain_text
from ecommerce_ai.shop.services.importing.formats.products import category_path
from ecommerce_ai.shop.services.importing.records import ProductRecord
from ecommerce_ai.shop.services.importing.rows import Row

KEPT = (
    "additional_image_link", "age_group", "color", "condition", "gender", "gtin", "item_group_id", "link",
    "material", "mpn", "pattern", "size",
)  # fmt: skip
UPDATES = frozenset(
    ["title", "description", "brand", "category", "attributes", "price", "currency", "stock", "image"]
)


def map_product(row: Row, default_currency: str) -> ProductRecord:
    values = row.values
    price, currency = v.money(
        v.text(values, "sale_price", 40) or v.required(values, "price", 40), "price", default_currency
    )
    return ProductRecord(
        line=row.line,
        sku=v.required(values, "id", 64),
        title=v.required(values, "title", 500),
        description=plain_text(v.text(values, "description", 0, "summary", "content")),
        brand=v.text(values, "brand", 200),
        category=category_path(category(values)),
        attributes=v.json_text({name: values[name] for name in KEPT if values.get(name)}),
        price=price,
        currency=currency,
        stock=0 if v.text(values, "availability").replace(" ", "_").lower() == "out_of_stock" else None,
        language="en",
        translations="{}",
        image=v.text(values, "image_link", 1000),
        is_live=True,
    )


def category(values: dict[str, Any]) -> str:
    """The shop's own type; else Google's category where it is given by name and not by number."""
    own = values.get("product_type") or ""
    own = own[0] if isinstance(own, list) else own
    google = v.text(values, "google_product_category")
    return own or ("" if google.isdigit() else google)
