from collections.abc import Iterable

from django.db import transaction

from ecommerce_ai.accounts.models import User
from ecommerce_ai.shop.models import Product
from marketing.models import Brief


@transaction.atomic
def save_brief(brief: Brief, *, products: Iterable[Product], by: User) -> Brief:
    """A new brief is signed by its author; candidates that are there stay as they are."""
    if brief.pk is None:
        brief.author = by
    brief.save()
    brief.products.set(products)
    return brief


def put_away(brief: Brief) -> None:
    """It leaves the list; its texts stay what they are."""
    Brief.objects.filter(pk=brief.pk).update(is_archived=True)
