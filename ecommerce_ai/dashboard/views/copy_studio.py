"""The copy studio: briefs, what writers made of one, and what a person decides about it."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from ecommerce_ai.dashboard.access import Page, member, office_page
from ecommerce_ai.dashboard.forms.briefs import BriefForm
from ecommerce_ai.dashboard.views.page import office_render
from ecommerce_ai.shop.models import Product
from marketing.models import Brief, Candidate, Variant
from marketing.selectors.briefs import briefs
from marketing.selectors.studio import studio_of
from marketing.services.approving import (
    ChangedMeanwhile,
    NotApprovable,
    approve_candidate,
    comment_on,
    edit_candidate,
    reject_candidate,
    withdraw_variant,
)
from marketing.services.briefs import put_away, save_brief
from marketing.services.requests import request_candidates

PAGE_SIZE = 30
LONGEST = 2000


@office_page("marketing.view_brief")
def copy_briefs(request: HttpRequest) -> HttpResponse:
    """Every brief with how far it is."""
    page = Paginator(briefs(), PAGE_SIZE).get_page(request.GET.get("page"))
    return office_render(request, "dashboard/copy_briefs.html", {"page": page, "title": _("Copy studio")})


@office_page("marketing.add_brief")
def new_brief(request: HttpRequest) -> HttpResponse:
    """An empty brief, or one about `?product=` or for `?segment=`."""
    return brief_form(request, Brief(), _("New brief"))


@office_page("marketing.change_brief")
def edit_brief(request: HttpRequest, pk: int) -> HttpResponse:
    brief = get_object_or_404(Brief, pk=pk)
    return brief_form(request, brief, brief.name)


def brief_form(request: HttpRequest, brief: Brief, title: str) -> HttpResponse:
    """One turn of the form: products are looked for, or the brief is kept and written about at once."""
    is_new = brief.pk is None
    form = BriefForm(
        request.POST or None,
        instance=brief,
        initial=asked_for(request) if is_new else None,
        may_see_people=request.user.has_perm("shop.view_customer"),
    )
    is_search = request.POST.get("action") == "find"
    if request.method == "POST" and not is_search and form.is_valid():
        saved = save_brief(
            form.save(commit=False), products=form.cleaned_data["products"], by=member(request)
        )
        if is_new:
            request_candidates(saved, by=member(request))
        return redirect("dashboard:copy_brief", saved.pk)
    context = {"form": form, "is_search": is_search, "brief": brief, "title": title}
    is_part = getattr(request, "htmx", False)
    template = "dashboard/_copy_products.html" if is_part else "dashboard/copy_brief_form.html"
    return office_render(request, template, context)


def asked_for(request: HttpRequest) -> dict[str, object]:
    """What a link to a new brief names."""
    numbers = {name: request.GET.get(name, "") for name in ("product", "segment")}
    found = {name: int(value) for name, value in numbers.items() if value.isascii() and value.isdigit()}
    product = Product.objects.filter(pk=found.get("product", 0)).first()
    return {
        "products": [product.pk] if product else [],
        "name": product.local_title if product else "",
        "segment": found.get("segment"),
    }


@office_page("marketing.view_brief")
def copy_brief(request: HttpRequest, pk: int) -> HttpResponse:
    """The brief left, its candidates right, with their claims marked and linked to facts."""
    brief = get_object_or_404(
        Brief.objects.select_related("segment__category", "customer", "shelf", "offer", "author"), pk=pk
    )
    context = {"studio": studio_of(brief), "brief": brief, "title": brief.name}
    return office_render(request, "dashboard/copy_brief.html", context)


@require_POST
@office_page("marketing.change_candidate")
def write_again(request: HttpRequest, pk: int) -> HttpResponse:
    """More candidates, by the writer that the brief names."""
    brief = get_object_or_404(Brief, pk=pk)
    made = request_candidates(brief, by=member(request))
    text = ngettext("%(count)s text was written.", "%(count)s texts were written.", made)
    messages.success(request, text % {"count": made})
    return redirect("dashboard:copy_brief", pk)


@require_POST
@office_page("marketing.change_brief")
def archive_brief(request: HttpRequest, pk: int) -> HttpResponse:
    put_away(get_object_or_404(Brief, pk=pk))
    return redirect("dashboard:copy")


def deed(work: Callable[[HttpRequest, Candidate], object], permission: str) -> Page:
    """A button of a candidate: back to its place on the page of the brief."""

    @require_POST
    @office_page(permission)
    def press(request: HttpRequest, pk: int) -> HttpResponse:
        candidate = get_object_or_404(Candidate.objects.select_related("brief", "product"), pk=pk)
        try:
            work(request, candidate)
        except ChangedMeanwhile:
            messages.warning(request, _("It was changed meanwhile; read it again."))
        except NotApprovable:
            messages.warning(request, _("Somebody decided about this text before."))
        back = redirect("dashboard:copy_brief", candidate.brief_id)
        back["Location"] += f"#candidate-{pk}"
        return back

    return press


def words(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").replace("\x00", "").strip()[:LONGEST]


def approve(request: HttpRequest, candidate: Candidate) -> None:
    comment, seen = words(request, "comment"), words(request, "seen")
    if approve_candidate(candidate, by=member(request), comment=comment, seen=seen):
        messages.success(request, _("Approved: it may be sent."))
    else:
        messages.error(
            request, _("It does not pass the checks as things are now; the reasons stand beside it.")
        )


def reject(request: HttpRequest, candidate: Candidate) -> None:
    reject_candidate(candidate, by=member(request), comment=words(request, "comment"))


def comment(request: HttpRequest, candidate: Candidate) -> None:
    if text := words(request, "comment"):
        comment_on(candidate, text, by=member(request))


def edit(request: HttpRequest, candidate: Candidate) -> None:
    parts = {name: words(request, f"part-{name}") for name in candidate.parts_in_order or [""]}
    checked = edit_candidate(candidate, parts, by=member(request), comment=words(request, "comment"))
    if checked.is_refused:
        messages.warning(
            request, _("Kept, but it cannot be approved like this; the reasons stand beside it.")
        )


approve_text = deed(approve, "marketing.change_candidate")
reject_text = deed(reject, "marketing.change_candidate")
comment_text = deed(comment, "marketing.change_candidate")
edit_text = deed(edit, "marketing.change_candidate")


@require_POST
@office_page("marketing.change_variant")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """An approved text is not sent any more."""
    variant = get_object_or_404(Variant, pk=pk)
    withdraw_variant(variant, by=member(request))
    return redirect("dashboard:copy_brief", variant.brief_id)
