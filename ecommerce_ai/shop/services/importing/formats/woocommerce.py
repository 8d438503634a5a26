"""WooCommerce's product export: one line per product; variations follow their parent and join it."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from ecommerce_ai.shop.services.importing import values as v
from ecommerce_ai.shop.services.importing.formats.html import plain_text
from ecommerce_ai.shop.services.importing.formats.products import category_path
from ecommerce_ai.shop.services.importing.records import ProductRecord
from ecommerce_ai.shop.services.importing.rows import RejectedValue, Row

MAX_VARIATIONS = 5_000
UPDATES = frozenset(
    [
        "title",
        "description",
        "brand",
        "category",
        "attributes",
        "price",
        "currency",
        "stock",
        "image",
        "is_live",
    ]
)


def join_variations(rows: Iterable[Row]) -> Iterator[Row]:
    """A variable product carries the lines of its variations in `variations`."""
    parent: Row | None = None
    for row in rows:
        if parent and is_variation_of(row, parent) and len(parent.values["variations"]) < MAX_VARIATIONS:
            parent.values["variations"].append(row.values)
            continue
        if parent:
            yield parent
        parent = None
        if not row.fault and v.text(row.values, "type").lower().startswith("variable"):
            parent = row._replace(cells={**row.values, "variations": []})
        else:
            yield row
    if parent:
        yield parent


def is_variation_of(row: Row, parent: Row) -> bool:
    names = {v.text(parent.values, "sku"), f"id:{v.text(parent.values, 'id')}"} - {""}
    return (
        v.text(row.values, "type").lower().startswith("variation") and v.text(row.values, "parent") in names
    )


def map_product(row: Row, default_currency: str) -> ProductRecord:
    values = row.values
    if v.text(values, "type").lower().startswith("variation"):
        raise RejectedValue("parent", "a variation whose product is not on the lines before it")
    return ProductRecord(
        line=row.line,
        sku=v.text(values, "sku", 64) or f"id-{v.required(values, 'id', 60)}",
        title=v.required(values, "name", 500),
        description=plain_text(v.text(values, "description") or v.text(values, "short_description")),
        brand=v.text(values, "brands", 200),
        category=category_path(v.text(values, "categories").split(",")[0]),
        attributes=v.json_text(attributes(values)),
        price=price(values),
        currency=default_currency,
        stock=stock(values),
        language="en",
        translations="{}",
        image=v.text(values, "images").split(",")[0].strip()[:1000],
        is_live=v.text(values, "published") in ("", "1"),
    )


def price(values: dict[str, Any]) -> Decimal:
    """The product's own price, or its cheapest variation's."""
    lines = [values, *values.get("variations", [])]
    found = [v.price(text, "regular_price") for line in lines if (text := own_price(line))]
    if not found:
        raise RejectedValue("regular_price", "missing")
    return min(found)


def own_price(line: dict[str, Any]) -> str:
    return v.text(line, "sale_price") or v.text(line, "regular_price")


def stock(values: dict[str, Any]) -> int | None:
    lines = [values, *values.get("variations", [])]
    counts = [v.whole(v.text(line, "stock"), "stock", low=-2_147_483_647) for line in lines]
    known = [max(0, count) for count in counts if count is not None]
    if known:
        return min(sum(known), 2_147_483_647)
    return 0 if v.text(values, "in_stock") in ("0", "no") else None


def attributes(values: dict[str, Any]) -> dict[str, Any]:
    """`Attribute 1 name` with its values as a list, and the tags."""
    found: dict[str, Any] = {}
    for name, raw in values.items():
        if name.startswith("attribute_") and name.endswith("_name") and raw:
            words = v.text(values, name.replace("_name", "_value_s")).split(",")
            found[v.clean(str(raw)).lower()] = [word.strip() for word in words if word.strip()]
    if tags := [tag.strip() for tag in v.text(values, "tags").split(",") if tag.strip()]:
        found["tags"] = tags
    return found
