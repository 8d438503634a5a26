from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ecommerce_ai.dashboard.access import office_page
from ecommerce_ai.dashboard.selectors.product_drafts import product_draft
from ecommerce_ai.dashboard.selectors.search_previews import search_preview
from ecommerce_ai.dashboard.views.page import office_render
from ecommerce_ai.office.export import csv_response
from recommendations.models import SearchPin, Synonym
from recommendations.selectors.search_reports import (
    Period,
    SearchReport,
    outcomes_by_version,
    search_report,
)

PERIODS = (7, 30, 90)
ROWS = 20


@office_page("shop.view_event")
def report(request: HttpRequest) -> HttpResponse:
    """What shoppers search for, what they miss, and what may be done about it."""
    days = period_days(request)
    told = report_of(days)
    context = {
        "title": _("Searches"),
        "days": days,
        "periods": PERIODS,
        "report": told,
        "versions": outcomes_by_version(period_of(days)),
        "tables": [
            ("nothing", _("Found nothing"), told.without_results[:ROWS]),
            ("low", _("Rarely chosen from"), told.low_click[:ROWS]),
            ("top", _("Most searched"), told.terms[:ROWS]),
        ],
    }
    return office_render(request, "dashboard/search_report.html", context)


@office_page("shop.view_event")
def report_csv(request: HttpRequest) -> HttpResponseBase:
    """Every wording of the period."""
    columns = ("term", "searches", "people", "results", "clicked", "in_cart")
    terms = report_of(period_days(request)).terms
    rows = ([getattr(term, column) for column in columns] for term in terms)
    return csv_response("searches", header=columns, rows=rows)


@office_page("recommendations.view_synonym")
def preview(request: HttpRequest) -> HttpResponse:
    """One search as it is, beside what the drafts would make of it."""
    query = request.GET.get("q", "")
    context = {"title": _("Preview of a search"), "query": query, "preview": search_preview(query)}
    return office_render(request, "dashboard/search_preview.html", context)


@require_POST
@office_page("recommendations.change_synonym")
def put_synonym_live(request: HttpRequest, pk: int) -> HttpResponse:
    return put_live(request, get_object_or_404(Synonym, pk=pk))


@require_POST
@office_page("recommendations.change_searchpin")
def put_pin_live(request: HttpRequest, pk: int) -> HttpResponse:
    return put_live(request, get_object_or_404(SearchPin, pk=pk))


def put_live(request: HttpRequest, draft: Synonym | SearchPin) -> HttpResponse:
    """The draft counts from now on; back to the preview, which shows it."""
    draft.is_live = True
    draft.save(update_fields=["is_live"])
    messages.success(request, _("It is live."))
    query = urlencode({"q": request.POST.get("q", "")})
    return redirect(f"{reverse('dashboard:search_preview')}?{query}")


@office_page("shop.add_product")
def draft_product(request: HttpRequest) -> HttpResponseRedirect:
    """The form of a new product, filled in with what a search asked for; it is not for sale yet."""
    initial = urlencode(product_draft(request.GET.get("q", "")))
    return HttpResponseRedirect(f"{reverse('admin:shop_product_add')}?{initial}")


def period_days(request: HttpRequest) -> int:
    days = request.GET.get("days", "")
    return int(days) if days in {str(period) for period in PERIODS} else 30


def report_of(days: int) -> SearchReport:
    return search_report(period_of(days))


def period_of(days: int) -> Period:
    return Period.last(days, until=timezone.now())
