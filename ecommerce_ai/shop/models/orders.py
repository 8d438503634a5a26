from typing import Self

from django.db import models
from django.db.models import F, Q, Sum
from django.utils.translation import gettext_lazy as _

from ecommerce_ai.shop.models.catalog import CURRENCY_CODE, Product
from ecommerce_ai.shop.models.customers import Customer


class OrderQuerySet(models.QuerySet["Order"]):
    def sales(self) -> Self:
        return self.filter(kind=Order.Kind.SALE)

    def not_cancelled(self) -> Self:
        return self.sales().exclude(status=Order.Status.CANCELLED)


class Order(models.Model):
    """A sale, or the cancellation (credit note) that takes one back. Guests have no customer."""

    class Kind(models.TextChoices):
        SALE = "sale", _("Sale")
        CANCELLATION = "cancellation", _("Cancellation")

    class Status(models.TextChoices):
        PLACED = "placed", _("Placed")
        PAID = "paid", _("Paid")
        SHIPPED = "shipped", _("Shipped")
        DELIVERED = "delivered", _("Delivered")
        CANCELLED = "cancelled", _("Cancelled")
        RETURNED = "returned", _("Returned")

    number = models.CharField(_("number"), max_length=64, unique=True)
    customer = models.ForeignKey(
        Customer,
        verbose_name=_("customer"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="orders",
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.SALE)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PLACED)
    currency = models.CharField(_("currency"), max_length=3)
    total = models.DecimalField(_("total"), max_digits=14, decimal_places=2)
    email = models.EmailField(_("e-mail"), blank=True)
    shipping_name = models.CharField(_("name"), max_length=200, blank=True)
    shipping_address = models.TextField(_("address"), blank=True)
    shipping_city = models.CharField(_("city"), max_length=120, blank=True)
    shipping_postcode = models.CharField(_("postcode"), max_length=20, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    placed_at = models.DateTimeField(_("placed"))

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        ordering = ["-placed_at"]
        constraints = [
            models.CheckConstraint(condition=Q(currency__regex=CURRENCY_CODE), name="order_currency_code"),
            models.CheckConstraint(
                condition=Q(kind="sale", total__gte=0) | Q(kind="cancellation", total__lte=0),
                name="order_total_has_the_sign_of_its_kind",
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "-placed_at"], name="order_history"),
            models.Index(fields=["-placed_at"], name="order_placed"),
        ]

    def __str__(self) -> str:
        return self.number


class OrderLineQuerySet(models.QuerySet["OrderLine"]):
    def goods(self) -> Self:
        return self.filter(kind=OrderLine.Kind.GOODS)

    def units(self) -> int:
        return self.aggregate(units=Sum("quantity"))["units"] or 0


class OrderLine(models.Model):
    """What was bought, as it was called and priced then. Postage and fees are lines that are no goods."""

    class Kind(models.TextChoices):
        GOODS = "goods", _("Goods")
        SERVICE = "service", _("Postage, fee or discount")

    order = models.ForeignKey(
        Order,
        verbose_name=_("order"),
        on_delete=models.CASCADE,
        related_name="lines",
        db_index=False,  # the unique line number begins with the order
    )
    line_number = models.PositiveIntegerField(_("line"))
    product = models.ForeignKey(
        Product,
        verbose_name=_("product"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="order_lines",
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.GOODS)
    sku = models.CharField(_("SKU"), max_length=64)
    title = models.CharField(_("title"), max_length=500, blank=True)
    quantity = models.IntegerField(_("quantity"))
    unit_price = models.DecimalField(_("unit price"), max_digits=14, decimal_places=4)

    objects = OrderLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("order line")
        verbose_name_plural = _("order lines")
        ordering = ["order", "line_number"]
        constraints = [
            models.UniqueConstraint(fields=["order", "line_number"], name="orderline_number_unique"),
            models.CheckConstraint(condition=~Q(quantity=0), name="orderline_quantity_not_zero"),
            models.CheckConstraint(condition=Q(unit_price__gte=0), name="orderline_price_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} x {self.title or self.sku}"


class Shipment(models.Model):
    """A parcel of an order and how far it is."""

    class Status(models.TextChoices):
        PREPARING = "preparing", _("Being packed")
        IN_TRANSIT = "in_transit", _("On its way")
        DELIVERED = "delivered", _("Delivered")
        EXCEPTION = "exception", _("Held up")
        RETURNED = "returned", _("Sent back")

    order = models.ForeignKey(
        Order, verbose_name=_("order"), on_delete=models.CASCADE, related_name="shipments"
    )
    carrier = models.CharField(_("carrier"), max_length=60)
    tracking_number = models.CharField(_("tracking number"), max_length=60, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.PREPARING)
    note = models.TextField(_("note"), blank=True)
    shipped_at = models.DateTimeField(_("shipped"), null=True, blank=True)
    promised_at = models.DateTimeField(_("promised"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("delivered"), null=True, blank=True)

    class Meta:
        verbose_name = _("shipment")
        verbose_name_plural = _("shipments")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["carrier", "tracking_number"],
                condition=~Q(tracking_number=""),
                name="shipment_tracking_unique",
            ),
            models.CheckConstraint(
                condition=Q(delivered_at=None) | Q(shipped_at=None) | Q(delivered_at__gte=F("shipped_at")),
                name="shipment_delivered_after_shipped",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.carrier} {self.tracking_number}"
