"""Texts for each shopper of an audience: their job, samples to read, and the yes of a person."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ecommerce_ai.dashboard.access import member, office_page
from ecommerce_ai.dashboard.views.page import office_render
from ecommerce_ai.jobs.progress import JobError
from marketing.models import PersonalSet, Variant
from marketing.selectors.personal import samples
from marketing.services.personal import approve_personal_set, start_personal_variants


@office_page("marketing.view_personalset")
def personal_set(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is, asked for every second while it is written; then some of the texts."""
    rows = PersonalSet.objects.select_related("variant__brief", "segment__category", "job", "approved_by")
    made = get_object_or_404(rows, pk=pk)
    context = {
        "made": made,
        "samples": samples(made) if made.finished_at else [],
        "title": _("Personal texts"),
    }
    is_part = getattr(request, "htmx", False)
    template = "dashboard/_copy_personal.html" if is_part else "dashboard/copy_personal.html"
    return office_render(request, template, context)


@require_POST
@office_page("marketing.change_variant")
def write(request: HttpRequest, pk: int) -> HttpResponse:
    variant = get_object_or_404(Variant.objects.in_use().select_related("brief__segment"), pk=pk)
    return redirect("dashboard:copy_personal", start_personal_variants(variant, by=member(request)).pk)


@require_POST
@office_page("marketing.change_variant")
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        approve_personal_set(get_object_or_404(PersonalSet, pk=pk), by=member(request))
    except JobError:
        messages.warning(request, _("These texts are not finished, or were approved before."))
    return redirect("dashboard:copy_personal", pk)
