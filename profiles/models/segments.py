from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ecommerce_ai.inference.models import ModelRun
from ecommerce_ai.shop.models import Category, Customer

HABIT_NAMES: dict[str, str | Promise] = {
    "champions": _("Best customers"),
    "loyal": _("Regulars"),
    "new": _("New buyers"),
    "big_baskets": _("Few but large orders"),
    "occasional": _("Occasional buyers"),
    "slipping": _("Regulars who stay away"),
    "lapsed": _("Long not seen"),
}


class SegmentQuerySet(models.QuerySet["Segment"]):
    def ruled(self) -> Self:
        return self.filter(kind=Segment.Kind.RULES)

    def not_empty(self) -> Self:
        """Without learned groups that the last fit no longer found; a merchant's own may be empty."""
        return self.exclude(kind=Segment.Kind.LEARNED, size=0)

    def learned(self) -> Self:
        return self.filter(kind=Segment.Kind.LEARNED)


class Segment(models.Model):
    """A group of shoppers: by a merchant's rules, or learned from how (habits) and what (tastes) they buy."""

    class Kind(models.TextChoices):
        RULES = "rules", _("Rules")
        LEARNED = "learned", _("Learned")

    class Family(models.TextChoices):
        HABITS = "habits", _("How they buy")
        TASTES = "tastes", _("What they buy")

    name = models.CharField(_("name"), max_length=120, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.RULES)
    rules = models.JSONField(_("rules"), default=dict, blank=True)
    family = models.CharField(_("family"), max_length=10, choices=Family, blank=True)
    key = models.CharField(_("key"), max_length=700, blank=True)
    category = models.ForeignKey(
        Category,
        verbose_name=_("shelf"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    model_run = models.ForeignKey(
        ModelRun,
        verbose_name=_("model run"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="segments",
    )
    size = models.PositiveIntegerField(_("shoppers"), default=0)
    refreshed_at = models.DateTimeField(_("brought up to date"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = SegmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("segment")
        verbose_name_plural = _("segments")
        ordering = ["kind", "family", "-size", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["family", "key"], condition=Q(kind="learned"), name="segment_learned_once"
            ),
            models.CheckConstraint(
                condition=Q(kind="rules", family="", key="") & ~Q(name="")
                | Q(kind="learned") & ~Q(family="") & ~Q(key=""),
                name="segment_has_what_its_kind_needs",
            ),
        ]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def is_ruled(self) -> bool:
        return self.kind == self.Kind.RULES

    @property
    def group_title(self) -> str:
        """The heading that it stands under in a list."""
        return str(self.Family(self.family).label if self.family else _("By your rules"))

    @property
    def shown_name(self) -> str:
        """The merchant's own words, or the name of a learned group in the reader's language."""
        if self.family == self.Family.TASTES:
            return self.category.local_name if self.category else self.key
        return self.name or str(HABIT_NAMES.get(self.key, self.key))


class SegmentMembershipQuerySet(models.QuerySet["SegmentMembership"]):
    def current(self) -> Self:
        return self.filter(left_at=None)


class SegmentMembership(models.Model):
    """When a customer entered a segment and, once they did, when they left it."""

    segment = models.ForeignKey(
        Segment, verbose_name=_("segment"), on_delete=models.CASCADE, related_name="memberships"
    )
    customer = models.ForeignKey(
        Customer,
        verbose_name=_("customer"),
        on_delete=models.CASCADE,
        related_name="segment_memberships",
    )
    entered_at = models.DateTimeField(_("entered"))
    left_at = models.DateTimeField(_("left"), null=True, blank=True)

    objects = SegmentMembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("segment membership")
        verbose_name_plural = _("segment memberships")
        ordering = ["-entered_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["segment", "customer"], condition=Q(left_at=None), name="membership_open_once"
            ),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=F("entered_at")),
                name="membership_left_after_entered",
            ),
        ]
        indexes = [
            models.Index(fields=["segment", "-entered_at"], name="membership_entered"),
            models.Index(fields=["segment", "left_at"], name="membership_left"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} · {self.segment_id}"
