from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RangeDateTimeFilter
from unfold.decorators import display

from ecommerce_ai.office.lists import ReadOnlyAdmin
from ecommerce_ai.shop.models import ImportRun

STATUS_COLOURS = {
    ImportRun.Status.RUNNING: "info",
    ImportRun.Status.SUCCEEDED: "success",
    ImportRun.Status.FAILED: "danger",
}


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    list_display = (
        "file_name",
        "kind",
        "format",
        "state",
        "read",
        "created",
        "updated",
        "unchanged",
        "rejected",
        "started_at",
    )
    list_filter = ("kind", "status", ("started_at", RangeDateTimeFilter))
    search_fields = ("file_name",)
    ordering = ("-started_at",)
    date_hierarchy = "started_at"
    fieldsets = (
        (None, {"fields": ("file_name", "kind", "format", "state", "error")}),
        (_("Rows"), {"fields": ("read", "created", "updated", "unchanged", "rejected")}),
        (_("Times"), {"fields": ("started_at", "finished_at")}),
    )
    readonly_fields = ("state",)

    @display(description=_("status"), ordering="status", label=STATUS_COLOURS)
    def state(self, run: ImportRun) -> tuple[str, str]:
        return run.status, run.get_status_display()
