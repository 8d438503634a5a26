"""Campaigns for tests: an approved text, people who agreed to it, and a campaign that is under way."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from ecommerce_ai.accounts.models import User
from ecommerce_ai.privacy.models import ConsentChange, Purpose
from ecommerce_ai.shop.models import Customer
from marketing.models import Brief, Campaign, Candidate, Variant
from marketing.services.campaigns import approve_campaign, save_campaign
from marketing.services.sending import send_campaign
from profiles.models import Segment, SegmentMembership
from tests.factories import make_customer, make_user

WORDS = {
    "en": ("A mug for the quiet hour", "Stoneware, 350 ml."),
    "zh-hans": ("一只安静的杯子", "炻器，350 毫升。"),
}


def make_variant(channel: str = "email", *, languages: Iterable[str] = ("en",), **fields: Any) -> Variant:
    """An approved text; in several languages, the one of the first."""
    by = fields.pop("approved_by", None) or make_user(is_staff=True)
    brief = Brief.objects.create(name="Mugs", channel=channel, languages=list(languages))
    made = [make_words(brief, language, by, **fields) for language in languages]
    return made[0]


def make_words(brief: Brief, language: str, by: User, **fields: Any) -> Variant:
    subject, body = WORDS[language]
    parts = {"subject": subject, "body": body}
    candidate = Candidate.objects.create(
        brief=brief, writer_name="test", language=language, parts=parts, status=Candidate.Status.APPROVED
    )
    return Variant.objects.create(
        **{
            "candidate": candidate,
            "brief": brief,
            "channel": brief.channel,
            "language": language,
            "parts": parts,
            "subject": subject,
            "body": body,
            "approved_by": by,
            "approved_at": timezone.now(),
            **fields,
        }
    )


def agree(customer: Customer, purpose: str = Purpose.MARKETING_EMAIL, *, is_granted: bool = True) -> Customer:
    ConsentChange.objects.create(
        customer=customer, purpose=purpose, is_granted=is_granted, source=ConsentChange.Source.SHOPPER
    )
    return customer


def make_reader(name: str, *, agrees: bool = True, **fields: Any) -> Customer:
    """Somebody with an address, who agreed to letters."""
    customer = make_customer(name=name, email=f"{name.lower()}@shop.example", **fields)
    return agree(customer) if agrees else customer


def make_segment(members: Iterable[Customer]) -> Segment:
    segment = Segment.objects.create(name="Readers", rules={})
    now = timezone.now()
    SegmentMembership.objects.bulk_create(
        SegmentMembership(segment=segment, customer=each, entered_at=now) for each in members
    )
    return segment


def make_campaign(members: Iterable[Customer] = (), *, by: User | None = None, **fields: Any) -> Campaign:
    """A draft for these people, without a holdout, that may start at once."""
    now = timezone.now()
    defaults: dict[str, Any] = {
        "name": "Mugs in June",
        "holdout_percent": 0,
        "starts_at": now - timedelta(minutes=1),
        "ends_at": now + timedelta(days=3),
    }
    values = {**defaults, **fields}
    if "audience" not in values and "segment" not in values:
        values["segment"] = make_segment(members)
    if "variant" not in values:
        values["variant"] = make_variant()
    return save_campaign(Campaign(**values), by=by or make_user(is_staff=True))


def approve(campaign: Campaign) -> Campaign:
    approved = approve_campaign(campaign, by=make_user(is_staff=True))
    campaign.refresh_from_db()
    return approved


def send_now(campaign: Campaign) -> dict[str, Any]:
    """What the job does, at once."""
    return send_campaign(campaign=campaign.pk)
