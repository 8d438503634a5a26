"""What a customer corrects about themselves: obeyed at once, and by every rebuild."""

from django.db import transaction

from ecommerce_ai.shop.models import Customer
from profiles.models import TagRemoval, Trait


@transaction.atomic
def remove_tag(customer: Customer, *, kind: str, key: str) -> TagRemoval:
    """The customer does not want this tag. Safe to repeat; raises Trait.DoesNotExist for no such tag."""
    trait = Trait.objects.get(kind=kind, key=key)
    removal, _ = TagRemoval.objects.get_or_create(
        customer=customer, kind=kind, key=key, defaults={"label": trait.label}
    )
    return removal


def restore_tag(customer: Customer, *, kind: str, key: str) -> bool:
    """The tag may be told again; False where it was not removed."""
    removed, _ = TagRemoval.objects.filter(customer=customer, kind=kind, key=key).delete()
    return bool(removed)
