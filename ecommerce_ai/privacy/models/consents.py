from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ecommerce_ai.shop.models import Customer


class Purpose(models.TextChoices):
    """What personal data may be used for. The law asks for each of them separately, so the shop does."""

    PERSONALISATION = "personalisation", _("Personal suggestions")
    ANALYTICS = "analytics", _("Statistics on visits")
    TRAINING = "training", _("Teaching the shop's models")
    MARKETING_EMAIL = "marketing_email", _("Offers by e-mail")
    MARKETING_SMS = "marketing_sms", _("Offers by text message")
    MARKETING_PUSH = "marketing_push", _("Offers on your device")


class ConsentChangeQuerySet(models.QuerySet["ConsentChange"]):
    def newest_first(self) -> Self:
        return self.order_by("-changed_at", "-pk")

    def latest_per_customer(self) -> Self:
        """Each customer's last word on each purpose."""
        by_purpose = ("customer_id", "purpose")
        return self.order_by(*by_purpose, "-changed_at", "-pk").distinct(*by_purpose)


class ConsentChange(models.Model):
    """One line of the ledger: what a customer said about a purpose, when, and where. Lines never change."""

    class Source(models.TextChoices):
        SHOPPER = "shopper", _("The shopper's own page")
        NOTICE = "notice", _("The notice on the first visit")
        CHECKOUT = "checkout", _("Checkout")
        STAFF = "staff", _("A member of staff, on request")
        API = "api", _("Another program")
        IMPORT = "import", _("An import")
        UNSUBSCRIBE = "unsubscribe", _("A link in a message")

    customer = models.ForeignKey(
        Customer,
        verbose_name=_("customer"),
        on_delete=models.CASCADE,
        related_name="consent_changes",
        db_index=False,  # the index below begins with the customer
    )
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose)
    is_granted = models.BooleanField(_("granted"))
    source = models.CharField(_("said where"), max_length=12, choices=Source)
    changed_at = models.DateTimeField(_("said"), default=timezone.now)

    objects = ConsentChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of consent")
        verbose_name_plural = _("changes of consent")
        ordering = ["-changed_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=Purpose.values), name="consentchange_purpose_known"
            )
        ]
        indexes = [
            models.Index(fields=["customer", "purpose", "-changed_at", "-id"], name="consentchange_last_word")
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.purpose}: {self.is_granted}"
