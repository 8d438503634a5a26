from django.contrib import admin
from unfold.contrib.filters.admin import RangeDateTimeFilter

from ecommerce_ai.office.lists import ReadOnlyAdmin
from ecommerce_ai.privacy.models import ConsentChange, ErasureRequest, ExportRequest


@admin.register(ConsentChange)
class ConsentChangeAdmin(ReadOnlyAdmin):
    """The ledger: nobody writes in it by hand."""

    list_display = ("changed_at", "customer", "purpose", "is_granted", "source")
    list_select_related = ("customer",)
    list_filter = ("purpose", "is_granted", "source", ("changed_at", RangeDateTimeFilter))
    search_fields = ("=customer__email", "=customer__external_id")
    csv_columns = ("changed_at", "customer__external_id", "purpose", "is_granted", "source")
    ordering = ("-changed_at", "-id")
    fields = ("customer", "purpose", "is_granted", "source", "changed_at")


@admin.register(ErasureRequest)
class ErasureRequestAdmin(ReadOnlyAdmin):
    """Who asked to be forgotten, how far it is, and the receipt."""

    list_display = ("requested_at", "status", "source", "proved_by", "customer", "finished_at")
    list_select_related = ("customer",)
    list_filter = ("status", "source", ("requested_at", RangeDateTimeFilter))
    search_fields = ("customer__email", "customer__name")
    ordering = ("-requested_at",)
    fields = (
        "id", "customer", "status", "source", "proved_by", "requested_at", "confirmed_at", "finished_at",
        "job", "preview", "receipt",
    )  # fmt: skip


@admin.register(ExportRequest)
class ExportRequestAdmin(ReadOnlyAdmin):
    """Copies that people asked for. What is in them is for them alone."""

    list_display = ("requested_at", "customer", "rows", "finished_at", "expires_at")
    list_select_related = ("customer",)
    list_filter = (("requested_at", RangeDateTimeFilter),)
    search_fields = ("customer__email", "customer__name")
    ordering = ("-requested_at",)
    fields = ("id", "customer", "rows", "requested_at", "finished_at", "expires_at", "job")
