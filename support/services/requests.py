"""After-sales as a state machine: proposed by a form, confirmed by a button, then done.

proposed → confirmed → approved → received → done        withdrawn: by the shopper before it is confirmed
                    ↘ done (cancellation, address)       refused: by the rules or by an agent
"""

from dataclasses import asdict
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from ecommerce_ai.accounts.models import User
from ecommerce_ai.shop.models import Order, Product
from ecommerce_ai.shop.services import Delivery
from ecommerce_ai.shop.services.after_sales import OrderMovedOn, cancel_order, change_delivery, take_back
from support.models import Conversation, ServiceRequest
from support.rules import Verdict, may_cancel, may_change_address, may_match_price, may_return, under_warranty
from support.selectors.orders import facts_of, lines_left, terms, visible_orders
from support.services.conversations import Asker, note
from support.services.conversations import Kind as Log

Kind, Status = ServiceRequest.Kind, ServiceRequest.Status
CONFIRM_WITHIN = timedelta(minutes=30)
# What an agent does next; everything else is carried out when it is confirmed.
STEPS = {Status.CONFIRMED: Status.APPROVED, Status.APPROVED: Status.RECEIVED, Status.RECEIVED: Status.DONE}


class NotAllowed(Exception):
    """The rules say no; `verdict` says why. Nothing was changed."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.refusal)
        self.verdict = verdict


class NotHere(Exception):
    """There is no such order or request for whoever asks."""


def order_for(conversation: Conversation, asker: Asker, number: str) -> Order:
    """The order of this number, if whoever asks may see it. Raises NotHere."""
    mine = visible_orders(conversation, customer=asker.customer, is_logged_in=asker.is_logged_in)
    order = mine.filter(number__iexact=number).first()
    if order is None:
        raise NotHere
    return order


@transaction.atomic
def propose(
    conversation: Conversation, asker: Asker, kind: str, *, order: Order, details: dict[str, Any]
) -> ServiceRequest:
    """What will be done, to be read and confirmed. Raises NotAllowed, NotHere.

    `details`: `lines` {line number: quantity} and `why` for returns and exchanges, `delivery` for an address,
    `found` and `where` for a price match, `why` for a warranty.
    """
    order = order_for(conversation, asker, order.number)
    checked(Kind(kind), order, details)
    conversation.service_requests.filter(status=Status.PROPOSED).update(status=Status.WITHDRAWN)
    request = ServiceRequest.objects.create(
        kind=kind, customer=conversation.customer, conversation=conversation, order=order, details=details
    )
    note(conversation, Log.PROPOSED, f"{kind} {order.number}")
    return request


def checked(kind: "ServiceRequest.Kind", order: Order, details: dict[str, Any]) -> Verdict:
    """The rules' verdict on this very wish. Raises NotAllowed."""
    verdict = verdict_on(kind, order, details)
    if not verdict.is_allowed:
        raise NotAllowed(verdict)
    if kind in (Kind.RETURN, Kind.EXCHANGE) and "lines" in details:
        left = {row.line.line_number: row.quantity for row in lines_left(order)}
        asked = {int(number): int(quantity) for number, quantity in details["lines"].items()}
        if not asked or any(not 0 < quantity <= left.get(number, 0) for number, quantity in asked.items()):
            raise NotAllowed(Verdict("nothing_left"))
    return verdict


def verdict_on(kind: "ServiceRequest.Kind", order: Order, details: dict[str, Any]) -> Verdict:
    facts, today = facts_of(order), timezone.localdate()
    if kind == Kind.CANCEL:
        return may_cancel(facts)
    if kind == Kind.ADDRESS:
        return may_change_address(facts)
    if kind in (Kind.RETURN, Kind.EXCHANGE):
        return may_return(facts, terms(), today)
    if kind == Kind.WARRANTY:
        return under_warranty(facts, terms(), today)
    paid = order.lines.filter(line_number=details.get("line", 0)).first()
    if kind == Kind.PRICE_MATCH and paid and "found" in details:
        return may_match_price(
            paid=pence(paid.unit_price), found=pence(Decimal(str(details["found"]))),
            placed_on=facts.placed_on, terms=terms(), today=today,
        )  # fmt: skip
    return Verdict()


def pence(amount: Decimal) -> int:
    return int((amount * 100).to_integral_value())


def confirm(request_id: UUID, conversation: Conversation, asker: Asker) -> ServiceRequest:
    """The shopper read it and said yes: it is done, or on its way to a person.

    Raises NotHere where it is nobody's or too old, NotAllowed where the rules say no by now.
    """
    try:
        return carry_out(request_id, conversation, asker)
    except OrderMovedOn as error:
        raise NotAllowed(Verdict("sent")) from error


