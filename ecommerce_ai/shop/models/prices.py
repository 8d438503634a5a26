from datetime import datetime
from typing import Self

from django.contrib.postgres.functions import TransactionNow
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ecommerce_ai.shop.models.catalog import CURRENCY_CODE, Category, Product


class PriceChange(models.Model):
    """A price that came into force. Written by a trigger on Product, so no road around it exists."""

    product = models.ForeignKey(
        Product, verbose_name=_("product"), on_delete=models.CASCADE, related_name="price_changes"
    )
    price = models.DecimalField(_("price"), max_digits=12, decimal_places=2)
    previous_price = models.DecimalField(
        _("previous price"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(_("currency"), max_length=3)
    changed_at = models.DateTimeField(_("in force since"), db_default=TransactionNow())

    class Meta:
        verbose_name = _("price change")
        verbose_name_plural = _("price changes")
        ordering = ["-changed_at"]
        constraints = [
            models.CheckConstraint(condition=Q(price__gte=0), name="pricechange_price_not_negative"),
            models.CheckConstraint(
                condition=Q(currency__regex=CURRENCY_CODE), name="pricechange_currency_code"
            ),
        ]
        indexes = [models.Index(fields=["product", "-changed_at"], name="pricechange_history")]

    def __str__(self) -> str:
        return f"{self.price} {self.currency}"


class PromotionQuerySet(models.QuerySet["Promotion"]):
    def running(self, at: datetime) -> Self:
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=at), is_live=True, starts_at__lte=at)


class Promotion(models.Model):
    """An offer: a percentage or an amount off, for products, shelves or everything, between two times."""

    class Kind(models.TextChoices):
        PERCENT = "percent", _("Percent off")
        AMOUNT = "amount", _("Amount off")

    name = models.CharField(_("name"), max_length=200)
    code = models.CharField(_("code"), max_length=40, unique=True, null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    value = models.DecimalField(_("value"), max_digits=12, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    products = models.ManyToManyField(
        Product, verbose_name=_("products"), blank=True, related_name="promotions"
    )
    categories = models.ManyToManyField(
        Category, verbose_name=_("categories"), blank=True, related_name="promotions"
    )
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    is_live = models.BooleanField(_("live"), default=True)
    translations = models.JSONField(_("translations"), default=dict, blank=True)

    objects = PromotionQuerySet.as_manager()

    class Meta:
        verbose_name = _("promotion")
        verbose_name_plural = _("promotions")
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(value__gt=0), name="promotion_value_positive"),
            models.CheckConstraint(
                condition=~Q(kind="percent") | Q(value__lte=100), name="promotion_percent_at_most_100"
            ),
            models.CheckConstraint(
                condition=~Q(kind="amount") | Q(currency__regex=CURRENCY_CODE),
                name="promotion_amount_has_currency",
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")), name="promotion_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.name
