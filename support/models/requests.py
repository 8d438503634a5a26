import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ecommerce_ai.shop.models import Customer, Order, Product
from support.models.conversations import Conversation


class OrderProof(models.Model):
    """A code that was sent to the address on an order: whoever enters it may see that order, in that
    conversation, for a while. An unknown order number leaves a row too, so that both look the same."""

    conversation = models.ForeignKey(
        Conversation, verbose_name=_("conversation"), on_delete=models.CASCADE, related_name="proofs"
    )
    order = models.ForeignKey(
        Order, verbose_name=_("order"), null=True, on_delete=models.CASCADE, related_name="+"
    )
    code_hash = models.CharField(_("hash of the code"), max_length=200)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    proved_at = models.DateTimeField(_("entered"), null=True, blank=True)

    class Meta:
        verbose_name = _("proof of an order")
        verbose_name_plural = _("proofs of orders")
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return str(self.pk)


class ServiceRequestQuerySet(models.QuerySet["ServiceRequest"]):
    def waiting_for_stock(self) -> Self:
        return self.filter(kind=ServiceRequest.Kind.STOCK_ALERT, status=ServiceRequest.Status.CONFIRMED)

    def on_the_table(self) -> Self:
        """Asked for and not called off."""
        return self.exclude(status__in=ServiceRequest.OVER)


class ServiceRequest(models.Model):
    """Something that shall be done about an order: proposed by a form, confirmed by the shopper, then done.

    The states are the business of `services.requests`; no text of a conversation moves them.
    """

    class Kind(models.TextChoices):
        CANCEL = "cancel", _("Cancellation")
        ADDRESS = "address", _("Change of address")
        RETURN = "return", _("Return")
        EXCHANGE = "exchange", _("Exchange")
        WARRANTY = "warranty", _("Warranty")
        STOCK_ALERT = "stock_alert", _("Note when it is back")
        PRICE_MATCH = "price_match", _("Price match")

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("Not confirmed yet")
        CONFIRMED = "confirmed", _("Confirmed")
        APPROVED = "approved", _("Approved")
        RECEIVED = "received", _("Goods are back")
        DONE = "done", _("Done")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Called off")

    OVER = (Status.WITHDRAWN, Status.REFUSED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PROPOSED)
    customer = models.ForeignKey(
        Customer, verbose_name=_("customer"), on_delete=models.CASCADE, related_name="service_requests"
    )
    conversation = models.ForeignKey(
        Conversation,
        verbose_name=_("conversation"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="service_requests",
    )
    order = models.ForeignKey(
        Order,
        verbose_name=_("order"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="service_requests",
    )
    product = models.ForeignKey(
        Product,
        verbose_name=_("product"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="service_requests",
    )
    details = models.JSONField(_("details"), default=dict, blank=True)
    created_at = models.DateTimeField(_("proposed"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    objects = ServiceRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("service request")
        verbose_name_plural = _("service requests")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(order__isnull=False) | Q(product__isnull=False),
                name="servicerequest_about_something",
            ),
            models.CheckConstraint(
                condition=Q(status__in=("proposed", "withdrawn")) | Q(confirmed_at__isnull=False),
                name="servicerequest_confirmed_before_done",
            ),
            models.UniqueConstraint(
                fields=["customer", "product"],
                condition=Q(kind="stock_alert", status="confirmed"),
                name="servicerequest_one_alert",
            ),
        ]
        indexes = [models.Index(fields=["status", "-created_at"], name="servicerequest_open")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.order or self.product}"

    @property
    def is_open_to_confirm(self) -> bool:
        return self.status == self.Status.PROPOSED

    def age_at(self, now: datetime) -> float:
        """Seconds since it was proposed."""
        return (now - self.created_at).total_seconds()