@transaction.atomic
def carry_out(request_id: UUID, conversation: Conversation, asker: Asker) -> ServiceRequest:
    request = proposed(request_id, conversation)
    if request.order is not None:
        order_for(conversation, asker, request.order.number)  # who may see it now, not when it was proposed
        checked(Kind(request.kind), request.order, request.details)
    now = timezone.now()
    request.confirmed_at, request.status = now, Status.CONFIRMED
    if request.order and request.kind == Kind.CANCEL:
        cancel_order(request.order)
    elif request.order and request.kind == Kind.ADDRESS:
        change_delivery(request.order, Delivery(email=request.order.email, **request.details["delivery"]))
        request.details = {}  # the order has it now; it is kept once
    if request.kind in (Kind.CANCEL, Kind.ADDRESS):
        request.status, request.finished_at = Status.DONE, now
    elif request.kind == Kind.RETURN:
        request.status = Status.APPROVED
    request.save()
    note(conversation, Log.CONFIRMED, f"{request.kind} {request.order or ''}")
    return request


def proposed(request_id: UUID, conversation: Conversation) -> ServiceRequest:
    """The proposal, locked. Raises NotHere: not of this conversation, not to be confirmed any more."""
    request = (
        ServiceRequest.objects.select_for_update(of=("self",))
        .select_related("order")
        .filter(pk=request_id, conversation=conversation, status=Status.PROPOSED)
        .first()
    )
    if request is None or timezone.now() - request.created_at > CONFIRM_WITHIN:
        raise NotHere
    return request


@transaction.atomic
def withdraw(request_id: UUID, conversation: Conversation) -> ServiceRequest:
    """The shopper calls it off. Raises NotHere."""
    request = proposed(request_id, conversation)
    request.status, request.finished_at = Status.WITHDRAWN, timezone.now()
    request.save(update_fields=["status", "finished_at"])
    note(conversation, Log.WITHDRAWN, f"{request.kind} {request.order or ''}")
    return request


@transaction.atomic
def move_on(request: ServiceRequest, *, by: User) -> ServiceRequest:
    """An agent's next step: approved, goods are back, paid back. A finished one stays as it is."""
    locked = ServiceRequest.objects.select_for_update(of=("self",)).select_related("order").get(pk=request.pk)
    following = STEPS.get(Status(locked.status))
    if following is None or locked.kind == Kind.STOCK_ALERT:
        return locked
    if following == Status.DONE:
        locked.finished_at = timezone.now()
        if locked.kind == Kind.RETURN and locked.order:
            take_back(locked.order, {int(line): int(n) for line, n in locked.details["lines"].items()})
    locked.status = following
    locked.save(update_fields=["status", "finished_at"])
    if locked.conversation:
        note(locked.conversation, Log.CARRIED_OUT, f"{locked.kind} {following}", by=by)
    return locked


@transaction.atomic
def refuse(request: ServiceRequest, *, by: User) -> None:
    """An agent says no; the shopper reads it in the conversation or in a letter."""
    open_ones = ServiceRequest.objects.filter(pk=request.pk, status__in=(Status.CONFIRMED, Status.APPROVED))
    if open_ones.update(status=Status.REFUSED, finished_at=timezone.now()) and request.conversation:
        note(request.conversation, Log.REFUSED, request.kind, by=by)


@transaction.atomic
def alert_when_back(conversation: Conversation, product: Product) -> ServiceRequest:
    """A letter to the customer's own address once the product can be bought again; asked for once."""
    request, _is_new = ServiceRequest.objects.get_or_create(
        kind=Kind.STOCK_ALERT, customer=conversation.customer, product=product, status=Status.CONFIRMED,
        defaults={"conversation": conversation, "confirmed_at": timezone.now()},
    )  # fmt: skip
    note(conversation, Log.CONFIRMED, f"{Kind.STOCK_ALERT} {product.sku}")
    return request


def send_stock_alerts() -> int:
    """Write to those who wait for what is back; how many letters went out. Nobody gets two."""
    waiting = ServiceRequest.objects.waiting_for_stock().select_related("customer", "product")
    back = waiting.filter(product__in=Product.objects.buyable()).exclude(customer__email="")
    return sum(send_stock_alert(request) for request in back)


def send_stock_alert(request: ServiceRequest) -> bool:
    mine = ServiceRequest.objects.waiting_for_stock().filter(pk=request.pk)
    if not mine.update(status=Status.DONE, finished_at=timezone.now()) or request.product is None:
        return False
    with translation.override(request.customer.language or settings.LANGUAGE_CODE):
        title = request.product.local_title
        text = _("“%(title)s” can be bought again. You asked us to tell you.") % {"title": title}
        send_mail(_("Back in stock: %(title)s") % {"title": title}, text, None, [request.customer.email])
    return True


def delivery_details(delivery: Delivery) -> dict[str, str]:
    """What a request keeps of a new address."""
    given = asdict(delivery)
    given.pop("email")
    return given
