"""Makes a new product findable at once; the job that runs each minute is what makes it certain.

A visitor who turns out to be a customer keeps what they refused.
"""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.backends.signals import connection_created
from django.db.models.signals import post_save
from django.dispatch import receiver

from ecommerce_ai.shop.models import CustomerMerge, Product
from recommendations.selectors.pool import prepare_scans
from recommendations.services import move_refusals
from recommendations.tasks import embed_products

TEXT_FIELDS = {"title", "brand", "category", "description", "attributes", "is_live"}


@receiver(post_save, sender=Product)
def embed_saved_product(
    instance: Product, *, raw: bool = False, update_fields: frozenset[str] | None = None, **kwargs: Any
) -> None:
    """A saved product waits for nothing: without a broker it is saved, and the next minute finds it."""
    if raw or (update_fields is not None and not TEXT_FIELDS & update_fields):
        return
    transaction.on_commit(partial(embed_products.delay, [instance.pk]), robust=True)


@receiver(post_save, sender=CustomerMerge)
def keep_refusals(instance: CustomerMerge, *, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """In the transaction of the merge."""
    if created and not raw:
        move_refusals(instance.source, target=instance.target)


@receiver(connection_created)
def prepare_connection(connection: Any, **kwargs: Any) -> None:
    """Filters never empty an index scan: outside of every transaction, so that no rollback takes it back."""
    prepare_scans(connection)
