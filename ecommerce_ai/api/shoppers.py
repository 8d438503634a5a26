"""Who and what a program means: customers by the shop's number, visitors by their id, products by theirs."""

from collections.abc import Sequence

from django.db import connection

from ecommerce_ai.api.problems import Problem
from ecommerce_ai.shop.models import Customer, Product
from ecommerce_ai.shop.services.importing.formats.events import stable_id
from recommendations.selectors.statements import rows_of

# The shop's number says more than the visitor's id; who was merged is the person they were merged into.
SHOPPER = """
SELECT coalesce(merged_into_id, id) FROM shop_customer
WHERE external_id = nullif($1, '') OR visitor_id = $2
ORDER BY external_id = $1 DESC NULLS LAST LIMIT 1
"""


def shopper_named(customer: str, session: str) -> Customer | None:
    """Whoever is meant; None where nobody is known by that name, and everybody's list is theirs.

    Of the row only the key is read.
    """
    visitor = stable_id(session) if session else None
    found = rows_of("api_shopper", SHOPPER, "text, uuid", customer, visitor)
    return Customer.from_db(connection.alias, ["id", "merged_into_id"], [*found[0], None]) if found else None


def products_named(skus: Sequence[str]) -> list[Product]:
    """Live products in the order of their numbers; a Problem names one that is not there."""
    live = Product.objects.live().select_related("category").filter(sku__in=skus)
    found = {product.sku: product for product in live}
    missing = [sku for sku in skus if sku not in found]
    if missing:
        raise Problem(404, f"No product has the number “{missing[0]}”.")
    return [found[sku] for sku in skus]
