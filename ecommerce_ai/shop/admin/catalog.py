from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, RangeDateTimeFilter, RangeNumericFilter
from unfold.decorators import action, display

from ecommerce_ai.office.formats import money
from ecommerce_ai.office.lists import OfficeAdmin
from ecommerce_ai.shop.models import Category, Product


@admin.register(Category)
class CategoryAdmin(OfficeAdmin):
    list_display = ("name", "path", "position", "product_count")
    list_editable = ("position",)
    search_fields = ("name", "path")
    ordering = ("path",)
    autocomplete_fields = ("parent",)
    readonly_fields = ("path",)
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = (
        (None, {"fields": ("name", "slug", "parent", "path", "position", "image")}),
        (_("Other languages"), {"fields": ("translations",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Category]:
        return super().get_queryset(request).annotate(products_on_it=Count("products"))  # type: ignore[no-any-return]

    @display(description=_("products"), ordering="products_on_it")
    def product_count(self, category: Any) -> int:
        return int(category.products_on_it)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        # The slug is part of addresses: it follows the name only until the shelf exists.
        return {} if obj else super().get_prepopulated_fields(request, obj)


@admin.register(Product)
class ProductAdmin(OfficeAdmin):
    list_display = ("picture", "title", "sku", "category", "price_shown", "stock", "is_live", "updated_at")
    list_display_links = ("title",)
    list_select_related = ("category",)
    list_filter = (
        "is_live",
        ("category", AutocompleteSelectFilter),
        ("price", RangeNumericFilter),
        ("updated_at", RangeDateTimeFilter),
        "language",
    )
    search_fields = ("=sku", "title", "brand")
    search_help_text = _("SKU, title or brand")
    ordering = ("-id",)
    autocomplete_fields = ("category",)
    readonly_fields = ("picture", "created_at", "updated_at")
    actions = ("put_on_sale", "take_off_sale", "export_csv")
    csv_columns = (
        "sku",
        "title",
        "brand",
        "category__path",
        "price",
        "currency",
        "stock",
        "is_live",
        "language",
        "created_at",
        "updated_at",
    )
    fieldsets = (
        (None, {"fields": ("picture", "title", "sku", "brand", "category", "is_live")}),
        (_("Price and stock"), {"fields": ("price", "currency", "stock")}),
        (_("What shoppers read"), {"fields": ("description", "image", "language")}),
        (_("Facts"), {"fields": ("attributes",)}),
        (_("Other languages"), {"fields": ("translations",)}),
        (_("Times"), {"fields": ("created_at", "updated_at")}),
    )

    def view_on_site(self, product: Product) -> str:
        return reverse("storefront:product", args=[product.pk])

    @display(description=_("picture"))
    def picture(self, product: Product) -> SafeString:
        return thumbnail(product.image)

    @display(description=_("price"), ordering="price")
    def price_shown(self, product: Product) -> str:
        return money(product.price, product.currency)

    @action(description=_("Put on sale"), permissions=["change"])
    def put_on_sale(self, request: HttpRequest, queryset: QuerySet[Product]) -> None:
        queryset.update(is_live=True)

    @action(description=_("Take off sale"), permissions=["change"])
    def take_off_sale(self, request: HttpRequest, queryset: QuerySet[Product]) -> None:
        queryset.update(is_live=False)


def thumbnail(image: str) -> SafeString:
    """A small picture, from an address or from a path below the media folder; an empty frame for none."""
    if not image:
        return SafeString('<span class="office-thumbnail"></span>')
    url = image if image.startswith(("https://", "http://", "/")) else f"{settings.MEDIA_URL}{image}"
    return format_html('<img class="office-thumbnail" src="{}" alt="" loading="lazy">', url)
