"""`manage.py bench lists`: whether the lists of this very shop are personal, and their reasons true.

Nothing stays: what is struck out for the measurement is taken back with its transaction.
"""

from collections.abc import Sequence
from itertools import chain

from django.db import transaction

from ecommerce_ai.measurement import Measurement, benchmark
from ecommerce_ai.privacy.selectors import Purpose, allowed_customers
from ecommerce_ai.shop.models import Customer, Product
from recommendations.selectors import Recommendation, recommended_for
from recommendations.services import strike_reason

SHOPPERS, CASES, LENGTH = 100, 200, 10
Lists = dict[Customer, list[Recommendation]]


@benchmark("lists")
def measure_lists() -> list[Measurement]:
    """Lists of shoppers who did something; their reasons struck out one by one."""
    lists = {customer: recommended_for(customer, LENGTH) for customer in active_shoppers()}
    tens = [tuple(item.product.pk for item in items) for items in list(lists.values())[:SHOPPERS]]
    lowered = [is_lowered(*case) for case in cases_of(lists)]
    shown, goods = len(set(chain(*tens))), Product.objects.buyable().count()
    return [
        Measurement(
            f"lists that no other of {len(tens)} shoppers gets", len(set(tens)) / max(len(tens), 1), "share"
        ),
        Measurement(f"distinct products in them, of {goods}", shown / max(goods, 1), "share"),
        Measurement(
            f"products lowered by striking their named reason, of {len(lowered)}",
            sum(lowered) / max(len(lowered), 1),
            "share",
        ),
    ]


def active_shoppers() -> Sequence[Customer]:
    """The same ones on every call: by a fixed shuffle of those with events."""
    active = allowed_customers(Purpose.PERSONALISATION).filter(events__isnull=False).distinct()
    return sorted(active, key=lambda customer: customer.pk * 2_654_435_761 % 2**32)[: 2 * SHOPPERS]


def cases_of(lists: Lists) -> list[tuple[Customer, int, Recommendation]]:
    """One place of each list in turn, where its reason says something about the shopper."""
    found = []
    for number, (customer, items) in enumerate(lists.items()):
        rank = number % LENGTH
        if rank < len(items) and items[rank].reason.is_personal:
            found.append((customer, rank, items[rank]))
    return found[:CASES]


def is_lowered(customer: Customer, rank: int, item: Recommendation) -> bool:
    """Whether the product stands lower, or not at all, once its reason is struck out."""
    with transaction.atomic():
        strike_reason(customer, code=item.reason.code, subject=item.reason.subject)
        after = [each.product.pk for each in recommended_for(customer, LENGTH)]
        transaction.set_rollback(True)
    return item.product.pk not in after[: rank + 1]
