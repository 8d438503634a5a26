from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ecommerce_ai.dashboard.access import office_page
from ecommerce_ai.dashboard.forms.segments import RuleBuilder
from ecommerce_ai.dashboard.selectors.segments import (
    last_changes,
    members_shown,
    preview_page,
    segment_page,
    starters,
)
from ecommerce_ai.dashboard.views.page import office_render
from profiles.models import Segment
from profiles.services.segments import delete_segment, save_segment

PAGE_SIZE = 30
BUILDER, BUILDER_PART = "dashboard/segment_form.html", "dashboard/_segment_form.html"
SEE_MEMBERS = ["shop.view_customer", "profiles.view_segmentmembership"]


@office_page("profiles.view_segment")
def segments(request: HttpRequest) -> HttpResponse:
    """Every segment with its size, those by rules first."""
    every = Segment.objects.select_related("category").not_empty().order_by("family", "-size", "pk")
    context = {"segments": every, "starters": starters(), "title": _("Segments")}
    return office_render(request, "dashboard/segments.html", context)


@office_page("profiles.view_segment")
def segment(request: HttpRequest, pk: int) -> HttpResponse:
    """One segment in pictures; who is in it, for those who may see customers."""
    shown = get_object_or_404(Segment.objects.select_related("category", "model_run"), pk=pk)
    context = {"page": segment_page(shown), "title": shown.shown_name}
    if request.user.has_perms(SEE_MEMBERS):
        members = Paginator(members_shown(shown), PAGE_SIZE).get_page(request.GET.get("page"))
        context |= {"members": members, "left": last_changes(shown)}
    return office_render(request, "dashboard/segment.html", context)


@office_page("profiles.add_segment")
def new_segment(request: HttpRequest) -> HttpResponse:
    """The rule builder, empty or begun from one of the shop's starters (`?from=`)."""
    starter = starters().get(request.GET.get("from", ""))
    return build(request, None, RuleBuilder(request.POST or None, segment=starter))


@office_page("profiles.change_segment")
def edit_segment(request: HttpRequest, pk: int) -> HttpResponse:
    """The rule builder on a segment that is there; learned ones have no rules."""
    shown = get_object_or_404(Segment.objects.ruled(), pk=pk)
    return build(request, shown, RuleBuilder(request.POST or None, segment=shown))


def build(request: HttpRequest, segment: Segment | None, builder: RuleBuilder) -> HttpResponse:
    """One turn of the builder: a row more or less, a preview, or the end."""
    action = request.POST.get("action", "")
    is_final = action in ("preview", "save")
    is_valid = is_final and builder.is_valid()
    if action == "save" and is_valid and builder.name.is_valid():
        saved = save_segment(segment, name=builder.name.cleaned_data["name"], rules=builder.rules())
        return redirect("dashboard:segment", saved.pk)
    builder.change(action)
    context = {
        "builder": builder,
        "segment": segment,
        "shows_errors": is_final,
        "preview": preview_page(builder.rules()) if is_valid else None,
        "title": segment.shown_name if segment else _("New segment"),
    }
    is_part = getattr(request, "htmx", False)
    return office_render(request, BUILDER_PART if is_part else BUILDER, context)


@require_POST
@office_page("profiles.delete_segment")
def remove_segment(request: HttpRequest, pk: int) -> HttpResponse:
    """A segment by rules goes, with its history."""
    shown = get_object_or_404(Segment.objects.ruled(), pk=pk)
    name = shown.shown_name
    delete_segment(shown)
    messages.success(request, _("The segment “%(name)s” is deleted.") % {"name": name})
    return redirect("dashboard:segments")
