"""Approve, send, leave: over a real mail server, counted person by person."""

import re
from collections import Counter
from datetime import timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from ecommerce_ai.privacy.models import Purpose
from ecommerce_ai.privacy.selectors import is_allowed
from ecommerce_ai.privacy.services import change_consent
from ecommerce_ai.shop.models import Customer, Product
from marketing.ml.addresses import hash_of
from marketing.models import Brief, Campaign, Reason, Recipient, Suppression
from marketing.selectors.campaign_plans import plan_of
from marketing.services.campaigns import pause_campaign, resume_campaign, run_campaigns
from marketing.services.sending import claim
from profiles.selectors.segments import draw_for, is_drawn
from tests.factories import make_customer, make_user
from tests.marketing.campaigns import (
    agree,
    approve,
    make_campaign,
    make_reader,
    make_segment,
    make_variant,
    make_words,
    send_now,
)
from tests.marketing.goods import make_mug
from tests.marketing.smtp_sink import Sink

pytestmark = pytest.mark.django_db
Status = Recipient.Status


def path_in(header: str) -> str:
    """The path of the address between angle brackets."""
    found = re.fullmatch(r"<(https://shop\.example(/[^>]+))>", header.strip())
    assert found
    return found[2]


def mixed_people() -> dict[str, list[Customer]]:
    """Sixty customers by what is to become of them, not counting the holdout."""
    people = {
        "agreed": [make_reader(f"Reader{number}") for number in range(30)],
        "silent": [make_reader(f"Silent{number}", agrees=False) for number in range(10)],
        "refused": [
            agree(make_reader(f"Refused{number}", agrees=False), is_granted=False) for number in range(6)
        ],
        "left": [agree(make_reader(f"Left{number}"), is_granted=False) for number in range(4)],
        "nowhere": [agree(make_customer(name="Nobody")) for _number in range(4)],
        "closed": [make_reader(f"Closed{number}") for number in range(3)],
        "full": [make_reader(f"Full{number}") for number in range(3)],
    }
    for each in people["closed"]:
        Suppression.objects.create(channel="email", address_hash=hash_of(each.email), cause="bounce")
    write_often_to(people["full"])
    return people


def write_often_to(customers: list[Customer]) -> None:
    """Three messages of other campaigns, within the days that the cap looks at."""
    lately = timezone.now() - timedelta(days=1)
    variant = make_variant()
    for _number in range(3):
        earlier = make_campaign(customers, variant=variant)
        Recipient.objects.bulk_create(
            Recipient(
                campaign=earlier, customer=each, arm="written_to", status=Status.SENT, language="en",
                due_at=lately, claimed_at=lately, sent_at=lately,
            )
            for each in customers
        )  # fmt: skip


def test_only_who_agreed_gets_a_letter_counted_over_sixty(mail_server: Sink) -> None:
    people = mixed_people()
    everybody = [each for group in people.values() for each in group]
    campaign = make_campaign(everybody, holdout_percent=20)
    held = {each.pk for each in everybody if is_drawn(draw_for(campaign.salt, each.pk), percent=20)}
    plan = plan_of(campaign, at=timezone.now())
    assert (len(everybody), plan.audience) == (60, 60)
    assert plan.excluded == Counter(no_consent=20, no_address=4, suppressed=3, cap=3)
    expected = {each.email for each in people["agreed"] if each.pk not in held}
    assert expected
    assert {place.customer_id for place in plan.written_to} == {
        each.pk for each in people["agreed"] if each.email in expected
    }
    withdrawn = next(each for each in people["agreed"] if each.pk not in held)
    approve(campaign)
    run_campaigns()  # draws the audience; their turn comes when the job runs
    change_consent(withdrawn, purpose=Purpose.MARKETING_EMAIL, is_granted=False, source="shopper")
    send_now(campaign)
    wanted = {address for address in expected if address != withdrawn.email}
    assert mail_server.addresses == sorted(wanted)  # each once, and nobody else
    agreed = {each.email for each in everybody if is_allowed(each, Purpose.MARKETING_EMAIL)}
    assert [address for address in mail_server.addresses if address not in agreed] == []
    campaign.refresh_from_db()
    assert campaign.status == Campaign.Status.DONE
    left_out = campaign.recipients.filter(status=Status.LEFT_OUT).values_list("customer", "reason")
    assert list(left_out) == [(withdrawn.pk, Reason.NO_CONSENT)]
    assert campaign.recipients.filter(status=Status.SENT).count() == len(wanted)


