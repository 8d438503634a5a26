from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import StackedInline, TabularInline
from unfold.contrib.filters.admin import AutocompleteSelectFilter, RangeDateTimeFilter, RangeNumericFilter
from unfold.decorators import display

from ecommerce_ai.office.formats import money
from ecommerce_ai.shop.admin.personal import PersonalAdmin
from ecommerce_ai.shop.models import Order, OrderLine, Shipment

STATUS_COLOURS = {
    Order.Status.PLACED: "info",
    Order.Status.PAID: "info",
    Order.Status.SHIPPED: "primary",
    Order.Status.DELIVERED: "success",
    Order.Status.CANCELLED: "danger",
    Order.Status.RETURNED: "warning",
}


class OrderLineInline(TabularInline):
    """What was bought: a fact, so nobody edits it."""

    model = OrderLine
    fields = ("line_number", "sku", "title", "quantity", "price")
    readonly_fields = fields
    extra = 0
    per_page = 100
    hide_title = True
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[OrderLine]:
        return super().get_queryset(request).select_related("order")  # type: ignore[no-any-return]

    @display(description=_("unit price"))
    def price(self, line: OrderLine) -> str:
        return money(line.unit_price, line.order.currency)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ShipmentInline(StackedInline):
    model = Shipment
    fields = (
        "carrier",
        "tracking_number",
        "status",
        "note",
        "shipped_at",
        "promised_at",
        "delivered_at",
    )
    extra = 0


@admin.register(Order)
class OrderAdmin(PersonalAdmin):
    list_display = ("number", "placed_at", "customer", "email", "state", "total_shown", "country")
    list_select_related = ("customer",)
    list_filter = (
        "status",
        "kind",
        ("customer", AutocompleteSelectFilter),
        ("total", RangeNumericFilter),
        ("placed_at", RangeDateTimeFilter),
    )
    search_fields = ("=number", "=email", "=customer__external_id", "=customer__email")
    search_help_text = _("The whole number or e-mail address")
    ordering = ("-placed_at",)
    date_hierarchy = "placed_at"
    readonly_fields = ("number", "customer", "kind", "currency", "total_shown", "placed_at", "email")
    inlines = (OrderLineInline, ShipmentInline)
    personal_fields = (
        "customer",
        "email",
        "shipping_name",
        "shipping_address",
        "shipping_city",
        "shipping_postcode",
    )
    csv_columns = (
        "number",
        "placed_at",
        "kind",
        "status",
        "currency",
        "total",
        "country",
        "customer__external_id",
        "email",
    )
    fieldsets = (
        (None, {"fields": ("number", "status", "kind", "placed_at", "total_shown")}),
        (_("Buyer"), {"fields": ("customer", "email")}),
        (
            _("Delivery address"),
            {
                "fields": (
                    "shipping_name",
                    "shipping_address",
                    "shipping_city",
                    "shipping_postcode",
                    "country",
                )
            },
        ),
    )

    @display(description=_("status"), ordering="status", label=STATUS_COLOURS)
    def state(self, order: Order) -> tuple[str, str]:
        return order.status, order.get_status_display()

    @display(description=_("total"), ordering="total")
    def total_shown(self, order: Order) -> str:
        return money(order.total, order.currency)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # checkout and imports make orders
