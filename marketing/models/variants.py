from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ecommerce_ai.accounts.models import User
from ecommerce_ai.jobs.models import JobRun
from ecommerce_ai.shop.models import Customer, Product
from marketing.models.briefs import MESSAGES, PLACES, Brief, Channel, Language
from marketing.models.candidates import Candidate
from profiles.models import Segment


class VariantQuerySet(models.QuerySet["Variant"]):
    def in_use(self) -> Self:
        return self.filter(withdrawn_at=None)


class Variant(models.Model):
    """An approved text: the only thing that may be sent. The database lets nobody change its words.

    `subject` is what stands first in the channel (subject, title, headline), `body` the rest; `parts` has
    them by name. `template_fields` have, by name, the words for whom nothing is known of.
    """

    candidate = models.ForeignKey(
        Candidate, verbose_name=_("candidate"), on_delete=models.CASCADE, related_name="variants"
    )
    brief = models.ForeignKey(
        Brief, verbose_name=_("brief"), on_delete=models.CASCADE, related_name="variants"
    )
    product = models.ForeignKey(
        Product, verbose_name=_("product"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    channel = models.CharField(_("channel"), max_length=12, choices=Channel)
    language = models.CharField(_("language"), max_length=10, choices=Language)
    parts = models.JSONField(_("parts"), default=dict)
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    body = models.TextField(_("text"))
    template_fields = models.JSONField(_("fields"), default=dict, blank=True)
    approved_by = models.ForeignKey(
        User, verbose_name=_("approved by"), on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(_("approved"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = VariantQuerySet.as_manager()

    class Meta:
        verbose_name = _("approved text")
        verbose_name_plural = _("approved texts")
        ordering = ["-approved_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(body=""), name="variant_text_given"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("approved_at")),
                name="variant_withdrawn_after_approved",
            ),
        ]
        indexes = [models.Index(fields=["brief", "language", "-approved_at"], name="variant_latest")]

    def __str__(self) -> str:
        return (self.subject or self.body)[:80]

    @property
    def can_be_sent(self) -> bool:
        """Whether a campaign may carry a text of this channel."""
        return self.channel in (*MESSAGES, *PLACES)


class PersonalSetQuerySet(models.QuerySet["PersonalSet"]):
    def approved(self) -> Self:
        return self.filter(approved_at__isnull=False)


class PersonalSet(models.Model):
    """Texts for each shopper of a segment in place of one for all; sent once the set is approved."""

    variant = models.ForeignKey(
        Variant, verbose_name=_("approved text"), on_delete=models.CASCADE, related_name="personal_sets"
    )
    segment = models.ForeignKey(
        Segment, verbose_name=_("segment"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    job = models.ForeignKey(
        JobRun, verbose_name=_("job"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    facts = models.JSONField(_("facts as they were"), default=dict, blank=True)
    written = models.PositiveIntegerField(_("written"), default=0)
    without_text = models.PositiveIntegerField(_("get the text for all"), default=0)
    seconds = models.FloatField(_("seconds"), null=True, blank=True)
    requested_by = models.ForeignKey(
        User,
        verbose_name=_("requested by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    approved_by = models.ForeignKey(
        User, verbose_name=_("approved by"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)

    objects = PersonalSetQuerySet.as_manager()

    class Meta:
        verbose_name = _("set of personal texts")
        verbose_name_plural = _("sets of personal texts")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by=None, approved_at=None)
                | Q(approved_by__isnull=False, approved_at__isnull=False, finished_at__isnull=False),
                name="personalset_approved_when_finished",
            )
        ]

    def __str__(self) -> str:
        return f"{self.variant_id} · {self.segment_id}"


class PersonalVariant(models.Model):
    """The text for one shopper, about the product of the brief that suits them, and why that one."""

    set = models.ForeignKey(
        PersonalSet, verbose_name=_("set of personal texts"), on_delete=models.CASCADE, related_name="texts"
    )
    customer = models.ForeignKey(
        Customer, verbose_name=_("customer"), on_delete=models.CASCADE, related_name="personal_variants"
    )
    product = models.ForeignKey(
        Product, verbose_name=_("product"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    language = models.CharField(_("language"), max_length=10, choices=Language)
    parts = models.JSONField(_("parts"), default=dict)
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    body = models.TextField(_("text"))
    reason = models.CharField(_("why this product"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("personal text")
        verbose_name_plural = _("personal texts")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["set", "customer"], name="personalvariant_once"),
            models.CheckConstraint(condition=~Q(body=""), name="personalvariant_text_given"),
        ]

    def __str__(self) -> str:
        return (self.subject or self.body)[:80]
