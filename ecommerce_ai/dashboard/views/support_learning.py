"""What nobody could answer, and how good the answers are."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from ecommerce_ai.dashboard.access import Page, member, office_page
from ecommerce_ai.dashboard.views.page import office_render
from support.models import Gap
from support.selectors.desk import gaps
from support.selectors.quality import quality
from support.selectors.sentiment import complaints
from support.services.learning import dismiss_gap, draft_article, publish_gap, test_again

SHOWN = 50
PERIODS = (7, 30, 90)


@office_page("support.view_gap")
def articles_to_write(request: HttpRequest) -> HttpResponse:
    """Questions that nothing answered, alike ones together, with how often they were asked."""
    context = {
        "open": gaps()[:SHOWN],
        "settled": gaps(is_open=False)[:SHOWN],
        "title": _("Articles to write"),
    }
    return office_render(request, "dashboard/support_gaps.html", context)


@office_page("support.view_gap")
def answers_quality(request: HttpRequest) -> HttpResponse:
    days = request.GET.get("days", "")
    chosen = int(days) if days in {str(period) for period in PERIODS} else 30
    context = {
        "quality": quality(chosen),
        "complaints": complaints(chosen),
        "days": chosen,
        "periods": PERIODS,
        "title": _("Quality of answers"),
    }
    return office_render(request, "dashboard/support_quality.html", context)


def deed(work: Callable[[HttpRequest, Gap], None], permission: str) -> Page:
    """A button beside a question."""

    @require_POST
    @office_page(permission)
    def press(request: HttpRequest, pk: int) -> HttpResponse:
        work(request, get_object_or_404(Gap.objects.select_related("article"), pk=pk))
        return redirect("dashboard:support_gaps")

    return press


def write_draft(request: HttpRequest, gap: Gap) -> None:
    article = draft_article(gap, by=member(request))
    messages.success(request, _("“%(title)s” waits for your review.") % {"title": article.title})


def publish(request: HttpRequest, gap: Gap) -> None:
    if gap.article is None:
        messages.warning(request, _("There is no draft yet."))
        return
    tell_test(request, publish_gap(gap, by=member(request)))


def tell_test(request: HttpRequest, result: dict[str, int]) -> None:
    text = ngettext(
        "%(answered)s of %(asked)s question is answered now.",
        "%(answered)s of %(asked)s questions are answered now.",
        result["asked"],
    )
    messages.success(request, text % result)


draft = deed(write_draft, "support.add_article")
put_live = deed(publish, "support.change_article")
dismiss = deed(lambda request, gap: dismiss_gap(gap), "support.change_gap")
ask_again = deed(lambda request, gap: tell_test(request, test_again(gap)), "support.change_gap")
