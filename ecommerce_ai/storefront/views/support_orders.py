"""After-sales in the messenger: who asks, which order, what shall be done, and the last yes."""

import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from ecommerce_ai.shop.models import Order
from ecommerce_ai.storefront.forms import DeliveryForm
from ecommerce_ai.storefront.limits import at_most
from ecommerce_ai.storefront.requests import ShopRequest
from ecommerce_ai.storefront.selectors.orders import order_page
from ecommerce_ai.storefront.views.support import asker_of, back, own_conversation
from support.models import Conversation, Intent, Message, ServiceRequest
from support.services import phrases
from support.services.after_sales import ACTIONS, about_order, about_orders, done_words, refusal_words
from support.services.conversations import Asker, Saying, say
from support.services.identity import TooManyCodes, prove_order, send_order_code
from support.services.intents import suggest_example
from support.services.people import hand_over
from support.services.requests import (
    NotAllowed,
    NotHere,
    confirm,
    delivery_details,
    order_for,
    propose,
    withdraw,
)

ACTION = Message.Outcome.ACTION
LONGEST = 1000
FOR_PEOPLE = (ServiceRequest.Kind.EXCHANGE, ServiceRequest.Kind.WARRANTY, ServiceRequest.Kind.PRICE_MATCH)


class BadForm(ValueError):
    """What came with a form cannot be proposed; the message is for the shopper."""


@require_POST
@at_most("60/h", method="POST")
def choose(request: ShopRequest) -> HttpResponse:
    """An order for an action: a button of the assistant's question."""
    action, number = request.POST.get("action", ""), request.POST.get("order", "")[:64]
    if action not in ACTIONS:
        raise Http404
    mine = own_conversation(request)
    say(mine, about_orders(action, mine, asker_of(request), number=number))
    return back(request)


@require_POST
@at_most("10/h", method="POST")
def send_code(request: ShopRequest) -> HttpResponse:
    """A code to the address on the order, whose number somebody typed; nothing tells if there is one."""
    mine = own_conversation(request)
    try:
        send_order_code(mine, request.POST.get("order", "").replace("\x00", ""))
    except TooManyCodes:
        say(
            mine,
            Saying(_("That were enough codes. A person can help."), ACTION, card={"kind": "offer_person"}),
        )
        return back(request)
    text = _("If there is such an order, a code is on its way to the address on it. Enter it here.")
    action = request.POST.get("action", "")
    card = {"kind": "code", "action": action if action in ACTIONS else Intent.Action.ORDER_STATUS}
    say(mine, Saying(text, ACTION, card=card))
    return back(request)


@require_POST
@at_most("20/h", method="POST")
def enter_code(request: ShopRequest) -> HttpResponse:
    mine, action = own_conversation(request), request.POST.get("action", "")
    order = prove_order(mine, request.POST.get("code", ""))
    if order is None:
        text = _("That is not the code. Try again, or ask for a new one.")
        say(mine, Saying(text, ACTION, card={"kind": "code", "action": action}))
        return back(request)
    with phrases.speaking(mine.language):
        saying = about_order(action if action in ACTIONS else Intent.Action.ORDER_STATUS, order)
    say(mine, saying)
    return back(request)


@require_POST
@at_most("30/h", method="POST")
def offer(request: ShopRequest) -> HttpResponse:
    """A filled-in form becomes a proposal, to be read and confirmed."""
    mine, asker, kind = own_conversation(request), asker_of(request), request.POST.get("kind", "")
    if kind not in DETAILS:
        raise Http404
    try:
        order = order_for(mine, asker, request.POST.get("order", "")[:64])
        made = propose(mine, asker, kind, order=order, details=DETAILS[kind](request, order))
    except NotHere:
        raise Http404 from None
    except BadForm as error:
        say(mine, Saying(str(error), ACTION, card={"kind": "form", "form": kind, "order": order.number}))
    except NotAllowed as refused:
        with phrases.speaking(mine.language):
            say(mine, Saying(refusal_words(refused.verdict), ACTION, card=EXCEPTION))
    else:
        say(mine, Saying("", ACTION, card={"kind": "confirm", "request": str(made.pk)}))
    return back(request)


