"""Who and what a program means: customers by the shop's number, visitors by their id, products by theirs."""

from collections.abc import Sequence

from ecommerce_ai.api.problems import Problem
from ecommerce_ai.shop.models import Customer, Product
from ecommerce_ai.shop.services.importing.formats.events import stable_id
from recommendations.selectors.facts import Named, customer_named


def named(customer: str, session: str) -> Named | None:
    """The name that a program gave; None for nobody in particular."""
    return Named(customer, stable_id(session) if session else None) if customer or session else None


def shopper_named(customer: str, session: str) -> Customer | None:
    """Whoever is meant, by the key alone; None where nobody is known by that name."""
    who = named(customer, session)
    return customer_named(who) if who else None


def products_named(skus: Sequence[str]) -> list[Product]:
    """Live products in the order of their numbers; a Problem names one that is not there."""
    live = Product.objects.live().select_related("category").filter(sku__in=skus)
    found = {product.sku: product for product in live}
    missing = [sku for sku in skus if sku not in found]
    if missing:
        raise Problem(404, f"No product has the number “{missing[0]}”.")
    return [found[sku] for sku in skus]
