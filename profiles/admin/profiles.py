from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RangeDateTimeFilter, RangeNumericFilter

from profiles.admin.lists import InferenceAdmin
from profiles.models import CustomerValue, Profile


@admin.register(Profile)
class ProfileAdmin(InferenceAdmin):
    list_display = (
        "customer", "order_count", "net_spent", "last_order_at", "recency_score", "frequency_score",
        "monetary_score", "visit_count", "confidence",
    )  # fmt: skip
    list_select_related = ("customer",)
    list_filter = (
        "recency_score",
        "frequency_score",
        "monetary_score",
        ("order_count", RangeNumericFilter),
        ("last_order_at", RangeDateTimeFilter),
    )
    search_fields = ("customer__name", "customer__email", "=customer__external_id")
    ordering = ("-last_active_at",)
    show_full_result_count = False
    csv_columns = (
        "customer_id", "order_count", "cancellation_count", "unit_count", "gross_spent", "net_spent",
        "currency", "first_order_at", "last_order_at", "recency_score", "frequency_score", "monetary_score",
    )  # fmt: skip
    exclude = ("input_hash",)


@admin.register(CustomerValue)
class CustomerValueAdmin(InferenceAdmin):
    list_display = (
        "customer", "historic", "predicted", "predicted_low", "predicted_high", "currency",
        "churn_share", "next_order_at",
    )  # fmt: skip
    list_select_related = ("customer",)
    list_filter = (("predicted", RangeNumericFilter), ("churn_probability", RangeNumericFilter))
    search_fields = ("customer__name", "customer__email", "=customer__external_id")
    ordering = ("-predicted",)
    show_full_result_count = False
    exclude = ("input_hash",)

    @admin.display(description=_("probability that they left"), ordering="churn_probability")
    def churn_share(self, value: CustomerValue) -> str:
        return f"{value.churn_probability:.0%}"
