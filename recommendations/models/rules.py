"""What the merchant wants of every list, whatever the ranker thinks."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ecommerce_ai.shop.models import Category, Product
from recommendations.models.changes import Change


class MerchandisingRule(models.Model):
    """Boost, bury, pin or hide a product, a shelf, or a brand, in one place or in all."""

    class Action(models.TextChoices):
        BOOST = "boost", _("Boost")
        BURY = "bury", _("Bury")
        PIN = "pin", _("Pin to a position")
        HIDE = "hide", _("Hide")

    name = models.CharField(_("name"), max_length=100)
    action = models.CharField(_("action"), max_length=10, choices=Action)
    slot = models.CharField(_("place"), max_length=20, blank=True, help_text=_("Empty: every place."))
    product = models.ForeignKey(
        Product, verbose_name=_("product"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    category = models.ForeignKey(
        Category, verbose_name=_("shelf"), null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    brand = models.CharField(_("brand"), max_length=200, blank=True)
    strength = models.FloatField(
        _("strength"), default=0.5, help_text=_("0 to 1: how far a boost lifts and a bury lowers.")
    )
    position = models.PositiveSmallIntegerField(
        _("position"), null=True, blank=True, help_text=_("For a pin: from 1.")
    )
    is_active = models.BooleanField(_("active"), default=True)
    starts_at = models.DateTimeField(_("from"), null=True, blank=True)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    class Meta:
        verbose_name = _("rule")
        verbose_name_plural = _("rules")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="rule_name_given"),
            models.CheckConstraint(condition=Q(strength__range=(0, 1)), name="rule_strength_from_0_to_1"),
            models.CheckConstraint(
                condition=Q(product__isnull=False, category=None, brand="")
                | Q(product=None, category__isnull=False, brand="")
                | (Q(product=None, category=None) & ~Q(brand="")),
                name="rule_one_target",
            ),
            models.CheckConstraint(
                condition=~Q(action="pin") | Q(product__isnull=False, position__gte=1),
                name="rule_pin_names_product_and_position",
            ),
            models.CheckConstraint(
                condition=Q(starts_at=None) | Q(ends_at=None) | Q(starts_at__lt=models.F("ends_at")),
                name="rule_times_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_in_force(self, now: datetime) -> bool:
        has_begun = self.starts_at is None or self.starts_at <= now
        return self.is_active and has_begun and (self.ends_at is None or self.ends_at > now)


class RuleChange(Change):
    """The log of the rules: who made, changed or removed which, and what it said then."""

    class Action(models.TextChoices):
        ADDED = "added", _("Added")
        CHANGED = "changed", _("Changed")
        DELETED = "deleted", _("Deleted")

    rule_name = models.CharField(_("rule"), max_length=100)
    rule_number = models.BigIntegerField(_("number of the rule"))
    action = models.CharField(_("action"), max_length=10, choices=Action)
    values = models.JSONField(_("what it said"), default=dict)

    class Meta(Change.Meta):
        verbose_name = _("change of a rule")
        verbose_name_plural = _("changes of rules")

    def __str__(self) -> str:
        return f"{self.rule_name} {self.action}"
