"""Everything about one customer on one page; each part only for readers who may see its table."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from ecommerce_ai.dashboard.selectors.timelines import Happening, Reader, timeline
from ecommerce_ai.privacy.selectors import Purpose, consents_of
from ecommerce_ai.shop.models import Customer
from ecommerce_ai.shop.models.customers import CustomerQuerySet
from profiles.models import CustomerLabel, CustomerValue, Profile, RiskAssessment, SegmentMembership
from profiles.selectors import InterestTag, Portrait, profile_of
from profiles.selectors.segments import segments_of
from profiles.selectors.values import TooLittleData, value_shortage
from recommendations.selectors import Recommendation, recommended_for
from support.models import Conversation
from support.selectors.desk import conversations_of

TIMELINE_SHOWN, RECOMMENDED, TAGS_SHOWN, RISKS_SHOWN = 30, 6, 12, 5


@dataclass(frozen=True)
class CustomerPage:
    """`None` and empty parts are unknown, not consented to, or not for this reader."""

    customer: Customer
    consents: dict[Purpose, bool]
    is_personal: bool
    profile: Profile | None
    tags: tuple[InterestTag, ...]
    value: CustomerValue | None
    shortage: TooLittleData | None
    labels: tuple[CustomerLabel, ...]
    segments: list[SegmentMembership]
    risks: list[RiskAssessment]
    recommended: list[Recommendation]
    conversations: list[Conversation]
    timeline: list[Happening]
    older: datetime | None


def found_customers(words: str) -> CustomerQuerySet:
    """Customers by name, or by the whole e-mail address or number; everybody without words."""
    everybody = Customer.objects.current().select_related("profile").order_by("-id")
    if not words:
        return everybody
    return everybody.filter(Q(name__icontains=words) | Q(email__iexact=words) | Q(external_id=words))


def customer_page(customer: Customer, *, reader: Reader, before: str = "") -> CustomerPage:
    """The page as this reader may see it; `before` (ISO time) turns the timeline back."""
    portrait = profile_of(customer)
    consents = consents_of(customer)
    is_personal = consents[Purpose.PERSONALISATION]
    happenings = timeline(
        customer, reader=reader, before=time_of(before) or timezone.now(), limit=TIMELINE_SHOWN
    )
    return CustomerPage(
        customer=customer,
        consents=consents,
        is_personal=is_personal,
        profile=portrait.profile if portrait and reader.has_perm("profiles.view_profile") else None,
        tags=portrait.tags[:TAGS_SHOWN] if portrait and reader.has_perm("profiles.view_interest") else (),
        value=portrait.value if portrait and reader.has_perm("profiles.view_customervalue") else None,
        shortage=value_shortage() if reader.has_perm("profiles.view_customervalue") else None,
        labels=shown_labels(portrait, reader),
        segments=segments_of(customer) if reader.has_perm("profiles.view_segmentmembership") else [],
        risks=risks_of(customer) if reader.has_perm("profiles.view_riskassessment") else [],
        recommended=recommended_for(customer, RECOMMENDED) if is_personal else [],
        conversations=conversations_of(customer) if reader.has_perm("support.view_conversation") else [],
        timeline=happenings,
        older=happenings[-1].at if len(happenings) == TIMELINE_SHOWN else None,
    )


def shown_labels(portrait: Portrait | None, reader: Reader) -> tuple[CustomerLabel, ...]:
    return portrait.labels if portrait and reader.has_perm("profiles.view_customerlabel") else ()


def risks_of(customer: Customer) -> list[RiskAssessment]:
    """The account's own assessment first, then its orders', the riskiest first."""
    of_customer = Q(customer=customer) | Q(order__customer=customer)
    rows = RiskAssessment.objects.filter(of_customer).select_related("order")
    return sorted(rows.order_by("-score")[:RISKS_SHOWN], key=lambda risk: risk.order_id is not None)


def time_of(text: str) -> datetime | None:
    """An aware time in ISO 8601; None for anything else."""
    try:
        parsed = parse_datetime(text)
    except ValueError:
        return None
    return parsed if parsed and timezone.is_aware(parsed) else None
