from django.contrib import admin

from ecommerce_ai.office.lists import ReadOnlyAdmin
from marketing.models import PreferencePair


@admin.register(PreferencePair)
class PreferencePairAdmin(ReadOnlyAdmin):
    """Pairs of texts with what made one the better; for tuning on preferences."""

    list_display = ("better", "worse", "source", "channel", "language", "created_at")
    list_filter = ("source", "channel", "language")
    search_fields = ("better", "worse")
    ordering = ("-id",)
    csv_columns = ("prompt", "better", "worse", "source", "channel", "language", "created_at")
    fields = ("brief", "channel", "language", "prompt", "better", "worse", "source", "evidence", "created_at")
