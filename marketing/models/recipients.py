import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ecommerce_ai.shop.models import Customer
from marketing.models.briefs import Channel
from marketing.models.campaigns import Campaign
from marketing.models.variants import Variant


class Reason(models.TextChoices):
    """Why somebody of an audience gets nothing."""

    NO_CONSENT = "no_consent", _("Did not agree to this channel")
    NO_ADDRESS = "no_address", _("No address")
    SUPPRESSED = "suppressed", _("Address bounced or complained")
    SAME_ADDRESS = "same_address", _("Same address as somebody else in the audience")
    CAP = "cap", _("Wrote to them often enough lately")
    QUIET = "quiet", _("Quiet hours until the end")
    OVER = "over", _("The campaign ended before")
    REFUSED = "refused", _("The mail server refused")


class RecipientQuerySet(models.QuerySet["Recipient"]):
    def waiting(self) -> Self:
        return self.filter(status=Recipient.Status.WAITING)

    def due(self, at: datetime) -> Self:
        return self.waiting().filter(due_at__lte=at)

    def written_to(self) -> Self:
        """Whom a message went out to, or may have."""
        return self.filter(status__in=[Recipient.Status.SENT, Recipient.Status.CLAIMED])

    def since(self, at: datetime) -> Self:
        return self.filter(claimed_at__gte=at)


class Recipient(models.Model):
    """One person's place in a campaign. It is claimed before the message leaves and marked when it has left.

    Of a place that stays claimed nobody knows whether its message left: it is never sent again by itself.
    `address_hash` is set with the claim: the database lets no campaign claim an address twice.
    """

    class Arm(models.TextChoices):
        WRITTEN_TO = "written_to", _("Written to")
        HELD_OUT = "held_out", _("Held out")

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        CLAIMED = "claimed", _("Unknown")
        SENT = "sent", _("Sent")
        LEFT_OUT = "left_out", _("Left out")
        HELD_OUT = "held_out", _("Held out")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(
        Campaign,
        verbose_name=_("campaign"),
        on_delete=models.CASCADE,
        related_name="recipients",
        db_index=False,  # the unique pair begins with the campaign
    )
    customer = models.ForeignKey(
        Customer,
        verbose_name=_("customer"),
        on_delete=models.CASCADE,
        related_name="campaign_places",
        db_index=False,  # the index below begins with the customer
    )
    arm = models.CharField(_("arm"), max_length=10, choices=Arm)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.WAITING)
    reason = models.CharField(_("reason"), max_length=12, choices=Reason, blank=True)
    language = models.CharField(_("language"), max_length=10)
    text = models.ForeignKey(
        Variant,
        verbose_name=_("approved text"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="recipients",
        help_text=_("The one that went out; empty for a text of their own."),
    )
    due_at = models.DateTimeField(_("due"))
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    address_hash = models.CharField(_("hash of the address"), max_length=64, blank=True)
    is_measured = models.BooleanField(_("opens may be counted"), default=False)
    claimed_at = models.DateTimeField(_("claimed"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    bounced_at = models.DateTimeField(_("came back"), null=True, blank=True)
    complained_at = models.DateTimeField(_("complained"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    clicked_at = models.DateTimeField(_("clicked"), null=True, blank=True)
    unsubscribed_at = models.DateTimeField(_("unsubscribed"), null=True, blank=True)

    objects = RecipientQuerySet.as_manager()

    class Meta:
        verbose_name = _("recipient")
        verbose_name_plural = _("recipients")
        ordering = ["due_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "customer"], name="recipient_once"),
            models.UniqueConstraint(
                fields=["campaign", "address_hash"],
                condition=~Q(address_hash=""),
                name="recipient_address_once",
            ),
            models.CheckConstraint(
                condition=Q(arm="held_out", status="held_out") | Q(arm="written_to") & ~Q(status="held_out"),
                name="recipient_held_out_gets_nothing",
            ),
            models.CheckConstraint(
                condition=Q(status="sent", claimed_at__isnull=False, sent_at__isnull=False)
                | Q(status="claimed", claimed_at__isnull=False, sent_at=None)
                | Q(status__in=["waiting", "left_out", "held_out"], claimed_at=None, sent_at=None),
                name="recipient_times_of_its_status",
            ),
            models.CheckConstraint(
                condition=Q(status="left_out") & ~Q(reason="") | ~Q(status="left_out") & Q(reason=""),
                name="recipient_left_out_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["campaign", "status", "due_at"], name="recipient_due"),
            models.Index(fields=["customer", "-claimed_at"], name="recipient_lately"),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} · {self.customer_id}"


class Click(models.Model):
    """A link of a message was followed, by somebody who lets the shop count visits."""

    recipient = models.ForeignKey(
        Recipient, verbose_name=_("recipient"), on_delete=models.CASCADE, related_name="clicks"
    )
    clicked_at = models.DateTimeField(_("clicked"), default=timezone.now)

    class Meta:
        verbose_name = _("click")
        verbose_name_plural = _("clicks")
        ordering = ["-clicked_at"]
        indexes = [models.Index(fields=["-clicked_at"], name="click_time")]

    def __str__(self) -> str:
        return f"{self.recipient_id}"


class Suppression(models.Model):
    """An address that nothing is sent to any more, known by its hash alone."""

    class Cause(models.TextChoices):
        BOUNCE = "bounce", _("Does not exist or takes no mail")
        COMPLAINT = "complaint", _("Complained about a message")

    channel = models.CharField(_("channel"), max_length=12, choices=Channel)
    address_hash = models.CharField(_("hash of the address"), max_length=64)
    cause = models.CharField(_("cause"), max_length=10, choices=Cause)
    created_at = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("closed address")
        verbose_name_plural = _("closed addresses")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["channel", "address_hash"], name="suppression_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.address_hash[:12]}"
