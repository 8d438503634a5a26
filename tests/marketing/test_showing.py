"""Campaigns on the shop's pages: for whom, and what is kept of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ecommerce_ai.privacy.models import Purpose
from ecommerce_ai.shop.models import Customer
from marketing.models import Brief, Campaign, Recipient
from marketing.services.campaigns import run_campaigns
from marketing.services.sending import send_campaign
from marketing.services.showing import show
from tests.factories import make_customer, make_user
from tests.marketing.campaigns import agree, approve, make_campaign, make_variant

pytestmark = pytest.mark.django_db


def banner(customer: Customer, **fields: Any) -> Campaign:
    campaign = make_campaign(
        [customer], variant=make_variant("banner", languages=["en", "zh-hans"]), **fields
    )
    approve(campaign)
    assert send_campaign(campaign=campaign.pk) == {}  # the job of an approval: it begins, and nothing is sent
    return campaign


def test_a_banner_is_shown_to_its_segment_in_their_language(client: Client) -> None:
    ann, eve = make_customer(user=make_user(password="x")), make_customer()
    campaign = banner(ann, link="/search/?q=mug")
    assert show("banner", eve, "en") is None
    assert show("banner", None, "en") is None
    shown = show("banner", ann, "zh-hans")
    assert shown
    assert shown.text.subject == "一只安静的杯子"
    assert ann.user
    client.force_login(ann.user)
    page = client.get("/").content.decode()
    assert "A mug for the quiet hour" in page
    place = Recipient.objects.get()
    assert (place.campaign, place.customer, place.status) == (campaign, ann, "sent")
    assert client.get(shown.address)["Location"] == "/zh-hans/search/?q=mug"
    place.refresh_from_db()
    assert place.clicked_at


def test_a_line_stands_over_the_suggestions_and_leads_on_in_their_language() -> None:
    ann = make_customer()
    campaign = make_campaign([ann], variant=make_variant("blurb"), link="/cart/")
    approve(campaign)
    run_campaigns()
    shown = show("blurb", ann, "zh-hans", is_counted=False)
    assert shown
    assert (shown.text.body, shown.address) == ("Stoneware, 350 ml.", "/zh-hans/cart/")


def test_who_is_held_out_sees_none_and_is_counted_as_such() -> None:
    ann = make_customer()
    banner(ann, holdout_percent=50)
    for number in range(40):  # until the draw holds somebody out
        each = ann if not number else make_customer()
        Campaign.objects.update(audience="everybody", segment=None)
        if show("banner", each, "en") is None:
            break
    assert Recipient.objects.get(customer=each).status == Recipient.Status.HELD_OUT


def test_a_banner_for_one_shopper_is_shown_to_nobody_else() -> None:
    ann, eve = make_customer(), make_customer()
    banner(ann)
    Brief.objects.update(customer=ann)
    Campaign.objects.update(audience="everybody", segment=None)
    assert show("banner", eve, "en") is None
    assert show("banner", ann, "en")


def test_consent_is_read_when_it_is_shown() -> None:
    ann = make_customer()
    banner(ann)
    agree(ann, Purpose.ANALYTICS, is_granted=False)
    shown = show("banner", ann, "en")
    assert shown
    assert (shown.token, shown.address) == ("", "/")
    agree(ann, Purpose.PERSONALISATION, is_granted=False)
    assert (show("banner", ann, "en"), Recipient.objects.count()) == (None, 0)


def test_it_is_over_when_it_is_over() -> None:
    ann = make_customer()
    campaign = banner(ann)
    run_campaigns(at=timezone.now() + timedelta(days=4))
    campaign.refresh_from_db()
    assert (campaign.status, show("banner", ann, "en")) == (Campaign.Status.DONE, None)
