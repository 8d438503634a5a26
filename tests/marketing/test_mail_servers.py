"""What a mail server does wrong, and who gets their letter all the same: over a real one."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from ecommerce_ai.jobs.progress import JobError
from marketing.ml.addresses import hash_of
from marketing.models import Campaign, Recipient, Suppression
from marketing.services.campaigns import run_campaigns
from tests.marketing.campaigns import approve, make_campaign, make_reader, send_now
from tests.marketing.smtp_sink import Sink

pytestmark = pytest.mark.django_db
Status = Recipient.Status


def test_a_line_that_breaks_leaves_it_unknown_and_the_others_get_theirs(mail_server: Sink) -> None:
    people = [make_reader(name) for name in ("Ann", "Bob", "Cid")]
    mail_server.hangs_up_on = {"bob@shop.example"}
    campaign = make_campaign(people)
    approve(campaign)
    send_now(campaign)
    assert mail_server.addresses == ["ann@shop.example", "bob@shop.example", "cid@shop.example"]
    unknown = campaign.recipients.filter(status=Status.CLAIMED).values_list("customer__name", flat=True)
    assert list(unknown) == ["Bob"]


@pytest.mark.parametrize("says_why", [True, False])
def test_a_server_that_takes_two_messages_by_a_line_gets_all_of_them(
    mail_server: Sink, says_why: bool
) -> None:
    mail_server.most, mail_server.says_why = 2, says_why
    people = [make_reader(f"Reader{number}") for number in range(7)]
    campaign = make_campaign(people)
    approve(campaign)
    send_now(campaign)
    assert mail_server.addresses == sorted(each.email for each in people)
    assert set(campaign.recipients.values_list("status", "tries")) == {(Status.SENT, 0)}


def test_a_server_that_hangs_up_at_an_address_leaves_nothing_unknown(mail_server: Sink) -> None:
    people = [make_reader(name) for name in ("Ann", "Bob", "Cid")]
    mail_server.refused = {"bob@shop.example": "421 4.3.2 closing"}
    campaign = make_campaign(people)
    approve(campaign)
    run_campaigns()
    earlier = timezone.now() - timedelta(hours=1)
    campaign.recipients.filter(customer__name="Bob").update(due_at=earlier)  # the others come after
    send_now(campaign)
    assert mail_server.addresses == ["ann@shop.example", "cid@shop.example"]
    places = dict(campaign.recipients.values_list("customer__name", "status"))
    assert places == {"Ann": Status.SENT, "Bob": Status.WAITING, "Cid": Status.SENT}


def test_a_server_that_closes_every_line_puts_all_off(mail_server: Sink) -> None:
    mail_server.most = 0
    campaign = make_campaign([make_reader("Ann"), make_reader("Bob")])
    approve(campaign)
    with pytest.raises(JobError, match="SMTP 421"):
        send_now(campaign)
    assert set(campaign.recipients.values_list("status", flat=True)) == {Status.WAITING}


def test_an_address_that_does_not_exist_is_closed_and_one_that_is_full_tried_later(mail_server: Sink) -> None:
    people = [make_reader(name) for name in ("Gone", "Busy", "Here")]
    mail_server.refused = {
        "gone@shop.example": "550 5.1.1 no such user",
        "busy@shop.example": "451 try later",
    }
    campaign = make_campaign(people)
    approve(campaign)
    send_now(campaign)
    assert mail_server.addresses == ["here@shop.example"]
    assert list(Suppression.objects.values_list("address_hash", "cause")) == [
        (hash_of("gone@shop.example"), "bounce")
    ]
    busy = campaign.recipients.get(customer__name="Busy")
    assert (busy.status, busy.tries, busy.due_at > timezone.now()) == (Status.WAITING, 1, True)
    campaign.refresh_from_db()
    assert campaign.status == Campaign.Status.SENDING


def test_a_server_that_refuses_everybody_stops_the_campaign_and_closes_no_address(mail_server: Sink) -> None:
    mail_server.refused = {"*": "554 5.7.1 relay access denied"}
    campaign = make_campaign([make_reader(f"Reader{number}") for number in range(25)])
    approve(campaign)
    with pytest.raises(JobError, match="one address after the other"):
        send_now(campaign)
    campaign.refresh_from_db()
    assert (campaign.status, Suppression.objects.count()) == (Campaign.Status.PAUSED, 0)
    assert campaign.recipients.filter(tries=1).count() == 20


def test_without_a_mail_server_nobody_is_lost(loud: None, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    campaign = make_campaign([make_reader("Ann"), make_reader("Bob")])
    approve(campaign)
    run_campaigns()
    with pytest.raises(JobError, match="took nothing"):
        send_now(campaign)
    assert set(campaign.recipients.values_list("status", flat=True)) == {Status.WAITING}
    assert not campaign.recipients.due(timezone.now()).exists()  # not a minute later again
