from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from ecommerce_ai.privacy.models import ConsentChange, Purpose
from ecommerce_ai.privacy.selectors.consents import is_allowed_by_default
from ecommerce_ai.shop.models import Customer
from ecommerce_ai.shop.services.importing.records import EventRecord


def recordable_events(records: list[EventRecord]) -> list[EventRecord]:
    """Without the events of people who do not want their visits to be kept."""
    people = known_people(records)
    refused = against_default(set(people.values()), Purpose.ANALYTICS)
    is_default = is_allowed_by_default(Purpose.ANALYTICS)

    def is_kept(record: EventRecord) -> bool:
        person = people.get(record.customer) or people.get(record.visitor_id)
        return (person in refused) is not is_default

    return [record for record in records if is_kept(record)]


def known_people(records: Iterable[EventRecord]) -> dict[str | UUID | None, int]:
    """The customer behind each shop's number and each visitor that the events name."""
    numbers = {record.customer for record in records if record.customer}
    visitors = {record.visitor_id for record in records if record.visitor_id}
    rows = Customer.objects.filter(Q(external_id__in=numbers) | Q(visitor_id__in=visitors)).values_list(
        "external_id", "visitor_id", "merged_into_id", "pk"
    )
    people: dict[str | UUID | None, int] = {}
    for external_id, visitor_id, merged_into_id, pk in rows:
        people |= {key: merged_into_id or pk for key in (external_id, visitor_id) if key}
    return people


def against_default(customer_ids: Iterable[int], purpose: Purpose) -> set[int]:
    """Those of the customers whose last word is not the shop's rule."""
    last_words = ConsentChange.objects.filter(customer__in=list(customer_ids), purpose=purpose)
    is_default = is_allowed_by_default(purpose)
    return {
        word.customer_id for word in last_words.latest_per_customer() if word.is_granted is not is_default
    }
