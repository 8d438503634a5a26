"""Who of an audience gets a campaign, when and in which language, and why the others do not."""

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, QuerySet
from django.utils.translation import get_supported_language_variant

from ecommerce_ai.privacy.models import Purpose
from ecommerce_ai.privacy.selectors import allowed_customers
from ecommerce_ai.shop.models import Customer
from ecommerce_ai.shop.models.customers import CustomerQuerySet
from marketing.ml.addresses import hash_of
from marketing.ml.hours import due_at, is_quiet, next_at_hour
from marketing.models import Campaign, Channel, Reason, Recipient, Suppression
from marketing.selectors.zones import quiet_hours, zones_of
from profiles.selectors.segments import current_members, draw_of, is_drawn

PURPOSES = {
    Channel.EMAIL: Purpose.MARKETING_EMAIL,
    Channel.SMS: Purpose.MARKETING_SMS,
    Channel.PUSH: Purpose.MARKETING_PUSH,
}
ADDRESS_FIELDS = {Channel.EMAIL: "email", Channel.SMS: "phone", Channel.PUSH: "visitor_id"}
COLUMNS = ("pk", "country", "language", "profile__preferred_language", "profile__preferred_hour", "drawn")


class Person(NamedTuple):
    """A customer as the plan reads them."""

    pk: int
    country: str
    language: str
    preferred_language: str | None
    preferred_hour: int | None
    drawn: int
    address: str


class Place(NamedTuple):
    """`waits`: quiet hours hold the message up."""

    customer_id: int
    is_held_out: bool
    language: str
    due_at: datetime
    waits: bool


@dataclass
class Plan:
    """Everybody of the audience is a place or counted under one reason."""

    audience: int = 0
    places: list[Place] = field(default_factory=list)
    excluded: Counter[str] = field(default_factory=Counter)

    @property
    def written_to(self) -> list[Place]:
        return [place for place in self.places if not place.is_held_out]

    @property
    def held_out(self) -> int:
        return len(self.places) - len(self.written_to)

    @property
    def waiting(self) -> int:
        return sum(place.waits for place in self.places if not place.is_held_out)


def purpose_of(channel: str) -> Purpose:
    """What somebody has to agree to before this channel speaks to them; pages need the personal one."""
    return PURPOSES.get(Channel(channel), Purpose.PERSONALISATION)


def address_of(customer: Customer, channel: str) -> str:
    """Where the channel reaches this customer; empty where it does not."""
    return str(getattr(customer, ADDRESS_FIELDS[Channel(channel)]) or "")


def audience_of(campaign: Campaign) -> CustomerQuerySet:
    """Everybody that the campaign is meant for; a text for one shopper is for nobody else."""
    only = campaign.variant.brief.customer_id
    people = chosen_people(campaign)
    return people.filter(pk=only) if only else people


def chosen_people(campaign: Campaign) -> CustomerQuerySet:
    """Whom the merchant chose; nobody where the segment is gone."""
    if campaign.audience == Campaign.Audience.EVERYBODY:
        return allowed_customers(purpose_of(campaign.channel))
    if campaign.segment is None:
        return Customer.objects.current().none()
    return current_members(campaign.segment)


def plan_of(campaign: Campaign, *, at: datetime) -> Plan:
    """What would happen if the campaign were begun at that time, by what is known and allowed now."""
    plan, sieve = Plan(), Sieve(campaign, at)
    for person in people_of(campaign):
        plan.audience += 1
        if reason := sieve.reason_against(person):
            plan.excluded[reason] += 1
        elif place := sieve.place_for(person):
            plan.places.append(place)
        else:
            plan.excluded[Reason.QUIET] += 1
    return plan


def people_of(campaign: Campaign) -> Iterable[Person]:
    drawn = audience_of(campaign).annotate(drawn=draw_of(campaign.salt)).order_by("pk")
    columns = (*COLUMNS, ADDRESS_FIELDS[campaign.channel])
    for row in drawn.values_list(*columns).iterator(chunk_size=5000):
        yield Person._make([*row[:-1], str(row[-1] or "")])


class Sieve:
    """What an audience is held against, read once for all of it."""

    def __init__(self, campaign: Campaign, at: datetime) -> None:
        self.campaign = campaign
        self.start = max(at, campaign.starts_at)
        audience = audience_of(campaign).order_by().values("pk")
        self.agreed = people(allowed_customers(purpose_of(campaign.channel)).filter(pk__in=audience))
        self.personal = people(allowed_customers(Purpose.PERSONALISATION).filter(pk__in=audience))
        self.capped = capped(at)
        self.closed = set(
            Suppression.objects.filter(channel=campaign.channel).values_list("address_hash", flat=True)
        )
        self.seen: set[str] = set()
        self.when = lru_cache(maxsize=None)(self.due)

    def reason_against(self, person: Person) -> Reason | None:
        if person.pk not in self.agreed:
            return Reason.NO_CONSENT
        address = hash_of(person.address)
        if not address:
            return Reason.NO_ADDRESS
        if address in self.closed:
            return Reason.SUPPRESSED
        if address in self.seen:
            return Reason.SAME_ADDRESS
        self.seen.add(address)
        return Reason.CAP if person.pk in self.capped else None

    def place_for(self, person: Person) -> Place | None:
        """Their place, by what they prefer where they let us infer it; None: quiet until the end."""
        is_personal = person.pk in self.personal
        uses_hour = is_personal and self.campaign.uses_preferred_hour
        hour = person.preferred_hour if uses_hour else None
        due, waits = self.when(person.country, hour)
        if due is None:
            return None
        language = supported(person.language, (person.preferred_language or "") if is_personal else "")
        is_held_out = is_drawn(person.drawn, percent=self.campaign.holdout_percent)
        return Place(person.pk, is_held_out, language, due, waits)

    def due(self, country: str, hour: int | None) -> tuple[datetime | None, bool]:
        zones, quiet = zones_of(country), quiet_hours()
        due = due_at(self.start, self.campaign.ends_at, hour_utc=hour, quiet=quiet, zones=zones)
        wish = self.start if hour is None else next_at_hour(self.start, hour)
        return due, is_quiet(wish, quiet, zones)


def people(customers: "QuerySet[Customer]") -> set[int]:
    return set(customers.order_by().values_list("pk", flat=True))


def lately(at: datetime) -> "QuerySet[Recipient]":
    """Messages that count for the cap: of all campaigns, sent or perhaps sent; banners bother nobody."""
    messages = Recipient.objects.written_to().filter(campaign__variant__channel__in=list(PURPOSES))
    return messages.since(at - timedelta(days=settings.MARKETING_CAP["days"]))


def capped(at: datetime) -> set[int]:
    """Who had as many messages lately as anybody may get."""
    by_person = lately(at).order_by().values("customer").annotate(messages=Count("pk"))
    full = by_person.filter(messages__gte=settings.MARKETING_CAP["messages"])
    return set(full.values_list("customer", flat=True))


def supported(*wishes: str) -> str:
    """The first of the wishes that is a language of the shop; the last wish is heard first."""
    for wish in filter(None, reversed(wishes)):
        with suppress(LookupError):
            return get_supported_language_variant(wish.replace("_", "-").lower())
    return settings.LANGUAGE_CODE
