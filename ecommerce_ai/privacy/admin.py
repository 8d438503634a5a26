from django.contrib import admin
from unfold.contrib.filters.admin import RangeDateTimeFilter

from ecommerce_ai.office.lists import ReadOnlyAdmin
from ecommerce_ai.privacy.models import ConsentChange


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
