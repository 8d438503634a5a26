from django.db import transaction

from ecommerce_ai.privacy.models import ConsentChange, Purpose
from ecommerce_ai.privacy.selectors import is_allowed
from ecommerce_ai.shop.models import Customer, CustomerMerge


@transaction.atomic
def change_consent(
    customer: Customer, *, purpose: Purpose | str, is_granted: bool, source: str
) -> ConsentChange | None:
    """Write down what the customer says; None where they said the same before.

    Raises ValueError for an unknown purpose or source.
    """
    purpose, source = Purpose(purpose), ConsentChange.Source(source)
    Customer.objects.select_for_update().get(pk=customer.pk)
    has_answered = ConsentChange.objects.filter(customer=customer, purpose=purpose).exists()
    if has_answered and is_allowed(customer, purpose) == is_granted:
        return None
    return ConsentChange.objects.create(
        customer=customer, purpose=purpose, is_granted=is_granted, source=source
    )


def carry_consents(merge: CustomerMerge) -> int:
    """What a visitor said counts for the customer they turned out to be: the later word holds."""
    return ConsentChange.objects.filter(customer_id=merge.source_id).update(customer_id=merge.target_id)
