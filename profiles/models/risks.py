from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ecommerce_ai.inference.models import ModelRun
from ecommerce_ai.shop.models import Customer, Order


class RiskAssessmentQuerySet(models.QuerySet["RiskAssessment"]):
    def to_review(self) -> Self:
        return self.filter(status=RiskAssessment.Status.OPEN).exclude(level=RiskAssessment.Level.LOW)


class RiskAssessment(models.Model):
    """How risky an order or an account looks, and the facts for and against. It blocks nothing: people do."""

    class Level(models.TextChoices):
        LOW = "low", _("Low")
        MEDIUM = "medium", _("Medium")
        HIGH = "high", _("High")

    class Status(models.TextChoices):
        OPEN = "open", _("Nobody looked yet")
        CLEARED = "cleared", _("Fine")
        CONFIRMED = "confirmed", _("Abuse confirmed")

    customer = models.ForeignKey(
        Customer,
        verbose_name=_("customer"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="risks",
    )
    order = models.OneToOneField(
        Order,
        verbose_name=_("order"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="risk",
        help_text=_("Empty: the account as a whole."),
    )
    level = models.CharField(_("level"), max_length=6, choices=Level)
    score = models.FloatField(_("score"))
    facts = models.JSONField(_("facts"), default=list)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    note = models.TextField(_("note"), blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reviewed by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True)
    model_run = models.ForeignKey(
        ModelRun,
        verbose_name=_("model run"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    input_hash = models.CharField(_("hash of the input"), max_length=64, blank=True)
    assessed_at = models.DateTimeField(_("assessed"))

    objects = RiskAssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("risk")
        verbose_name_plural = _("risks")
        ordering = ["-score", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(score__range=(0, 1)), name="risk_score_is_a_share"),
            models.CheckConstraint(
                condition=Q(order__isnull=False) | Q(customer__isnull=False), name="risk_of_somebody"
            ),
            models.UniqueConstraint(
                fields=["customer"], condition=Q(order=None), name="risk_one_per_account"
            ),
            models.CheckConstraint(
                condition=Q(status="open") | Q(reviewed_at__isnull=False), name="risk_review_has_a_time"
            ),
        ]
        indexes = [models.Index(fields=["status", "-score"], name="risk_queue")]

    def __str__(self) -> str:
        return f"{self.order or self.customer}: {self.get_level_display()}"
