from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from babel.numbers import format_percent
from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext, ngettext, to_locale

from ecommerce_ai.jobs.models import JobRun

register = template.Library()

COLOURS = {
    JobRun.Status.QUEUED: "default",
    JobRun.Status.RUNNING: "info",
    JobRun.Status.SUCCEEDED: "success",
    JobRun.Status.FAILED: "danger",
    JobRun.Status.CANCELLED: "warning",
}


@register.filter
def job_colour(run: JobRun) -> str:
    """The meaning of a job's state, as django-unfold names its colours."""
    return COLOURS[JobRun.Status(run.status)]


@register.filter
def time_left_words(left: timedelta | None) -> str:
    """`timedelta(seconds=130)` → "about 3 minutes left"; empty for None."""
    if left is None:
        return ""
    if left < timedelta(minutes=1):
        return gettext("less than a minute left")
    minutes = -(-int(left.total_seconds()) // 60)
    return ngettext("about %(minutes)s minute left", "about %(minutes)s minutes left", minutes) % {
        "minutes": minutes
    }


@register.filter
def percent(share: float | None) -> str:
    """0.123 → "12.3%", as the reader writes it; a dash for what is not known."""
    if share is None:
        return "–"
    return format_percent(share, "#,##0.#%", locale=to_locale(get_language() or "en"))


@register.simple_tag
def job_table(runs: Iterable[JobRun]) -> dict[str, Any]:
    """The jobs as a table of django-unfold's component."""
    headers = [
        gettext("Job"),
        gettext("Status"),
        gettext("Progress"),
        gettext("Started by"),
        gettext("Asked for"),
    ]
    return {"headers": headers, "rows": [job_row(run) for run in runs]}


def job_row(run: JobRun) -> list[Any]:
    link = format_html(
        '<a class="text-link" href="{}">{}</a>', reverse("dashboard:job", args=[run.pk]), run.title
    )
    label = {"text": run.get_status_display(), "type": job_colour(run)}
    asked = date_format(localtime(run.created_at), "SHORT_DATETIME_FORMAT")
    state = render_to_string("unfold/helpers/label.html", label)
    return [link, state, f"{run.percent} %", str(run.requested_by or "–"), asked]
