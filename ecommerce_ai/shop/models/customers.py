import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CustomerQuerySet(models.QuerySet["Customer"]):
    def current(self) -> Self:
        """Customers that were not merged into another one."""
        return self.filter(merged_into=None)


class Customer(models.Model):
    """Who: a visitor's cookie, a shop's own number, a log-in. What we infer about them is in `profiles`."""

    class Gender(models.TextChoices):
        FEMALE = "female", _("Female")
        MALE = "male", _("Male")
        OTHER = "other", _("Other")

    external_id = models.CharField(_("shop's number"), max_length=100, unique=True, null=True, blank=True)
    visitor_id = models.UUIDField(_("visitor"), unique=True, null=True, blank=True, default=None)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("log-in"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="customer",
    )
    email = models.EmailField(_("e-mail"), blank=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    city = models.CharField(_("city"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("year of birth"), null=True, blank=True)
    gender = models.CharField(_("gender"), max_length=10, choices=Gender, blank=True)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="merged",
    )
    created_at = models.DateTimeField(_("first seen"))

    objects = CustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("customer")
        verbose_name_plural = _("customers")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(country="") | Q(country__regex=r"^[A-Z]{2}$"), name="customer_country_code"
            ),
            models.CheckConstraint(
                condition=Q(birth_year=None) | Q(birth_year__range=(1900, 2100)),
                name="customer_birth_year_plausible",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=models.F("id")),
                name="customer_not_merged_into_itself",
            ),
        ]
        indexes = [models.Index(fields=["email"], name="customer_email", condition=~Q(email=""))]

    def __str__(self) -> str:
        return self.name or self.email or self.external_id or f"{_('Visitor')} {str(self.visitor_id)[:8]}"


class CustomerMerge(models.Model):
    """The log of a merge: whose facts moved to whom, and how many of each kind."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.ForeignKey(
        Customer, verbose_name=_("from"), on_delete=models.CASCADE, related_name="merges_out"
    )
    target = models.ForeignKey(
        Customer, verbose_name=_("to"), on_delete=models.CASCADE, related_name="merges_in"
    )
    moved = models.JSONField(_("moved rows"), default=dict)
    reason = models.CharField(_("reason"), max_length=40, default="log-in")
    merged_at = models.DateTimeField(_("merged"), auto_now_add=True)

    class Meta:
        verbose_name = _("merge of customers")
        verbose_name_plural = _("merges of customers")
        ordering = ["-merged_at"]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.target_id}"
