from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
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
        (_("Rows"), {"fields": ("read", "created", "updated", "unchanged", "rejected", "rejects")}),
        (_("Times"), {"fields": ("started_at", "finished_at")}),
    )
    readonly_fields = ("state", "rejects")

    @display(description=_("Rejected rows"))
    def rejects(self, run: ImportRun) -> str:
        if not run.rejects_file:
            return "-"
        url = reverse("dashboard:import_rejects", args=[run.pk])
        return format_html('<a class="text-link" href="{}">{}</a>', url, gettext("Download"))

    @display(description=_("status"), ordering="status", label=STATUS_COLOURS)
    def state(self, run: ImportRun) -> tuple[str, str]:
        return run.status, run.get_status_display()
