from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ecommerce_ai.shop.models import Customer

SCORE = (MinValueValidator(1), MaxValueValidator(5))


class ProfileQuerySet(models.QuerySet["Profile"]):
    def of_buyers(self) -> Self:
        return self.filter(order_count__gt=0)


class Profile(models.Model):
    """What a customer did, counted: a recount in SQL gives the same numbers (README: Counters)."""

    customer = models.OneToOneField(
        Customer,
        verbose_name=_("customer"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="profile",
    )
    order_count = models.PositiveIntegerField(_("orders"), default=0)
    cancellation_count = models.PositiveIntegerField(_("cancellations"), default=0)
    unit_count = models.BigIntegerField(_("units bought"), default=0)
    product_count = models.PositiveIntegerField(_("different products bought"), default=0)
    gross_spent = models.DecimalField(_("spent"), max_digits=16, decimal_places=2, default=0)
    net_spent = models.DecimalField(_("spent less returns"), max_digits=16, decimal_places=2, default=0)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    first_order_at = models.DateTimeField(_("first order"), null=True, blank=True)
    last_order_at = models.DateTimeField(_("last order"), null=True, blank=True)
    visit_count = models.PositiveIntegerField(_("visits"), default=0)
    view_count = models.PositiveIntegerField(_("products looked at"), default=0)
    cart_count = models.PositiveIntegerField(_("put in the cart"), default=0)
    search_count = models.PositiveIntegerField(_("searches"), default=0)
    review_count = models.PositiveIntegerField(_("reviews"), default=0)
    question_count = models.PositiveIntegerField(_("questions"), default=0)
    last_active_at = models.DateTimeField(_("last active"), null=True, blank=True)
    recency_score = models.PositiveSmallIntegerField(_("recency"), null=True, blank=True, validators=SCORE)
    frequency_score = models.PositiveSmallIntegerField(
        _("frequency"), null=True, blank=True, validators=SCORE
    )
    monetary_score = models.PositiveSmallIntegerField(_("spending"), null=True, blank=True, validators=SCORE)
    preferred_language = models.CharField(_("preferred language"), max_length=10, blank=True)
    preferred_channel = models.CharField(_("preferred channel"), max_length=40, blank=True)
    preferred_hour = models.PositiveSmallIntegerField(_("preferred hour (UTC)"), null=True, blank=True)
    confidence = models.FloatField(_("how sure we are"), default=0)
    input_hash = models.CharField(_("hash of the input"), max_length=64, blank=True)
    computed_at = models.DateTimeField(_("computed"))

    objects = ProfileQuerySet.as_manager()

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("profiles")
        ordering = ["-last_active_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confidence__range=(0, 1)), name="profile_confidence_is_a_probability"
            ),
            models.CheckConstraint(
                condition=Q(preferred_hour=None) | Q(preferred_hour__lte=23), name="profile_hour_of_a_day"
            ),
            models.CheckConstraint(
                condition=(Q(order_count=0) & Q(last_order_at=None))
                | (Q(order_count__gt=0) & Q(last_order_at__isnull=False)),
                name="profile_last_order_where_there_are_orders",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{name: None}) | Q(**{f"{name}__range": (1, 5)}),
                    name=f"profile_{name}_one_to_five",
                )
                for name in ("recency_score", "frequency_score", "monetary_score")
            ),
        ]
        indexes = [
            models.Index(fields=["-last_active_at"], name="profile_active"),
            models.Index(fields=["-net_spent"], name="profile_spent"),
        ]

    def __str__(self) -> str:
        return str(self.customer)

    @property
    def average_order_value(self) -> float | None:
        return float(self.gross_spent) / self.order_count if self.order_count else None