def test_every_letter_has_its_headers_and_unsubscribing_works_by_them(
    mail_server: Sink, client: Client
) -> None:
    ann, bob = make_reader("Ann"), make_reader("Bob", language="zh-hans")
    campaign = make_campaign([ann, bob], variant=make_variant(languages=["en", "zh-hans"]))
    approve(campaign)
    send_now(campaign)
    letters = {letter.to: letter for letter in mail_server.letters}
    assert set(letters) == {ann.email, bob.email}
    ours, theirs = letters[ann.email], letters[bob.email]
    assert (ours.message["Subject"], theirs.message["Subject"]) == (
        "A mug for the quiet hour",
        "一只安静的杯子",
    )
    texts = dict(campaign.recipients.values_list("customer", "text__language"))
    assert texts == {ann.pk: "en", bob.pk: "zh-hans"}
    for letter in letters.values():
        assert letter.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert re.fullmatch(r"<[0-9a-f-]{36}@shop\.example>", letter.message["Message-ID"])
    header = path_in(ours.message["List-Unsubscribe"])
    assert f"https://shop.example{header}" in ours.text
    assert path_in(theirs.message["List-Unsubscribe"]).startswith("/zh-hans/")
    strict = Client(enforce_csrf_checks=True)  # a mail program: no cookie, no form
    assert strict.get(header).status_code == 200
    assert is_allowed(ann, Purpose.MARKETING_EMAIL)  # looking is not leaving
    answer = strict.post(header, {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, is_allowed(ann, Purpose.MARKETING_EMAIL)) == (200, False)
    assert is_allowed(bob, Purpose.MARKETING_EMAIL)
    again = make_campaign([ann, bob])
    approve(again)
    send_now(again)
    assert [letter.to for letter in mail_server.letters[2:]] == [bob.email]


def test_what_a_killed_worker_claimed_is_not_sent_again(mail_server: Sink) -> None:
    ann, bob = make_reader("Ann"), make_reader("Bob")
    campaign = make_campaign([ann, bob])
    approve(campaign)
    run_campaigns(at=timezone.now())
    first = campaign.recipients.get(customer=ann)
    assert claim(campaign, first) == ann  # and then the process is gone
    send_now(campaign)
    send_now(campaign)
    assert mail_server.addresses == [bob.email]
    states = dict(campaign.recipients.values_list("customer__name", "status"))
    assert states == {"Ann": Status.CLAIMED, "Bob": Status.SENT}


def test_somebody_who_is_forgotten_meanwhile_stops_nobody_else(mail_server: Sink) -> None:
    ann, bob = make_reader("Ann"), make_reader("Bob")
    campaign = make_campaign([ann, bob])
    approve(campaign)
    run_campaigns()
    place = campaign.recipients.get(customer=ann)
    ann.delete()
    assert claim(campaign, place) is None
    send_now(campaign)
    assert mail_server.addresses == [bob.email]


def test_a_paused_campaign_sends_nothing_until_it_goes_on(mail_server: Sink) -> None:
    campaign = make_campaign([make_reader("Ann")])
    approve(campaign)
    run_campaigns()
    pause_campaign(campaign, by=make_user(is_staff=True))
    send_now(campaign)
    assert mail_server.letters == []
    resume_campaign(campaign, by=make_user(is_staff=True))
    send_now(campaign)
    assert mail_server.addresses == ["ann@shop.example"]


def test_two_customers_with_one_address_get_one_letter(mail_server: Sink) -> None:
    one, other = make_reader("Ann"), make_reader("Twin")
    Customer.objects.filter(pk=other.pk).update(email="ANN@shop.example")
    campaign = make_campaign([one, other])
    assert plan_of(campaign, at=timezone.now()).excluded == Counter(same_address=1)
    approve(campaign)
    run_campaigns()
    late = Recipient.objects.create(
        campaign=campaign, customer=other, arm="written_to", language="en", due_at=timezone.now()
    )
    send_now(campaign)
    late.refresh_from_db()
    assert (len(mail_server.letters), late.reason) == (1, Reason.SAME_ADDRESS)


def test_a_text_that_is_withdrawn_stops_the_rest(mail_server: Sink) -> None:
    campaign = make_campaign([make_reader("Ann")])
    approve(campaign)
    run_campaigns()
    type(campaign.variant).objects.filter(pk=campaign.variant_id).update(withdrawn_at=timezone.now())
    send_now(campaign)
    campaign.refresh_from_db()
    assert (mail_server.letters, campaign.status) == ([], Campaign.Status.PAUSED)


def test_a_price_that_changed_since_the_approval_is_not_sent(mail_server: Sink) -> None:
    ann, mei = make_reader("Ann"), make_reader("Mei", language="zh-hans")
    mug = make_mug(price=Decimal("18.00"))
    english = {"subject": "For slow mornings", "body": "The Harbour Stoneware Mug holds 350 ml."}
    chinese = {"subject": "海港马克杯", "body": "海港马克杯标价18.00英镑。"}
    variant = make_variant(product=mug, parts=english, **english)
    make_words(variant.brief, "zh-hans", variant.approved_by, product=mug, parts=chinese, **chinese)
    campaign = make_campaign([ann, mei], variant=variant)
    approve(campaign)
    Product.objects.filter(pk=mug.pk).update(price=Decimal("21.00"))
    send_now(campaign)
    subjects = {letter.to: letter.message["Subject"] for letter in mail_server.letters}
    assert subjects == dict.fromkeys([ann.email, mei.email], "For slow mornings")  # which names no price
    Product.objects.filter(pk=mug.pk).update(description="", attributes={})  # it says 350 ml no more
    again = make_campaign([ann], variant=variant)
    approve(again)
    send_now(again)
    again.refresh_from_db()
    assert (len(mail_server.letters), again.status) == (2, Campaign.Status.PAUSED)


def test_the_cap_holds_when_the_turn_comes(mail_server: Sink, settings: Any) -> None:
    settings.MARKETING_CAP = {"messages": 1, "days": 7}
    ann = make_reader("Ann")
    first, second = make_campaign([ann]), make_campaign([ann])
    for campaign in (first, second):  # both drawn before either has written
        approve(campaign)
    run_campaigns()
    send_now(first)
    send_now(second)
    assert len(mail_server.letters) == 1
    assert second.recipients.get().reason == Reason.CAP


def test_quiet_hours_put_a_letter_off(mail_server: Sink, settings: Any) -> None:
    hour = timezone.now().hour
    campaign = make_campaign([make_reader("Ann", country="GB")])
    settings.TIME_ZONE = "UTC"
    settings.MARKETING_QUIET_HOURS = ((hour - 2) % 24, (hour + 4) % 24)  # whatever the season in London
    assert plan_of(campaign, at=timezone.now()).waiting == 1
    approve(campaign)
    run_campaigns()
    send_now(campaign)
    place = campaign.recipients.get()
    assert (mail_server.letters, place.status, place.due_at > timezone.now()) == ([], Status.WAITING, True)


def test_text_messages_are_logged_without_anybodys_words(
    loud: None, caplog: pytest.LogCaptureFixture
) -> None:
    ann = agree(make_customer(name="Ann", phone="+44 20 7946 0999"), Purpose.MARKETING_SMS)
    campaign = make_campaign([ann], variant=make_variant("sms"))
    approve(campaign)
    send_now(campaign)
    assert campaign.recipients.get().status == Status.SENT
    logged = caplog.text
    assert "message_not_sent_but_logged" in logged
    assert not {word for word in ("7946", "Ann", "Stoneware", "letters/leave") if word in logged}


def test_everybody_means_everybody_who_agreed(mail_server: Sink) -> None:
    ann = make_reader("Ann")
    make_reader("Bob", agrees=False)
    campaign = make_campaign(audience=Campaign.Audience.EVERYBODY)
    approve(campaign)
    send_now(campaign)
    assert mail_server.addresses == [ann.email]


@pytest.mark.parametrize("audience", ["everybody", "segment"])
def test_a_text_for_one_shopper_goes_to_nobody_else(mail_server: Sink, audience: str) -> None:
    ann, bob = make_reader("Ann"), make_reader("Bob")
    variant = make_variant()
    Brief.objects.update(customer=ann)
    variant.refresh_from_db()
    segment = make_segment([ann, bob]) if audience == "segment" else None
    campaign = make_campaign(audience=audience, segment=segment, variant=variant)
    assert plan_of(campaign, at=timezone.now()).audience == 1
    approve(campaign)
    send_now(campaign)
    assert mail_server.addresses == [ann.email]


def test_a_campaign_without_its_segment_writes_to_nobody(mail_server: Sink) -> None:
    segment = make_segment([make_reader("Ann")])
    campaign = make_campaign(segment=segment)
    approve(campaign)
    segment.delete()
    campaign.refresh_from_db()
    send_now(campaign)
    assert mail_server.letters == []


def test_opens_are_counted_only_with_leave(mail_server: Sink, client: Client) -> None:
    ann = make_reader("Ann")
    bob = agree(make_reader("Bob"), Purpose.ANALYTICS, is_granted=False)
    campaign = make_campaign([ann, bob])
    approve(campaign)
    send_now(campaign)
    pages = {letter.to: letter.html for letter in mail_server.letters}
    assert "/letters/opened/" not in pages[bob.email]
    found = re.search(r'src="https://shop\.example([^"]+)"', pages[ann.email])
    assert found
    assert client.get(urlsplit(found[1]).path)["Content-Type"] == "image/gif"
    assert campaign.recipients.get(customer=ann).opened_at
