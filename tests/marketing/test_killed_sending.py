"""`kill -9` in the middle of a campaign: whoever got a letter gets no second one."""

import multiprocessing
import os
import signal
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from marketing.models import Campaign, Recipient
from marketing.services.sending import send_campaign
from tests.marketing.campaigns import approve, make_campaign, make_reader
from tests.marketing.smtp_sink import Sink

pytestmark = pytest.mark.django_db(transaction=True)


def send_in_a_process(campaign: int) -> None:
    connections.close_all()
    send_campaign(campaign=campaign)


def kill_after(process: Any, letters: int, sink: Sink) -> None:
    """The server kills the sender when it was handed so many letters, before it answers to the last."""

    def kill(_address: str) -> None:
        if len(sink.letters) == letters:
            os.kill(process.pid, signal.SIGKILL)
            process.join(5)

    sink.on_letter = kill


def test_nobody_is_written_to_twice_by_a_worker_that_was_killed(mail_server: Sink) -> None:
    names = ["Ann", "Bob", "Cid", "Dan", "Eve"]
    now = timezone.now()
    campaign = make_campaign([make_reader(name) for name in names], starts_at=now + timedelta(hours=1))
    approve(campaign)
    Campaign.objects.filter(pk=campaign.pk).update(starts_at=now)  # without the job of an approval
    connections.close_all()
    process = multiprocessing.get_context("fork").Process(target=send_in_a_process, args=(campaign.pk,))
    kill_after(process, 3, mail_server)
    process.start()
    process.join(20)
    assert process.exitcode == -signal.SIGKILL
    assert len(mail_server.letters) == 3
    cut_off = mail_server.letters[2].to
    for _run in range(2):
        send_campaign(campaign=campaign.pk)
    assert mail_server.addresses == [f"{name.lower()}@shop.example" for name in names]
    unknown = campaign.recipients.filter(status=Recipient.Status.CLAIMED)
    assert [place.customer.email for place in unknown] == [cut_off]
    campaign.refresh_from_db()
    assert campaign.status == Campaign.Status.DONE
