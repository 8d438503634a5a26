"""Products by their keys, for the road of each list: what the query builder would make, made once."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models

from ecommerce_ai.shop.models import Category, Product
from recommendations.selectors.statements import rows_of

FIELDS = {model: model._meta.concrete_fields for model in (Product, Category)}
NAMES = {model: [field.attname for field in fields] for model, fields in FIELDS.items()}
AS_JSON = {
    model: [place for place, field in enumerate(fields) if isinstance(field, models.JSONField)]
    for model, fields in FIELDS.items()
}
COLUMNS = [f'{each.model._meta.db_table}."{each.column}"' for fields in FIELDS.values() for each in fields]
PRODUCTS = (
    f"SELECT {', '.join(COLUMNS)} FROM shop_product"  # noqa: S608 - the models' columns
    " LEFT JOIN shop_category ON shop_category.id = shop_product.category_id"
    " WHERE shop_product.id = ANY ($1)"
)


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
            product.category = shelves[product.category_id]
        found[product.pk] = product
    return found


def instance(model: type[Any], values: Sequence[Any]) -> Any:
    """A row as the model that it came from; JSON comes as text."""
    read = list(values)
    for place in AS_JSON[model]:
        read[place] = json.loads(read[place])
    return model.from_db(connection.alias, NAMES[model], read)
