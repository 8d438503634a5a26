"""The messenger: a form and a thread without script, the same in place with it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from ecommerce_ai.shop.models import Product
from ecommerce_ai.storefront.forms import DeliveryForm
from ecommerce_ai.storefront.limits import at_most
from ecommerce_ai.storefront.requests import ShopRequest
from ecommerce_ai.storefront.selectors.support import current_conversation, thread
from ecommerce_ai.storefront.visitors import current_customer, customer_to_write
from support.models import Conversation, Message
from support.selectors.threads import state_of
from support.services import phrases
from support.services.answering import answer_waiting
from support.services.conversations import (
    Asker,
    NotYours,
    Saying,
    TooManyMessages,
    close_conversation,
    open_conversation,
    post_message,
    rate_conversation,
    rate_message,
    say,
)
from support.services.people import hand_over
from support.services.requests import alert_when_back

OFFERED = (Conversation.Reason.NO_ANSWER, Conversation.Reason.EXCEPTION, Conversation.Reason.NOT_HELPFUL)
PAGE, PANEL, THREAD = "storefront/support/page.html", "support/_panel.html", "support/_thread.html"


@never_cache
@require_GET
def messenger(request: ShopRequest) -> HttpResponse:
    """The conversation as a page of its own, or as the panel of any other page."""
    return shown(request, PANEL if request.htmx else PAGE)


@never_cache
@require_GET
@at_most("240/m")
def conversation(request: ShopRequest) -> HttpResponse:
    """The thread; an answer that is due is made now."""
    customer = current_customer(request)
    known = current_conversation(customer)
    if known and customer and not known.is_closed:
        answer_waiting(known, asker_of(request), is_patient=True)
    if known and request.GET.get("state") == state_of(known):
        return HttpResponse(status=204)  # what the reader opened meanwhile stays open
    return shown(request, THREAD)


@require_POST
@at_most("30/m", method="POST")
def say_something(request: ShopRequest) -> HttpResponse:
    """What the shopper wrote. With script the answer waits until they finished, without it comes at once."""
    text = request.POST.get("text", "").replace("\x00", "").strip()
    if not text:
        return back(request)
    mine = own_conversation(request)
    try:
        post_message(mine, text)
    except TooManyMessages:
        return shown(request, THREAD if request.htmx else PAGE, notice=phrases.too_fast(), status=429)
    except NotYours:
        raise Http404 from None
    if not request.htmx:
        answer_waiting(mine, asker_of(request))
    return back(request)


@require_POST
@at_most("20/h", method="POST")
def call_person(request: ShopRequest) -> HttpResponse:
    """A person, please: first or later, and no question why."""
    reason = request.POST.get("reason", "")
    hand_over(
        own_conversation(request), reason if reason in OFFERED else Conversation.Reason.CUSTOMER_REQUEST
    )
    return back(request)


@require_POST
@at_most("60/h", method="POST")
def rate_answer(request: ShopRequest, pk: int) -> HttpResponse:
    """A thumb, and what is wrong. The second answer that did not help offers a person."""
    mine = current_conversation(current_customer(request))
    if mine is None:
        raise Http404
    message = get_object_or_404(mine.messages.filter(author=Message.Author.ASSISTANT), pk=pk)
    helpful, complaint = request.POST.get("helpful"), request.POST.get("complaint", "")
    if helpful not in ("1", "-1") or (complaint and complaint not in Message.Complaint.values):
        raise Http404
    rate_message(message, helpful=int(helpful), complaint=complaint)
    return back(request)


@require_POST
@at_most("20/h", method="POST")
def rate(request: ShopRequest) -> HttpResponse:
    """How it was, once it is over."""
    mine = current_conversation(current_customer(request))
    rating = request.POST.get("rating", "")
    if mine is None or not mine.is_closed or rating not in {"1", "2", "3", "4", "5"}:
        raise Http404
    rate_conversation(mine, rating=int(rating), comment=request.POST.get("comment", ""))
    return shown(request, THREAD if request.htmx else PAGE, notice=_("Thank you."))


@require_POST
@at_most("20/h", method="POST")
def end(request: ShopRequest) -> HttpResponse:
    mine = current_conversation(current_customer(request))
    if mine:
        close_conversation(mine)
    return back(request)


@require_POST
@at_most("20/h", method="POST")
def alert(request: ShopRequest) -> HttpResponse:
    """A letter when a product is back; to the customer's own address, so there has to be one."""
    product = get_object_or_404(Product.objects.live(), pk=request.POST.get("product", "0")[:18])
    mine = own_conversation(request)
    if mine.customer.email:
        alert_when_back(mine, product)
        text = _("We write to you when “%(title)s” is back.") % {"title": product.local_title}
    else:
        text = _("Log in first: we write to the address of your account.")
    say(mine, Saying(text, Message.Outcome.ACTION))
    return back(request)


def own_conversation(request: ShopRequest) -> Conversation:
    """Of whoever is looking; begun where there is none."""
    return open_conversation(customer_to_write(request), language=(get_language() or "en").partition("-")[0])


def asker_of(request: ShopRequest) -> Asker:
    """From the session and the signed cookie, and from nothing else."""
    customer = customer_to_write(request)
    is_theirs = request.user.is_authenticated and customer.user_id == request.user.pk
    return Asker(customer, is_logged_in=is_theirs)


def back(request: ShopRequest) -> HttpResponse:
    """The thread in place, or the page again."""
    return shown(request, THREAD) if request.htmx else redirect("storefront:support")


def shown(request: ShopRequest, template: str, *, status: int = 200, **extra: Any) -> HttpResponse:
    customer = current_customer(request)
    asker = asker_of(request) if customer else None
    context = {
        "thread": thread(current_conversation(customer), asker),
        "delivery_form": DeliveryForm(),
        **extra,
    }
    return render(request, template, context, status=status)
