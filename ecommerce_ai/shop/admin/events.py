from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, RangeDateTimeFilter
from unfold.decorators import display

from ecommerce_ai.office.formats import money
from ecommerce_ai.office.lists import ReadOnlyAdmin
from ecommerce_ai.office.paging import EstimatingPaginator
from ecommerce_ai.shop.admin.personal import PersonalAdmin
from ecommerce_ai.shop.models import Event


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin, PersonalAdmin):
    """There are millions: nothing here counts or sorts them all."""

    list_display = ("occurred_at", "name", "product", "customer", "search_term", "amount")
    list_select_related = ("product", "customer")
    list_filter = (
        ("name", ChoicesDropdownFilter),
        ("product", AutocompleteSelectFilter),
        ("customer", AutocompleteSelectFilter),
        ("occurred_at", RangeDateTimeFilter),
    )
    search_fields = ("=product__sku",)
    search_help_text = _("The whole SKU of a product")
    ordering = ("-id",)  # the last to come in; only the key has an index that sorts
    paginator = EstimatingPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    personal_fields = ("customer", "session_id")
    fieldsets = (
        (None, {"fields": ("name", "occurred_at", "received_at", "event_id")}),
        (_("Who"), {"fields": ("customer", "session_id")}),
        (_("What"), {"fields": ("product", "quantity", "value", "currency", "search_term", "properties")}),
    )

    @display(description=_("value"), ordering="value")
    def amount(self, event: Event) -> str:
        return money(event.value, event.currency) if event.currency else ""
