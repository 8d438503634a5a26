"""Links of messages, and what mail servers report: who may say what, and what it does."""

import base64
import hashlib
import hmac
import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ecommerce_ai.privacy.models import Purpose
from ecommerce_ai.privacy.selectors import is_allowed
from ecommerce_ai.shop.models import Customer
from marketing.ml.addresses import hash_of
from marketing.ml.returned_mail import Returned, closes_address, read_returned
from marketing.models import Campaign, Click, Recipient, Suppression
from marketing.selectors.links import follow_token, leave_token, open_token, signer
from marketing.services.messages import message_id
from tests.factories import make_customer
from tests.marketing.campaigns import agree, make_campaign, make_reader, make_variant

pytestmark = pytest.mark.django_db
SECRET = "hush"


@pytest.fixture
def ann(db: None) -> Customer:
    return make_reader("Ann")


@pytest.fixture
def sent(ann: Customer) -> Recipient:
    """Ann's place in a campaign, after her letter left."""
    return place_in(make_campaign([ann]), ann)


def place_in(campaign: Campaign, customer: Customer) -> Recipient:
    now = timezone.now()
    return Recipient.objects.create(
        campaign=campaign, customer=customer, arm="written_to", status="sent", language="en", due_at=now,
        claimed_at=now, sent_at=now, is_measured=True, address_hash=hash_of(customer.email),
    )  # fmt: skip


def test_a_link_leads_to_the_page_it_was_signed_for(client: Client, sent: Recipient) -> None:
    answer = client.get(f"/letters/follow/{follow_token(sent, '/search/?q=mug')}/")
    assert (answer.status_code, answer["Location"]) == (302, "/search/?q=mug")
    sent.refresh_from_db()
    assert (sent.clicked_at is not None, sent.clicks.count()) == (True, 1)


@pytest.mark.parametrize(
    "path", ["//evil.example", "https://evil.example/", "/\\evil.example", "\t//evil.example", ""]
)
def test_no_link_leads_out_of_the_shop_even_if_we_signed_it(
    client: Client, sent: Recipient, path: str
) -> None:
    assert client.get(f"/letters/follow/{follow_token(sent, path)}/").status_code == 404


def test_a_token_that_was_changed_or_is_of_another_kind_is_none(client: Client, sent: Recipient) -> None:
    token = leave_token(sent.customer, "email", sent)
    for wrong in (token[:-1], f"x{token}", open_token(sent), signer("another").sign_object(["x"])):
        assert client.post(f"/letters/leave/{wrong}/").status_code == 404
    assert is_allowed(sent.customer, Purpose.MARKETING_EMAIL)


def test_robots_and_who_refuses_statistics_are_not_counted(client: Client, sent: Recipient) -> None:
    link, pixel = f"/letters/follow/{follow_token(sent, '/')}/", f"/letters/opened/{open_token(sent)}/"
    for address in (link, pixel):
        assert client.get(address, headers={"User-Agent": "Somebot/1.0"}).status_code in (200, 302)
        assert client.head(address).status_code in (200, 302)
    agree(sent.customer, Purpose.ANALYTICS, is_granted=False)
    assert [client.get(address).status_code for address in (link, pixel)] == [302, 200]
    sent.refresh_from_db()
    assert (sent.clicked_at, sent.opened_at, Click.objects.count()) == (None, None, 0)


def test_leaving_holds_for_everybody_under_that_address(client: Client, ann: Customer) -> None:
    twin = agree(make_customer(email="ANN@shop.example"))
    bob = make_reader("Bob")
    client.post(f"/letters/leave/{leave_token(ann, 'email')}/", {"List-Unsubscribe": "One-Click"})
    assert [is_allowed(each, Purpose.MARKETING_EMAIL) for each in (ann, twin, bob)] == [False, False, True]


