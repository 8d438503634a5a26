from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy
from unfold.contrib.filters.admin import RangeDateTimeFilter
from unfold.decorators import action, display

from ecommerce_ai.inference.models import ModelRun
from ecommerce_ai.inference.services import promote_run
from ecommerce_ai.office.lists import OfficeAdmin


@admin.register(ModelRun)
class ModelRunAdmin(OfficeAdmin):
    """Every trained artefact beside its baseline; promoting an older run is the road back."""

    list_display = ("name", "kind", "is_live", "main_metric", "data_until", "duration_s", "created_at")
    list_filter = ("name", "kind", "is_live", ("created_at", RangeDateTimeFilter))
    search_fields = ("name", "kind")
    ordering = ("-created_at",)
    date_hierarchy = "created_at"
    actions = ("promote",)
    readonly_fields = (
        "name",
        "kind",
        "is_live",
        "metric_table",
        "parameters",
        "metrics",
        "data_from",
        "data_until",
        "duration_s",
        "artefact_path",
        "created_at",
    )
    fieldsets = (
        (None, {"fields": ("name", "kind", "is_live", "metric_table")}),
        (gettext_lazy("Data"), {"fields": ("data_from", "data_until")}),
        (
            gettext_lazy("How it was made"),
            {"fields": ("parameters", "duration_s", "created_at", "artefact_path")},
        ),
        (gettext_lazy("Everything it reported"), {"fields": ("metrics",)}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # The list may promote runs; no run is edited.
        return obj is None and bool(super().has_change_permission(request))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @display(description=gettext_lazy("main metric"))
    def main_metric(self, run: ModelRun) -> str:
        rows = metric_rows(run.metrics)
        return f"{rows[0][0]} {rows[0][1]}" if rows else "-"

    @display(description=gettext_lazy("metrics"))
    def metric_table(self, run: ModelRun) -> SafeString:
        return metric_table(run.metrics)

    @action(description=gettext_lazy("Let it serve"), permissions=["change"])
    def promote(self, request: HttpRequest, queryset: QuerySet[ModelRun]) -> None:
        runs = list(queryset)
        if len({run.name for run in runs}) < len(runs):
            self.message_user(request, gettext("Choose one run of each name."), messages.ERROR)
            return
        for run in runs:
            promote_run(run)
        self.message_user(
            request, gettext("Serving now: %(runs)s.") % {"runs": ", ".join(map(str, runs))}, messages.SUCCESS
        )


def metric_rows(metrics: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Name, value with its interval, and baselines of each metric.

    Takes `{"metrics": {name: {"value", "low", "high"}}, "baselines": {baseline: {name: value}}}` or plain
    numbers by name.
    """
    values = metrics.get("metrics", metrics)
    baselines = metrics.get("baselines", {})
    return [
        (name, value_text(value), baseline_text(name, baselines))
        for name, value in values.items()
        if value_text(value)
    ]


def value_text(value: Any) -> str:
    if isinstance(value, dict) and "value" in value:
        low, high = value.get("low"), value.get("high")
        interval = f" ({low:.3f} to {high:.3f})" if low is not None and high is not None else ""
        return f"{value['value']:.3f}{interval}"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:.4g}"
    return ""


def baseline_text(name: str, baselines: dict[str, Any]) -> str:
    return ", ".join(
        f"{baseline} {value_text(values[name])}" for baseline, values in baselines.items() if name in values
    )


def metric_table(metrics: dict[str, Any]) -> SafeString:
    """The metrics as a table, each with its interval beside its baselines; a dash where there are none."""
    rows = metric_rows(metrics)
    if not rows:
        return SafeString("-")
    return format_html(
        '<table class="office-table"><thead><tr><th>{}</th><th>{}</th><th>{}</th></tr></thead>'
        "<tbody>{}</tbody></table>",
        gettext("metric"),
        gettext("value (interval of 95 percent)"),
        gettext("baselines"),
        format_html_join("", "<tr><td>{}</td><td>{}</td><td>{}</td></tr>", rows),
    )
