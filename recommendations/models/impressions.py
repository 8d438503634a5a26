"""What was shown to whom, with what chance, and what came of it."""

import uuid
from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ecommerce_ai.shop.models import Customer, Product
from recommendations.models.pipelines import Pipeline


class Slot(models.TextChoices):
    """The places that show recommendations; the API knows other names for some."""

    FOR_YOU = "for_you", _("For you")
    SIMILAR = "similar", _("Similar")
    BOUGHT_TOGETHER = "bought_together", _("Often bought together")
    TRENDING = "trending", _("Trending")
    COMPLETE_BASKET = "complete_basket", _("Complete the basket")
    EMAIL = "email", _("E-mail")


class ImpressionQuerySet(models.QuerySet["Impression"]):
    def since(self, time: datetime) -> Self:
        return self.filter(served_at__gte=time)

    def served(self) -> Self:
        """Seen by somebody: not the lists that a shadow only computed."""
        return self.filter(is_shadow=False)


class Impression(models.Model):
    """One list of products as it was shown. Its id is the `impression_id` of every item in it.

    The arrays run over positions: what stood there, how strongly it was meant, and the chance with which the
    pipeline put exactly that product there. `trace` tells how the list came about. A shadow's list was only
    computed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    customer = models.ForeignKey(
        Customer,
        verbose_name=_("customer"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="impressions",
    )
    slot = models.CharField(_("place"), max_length=20, choices=Slot)
    pipeline = models.ForeignKey(
        Pipeline,
        verbose_name=_("pipeline"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="impressions",
    )
    bucket = models.PositiveSmallIntegerField(_("bucket"), help_text=_("0 to 999, the same for one shopper."))
    product_ids = ArrayField(models.BigIntegerField(), verbose_name=_("products"))
    scores = ArrayField(models.FloatField(), verbose_name=_("scores"))
    propensities = ArrayField(models.FloatField(), verbose_name=_("propensities"))
    reason_codes = ArrayField(models.CharField(max_length=40), verbose_name=_("reasons"))
    trace = models.JSONField(_("trace"), default=dict, blank=True)
    is_shadow = models.BooleanField(_("shadow"), default=False)
    served_at = models.DateTimeField(_("shown"), default=timezone.now)

    objects = ImpressionQuerySet.as_manager()

    class Meta:
        verbose_name = _("impression")
        verbose_name_plural = _("impressions")
        ordering = ["-served_at"]
        constraints = [
            models.CheckConstraint(condition=Q(bucket__lt=1000), name="impression_bucket_below_1000"),
            models.CheckConstraint(
                condition=Q(product_ids__len=F("scores__len"))
                & Q(product_ids__len=F("propensities__len"))
                & Q(product_ids__len=F("reason_codes__len")),
                name="impression_arrays_of_one_length",
            ),
        ]
        indexes = [
            BrinIndex(fields=["served_at"], name="impression_time"),
            models.Index(fields=["customer", "-served_at"], name="impression_of_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.get_slot_display()} {self.served_at:%Y-%m-%d %H:%M}"


class Outcome(models.Model):
    """What a shopper did with a product that a list showed them: once per impression, product and kind."""

    class Kind(models.TextChoices):
        CLICK = "click", _("Clicked")
        CART = "cart", _("Put in the cart")
        PURCHASE = "purchase", _("Bought")

    impression = models.ForeignKey(
        Impression, verbose_name=_("impression"), on_delete=models.CASCADE, related_name="outcomes"
    )
    product = models.ForeignKey(
        Product, verbose_name=_("product"), on_delete=models.CASCADE, related_name="outcomes"
    )
    position = models.PositiveSmallIntegerField(_("position"), help_text=_("From 1."))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    occurred_at = models.DateTimeField(_("time"))

    class Meta:
        verbose_name = _("outcome of an impression")
        verbose_name_plural = _("outcomes of impressions")
        ordering = ["-occurred_at"]
        constraints = [
            models.UniqueConstraint(fields=["impression", "product", "kind"], name="outcome_once"),
            models.CheckConstraint(condition=Q(position__gte=1), name="outcome_position_from_one"),
        ]
        indexes = [BrinIndex(fields=["occurred_at"], name="outcome_time")]

    def __str__(self) -> str:
        return f"{self.kind} {self.product_id}"
