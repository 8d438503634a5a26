from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RangeDateTimeFilter
from unfold.decorators import display

from ecommerce_ai.office.lists import OfficeAdmin, ReadOnlyAdmin
from ecommerce_ai.shop.models import Customer, CustomerMerge


@admin.register(Customer)
class CustomerAdmin(OfficeAdmin):
    list_display = ("shown_name", "external_id", "email", "country", "city", "language", "created_at")
    list_filter = (
        ("user", admin.EmptyFieldListFilter),
        ("merged_into", admin.EmptyFieldListFilter),
        "gender",
        ("created_at", RangeDateTimeFilter),
    )
    search_fields = ("=external_id", "=email", "name")
    search_help_text = _("Name, or the whole number or e-mail address")
    ordering = ("-id",)
    readonly_fields = ("external_id", "visitor_id", "user", "merged_into", "created_at")
    fieldsets = (
        (None, {"fields": ("name", "email", "phone", "language")}),
        (_("Where"), {"fields": ("country", "city")}),
        (_("About"), {"fields": ("birth_year", "gender")}),
        (_("Numbers"), {"fields": ("external_id", "visitor_id", "user", "merged_into", "created_at")}),
    )

    @display(description=_("customer"), ordering="name")
    def shown_name(self, customer: Customer) -> str:
        return str(customer)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # visits, log-ins and imports make customers


@admin.register(CustomerMerge)
class CustomerMergeAdmin(ReadOnlyAdmin):
    list_display = ("source", "target", "reason", "merged_at")
    list_select_related = ("source", "target")
    list_filter = ("reason", ("merged_at", RangeDateTimeFilter))
    search_fields = ("=target__email", "=target__external_id")
    ordering = ("-merged_at",)
    date_hierarchy = "merged_at"
    fields = ("source", "target", "reason", "moved", "merged_at")
