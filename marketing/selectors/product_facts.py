"""What the database knows of products, as writers and checks take it; with what an offer may claim."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.utils import timezone, translation

from ecommerce_ai.shop.models import PriceChange, Product, Promotion
from marketing.ml.facts import Offer, ProductFacts
from marketing.ml.price_claims import PriceStep, prior_price
from marketing.models import Language

ML_LANGUAGES: dict[str, str] = {Language.ENGLISH: "en", Language.CHINESE: "zh-Hans"}


@dataclass(frozen=True)
class Known:
    """A product's facts. `offer_fault` says why the offer must not be told: over, of other goods, or not off
    the lowest price of the thirty days before it began, which is `prior`."""

    facts: ProductFacts
    offer_fault: str = ""
    prior: Decimal | None = None


def known_facts(
    products: Iterable[Product], language: str, *, offer: Promotion | None = None, services: str = ""
) -> dict[int, Known]:
    """By product: its texts in this language and its own, attributes, price, stock, and the offer."""
    wanted = list(products)
    histories = price_histories(wanted) if offer else {}
    covered = products_of_offer(offer, wanted) if offer else set()
    now = timezone.now()
    found = {}
    for product in wanted:
        prior, fault, told, price = None, "", None, product.price
        if offer and product.pk not in covered:
            fault = "other_goods"
        elif offer:
            prior = prior_of(product, offer, histories.get(product.pk, []))
            fault, told, price = offer_told(product, offer, prior, now)
        facts = facts_of(product, language, price=price, offer=told, services=services)
        found[product.pk] = Known(facts, fault, prior)
    return found


def facts_of(
    product: Product, language: str, *, price: Decimal, offer: Offer | None, services: str
) -> ProductFacts:
    """The own texts stand beside the translated ones: both prove a claim, in either language."""
    with translation.override(language):
        title, description = product.local_title, product.local_description
        shelf = product.category.local_name if product.category else ""
    told = product.translations.get(language, {}).get("attributes", {})
    own = product.category.name if product.category else ""
    return ProductFacts(
        title,
        joined(description, product.description),
        joined(shelf, own, separator=" "),
        product.brand,
        {**product.attributes, **(told if isinstance(told, dict) else {})},
        price,
        product.currency,
        product.stock,
        offer,
        joined(services, shop_services()),
    )


def joined(first: str, second: str, separator: str = "\n") -> str:
    return first if first == second or not second else separator.join(filter(None, (first, second)))


def shop_services() -> str:
    """What the shop promises with every order."""
    first, last = settings.SHOP_DELIVERY_DAYS
    days = settings.SUPPORT_TERMS["return_days"]
    return (
        f"Delivery within {first} to {last} working days. {days} days to return. "
        f"{first}至{last}个工作日送达。{days}天内可退货。"
    )


def price_histories(products: Iterable[Product]) -> dict[int, list[PriceStep]]:
    found: dict[int, list[PriceStep]] = defaultdict(list)
    rows = PriceChange.objects.filter(product__in=products).order_by("changed_at", "pk")
    for pk, price, currency, since in rows.values_list("product", "price", "currency", "changed_at"):
        found[pk].append(PriceStep(price, currency, since))
    return found


def products_of_offer(offer: Promotion, products: Iterable[Product]) -> set[int]:
    """Those that the offer is for: named, on a shelf of it, or all where it names nothing."""
    chosen = set(offer.products.values_list("pk", flat=True))
    paths = list(offer.categories.values_list("path", flat=True))
    if not chosen and not paths:
        return {each.pk for each in products}
    return {
        each.pk
        for each in products
        if each.pk in chosen or (each.category and is_below(each.category.path, paths))
    }


def is_below(path: str, shelves: Iterable[str]) -> bool:
    return any(path == shelf or path.startswith(f"{shelf}/") for shelf in shelves)


def prior_of(product: Product, offer: Promotion, history: list[PriceStep]) -> Decimal | None:
    return prior_price(history, began=offer.starts_at, currency=product.currency)


def offer_told(
    product: Product, offer: Promotion, prior: Decimal | None, now: datetime
) -> tuple[str, Offer | None, Decimal]:
    """Why it must not be told, or the offer as it may be, and the price that it takes something off.

    A sale that is in the price already is told as it is; an offer with a code takes off the price of now.
    Either way at least what it says has to be off the prior price.
    """
    if not offer.is_live or offer.starts_at > now or (offer.ends_at and offer.ends_at <= now):
        return "over", None, product.price
    if prior is None:
        return "no_history", None, product.price
    told = offer_at(offer, prior)
    if offer.kind == Promotion.Kind.AMOUNT and offer.currency != product.currency:
        return "other_currency", None, product.price
    is_in_price = not offer.code and product.price < prior
    paid = product.price if is_in_price else told.price_of(product.price)
    if paid > told.price_of(prior):
        return "not_off_prior_price", None, product.price
    return "", replace(told, now=paid), prior


def offer_at(offer: Promotion, prior: Decimal) -> Offer:
    is_percent = offer.kind == Promotion.Kind.PERCENT
    return Offer(
        percent=offer.value.normalize() if is_percent else None,
        amount=None if is_percent else offer.value,
        code=offer.code or "",
        begins=timezone.localdate(offer.starts_at),
        ends=timezone.localdate(offer.ends_at) if offer.ends_at else None,
        prior_price=prior,
    )


def digest_of(facts: ProductFacts) -> str:
    """Another one whenever a text about the product may have become false."""
    known = (facts.texts, facts.price, facts.currency, facts.offer)
    return hashlib.blake2b(repr(known).encode(), digest_size=12).hexdigest()


def digests_of(
    products: Iterable[Product], language: str, *, offer: Promotion | None, services: str
) -> dict[str, str]:
    """By language and product, as a set of texts keeps them."""
    known = known_facts(products, language, offer=offer, services=services)
    return {f"{language}:{pk}": digest_of(each.facts) for pk, each in known.items()}