EXCEPTION = {"kind": "offer_person", "reason": Conversation.Reason.EXCEPTION}


@require_POST
@at_most("30/h", method="POST")
def decide(request: ShopRequest, pk: uuid.UUID) -> HttpResponse:
    """Yes or no to a proposal."""
    mine, asker = own_conversation(request), asker_of(request)
    try:
        if request.POST.get("answer") == "yes":
            carried_out(mine, asker, pk)
        else:
            withdraw(pk, mine)
            with phrases.speaking(mine.language):
                say(mine, Saying(_("Nothing was changed."), ACTION))
    except NotHere:
        raise Http404 from None
    except NotAllowed as refused:
        with phrases.speaking(mine.language):
            say(mine, Saying(refusal_words(refused.verdict), ACTION, card=EXCEPTION))
    return back(request)


def carried_out(mine: Conversation, asker: Asker, pk: uuid.UUID) -> None:
    done = confirm(pk, mine, asker)
    suggest_example(mine, done.kind)
    with phrases.speaking(mine.language):
        say(mine, Saying(done_words(done), ACTION))
    if done.kind in FOR_PEOPLE:
        hand_over(mine, Conversation.Reason.EXCEPTION, detail=done.kind)


@never_cache
@require_GET
@at_most("60/h")
def invoice(request: ShopRequest, number: str) -> HttpResponse:
    """An invoice to print, for whom the order belongs to."""
    try:
        order = order_for(own_conversation(request), asker_of(request), number[:64])
    except NotHere:
        raise Http404 from None
    return render(request, "storefront/support/invoice.html", {"page": order_page(order)})


def lines_asked(request: ShopRequest, order: Order) -> dict[str, Any]:
    """`line-3=2`: two of line three."""
    asked = {
        name.removeprefix("line-"): int(value)
        for name, value in posted(request).items()
        if name.startswith("line-") and value.isascii() and value.isdigit() and 0 < int(value[:4]) < 1000
    }
    if not asked or not all(name.isascii() and name.isdigit() for name in asked):
        raise BadForm(_("Choose at least one product."))
    return {"lines": asked, "why": request.POST.get("why", "")[:LONGEST]}


def posted(request: ShopRequest) -> dict[str, str]:
    return {name: str(value) for name, value in request.POST.items()}


def nothing(request: ShopRequest, order: Order) -> dict[str, Any]:
    return {}


def address(request: ShopRequest, order: Order) -> dict[str, Any]:
    form = DeliveryForm({**posted(request), "email": order.email or "nobody@shop.example"})
    if not form.is_valid():
        raise BadForm(_("The address is not complete."))
    return {"delivery": delivery_details(form.delivery())}


def reason(request: ShopRequest, order: Order) -> dict[str, Any]:
    if not (why := request.POST.get("why", "").strip()[:LONGEST]):
        raise BadForm(_("Say in a few words what is wrong."))
    return {"why": why}


def price(request: ShopRequest, order: Order) -> dict[str, Any]:
    found, line = request.POST.get("found", "").replace(",", "."), request.POST.get("line", "")
    try:
        amount = Decimal(found).quantize(Decimal("0.01"))
    except ArithmeticError as error:
        raise BadForm(_("Write the price as a number.")) from error
    if not line.isdigit() or not order.lines.filter(line_number=int(line[:6])).exists() or amount <= 0:
        raise BadForm(_("Choose a product and the price you saw."))
    where = request.POST.get("where", "")[:LONGEST]
    return {"line": int(line), "found": str(amount), "where": where}


DETAILS: dict[str, Callable[[ShopRequest, Order], dict[str, Any]]] = {
    ServiceRequest.Kind.CANCEL: nothing,
    ServiceRequest.Kind.ADDRESS: address,
    ServiceRequest.Kind.RETURN: lines_asked,
    ServiceRequest.Kind.EXCHANGE: lines_asked,
    ServiceRequest.Kind.WARRANTY: reason,
    ServiceRequest.Kind.PRICE_MATCH: price,
}