def test_the_link_of_somebody_who_was_forgotten_or_merged_still_works(client: Client, ann: Customer) -> None:
    token = leave_token(ann, "email")
    other = agree(make_customer(email=""))
    Customer.objects.filter(pk=ann.pk).update(merged_into=other)
    assert client.post(f"/letters/leave/{token}/").status_code == 200
    assert not is_allowed(other, Purpose.MARKETING_EMAIL)
    Customer.objects.filter(pk__in=[ann.pk, other.pk]).delete()
    for name in ("leave", "preferences"):
        assert client.get(f"/letters/{name}/{token}/").status_code == 200
    assert client.post(f"/letters/leave/{token}/").status_code == 200


def test_preferences_change_offers_and_nothing_else(client: Client, ann: Customer) -> None:
    address = f"/zh-hans/letters/preferences/{leave_token(ann, 'email')}/"
    page = client.get(address).content.decode()
    assert ("a…@shop.example" in page, ann.email in page) == (True, False)
    assert client.post(address, {"purpose": "marketing_email", "is_granted": "no"}).status_code == 302
    assert not is_allowed(ann, Purpose.MARKETING_EMAIL)
    assert client.post(address, {"purpose": "marketing_email", "is_granted": "yes"}).status_code == 302
    assert is_allowed(ann, Purpose.MARKETING_EMAIL)
    assert client.post(address, {"purpose": "personalisation", "is_granted": "no"}).status_code == 404
    assert is_allowed(ann, Purpose.PERSONALISATION)


def test_a_link_turns_other_channels_off_but_never_on(client: Client, ann: Customer) -> None:
    address = f"/letters/preferences/{leave_token(ann, 'email')}/"
    agree(ann, Purpose.MARKETING_SMS)
    assert client.get(address).content.decode().count('role="switch"') == 2  # push is off: only said
    assert client.post(address, {"purpose": "marketing_sms", "is_granted": "no"}).status_code == 302
    assert client.post(address, {"purpose": "marketing_sms", "is_granted": "yes"}).status_code == 404
    assert not is_allowed(ann, Purpose.MARKETING_SMS)
    assert client.get(address).content.decode().count('role="switch"') == 1


def test_a_no_on_the_page_holds_for_everybody_under_that_address_and_a_yes_for_one(
    client: Client, ann: Customer
) -> None:
    twin, bob = agree(make_customer(email="ANN@shop.example")), make_reader("Bob")
    address = f"/letters/preferences/{leave_token(ann, 'email')}/"
    client.post(address, {"purpose": "marketing_email", "is_granted": "no"})
    people = (ann, twin, bob)
    assert [is_allowed(each, Purpose.MARKETING_EMAIL) for each in people] == [False, False, True]
    client.post(address, {"purpose": "marketing_email", "is_granted": "yes"})
    assert [is_allowed(each, Purpose.MARKETING_EMAIL) for each in people] == [True, False, True]


def report(client: Client, body: str | bytes, *, kind: str = "application/json", secret: str = SECRET) -> Any:
    raw = body.encode() if isinstance(body, str) else body
    signature = base64.b64encode(hmac.new(secret.encode(), raw, hashlib.sha256).digest()).decode()
    headers = {"X-Signature-Sha256": signature}
    return client.post("/api/v1/mail/returned", raw, content_type=kind, headers=headers)


def events(recipient: Recipient, kind: str, *, is_permanent: bool = False) -> str:
    told = {"message_id": message_id(recipient), "kind": kind, "is_permanent": is_permanent}
    return json.dumps({"events": [told]})


@pytest.fixture
def secret(settings: Any) -> None:
    settings.MARKETING_WEBHOOK_SECRET = SECRET


def test_a_report_needs_our_signature(client: Client, sent: Recipient, settings: Any) -> None:
    body = events(sent, "bounce", is_permanent=True)
    assert report(client, body, secret="").status_code == 401  # without a secret nobody may
    settings.MARKETING_WEBHOOK_SECRET = SECRET
    assert report(client, body, secret="guess").status_code == 401
    assert not Suppression.objects.exists()


