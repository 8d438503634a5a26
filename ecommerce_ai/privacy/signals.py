from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from ecommerce_ai.privacy.services.consents import carry_consents
from ecommerce_ai.shop.models import CustomerMerge


@receiver(post_save, sender=CustomerMerge)
def consents_follow(sender: Any, *, instance: CustomerMerge, created: bool, **_kwargs: Any) -> None:
    """At once, in the merge's own transaction: a withdrawal must not be lost for a second."""
    if created:
        carry_consents(instance)
