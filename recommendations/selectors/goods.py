"""Products by their keys, for the road of each list: what the query builder would make, made once."""

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, models
from django.db.models.base import ModelState

from ecommerce_ai.shop.models import Category, Product
from recommendations.selectors.statements import rows_of

FIELDS = {model: model._meta.concrete_fields for model in (Product, Category)}
NAMES = {model: [field.attname for field in fields] for model, fields in FIELDS.items()}
AS_JSON = {
    model: [field.attname for field in fields if isinstance(field, models.JSONField)]
    for model, fields in FIELDS.items()
}
COLUMNS = [f'{each.model._meta.db_table}."{each.column}"' for fields in FIELDS.values() for each in fields]
PRODUCTS = (
    f"SELECT {', '.join(COLUMNS)} FROM shop_product"  # noqa: S608 - the models' columns
    " LEFT JOIN shop_category ON shop_category.id = shop_product.category_id"
    " WHERE shop_product.id = ANY ($1)"
)
# What a reason says of the product that it names.
TITLES = ["id", "sku", "title", "translations"]
TITLED = f"SELECT {', '.join(TITLES)} FROM shop_product WHERE id = ANY ($1)"  # noqa: S608 - constants


def products_by_key(keys: Iterable[int]) -> dict[int, Product]:
    """With their shelves; keys without a product are left out. One statement."""
    split = len(FIELDS[Product])
    found: dict[int, Product] = {}
    shelves: dict[int, Category] = {}
    for row in rows_of("recommendations_products", PRODUCTS, "bigint[]", list(keys)):
        product = instance(Product, row[:split])
        if product.category_id:
            if product.category_id not in shelves:
                shelves[product.category_id] = instance(Category, row[split:])
            product._state.fields_cache["category"] = shelves[product.category_id]
        found[product.pk] = product
    return found


def titles_by_key(keys: Collection[int]) -> dict[int, Product]:
    """The same, of whom only number and title are read. One statement, or none."""
    rows = rows_of("recommendations_titles", TITLED, "bigint[]", list(keys)) if keys else []
    return {row[0]: instance(Product, row, names=TITLES) for row in rows}


def instance(model: type[Any], values: Sequence[Any], *, names: Sequence[str] = ()) -> Any:
    """A row as the model that it came from, or the fields named of it; JSON comes as text.

    What `Model.from_db` does, less the signals and the checks of each field: they took longer than the query.
    """
    made: Any = object.__new__(model)
    made.__dict__.update(zip(names or NAMES[model], values, strict=True))
    for name in AS_JSON[model]:
        if text := made.__dict__.get(name):
            made.__dict__[name] = {} if text == "{}" else json.loads(text)
    made._state = ModelState()
    made._state.adding, made._state.db = False, DEFAULT_DB_ALIAS
    return made
