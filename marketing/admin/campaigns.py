from django.contrib import admin
from django.http import HttpRequest

from ecommerce_ai.office.lists import OfficeAdmin, ReadOnlyAdmin
from marketing.models import CampaignChange, Recipient, Suppression


@admin.register(Recipient)
class RecipientAdmin(ReadOnlyAdmin):
    """Who got what, and what came back."""

    list_display = ("campaign", "customer", "arm", "status", "reason", "sent_at", "opened_at", "clicked_at")
    list_select_related = ("campaign", "customer")
    list_filter = ("status", "reason", "arm")
    search_fields = ("=customer__external_id", "=customer__email", "campaign__name")
    ordering = ("-due_at",)
    show_full_result_count = False
    csv_columns = (
        "campaign__name",
        "customer__external_id",
        "arm",
        "status",
        "reason",
        "language",
        "due_at",
        "sent_at",
        "bounced_at",
        "opened_at",
        "clicked_at",
        "unsubscribed_at",
    )


@admin.register(Suppression)
class SuppressionAdmin(OfficeAdmin):
    """Addresses that nothing is sent to; taking one out opens it again."""

    list_display = fields = readonly_fields = ("channel", "address_hash", "cause", "created_at")
    list_filter = ("channel", "cause")
    search_fields = ("=address_hash",)
    ordering = ("-id",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Suppression | None = None) -> bool:
        return False


@admin.register(CampaignChange)
class CampaignChangeAdmin(ReadOnlyAdmin):
    """Who approved, paused and called off what, and when."""

    list_display = fields = ("at", "campaign", "kind", "note", "by")
    list_select_related = ("campaign", "by")
    list_filter = ("kind",)
    search_fields = ("campaign__name",)
    ordering = ("-id",)
