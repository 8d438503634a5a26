"""Who and what a program means: customers by the shop's number, visitors by their id, products by theirs."""

from collections.abc import Sequence

from ecommerce_ai.api.problems import Problem
from ecommerce_ai.shop.models import Customer, Product
from ecommerce_ai.shop.services.importing.formats.events import stable_id


def shopper_named(customer: str, session: str) -> Customer | None:
    """Whoever is meant; None where nobody is known by that name, and everybody's list is theirs."""
    known = Customer.objects.select_related("merged_into")
    found = known.filter(external_id=customer).first() if customer else None
    if found is None and session:
        found = known.filter(visitor_id=stable_id(session)).first()
    return found and (found.merged_into or found)


def products_named(skus: Sequence[str]) -> list[Product]:
    """Live products in the order of their numbers; a Problem names one that is not there."""
    live = Product.objects.live().select_related("category").filter(sku__in=skus)
    found = {product.sku: product for product in live}
    missing = [sku for sku in skus if sku not in found]
    if missing:
        raise Problem(404, f"No product has the number “{missing[0]}”.")
    return [found[sku] for sku in skus]