def test_a_hard_bounce_closes_the_address_and_a_soft_one_does_not(
    client: Client, secret: None, sent: Recipient
) -> None:
    assert report(client, events(sent, "bounce")).json() == {"new": 1}
    assert not Suppression.objects.exists()
    bob = make_reader("Bob")
    other = place_in(sent.campaign, bob)
    assert report(client, events(other, "bounce", is_permanent=True)).json() == {"new": 1}
    assert report(client, events(other, "bounce", is_permanent=True)).json() == {"new": 0}
    assert list(Suppression.objects.values_list("address_hash", "cause")) == [(hash_of(bob.email), "bounce")]


def test_a_complaint_is_a_no(client: Client, secret: None, sent: Recipient) -> None:
    assert report(client, events(sent, "complaint")).json() == {"new": 1}
    assert Suppression.objects.get().cause == "complaint"
    assert not is_allowed(sent.customer, Purpose.MARKETING_EMAIL)


@pytest.mark.parametrize(
    "body", ["", "[]", '{"events": [{}]}', '{"events": [{"message_id": 1, "kind": "x"}]}']
)
def test_what_cannot_be_read_is_refused(client: Client, secret: None, body: str) -> None:
    assert report(client, body).status_code == 400


def test_reports_about_nothing_of_ours_change_nothing(client: Client, secret: None) -> None:
    body = json.dumps({"events": [{"message_id": "<x@y>", "kind": "bounce", "is_permanent": True}]})
    assert report(client, body).json() == {"new": 0}


DSN = """From: postmaster@mail.example
Content-Type: multipart/report; report-type=delivery-status; boundary="b"
MIME-Version: 1.0

--b
Content-Type: text/plain

It could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; ann@shop.example
Action: {action}
Status: {status}
--b
Content-Type: message/rfc822

From: letters@shop.example
Message-ID: {number}
Subject: A mug

Text.
--b--
"""
COMPLAINT = DSN.replace("report-type=delivery-status", "report-type=feedback-report").replace(
    "message/delivery-status", "message/feedback-report"
)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (DSN.format(action="failed", status="5.1.1", number="<a>"), Returned("<a>", False, True, "5.1.1")),
        (DSN.format(action="failed", status="4.2.2", number="<a@b>"), Returned("<a@b>", status="4.2.2")),
        (DSN.format(action="delayed", status="4.2.2", number="<a@b>"), None),
        (COMPLAINT.format(action="", status="", number="<a@b>"), Returned("<a@b>", is_complaint=True)),
        ("Subject: hello\n\nOnly a letter.", None),
        ("", None),
    ],
)  # fmt: skip
def test_reports_are_read_as_mail_servers_write_them(raw: str, expected: Returned | None) -> None:
    assert read_returned(raw.encode()) == expected


@pytest.mark.parametrize(
    ("answer", "code", "is_closed"),
    [
        ("5.1.1 no such user", 550, True),
        ("User unknown", 550, True),
        ("5.2.1 account disabled", 550, True),
        ("5.2.2 mailbox full", 552, False),
        ("5.7.1 relay access denied", 554, False),
        ("Relaying denied", 550, False),
        ("Message blocked by policy", 550, False),
        ("4.2.2 try later", 451, False),
    ],
)
def test_only_an_address_where_nobody_is_gets_closed(answer: str, code: int, is_closed: bool) -> None:
    assert closes_address(answer, code) is is_closed


def test_a_report_may_come_as_mail(client: Client, secret: None, sent: Recipient) -> None:
    raw = DSN.format(action="failed", status="5.1.1", number=message_id(sent))
    assert report(client, raw, kind="message/rfc822").json() == {"new": 1}
    assert Suppression.objects.count() == 1


def test_a_campaign_by_text_message_is_left_by_its_own_channel(client: Client) -> None:
    eve = agree(make_reader("Eve"), Purpose.MARKETING_SMS)
    make_campaign([eve], variant=make_variant("sms"))
    client.post(f"/letters/leave/{leave_token(eve, 'sms')}/")
    assert [is_allowed(eve, each) for each in (Purpose.MARKETING_SMS, Purpose.MARKETING_EMAIL)] == [
        False,
        True,
    ]
