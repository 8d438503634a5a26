"""Shopify's product export: one line per variant or picture, one product per handle."""

from collections.abc import Iterable, Iterator
from typing import Any

from ecommerce_ai.shop.services.importing import values as v
from ecommerce_ai.shop.services.importing.formats.html import plain_text
from ecommerce_ai.shop.services.importing.formats.products import category_path
from ecommerce_ai.shop.services.importing.records import ProductRecord
from ecommerce_ai.shop.services.importing.rows import RejectedValue, Row

MAX_LINES_OF_PRODUCT = 5_000
OPTIONS = (1, 2, 3)
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


def group_by_handle(rows: Iterable[Row]) -> Iterator[Row]:
    """Consecutive lines of one handle as one row that carries them all in `lines`."""
    group: list[Row] = []
    for row in rows:
        is_same = group and row.values.get("handle") == group[0].values.get("handle")
        if group and (row.fault or not is_same or len(group) >= MAX_LINES_OF_PRODUCT):
            yield grouped(group)
            group = []
        if row.fault:
            yield row
        else:
            group.append(row)
    if group:
        yield grouped(group)


def grouped(rows: list[Row]) -> Row:
    first = rows[0]
    return Row(
        first.line, {**first.values, "lines": [row.values for row in rows]}, sum(row.size for row in rows)
    )


def map_product(row: Row, default_currency: str) -> ProductRecord:
    values, lines = row.values, row.values["lines"]
    variants = [line for line in lines if v.text(line, "variant_price")]
    if not variants:
        raise RejectedValue("variant_price", "missing")
    prices = [v.price(v.text(line, "variant_price"), "variant_price") for line in variants]
    return ProductRecord(
        line=row.line,
        sku=product_sku(values, variants),
        title=v.required(values, "title", 500),
        description=plain_text(v.text(values, "body_html")),
        brand=v.text(values, "vendor", 200),
        category=category_path(v.text(values, "product_category") or v.text(values, "type")),
        attributes=v.json_text(attributes(values, variants)),
        price=min(prices),
        currency=default_currency,
        stock=stock(variants),
        language="en",
        translations="{}",
        image=v.text(values, "image_src", 1000),
        is_live=is_live(values),
    )


def product_sku(values: dict[str, Any], variants: list[dict[str, Any]]) -> str:
    """The variant's SKU where there is one variant, else the handle."""
    own = v.text(variants[0], "variant_sku", 64).lstrip("'") if len(variants) == 1 else ""
    return own or v.required(values, "handle", 64)


def stock(variants: list[dict[str, Any]]) -> int | None:
    """Units of all variants; oversold ones count as none, and no figure at all means not counted."""
    counts = [
        v.whole(v.text(line, "variant_inventory_qty"), "variant_inventory_qty", low=-2_147_483_647)
        for line in variants
    ]
    known = [max(0, count) for count in counts if count is not None]
    return min(sum(known), 2_147_483_647) if known else None


def is_live(values: dict[str, Any]) -> bool:
    is_active = v.text(values, "status").lower() in ("", "active")
    return is_active and v.boolean(v.text(values, "published"), "published", default=True)


def attributes(values: dict[str, Any], variants: list[dict[str, Any]]) -> dict[str, Any]:
    """Options with all their values, tags, and the variants' SKUs where there are several."""
    found: dict[str, Any] = {}
    for number in OPTIONS:
        name = v.text(values, f"option{number}_name")
        options = [v.text(line, f"option{number}_value") for line in variants]
        if name and name != "Title":
            found[name.lower()] = list(dict.fromkeys(option for option in options if option))
    if tags := [tag.strip() for tag in v.text(values, "tags").split(",") if tag.strip()]:
        found["tags"] = tags
    if len(variants) > 1:
        found["variant_skus"] = [sku for line in variants if (sku := v.text(line, "variant_sku"))]
    return found
