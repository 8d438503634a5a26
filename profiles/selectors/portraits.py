"""All that is inferred about one customer."""

from dataclasses import dataclass

from ecommerce_ai.privacy.selectors import Purpose, is_allowed
from ecommerce_ai.shop.models import Customer
from profiles.models import CustomerLabel, CustomerValue, Profile, Taste
from profiles.selectors.interests import InterestTag, told_tags


@dataclass(frozen=True)
class Portrait:
    """`profile` holds the counters and how sure we are; `value` is None where there is too little data."""

    profile: Profile
    tags: tuple[InterestTag, ...]
    taste: Taste | None
    value: CustomerValue | None
    labels: tuple[CustomerLabel, ...]


def profile_of(customer: Customer | None) -> Portrait | None:
    """The customer's portrait; None without consent to personalisation, or before the first refresh."""
    if customer is None or not is_allowed(customer, Purpose.PERSONALISATION):
        return None
    profile = Profile.objects.filter(customer=customer).first()
    if profile is None:
        return None
    return Portrait(
        profile=profile,
        tags=told_tags(customer),
        taste=Taste.objects.filter(customer=customer).first(),
        value=CustomerValue.objects.filter(customer=customer).first(),
        labels=tuple(CustomerLabel.objects.filter(customer=customer).select_related("label")),
    )
