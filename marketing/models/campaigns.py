from datetime import datetime
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ecommerce_ai.accounts.models import User
from ecommerce_ai.jobs.models import JobRun
from marketing.models.briefs import MESSAGES, Channel
from marketing.models.seen import mark_of
from marketing.models.variants import Variant
from profiles.models import Segment


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def running(self) -> Self:
        return self.filter(status=Campaign.Status.SENDING)

    def to_begin(self, at: datetime) -> Self:
        """Approved ones whose time has come."""
        return self.filter(status=Campaign.Status.SCHEDULED, starts_at__lte=at)

    def shown_in(self, channel: str, at: datetime) -> Self:
        """Those that a page of the shop carries at this moment."""
        return self.running().filter(variant__channel=channel, starts_at__lte=at, ends_at__gt=at)

    def between(self, first: datetime, last: datetime) -> Self:
        return self.filter(starts_at__lt=last, ends_at__gt=first)


class Campaign(models.Model):
    """An approved text, for whom, and when. Who of the audience gets it is drawn once, by a hash."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SCHEDULED = "scheduled", _("Scheduled")
        SENDING = "sending", _("Under way")
        PAUSED = "paused", _("Paused")
        DONE = "done", _("Over")
        CANCELLED = "cancelled", _("Called off")

    class Audience(models.TextChoices):
        SEGMENT = "segment", _("A segment")
        EVERYBODY = "everybody", _("Everybody who agreed to the channel")

    name = models.CharField(_("name"), max_length=200)
    variant = models.ForeignKey(
        Variant, verbose_name=_("approved text"), on_delete=models.CASCADE, related_name="campaigns"
    )
    audience = models.CharField(_("audience"), max_length=10, choices=Audience, default=Audience.SEGMENT)
    segment = models.ForeignKey(
        Segment,
        verbose_name=_("segment"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,  # a campaign whose segment is gone has nobody to write to
        related_name="campaigns",
    )
    holdout_percent = models.PositiveSmallIntegerField(
        _("held out, in percent"),
        default=10,
        validators=[MaxValueValidator(50)],
        help_text=_("So many of the audience get nothing, so that the effect can be seen."),
    )
    link = models.CharField(
        _("leads to"), max_length=300, default="/", help_text=_("A page of the shop, beginning with /.")
    )
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"), help_text=_("Nothing is sent later than this."))
    uses_preferred_hour = models.BooleanField(_("at the hour that each one prefers"), default=True)
    attribution_days = models.PositiveSmallIntegerField(
        _("an order counts for so many days"),
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    excluded = models.JSONField(_("left out"), default=dict, blank=True)
    job = models.ForeignKey(
        JobRun, verbose_name=_("job"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_by = models.ForeignKey(
        User, verbose_name=_("created by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    approved_by = models.ForeignKey(
        User, verbose_name=_("approved by"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    planned_at = models.DateTimeField(_("audience drawn"), null=True, blank=True)
    finished_at = models.DateTimeField(_("over since"), null=True, blank=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["-starts_at", "-id"]
        permissions = [("send_campaign", "Can approve a campaign to be sent")]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="campaign_name_given"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="campaign_ends_after_start"),
            models.CheckConstraint(
                condition=Q(holdout_percent__lte=50), name="campaign_holdout_at_most_half"
            ),
            models.CheckConstraint(
                condition=Q(attribution_days__range=(1, 30)), name="campaign_attribution_within_a_month"
            ),
            models.CheckConstraint(
                condition=Q(link__startswith="/") & ~Q(link__startswith="//"), name="campaign_link_of_ours"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "cancelled"])
                | Q(approved_by__isnull=False, approved_at__isnull=False),
                name="campaign_sends_when_approved",
            ),
        ]
        indexes = [models.Index(fields=["status", "starts_at"], name="campaign_due")]

    def __str__(self) -> str:
        return self.name

    @property
    def channel(self) -> Channel:
        return Channel(self.variant.channel)

    @property
    def is_message(self) -> bool:
        """Whether it is sent to people, not shown on pages."""
        return self.channel in MESSAGES

    @property
    def salt(self) -> str:
        """What the draw of the holdout hangs on besides the customer."""
        return f"campaign {self.pk}"

    @property
    def mark(self) -> str:
        """Of what is sent, to whom and when, as it is now: a yes is to this and nothing else."""
        return mark_of(
            self.name, self.variant_id, self.audience, self.segment_id, self.holdout_percent, self.link,
            self.starts_at.timestamp(), self.ends_at.timestamp(), self.uses_preferred_hour,
            self.attribution_days,
        )  # fmt: skip

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def may_pause(self) -> bool:
        return self.status in (self.Status.SCHEDULED, self.Status.SENDING)

    @property
    def may_be_called_off(self) -> bool:
        return self.status in (self.Status.DRAFT, self.Status.SCHEDULED, self.Status.PAUSED)


class CampaignChange(models.Model):
    """What was done about a campaign, by whom. Lines never change; without a person it was the clock."""

    class Kind(models.TextChoices):
        CREATED = "created", _("Created")
        EDITED = "edited", _("Edited")
        APPROVED = "approved", _("Approved to be sent")
        BEGUN = "begun", _("Begun")
        PAUSED = "paused", _("Paused")
        RESUMED = "resumed", _("Resumed")
        CALLED_OFF = "called_off", _("Called off")
        OVER = "over", _("Over")

    campaign = models.ForeignKey(
        Campaign, verbose_name=_("campaign"), on_delete=models.CASCADE, related_name="changes"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    note = models.CharField(_("note"), max_length=300, blank=True)
    by = models.ForeignKey(
        User, verbose_name=_("by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("step of a campaign")
        verbose_name_plural = _("steps of campaigns")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.kind}"
