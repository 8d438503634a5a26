"""The desk: who waits, one conversation with all that belongs to it, and what an agent does."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ecommerce_ai.dashboard.access import Page, member, office_page
from ecommerce_ai.dashboard.views.page import office_render
from support.models import Conversation, Message
from support.selectors.desk import case_file, desk
from support.selectors.threads import state_of
from support.services.conversations import NotYours, close_conversation
from support.services.people import add_note, claim, hand_back, reply
from support.services.suggested import suggested_reply

LONGEST = 4000


@office_page("support.view_conversation")
def support(request: HttpRequest) -> HttpResponse:
    """The queue, by urgency and by how long somebody has waited."""
    context = {"desk": desk(member(request)), "title": _("Support desk")}
    is_part = getattr(request, "htmx", False)
    return office_render(
        request, "dashboard/_support_queue.html" if is_part else "dashboard/support.html", context
    )


@office_page("support.view_conversation")
def conversation(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """One conversation; asked for again every few seconds while it is open."""
    shown = find(pk)
    state = state_of(shown)
    if request.GET.get("state") == state:
        return HttpResponse(status=204)
    context = {
        "state": state,
        "case": case_file(shown),
        "title": str(shown.customer),
        "reader": member(request),
    }
    if getattr(request, "htmx", False):
        return office_render(request, "dashboard/_support_thread.html", context)
    context |= {"desk": desk(member(request))}
    if shown.is_with_people:
        context["suggestion"] = suggested_reply(shown)
    return office_render(request, "dashboard/support_conversation.html", context)


def deed(
    work: Callable[[HttpRequest, Conversation], object],
) -> Page:
    """A button of the desk: back to the conversation, with a word where it is somebody else's."""

    @require_POST
    @office_page("support.change_conversation")
    def press(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
        try:
            work(request, find(pk))
        except NotYours:
            messages.warning(request, _("Somebody else answers this conversation, or it is closed."))
        return redirect("dashboard:support_conversation", pk)

    return press


def send_reply(request: HttpRequest, shown: Conversation) -> None:
    text, corrected = written(request), request.POST.get("answers", "")
    answers = None
    if corrected:
        if not (corrected.isascii() and corrected.isdigit() and len(corrected) < 18):
            raise Http404
        answers = get_object_or_404(shown.messages.filter(author=Message.Author.ASSISTANT), pk=int(corrected))
    reply(shown, member(request), text, answers=answers)


def written(request: HttpRequest) -> str:
    text = request.POST.get("text", "").replace("\x00", "").strip()[:LONGEST]
    if not text:
        raise Http404
    return text


def find(pk: uuid.UUID) -> Conversation:
    return get_object_or_404(Conversation.objects.select_related("customer", "agent"), pk=pk)


take = deed(lambda request, shown: claim(shown, member(request)))
answer = deed(send_reply)
write_note = deed(lambda request, shown: add_note(shown, member(request), written(request)))
give_back = deed(lambda request, shown: hand_back(shown, member(request)))
close = deed(lambda request, shown: close_conversation(shown, by=member(request)))
