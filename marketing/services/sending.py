"""Claim, send, mark: a worker that is killed in between leaves a claim, and nobody is written to twice."""

from collections import Counter
from datetime import timedelta
from typing import Any, NoReturn

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ecommerce_ai.jobs.progress import JobError, Progress, silent
from ecommerce_ai.privacy.models import Purpose
from ecommerce_ai.privacy.selectors import is_allowed
from ecommerce_ai.shop.models import Customer
from marketing.ml.addresses import hash_of
from marketing.ml.hours import first_loud
from marketing.models import Campaign, Reason, Recipient, Suppression
from marketing.selectors.campaign_plans import address_of, lately, purpose_of
from marketing.selectors.zones import quiet_hours, zones_of
from marketing.services.campaigns import begin_campaign, finish_campaign, pause_campaign
from marketing.services.messages import message_for
from marketing.services.rechecking import recheck_texts_of
from marketing.services.suppressing import suppress
from marketing.services.transports import (
    AddressRefused,
    Message,
    SenderRefused,
    Transport,
    Unknown,
    transport_for,
)

log = structlog.get_logger(__name__)
BATCH, MAX_TRIES, MAX_UNKNOWN = 100, 3, 3
MAX_REFUSED = 20  # one after the other: then the mail server refuses us, not them
AGAIN_AFTER = timedelta(minutes=15)
Status = Recipient.Status


def send_campaign(progress: Progress = silent, *, campaign: int) -> dict[str, Any]:
    """Begin what is due, and send to everybody whose turn it is; each one's consent is read at that moment.

    Raises JobError where the mail server takes nothing: who was not written to stays waiting.
    """
    row = Campaign.objects.select_related("variant").get(pk=campaign)
    begin_campaign(row, at=timezone.now())
    row.refresh_from_db()
    counts: dict[str, Any] = {}
    if row.status == Campaign.Status.SENDING and row.is_message:
        counts = Run(row, progress).send_due()
    finish_campaign(row, at=timezone.now())
    return counts


class Run:
    """One pass over who is due. `counts`: how many were sent, left out, put off, or are unknown."""

    def __init__(self, campaign: Campaign, progress: Progress) -> None:
        self.campaign, self.progress = campaign, progress
        self.transport: Transport = transport_for(campaign.channel)
        self.refused = 0
        self.counts: Counter[str] = Counter(sent=0, left_out=0, put_off=0, unknown=0)

    def send_due(self) -> dict[str, int]:
        total = self.campaign.recipients.due(timezone.now()).count()
        try:
            while batch := self.next_batch():
                for recipient in batch:
                    self.serve(recipient)
                    self.progress(min(sum(self.counts.values()), total), total)
        finally:
            self.transport.close()
        return dict(self.counts)

    def next_batch(self) -> list[Recipient]:
        """Who is due now; nobody where the campaign was paused, or its text withdrawn or true no more."""
        recheck_texts_of(self.campaign)
        self.campaign = Campaign.objects.select_related("variant").get(pk=self.campaign.pk)
        if self.campaign.status != Campaign.Status.SENDING:
            return []
        if self.campaign.variant.withdrawn_at is not None:
            pause_campaign(self.campaign, why=_("Its text was withdrawn."))
            return []
        return list(self.campaign.recipients.due(timezone.now())[:BATCH])

    def serve(self, recipient: Recipient) -> None:
        customer = claim(self.campaign, recipient)
        if customer is None:
            self.counts["put_off" if recipient.status == Status.WAITING else "left_out"] += 1
            return
        message = self.write(recipient, customer)
        try:
            self.transport.send(message)
        except AddressRefused as refusal:
            self.take_refusal(recipient, refusal, message.address)
        except SenderRefused as error:
            give_back(recipient, is_final=False)
            self.put_off_all()
            raise JobError(_("The mail server took nothing (%(why)s).") % {"why": error}) from error
        except Unknown as error:
            self.leave_unknown(recipient, error)
        else:
            mark_sent(recipient, text_id=message.text_id)
            self.counts["sent"] += 1
            self.refused = 0

    def write(self, recipient: Recipient, customer: Customer) -> Message:
        """A text that cannot be written leaves no claim behind: nothing was sent."""
        try:
            address = address_of(customer, self.campaign.channel)
            return message_for(self.campaign, recipient, customer, to=address)
        except Exception:
            give_back(recipient, is_final=False)
            raise

    def put_off_all(self) -> None:
        """The next try is not a minute from now."""
        now = timezone.now()
        self.campaign.recipients.due(now).update(due_at=now + AGAIN_AFTER)

    def take_refusal(self, recipient: Recipient, refusal: AddressRefused, address: str) -> None:
        if refusal.is_permanent:
            suppress(self.campaign.channel, hash_of(address), Suppression.Cause.BOUNCE)
        is_final = refusal.is_permanent or recipient.tries + 1 >= MAX_TRIES
        give_back(recipient, is_final=is_final)
        self.counts["left_out" if is_final else "put_off"] += 1
        self.refused += 1
        if self.refused >= MAX_REFUSED:
            self.stop(_("The mail server refused one address after the other."), refusal)

    def stop(self, why: str, error: Exception) -> NoReturn:
        """Nothing more goes until a person has looked."""
        self.campaign.refresh_from_db(fields=["status"])
        if self.campaign.may_pause:
            pause_campaign(self.campaign, why=why)
        raise JobError(why) from error

    def leave_unknown(self, recipient: Recipient, error: Unknown) -> None:
        """The claim stays; with a broken line one more may still go, but not all of them."""
        log.warning("message_unknown", recipient=str(recipient.pk), why=str(error))
        self.counts["unknown"] += 1
        self.transport.close()
        if self.counts["unknown"] >= MAX_UNKNOWN:
            self.stop(_("The line to the mail server broke several times."), error)


