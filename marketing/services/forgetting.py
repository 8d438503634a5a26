"""Closed addresses of somebody who asks to be forgotten. Nobody is written to without a new yes."""

from django.db.models import QuerySet

from ecommerce_ai.data_register import Subject
from ecommerce_ai.shop.models import Customer
from marketing.ml.addresses import hash_of
from marketing.models import Suppression


def closed_addresses(subject: Subject) -> QuerySet[Suppression]:
    """Rows for the addresses and numbers that the person has or is known by."""
    known = Customer.objects.filter(pk__in=subject.customer_ids).values_list("email", "phone", "visitor_id")
    addresses = subject.words | {str(each) for row in known for each in row if each}
    return Suppression.objects.filter(address_hash__in=[hash_of(address) for address in addresses])


def count_closed(subject: Subject) -> int:
    return closed_addresses(subject).count()


def open_closed(subject: Subject) -> None:
    closed_addresses(subject).delete()
