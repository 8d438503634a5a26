"""What came back for a message: opened, followed, no more of these, returned, complained about."""

import re
import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from ecommerce_ai.privacy.models import ConsentChange, Purpose
from ecommerce_ai.privacy.selectors import is_allowed
from ecommerce_ai.privacy.services import change_consent
from ecommerce_ai.shop.models import Customer
from ecommerce_ai.shop.models.customers import CustomerQuerySet
from marketing.ml.addresses import hash_of
from marketing.ml.returned_mail import Returned, read_returned
from marketing.models import Channel, Click, Recipient, Suppression
from marketing.selectors.campaign_plans import PURPOSES, address_of, purpose_of
from marketing.selectors.links import Leaving, person_of
from marketing.services.suppressing import suppress

CHANNELS: dict[str, Channel] = {purpose: channel for channel, purpose in PURPOSES.items()}
MESSAGE_ID = re.compile(r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@[^<>\s]+>")


def note_open(recipient_id: uuid.UUID) -> bool:
    """The first time a letter was opened, where its reader lets us count; whether it is new."""
    recipient = countable(recipient_id)
    if recipient is None:
        return False
    unopened = Recipient.objects.filter(pk=recipient.pk, opened_at=None)
    return bool(unopened.update(opened_at=timezone.now()))


@transaction.atomic
def note_click(recipient_id: uuid.UUID, *, at: datetime | None = None) -> bool:
    """A link was followed; kept where the reader lets us count."""
    recipient = countable(recipient_id)
    if recipient is None:
        return False
    now = at or timezone.now()
    Click.objects.create(recipient=recipient, clicked_at=now)
    Recipient.objects.filter(pk=recipient.pk, clicked_at=None).update(clicked_at=now)
    return True


def countable(recipient_id: uuid.UUID) -> Recipient | None:
    """The recipient of a message that went out, of whom statistics are kept at this moment."""
    sent = Recipient.objects.written_to().select_related("customer")
    recipient = sent.filter(pk=recipient_id).first()
    return recipient if recipient and is_allowed(recipient.customer, Purpose.ANALYTICS) else None


@transaction.atomic
def leave(leaving: Leaving) -> bool:
    """No more of this channel, for all that the shop knows by this address; whether anything changed."""
    person = person_of(leaving)
    if person is None:
        return False
    changes = [
        change_consent(
            each,
            purpose=purpose_of(leaving.channel),
            is_granted=False,
            source=ConsentChange.Source.UNSUBSCRIBE,
        )
        for each in same_address(person, leaving.channel)
    ]
    if leaving.recipient_id:
        left = Recipient.objects.filter(pk=leaving.recipient_id, unsubscribed_at=None)
        left.update(unsubscribed_at=timezone.now())
    return any(changes)


def same_address(person: Customer, channel: str) -> list[Customer]:
    """The customer, and others that one letter to their address would reach."""
    if channel != Channel.EMAIL or not person.email:
        return [person]
    same: CustomerQuerySet = Customer.objects.current().filter(email__iexact=person.email)
    return list(same.order_by("pk"))  # one order for all, for their rows are locked one by one


@transaction.atomic
def set_preference(leaving: Leaving, *, purpose: str, is_granted: bool) -> bool:
    """What somebody says on the page of a message; a no holds for everybody who gets letters there.

    A link may be old or passed on: a yes is taken for its own channel only. Raises ValueError for another.
    """
    channel = CHANNELS.get(purpose)
    if channel is None or (is_granted and channel != leaving.channel):
        raise ValueError(purpose)
    person = person_of(leaving)
    if person is None:
        return False
    source = ConsentChange.Source.SHOPPER if is_granted else ConsentChange.Source.UNSUBSCRIBE
    people = [person] if is_granted else same_address(person, channel)
    changes = [change_consent(each, purpose=purpose, is_granted=is_granted, source=source) for each in people]
    return any(changes)


@transaction.atomic
def take_returned(returned: Returned) -> bool:
    """Keep what a mail server reports about a message of ours; whether it is new.

    An address that takes no mail is closed. So is one whose owner complained, and it counts as a no.
    """
    found = MESSAGE_ID.fullmatch(returned.message_id.strip())
    sent = Recipient.objects.written_to().select_related("customer", "campaign__variant")
    recipient = sent.filter(pk=found[1]).first() if found else None
    if recipient is None:
        return False
    field = "complained_at" if returned.is_complaint else "bounced_at"
    first = Recipient.objects.filter(pk=recipient.pk, **{field: None})
    is_new = bool(first.update(**{field: timezone.now()}))
    if is_new and (returned.is_complaint or returned.is_permanent):
        close_address(recipient, is_complaint=returned.is_complaint)
    return is_new


def take_returned_mail(raw: bytes) -> bool:
    """The same for a delivery status or a complaint as a mail server sent it."""
    returned = read_returned(raw)
    return bool(returned and take_returned(returned))


def take_reports(reports: Iterable[Mapping[str, Any]]) -> int:
    """The same for a provider's list (`message_id`, `kind`, `is_permanent`); how many told something new."""
    return sum(
        take_returned(
            Returned(
                report["message_id"],
                is_complaint=report["kind"] == "complaint",
                is_permanent=report["is_permanent"],
            )
        )
        for report in reports
    )


def close_address(recipient: Recipient, *, is_complaint: bool) -> None:
    channel = recipient.campaign.channel
    address = recipient.address_hash or hash_of(address_of(recipient.customer, channel))
    cause = Suppression.Cause.COMPLAINT if is_complaint else Suppression.Cause.BOUNCE
    suppress(channel, address, cause)
    if is_complaint:
        leave(Leaving(recipient.customer_id, channel, None))
