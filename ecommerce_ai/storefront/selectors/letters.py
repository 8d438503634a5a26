from dataclasses import dataclass

from ecommerce_ai.privacy.models import Purpose
from ecommerce_ai.privacy.selectors import consents_of
from marketing.selectors.campaign_plans import PURPOSES, purpose_of
from marketing.selectors.links import Leaving, person_of


@dataclass(frozen=True)
class PreferencesPage:
    """What may be sent to who holds the link, which turns nothing on but its own `purpose`.

    Somebody who was forgotten has no address and no switches.
    """

    channel: str
    address: str
    purpose: Purpose
    consents: dict[Purpose, bool]
    is_on: bool


def preferences_page(leaving: Leaving) -> PreferencesPage:
    person, purpose = person_of(leaving), purpose_of(leaving.channel)
    said = consents_of(person) if person else {}
    consents = {each: said[each] for each in PURPOSES.values() if each in said}
    return PreferencesPage(
        channel=str(leaving.channel.label),
        address=masked(person.email) if person else "",
        purpose=purpose,
        consents=consents,
        is_on=consents.get(purpose, False),
    )


def masked(address: str) -> str:
    """Enough to know one's own: `m…@shop.example`."""
    name, at, domain = address.partition("@")
    return f"{name[:1]}…{at}{domain}" if at else ""
