from django.contrib import admin

from ecommerce_ai.office.lists import OfficeAdmin, ReadOnlyAdmin
from marketing.models import CopyRule, WriterBudget, WriterCall


@admin.register(CopyRule)
class CopyRuleAdmin(OfficeAdmin):
    """Words that no text may hold, here or in one market."""

    list_display = ("phrase", "kind", "market", "language", "reason", "is_active")
    list_filter = ("kind", "market", "language", "is_active")
    search_fields = ("phrase", "reason")
    ordering = ("kind", "market", "phrase")
    csv_columns = ("kind", "phrase", "market", "language", "reason", "is_active")


@admin.register(WriterBudget)
class WriterBudgetAdmin(OfficeAdmin):
    """What the paid writer may spend in a month; what it spent is not edited."""

    list_display = ("month", "cap", "spent", "reserved", "currency")
    search_fields = ("currency",)
    ordering = ("-month",)
    fields = ("month", "cap", "currency", "spent", "reserved")
    readonly_fields = ("spent", "reserved")


@admin.register(WriterCall)
class WriterCallAdmin(ReadOnlyAdmin):
    """Each call with its cost."""

    list_display = ("at", "model", "status", "cost", "tokens_in", "tokens_out", "brief", "error")
    list_select_related = ("brief",)
    list_filter = ("status", "model")
    search_fields = ("model", "error")
    ordering = ("-id",)
    fields = ("at", "model", "status", "cost", "reserved", "tokens_in", "tokens_out", "brief", "error")
