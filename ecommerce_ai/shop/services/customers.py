import uuid

from django.db import transaction
from django.utils import timezone

from ecommerce_ai.accounts.models import User
from ecommerce_ai.shop.models import Customer, CustomerMerge
from ecommerce_ai.shop.services.carts import move_cart
from ecommerce_ai.shop.services.live_visits import move_visit

MERGED_RELATIONS = ("events", "orders", "reviews", "questions")


def visitor(visitor_id: uuid.UUID, *, language: str = "") -> Customer:
    """The customer behind a visitor's cookie, made on the first call; after a merge the one they became."""
    customer, _ = Customer.objects.select_related("merged_into").get_or_create(
        visitor_id=visitor_id, defaults={"created_at": timezone.now(), "language": language}
    )
    return customer.merged_into or customer


def customer_of_user(user: User) -> Customer:
    """The customer who signs in as this user, made on the first call."""
    customer, _ = Customer.objects.get_or_create(
        user=user,
        defaults={"created_at": timezone.now(), "email": user.email, "name": user.get_full_name()},
    )
    return customer


@transaction.atomic
def merge_customers(source: Customer, *, target: Customer, reason: str = "log-in") -> CustomerMerge | None:
    """Move the facts of an anonymous visitor to the customer they turned out to be, and log it.

    Does nothing for the same customer, one merged before, or one who has a log-in of their own.
    """
    locked = {
        customer.pk: customer
        for customer in Customer.objects.select_for_update()
        .filter(pk__in=[source.pk, target.pk])
        .order_by("pk")
    }
    source, target = locked[source.pk], locked[target.pk]
    if target.merged_into:
        return merge_customers(source, target=target.merged_into, reason=reason)
    if source.pk == target.pk or source.merged_into_id or source.user_id:
        return None
    moved = {name: getattr(source, name).update(customer=target) for name in MERGED_RELATIONS}
    moved["cart_lines"] = move_cart(source, target=target)
    move_visit(source.pk, target_id=target.pk)
    Customer.objects.filter(merged_into=source).update(merged_into=target)
    Customer.objects.filter(pk=source.pk).update(merged_into=target)
    return CustomerMerge.objects.create(source=source, target=target, moved=moved, reason=reason)
