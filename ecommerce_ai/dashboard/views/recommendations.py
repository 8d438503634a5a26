"""How lists come about: the trace of one, the preview for a shopper, the versions of the pipeline."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ecommerce_ai.dashboard.access import member, office_page
from ecommerce_ai.dashboard.views.page import office_render
from ecommerce_ai.shop.models import Customer
from recommendations.models import Impression, Pipeline, PipelineChange
from recommendations.selectors.gates import gates_of
from recommendations.selectors.pipelines import live_pipeline
from recommendations.selectors.previews import preview_for
from recommendations.selectors.traces import prepared_at, trace_of_impression
from recommendations.services.pipelines import GateClosed, go_live, retire, roll_back, try_in_shadow

CHANGES_SHOWN = 20
STEPS = {"live": go_live, "shadow": try_in_shadow, "retire": retire}


@office_page("recommendations.view_impression")
def impression(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One list: candidates → rules → rank → contributions, and what came of it."""
    shown = get_object_or_404(Impression.objects.select_related("customer", "pipeline"), pk=pk)
    context = {
        "impression": shown,
        "prepared_at": prepared_at(shown),
        "rows": trace_of_impression(shown),
        "title": _("How this list came about"),
    }
    return office_render(request, "dashboard/impression.html", context)


@office_page("recommendations.view_impression")
def preview(request: HttpRequest) -> HttpResponse:
    """What a shopper would see now, with any version; nothing is counted."""
    named = request.GET.get("customer", "").strip()
    customer = customer_named(named)
    versions = Pipeline.objects.exclude(status=Pipeline.Status.RETIRED)
    chosen = request.GET.get("pipeline", "")
    pipeline = versions.filter(pk=chosen).first() if chosen.isdigit() and len(chosen) < 10 else None
    context = {
        "named": named,
        "versions": versions,
        "chosen": pipeline or live_pipeline(),
        "preview": preview_for(customer, pipeline=pipeline or live_pipeline()) if customer else None,
        "customer": customer,
        "title": _("Preview as this shopper"),
    }
    return office_render(request, "dashboard/recommendation_preview.html", context)


def customer_named(text: str) -> Customer | None:
    """By the shop's number, the e-mail, or our own number."""
    if not text or "\x00" in text:
        return None
    named = Q(external_id=text) | Q(email__iexact=text)
    if text.isascii() and text.isdigit() and len(text) < 19:
        named |= Q(pk=int(text))
    return Customer.objects.current().filter(named).order_by("pk").first()


@office_page("recommendations.view_pipeline")
def pipelines(request: HttpRequest) -> HttpResponse:
    """Every version with its gates, and the log of what went live."""
    versions = Pipeline.objects.exclude(status=Pipeline.Status.RETIRED).select_related("ranker")
    changes = PipelineChange.objects.select_related("pipeline", "previous", "changed_by")[:CHANGES_SHOWN]
    rows = [(version, gates_of(version)) for version in versions]
    context = {"rows": rows, "changes": changes, "title": _("Versions of the pipeline")}
    return office_render(request, "dashboard/pipelines.html", context)


@require_POST
@office_page("recommendations.change_pipeline")
def change_pipeline(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Go live, into the shadow, or out."""
    version = get_object_or_404(Pipeline, pk=pk)
    if step not in STEPS:
        raise Http404
    try:
        STEPS[step](version, by=member(request))
    except GateClosed as error:
        messages.error(request, _("Not yet. %(why)s") % {"why": error})
    return redirect("dashboard:pipelines")


@require_POST
@office_page("recommendations.change_pipeline")
def undo_pipeline(request: HttpRequest) -> HttpResponse:
    """The version before serves again."""
    if (back := roll_back(by=member(request))) is None:
        messages.error(request, _("No other version has served yet."))
    else:
        messages.success(request, _("“%(name)s” serves again.") % {"name": back})
    return redirect("dashboard:pipelines")
