from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketing.models.briefs import Brief


class WriterBudget(models.Model):
    """What a writer that costs money may spend in a month. `reserved` is for calls that are under way."""

    month = models.DateField(_("month"), unique=True, help_text=_("The first day of the month."))
    cap = models.DecimalField(_("at most"), max_digits=12, decimal_places=6)
    reserved = models.DecimalField(_("reserved"), max_digits=12, decimal_places=6, default=Decimal(0))
    spent = models.DecimalField(_("spent"), max_digits=12, decimal_places=6, default=Decimal(0))
    currency = models.CharField(_("currency"), max_length=3, default="USD")

    class Meta:
        verbose_name = _("budget of the writer")
        verbose_name_plural = _("budgets of the writer")
        ordering = ["-month"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reserved__gte=0, spent__gte=0, cap__gte=0), name="writerbudget_not_negative"
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class WriterCall(models.Model):
    """A call of a writer that costs money: what it asked for, what it cost, and how it ended."""

    class Status(models.TextChoices):
        OPEN = "open", _("Under way")
        DONE = "done", _("Answered")
        FAILED = "failed", _("Failed")

    budget = models.ForeignKey(
        WriterBudget, verbose_name=_("budget"), on_delete=models.CASCADE, related_name="calls"
    )
    brief = models.ForeignKey(
        Brief, verbose_name=_("brief"), null=True, blank=True, on_delete=models.SET_NULL, related_name="calls"
    )
    model = models.CharField(_("model"), max_length=200)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    reserved = models.DecimalField(_("reserved"), max_digits=12, decimal_places=6)
    cost = models.DecimalField(_("cost"), max_digits=12, decimal_places=6, default=Decimal(0))
    tokens_in = models.PositiveIntegerField(_("tokens read"), default=0)
    tokens_out = models.PositiveIntegerField(_("tokens written"), default=0)
    error = models.CharField(_("error"), max_length=300, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("call of the writer")
        verbose_name_plural = _("calls of the writer")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.model} {self.cost}"
