from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from ecommerce_ai.office.lists import ReadOnlyAdmin
from recommendations.models import PopularProduct, ProductVector


@admin.register(ProductVector)
class ProductVectorAdmin(ReadOnlyAdmin):
    list_display = ("product", "encoder", "content_hash", "updated_at")
    list_select_related = ("product",)
    list_filter = ("encoder",)
    search_fields = ("=product__sku", "product__title")
    ordering = ("-updated_at",)
    show_full_result_count = False
    fields = ("product", "encoder", "content_hash", "updated_at")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ProductVector]:
        return super().get_queryset(request).defer("embedding")  # type: ignore[no-any-return]


@admin.register(PopularProduct)
class PopularProductAdmin(ReadOnlyAdmin):
    list_display = ("rank", "product", "score", "window_days", "computed_at")
    list_display_links = ("product",)
    list_select_related = ("product",)
    list_filter = ("window_days",)
    search_fields = ("=product__sku", "product__title")
    ordering = ("window_days", "rank")