def claim(campaign: Campaign, recipient: Recipient) -> Customer | None:
    """Who is to be written to now, with the claim committed; None for who is left out or put off.

    The customer's row is locked, as it is when consent changes: a withdrawal that was committed before is
    obeyed, and two campaigns do not exceed the cap together.
    """
    try:
        with transaction.atomic():
            customer = Customer.objects.select_for_update().filter(pk=recipient.customer_id).first()
            if customer is None:  # forgotten since the batch was read, and the place with them
                recipient.status = Status.LEFT_OUT
                return None
            if reason := reason_against(campaign, customer):
                leave_out(recipient, reason)
                return None
            return customer if waits_for_nothing(campaign, recipient, customer) else None
    except IntegrityError:  # the address was claimed for somebody else of this campaign meanwhile
        leave_out(recipient, Reason.SAME_ADDRESS)
        return None


def reason_against(campaign: Campaign, customer: Customer) -> Reason | None:
    """As things stand at this moment."""
    if not is_allowed(customer, purpose_of(campaign.channel)):
        return Reason.NO_CONSENT
    address = address_of(customer, campaign.channel)
    if not address:
        return Reason.NO_ADDRESS
    if Suppression.objects.filter(channel=campaign.channel, address_hash=hash_of(address)).exists():
        return Reason.SUPPRESSED
    if lately(timezone.now()).filter(customer=customer).count() >= settings.MARKETING_CAP["messages"]:
        return Reason.CAP
    return None


def waits_for_nothing(campaign: Campaign, recipient: Recipient, customer: Customer) -> bool:
    """Claim the place, or put it off to the end of the quiet hours. The campaign may have been paused."""
    now = timezone.now()
    due = first_loud(now, quiet_hours(), zones_of(customer.country))
    if due is None or due >= campaign.ends_at:
        leave_out(recipient, Reason.QUIET)
        return False
    mine = Recipient.objects.waiting().filter(pk=recipient.pk, campaign__status=Campaign.Status.SENDING)
    if due > now:
        mine.update(due_at=due)
        return False
    recipient.is_measured = is_allowed(customer, Purpose.ANALYTICS)
    is_ours = mine.update(
        status=Status.CLAIMED,
        claimed_at=now,
        is_measured=recipient.is_measured,
        address_hash=hash_of(address_of(customer, campaign.channel)),
    )
    return bool(is_ours)


def leave_out(recipient: Recipient, reason: Reason) -> None:
    recipient.status, recipient.reason = Status.LEFT_OUT, reason
    Recipient.objects.waiting().filter(pk=recipient.pk).update(status=Status.LEFT_OUT, reason=reason)


def mark_sent(recipient: Recipient, *, text_id: int | None) -> None:
    claimed = Recipient.objects.filter(pk=recipient.pk, status=Status.CLAIMED)
    claimed.update(status=Status.SENT, sent_at=timezone.now(), text=text_id)


def give_back(recipient: Recipient, *, is_final: bool) -> None:
    """It certainly did not leave: left out for good, or to be tried again in a while."""
    later = timezone.now() + AGAIN_AFTER
    end: dict[str, Any] = {"status": Status.LEFT_OUT, "reason": Reason.REFUSED}
    again = {"status": Status.WAITING, "due_at": later, "tries": recipient.tries + 1}
    claimed = Recipient.objects.filter(pk=recipient.pk, status=Status.CLAIMED)
    claimed.update(claimed_at=None, address_hash="", **(end if is_final else again))
