"""Products under plain column names. Columns that mean nothing to the shop become attributes."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.text import slugify

from ecommerce_ai.shop.services.importing import values as v
from ecommerce_ai.shop.services.importing.records import ProductRecord
from ecommerce_ai.shop.services.importing.rows import RejectedValue, Row

NAMES: dict[str, tuple[str, ...]] = {
    "sku": ("sku", "id", "product_id", "item_id"),
    "title": ("title", "name", "product_name"),
    "description": ("description", "body"),
    "brand": ("brand", "vendor", "manufacturer"),
    "category": ("category", "categories", "product_type"),
    "price": ("price",),
    "currency": ("currency",),
    "stock": ("stock", "quantity", "inventory", "stock_quantity"),
    "language": ("language", "lang"),
    "image": ("image", "image_url", "image_link", "picture"),
    "is_live": ("is_live", "active", "published"),
    "attributes": ("attributes",),
    "translations": ("translations",),
}
KNOWN = {name for names in NAMES.values() for name in names} | {"line", "field", "reason"}
TRANSLATED = re.compile(r"(title|name|description)_([a-z]{2}(?:_[a-z]{2,4})?)")
MAX_CATEGORY_PATH = 700


def map_product(row: Row, default_currency: str) -> ProductRecord:
    values = row.values
    price, currency = v.money(
        v.required(values, "price", 40), "price", v.text(values, "currency", 10) or default_currency
    )
    return ProductRecord(
        line=row.line,
        sku=named(values, "sku", 64, is_required=True),
        title=named(values, "title", 500, is_required=True),
        description=named(values, "description"),
        brand=named(values, "brand", 200),
        category=category_path(named(values, "category")),
        attributes=v.json_text(attributes(values)),
        price=price,
        currency=currency,
        stock=v.whole(named(values, "stock"), "stock"),
        language=named(values, "language", 10) or "en",
        translations=v.json_text(translations(values)),
        image=named(values, "image", 1000),
        is_live=v.boolean(named(values, "is_live"), "is_live", default=True),
    )


def updated_fields(header: list[str]) -> frozenset[str]:
    """The fields of a product that a file with this header speaks about; others stay as they are."""
    known = {field for field, names in NAMES.items() if not set(names).isdisjoint(header)}
    if any(TRANSLATED.fullmatch(name) for name in header):
        known.add("translations")
    if any(is_attribute(name) for name in header):
        known.add("attributes")
    return frozenset(known | {"currency"})


def named(values: Mapping[str, Any], field: str, limit: int = 0, *, is_required: bool = False) -> str:
    take = v.required if is_required else v.text
    return take(values, field, limit, *NAMES[field])


def is_attribute(name: str) -> bool:
    return name not in KNOWN and not TRANSLATED.fullmatch(name)


def attributes(values: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON of `attributes`, columns `attributes.NAME`, and every unknown column, but for empty ones."""
    found = v.json_object(values.get("attributes"), "attributes")
    for name, raw in values.items():
        if is_attribute(name) and raw not in (None, ""):
            found[name.removeprefix("attributes.")] = v.clean(raw) if isinstance(raw, str) else raw
    return found


def translations(values: Mapping[str, Any]) -> dict[str, Any]:
    """`title_zh` and its like as `{"zh": {"title": …}}`."""
    found = v.json_object(values.get("translations"), "translations")
    for name in values:
        if (match := TRANSLATED.fullmatch(name)) and (words := v.text(values, name)):
            field = "title" if match[1] == "name" else match[1]
            found.setdefault(match[2].replace("_", "-"), {})[field] = words
    if not all(isinstance(words, dict) for words in found.values()):
        raise RejectedValue("translations", "expected {language: {field: words}}")
    return found


def category_path(value: str) -> str:
    """`Kitchen > Mugs` or `Kitchen/Mugs` as a JSON list of names from the root down."""
    parts = [part.strip() for part in value.split(">" if ">" in value else "/")]
    return category_names([part for part in parts if part])


def category_names(names: list[str]) -> str:
    slugs = [slugify(name, allow_unicode=True) for name in names]
    if not all(slugs):
        raise RejectedValue("category", "a category's name needs a letter or a digit")
    if len("/".join(slugs)) > MAX_CATEGORY_PATH or any(len(name) > 200 for name in names):
        raise RejectedValue("category", "a category's name takes at most 200 characters, its path 700")
    return v.json_text(names)
