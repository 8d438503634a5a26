"""Campaigns on the shop's own pages: a banner, a line beside suggestions."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from ecommerce_ai.privacy.models import Purpose
from ecommerce_ai.privacy.selectors import is_allowed
from ecommerce_ai.shop.models import Customer
from marketing.models import Campaign, Recipient
from marketing.selectors import Text, text_for
from marketing.selectors.links import follow_token, in_language
from profiles.models import SegmentMembership
from profiles.selectors.segments import draw_for, is_drawn


@dataclass(frozen=True)
class Shown:
    """`token` leads to the page behind `link` and is counted; empty where nothing may be counted."""

    text: Text
    link: str
    token: str

    @property
    def address(self) -> str:
        return reverse("storefront:follow", args=[self.token]) if self.token else self.link


def show(channel: str, customer: Customer | None, language: str, *, is_counted: bool = True) -> Shown | None:
    """The newest campaign of this place that is meant for the customer; None for who is held out of it.

    Only who lets the shop personalise sees one, and only of who lets it count is kept what they were shown.
    """
    if customer is None or not is_allowed(customer, Purpose.PERSONALISATION):
        return None
    campaign = campaign_for(channel, customer)
    if campaign is None:
        return None
    is_held_out = is_drawn(draw_for(campaign.salt, customer.pk), percent=campaign.holdout_percent)
    text = text_for(campaign.variant, customer, language)
    seen = None
    if is_counted and is_allowed(customer, Purpose.ANALYTICS):
        seen = keep_place(campaign, customer, text, is_held_out=is_held_out)
    if is_held_out:
        return None
    link = in_language(campaign.link, language)
    return Shown(text, link, follow_token(seen, link) if seen else "")


def campaign_for(channel: str, customer: Customer) -> Campaign | None:
    """The newest that runs in this place for everybody, or for a segment that the customer is in.

    A text that was written for one shopper is shown to that one only.
    """
    theirs = SegmentMembership.objects.current().filter(customer=customer).values("segment")
    meant = Q(audience=Campaign.Audience.EVERYBODY) | Q(segment__in=theirs)
    for_them = Q(variant__brief__customer=None) | Q(variant__brief__customer=customer)
    running = Campaign.objects.shown_in(channel, timezone.now()).filter(
        meant, for_them, variant__withdrawn_at=None
    )
    return running.select_related("variant").order_by("-starts_at", "-pk").first()


def keep_place(campaign: Campaign, customer: Customer, text: Text, *, is_held_out: bool) -> Recipient:
    """The customer's place, made when they first come by, in either arm."""
    now = timezone.now()
    shown = {
        "status": Recipient.Status.SENT,
        "claimed_at": now,
        "sent_at": now,
        "is_measured": True,
        "text_id": None if text.personal else text.variant,
    }
    held_out = {"status": Recipient.Status.HELD_OUT}
    arm = Recipient.Arm.HELD_OUT if is_held_out else Recipient.Arm.WRITTEN_TO
    place, _is_new = Recipient.objects.get_or_create(
        campaign=campaign,
        customer=customer,
        defaults={
            "arm": arm,
            "language": text.language,
            "due_at": now,
            **(held_out if is_held_out else shown),
        },
    )
    return place
