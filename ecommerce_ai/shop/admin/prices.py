from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, RangeDateTimeFilter
from unfold.decorators import display

from ecommerce_ai.office.formats import money
from ecommerce_ai.office.lists import OfficeAdmin, ReadOnlyAdmin
from ecommerce_ai.shop.models import PriceChange, Promotion


@admin.register(Promotion)
class PromotionAdmin(OfficeAdmin):
    list_display = ("name", "code", "offer", "starts_at", "ends_at", "is_live")
    list_filter = ("is_live", "kind", ("starts_at", RangeDateTimeFilter))
    search_fields = ("name", "=code")
    ordering = ("-starts_at",)
    date_hierarchy = "starts_at"
    autocomplete_fields = ("products", "categories")
    fieldsets = (
        (None, {"fields": ("name", "code", "is_live")}),
        (_("Offer"), {"fields": ("kind", "value", "currency")}),
        (_("Where"), {"fields": ("products", "categories"), "description": _("Neither: the whole shop.")}),
        (_("When"), {"fields": ("starts_at", "ends_at")}),
        (_("Other languages"), {"fields": ("translations",)}),
    )

    @display(description=_("offer"), ordering="value")
    def offer(self, promotion: Promotion) -> str:
        if promotion.kind == Promotion.Kind.PERCENT:
            return f"{promotion.value.normalize():f} %"
        return money(promotion.value, promotion.currency)


@admin.register(PriceChange)
class PriceChangeAdmin(ReadOnlyAdmin):
    list_display = ("product", "previous", "now", "changed_at")
    list_select_related = ("product",)
    list_filter = (("product", AutocompleteSelectFilter), ("changed_at", RangeDateTimeFilter))
    search_fields = ("=product__sku", "product__title")
    ordering = ("-changed_at",)
    date_hierarchy = "changed_at"
    fields = ("product", "previous_price", "price", "currency", "changed_at")

    @display(description=_("previous price"), ordering="previous_price")
    def previous(self, change: PriceChange) -> str:
        return money(change.previous_price, change.currency)

    @display(description=_("price"), ordering="price")
    def now(self, change: PriceChange) -> str:
        return money(change.price, change.currency)
