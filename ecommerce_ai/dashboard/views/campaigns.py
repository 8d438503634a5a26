"""Campaigns: drafted, tried without sending, approved, watched, and what came of them."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ecommerce_ai.dashboard.access import Page, member, office_page
from ecommerce_ai.dashboard.forms.campaigns import CampaignForm
from ecommerce_ai.dashboard.selectors.campaigns import campaign_page, campaigns_listed, dry_run, month_of
from ecommerce_ai.dashboard.views.page import office_render
from marketing.models import Campaign
from marketing.services.campaigns import (
    CampaignRefused,
    approve_campaign,
    call_off_campaign,
    pause_campaign,
    resume_campaign,
    save_campaign,
)

PAGE_SIZE = 30


@office_page("marketing.view_campaign")
def campaigns(request: HttpRequest) -> HttpResponse:
    """Every campaign, the next or newest first."""
    page = Paginator(campaigns_listed(), PAGE_SIZE).get_page(request.GET.get("page"))
    return office_render(request, "dashboard/campaigns.html", {"page": page, "title": _("Campaigns")})


@office_page("marketing.view_campaign")
def calendar(request: HttpRequest) -> HttpResponse:
    """A month, day by day (`?month=2026-06`)."""
    month = month_of(asked_for(request.GET.get("month", "")))
    return office_render(
        request, "dashboard/campaign_calendar.html", {"month": month, "title": _("Calendar of campaigns")}
    )


def asked_for(month: str) -> date:
    try:
        day = date.fromisoformat(f"{month}-01")
    except ValueError:
        return timezone.localdate()
    return day if 2000 <= day.year <= 2100 else timezone.localdate()


@office_page("marketing.view_campaign")
def campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """One campaign; htmx asks for the moving part while it is sent, and for a dry run (`?dry`)."""
    shown = find(pk)
    is_part = getattr(request, "htmx", False)
    context: dict[str, Any] = {"page": campaign_page(shown), "campaign": shown, "title": shown.name}
    if "dry" in request.GET and shown.is_message:
        context["dry"] = dry_run(shown, with_samples=request.user.has_perm("shop.view_customer"))
        return office_render(
            request, "dashboard/_campaign_dry_run.html" if is_part else "dashboard/campaign.html", context
        )
    response = office_render(
        request, "dashboard/_campaign_progress.html" if is_part else "dashboard/campaign.html", context
    )
    if is_part and not context["page"].is_moving:
        response["HX-Refresh"] = "true"  # it came to its end: the figures below belong to the whole page
    return response


@office_page("marketing.add_campaign")
def new_campaign(request: HttpRequest) -> HttpResponse:
    """A draft, begun from an approved text (`?text=`)."""
    form = CampaignForm(request.POST or None, initial={"variant": request.GET.get("text")})
    return edit(request, form, title=_("New campaign"))


@office_page("marketing.change_campaign")
def edit_campaign(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft once more; what was approved is not changed."""
    shown = find(pk)
    if not shown.is_draft:
        messages.warning(request, _("What was approved is not changed. Call it off and make another one."))
        return redirect("dashboard:campaign", pk)
    return edit(request, CampaignForm(request.POST or None, instance=shown), title=shown.name)


def edit(request: HttpRequest, form: CampaignForm, *, title: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_campaign(form.save(commit=False), by=member(request))
        except CampaignRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("dashboard:campaign", saved.pk)
    return office_render(request, "dashboard/campaign_form.html", {"form": form, "title": title})


def deed(permission: str, work: Callable[[HttpRequest, Campaign], object]) -> Page:
    """A button: back to the campaign, with a word where it cannot be done."""

    @require_POST
    @office_page(permission)
    def press(request: HttpRequest, pk: int) -> HttpResponse:
        try:
            work(request, find(pk))
        except CampaignRefused as refusal:
            messages.warning(request, str(refusal))
        return redirect("dashboard:campaign", pk)

    return press


def find(pk: int) -> Campaign:
    rows = Campaign.objects.select_related("variant__brief", "segment", "job", "created_by", "approved_by")
    return get_object_or_404(rows, pk=pk)


SEND = "marketing.send_campaign"
approve = deed(
    SEND,
    lambda request, shown: approve_campaign(shown, by=member(request), seen=request.POST.get("seen", "")),
)
pause = deed("marketing.change_campaign", lambda request, shown: pause_campaign(shown, by=member(request)))
resume = deed(SEND, lambda request, shown: resume_campaign(shown, by=member(request)))
call_off = deed(
    "marketing.change_campaign", lambda request, shown: call_off_campaign(shown, by=member(request))
)
