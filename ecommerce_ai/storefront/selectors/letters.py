from dataclasses import dataclass

from ecommerce_ai.privacy.models import Purpose
from ecommerce_ai.privacy.selectors import consents_of
from marketing.selectors.campaign_plans import PURPOSES, purpose_of
from marketing.selectors.links import Leaving, person_of


@dataclass(frozen=True)
class PreferencesPage:
    """What may be sent to who holds the link. Somebody who was forgotten has no address and no switches."""

    channel: str
    address: str
    consents: dict[Purpose, bool]
    is_on: bool


def preferences_page(leaving: Leaving) -> PreferencesPage:
    person = person_of(leaving)
    said = consents_of(person) if person else {}
    consents = {purpose: said[purpose] for purpose in PURPOSES.values() if purpose in said}
    return PreferencesPage(
        channel=str(leaving.channel.label),
        address=masked(person.email) if person else "",
        consents=consents,
        is_on=consents.get(purpose_of(leaving.channel), False),
    )


def masked(address: str) -> str:
    """Enough to know one's own: `m…@shop.example`."""
    name, at, domain = address.partition("@")
    return f"{name[:1]}…{at}{domain}" if at else ""
