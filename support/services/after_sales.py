"""What the assistant says and offers about an order. It shows and offers; `requests` alone changes things."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from babel.numbers import format_currency
from django.db.models import QuerySet
from django.utils import formats, timezone
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

from ecommerce_ai.shop.models import Order, Shipment
from ecommerce_ai.shop.services.after_sales import credit_notes_of
from support.models import Conversation, Intent, Message, ServiceRequest
from support.rules import Verdict, may_cancel, may_change_address, may_return, under_warranty
from support.selectors.orders import (
    SHOWN,
    expected_on,
    facts_of,
    last_parcel,
    terms,
    visible_orders,
)
from support.services import phrases
from support.services.conversations import Asker, Saying

Action = Intent.Action
ACTION = Message.Outcome.ACTION
LOOKED_AT = 50


def about_orders(
    action: str, conversation: Conversation, asker: Asker, *, number: str = "", text: str = ""
) -> Saying:
    """The next step of an action: who are you, which order, or the action itself.

    `number` and `text` may come from a message: they choose among the orders that the asker may see, and
    no others.
    """
    mine = visible_orders(conversation, customer=asker.customer, is_logged_in=asker.is_logged_in)
    named = mine.filter(number__iexact=number).first() if number else mentioned(mine, text)
    if named:
        return about_order(action, named)
    if not asker.is_logged_in and not mine.exists():
        return Saying(phrases.who_are_you(), ACTION, card={"kind": "identify", "action": action})
    shown = list(mine[: SHOWN + 1])
    if not shown or (number and not asker.is_logged_in):
        return Saying(phrases.no_orders(), ACTION, card={"kind": "identify", "action": action})
    if len(shown) == 1:
        return about_order(action, shown[0])
    choices = [order.number for order in shown[:SHOWN]]
    return Saying(
        phrases.choose_order(), ACTION, card={"kind": "orders", "action": action, "orders": choices}
    )


def mentioned(orders: QuerySet[Order], text: str) -> Order | None:
    """The order whose number stands in the text, of the latest."""
    words = {word.strip(".,;:!?#()").upper() for word in text.split()}
    return next((order for order in orders[:LOOKED_AT] if order.number.upper() in words), None)


def about_order(action: str, order: Order) -> Saying:
    return ACTIONS[Action(action)](order)


def tell_status(order: Order) -> Saying:
    told = _("Order %(number)s of %(day)s: %(status)s.") % {
        "number": order.number,
        "day": day(timezone.localtime(order.placed_at).date()),
        "status": order.get_status_display(),
    }
    parcel = last_parcel(order)
    lines = [told, parcel_words(parcel) if parcel else "", expected_words(order)]
    return of_order(" ".join(line for line in lines if line), order)


def parcel_words(parcel: Shipment) -> str:
    if parcel.status == Shipment.Status.DELIVERED and parcel.delivered_at:
        return _("%(carrier)s delivered it on %(day)s.") % {
            "carrier": parcel.carrier, "day": day(timezone.localtime(parcel.delivered_at).date())
        }  # fmt: skip
    status = _("%(carrier)s: %(status)s") % {"carrier": parcel.carrier, "status": parcel.get_status_display()}
    number = parcel.tracking_number
    return f"{status}, {_('tracking number')} {number}." if number else f"{status}."


def expected_words(order: Order) -> str:
    facts, expected = facts_of(order), expected_on(order, timezone.localdate())
    if facts.delivered_on or facts.is_cancelled or expected is None:
        return ""
    return _("Expected by %(day)s.") % {"day": day(expected)}


def estimate_delivery(order: Order) -> Saying:
    return of_order(expected_words(order) or tell_status(order).text, order)


def offer_cancel(order: Order) -> Saying:
    verdict = may_cancel(facts_of(order))
    if not verdict.is_allowed:
        return refused(verdict, order)
    text = _("Order %(number)s has not left yet and can be cancelled.") % {"number": order.number}
    return of_order(text, order, card={"kind": "form", "form": ServiceRequest.Kind.CANCEL})


def offer_address(order: Order) -> Saying:
    verdict = may_change_address(facts_of(order))
    if not verdict.is_allowed:
        return refused(verdict, order)
    text = _("Order %(number)s has not left yet. Where shall it go?") % {"number": order.number}
    return of_order(text, order, card={"kind": "form", "form": ServiceRequest.Kind.ADDRESS})


def offer_return(order: Order) -> Saying:
    return offer_goods_back(order, ServiceRequest.Kind.RETURN)


def offer_exchange(order: Order) -> Saying:
    return offer_goods_back(order, ServiceRequest.Kind.EXCHANGE)


def offer_goods_back(order: Order, kind: str) -> Saying:
    verdict = may_return(facts_of(order), terms(), timezone.localdate())
    if not verdict.is_allowed:
        return refused(verdict, order)
    lines = [_("Order %(number)s: choose what comes back.") % {"number": order.number}]
    if verdict.until and verdict.withdraw_until:
        lines.append(
            _("You may withdraw until %(withdraw)s; we take it back until %(until)s.")
            % {"withdraw": day(verdict.withdraw_until), "until": day(verdict.until)}
        )
    return of_order(" ".join(lines), order, card={"kind": "form", "form": kind})


def tell_refund(order: Order) -> Saying:
    notes = credit_notes_of(order)
    if notes:
        amount, paid = money(-notes[0].total, order.currency), timezone.localtime(notes[0].placed_at).date()
        text = _("%(amount)s of order %(number)s was paid back on %(day)s.") % {
            "amount": amount, "number": order.number, "day": day(paid)
        }  # fmt: skip
        return of_order(text, order)
    asked = ServiceRequest.objects.on_the_table().filter(order=order, kind=ServiceRequest.Kind.RETURN)
    asked = asked.exclude(status=ServiceRequest.Status.PROPOSED)
    if latest := asked.first():
        text = _("The return of order %(number)s: %(status)s. The money follows when the goods are back.") % {
            "number": order.number, "status": latest.get_status_display()
        }  # fmt: skip
        return of_order(text, order)
    return of_order(_("Nothing of order %(number)s was sent back so far.") % {"number": order.number}, order)


def show_invoice(order: Order) -> Saying:
    text = _("The invoice of order %(number)s, %(total)s.") % {
        "number": order.number, "total": money(order.total, order.currency)
    }  # fmt: skip
    return of_order(text, order, card={"kind": "invoice"})


def offer_warranty(order: Order) -> Saying:
    verdict = under_warranty(facts_of(order), terms(), timezone.localdate())
    if not verdict.is_allowed or verdict.until is None:
        return refused(verdict, order)
    text = _("The goods of order %(number)s are under warranty until %(until)s. What is wrong?") % {
        "number": order.number, "until": day(verdict.until)
    }  # fmt: skip
    return of_order(text, order, card={"kind": "form", "form": ServiceRequest.Kind.WARRANTY})


def offer_price_match(order: Order) -> Saying:
    text = _("Order %(number)s: where did you see a lower price, and which?") % {"number": order.number}
    return of_order(text, order, card={"kind": "form", "form": ServiceRequest.Kind.PRICE_MATCH})


def refused(verdict: Verdict, order: Order) -> Saying:
    """Why not, in words; a person may see it otherwise and is offered."""
    return of_order(refusal_words(verdict), order, card={"kind": "offer_person", "reason": "exception"})


def refusal_words(verdict: Verdict) -> str:
    until = day(verdict.until) if verdict.until else ""
    return {
        "sent": _("This order is on its way already. You can send it back once it is there."),
        "cancelled": _("This order is cancelled."),
        "returned": _("This order was sent back."),
        "not_delivered": _("This order has not left yet: it can be cancelled instead."),
        "too_late": _("That was possible until %(until)s.") % {"until": until},
        "nothing_left": _("Nothing of this order is left to be sent back."),
        "not_lower": _("That is not lower than what you paid."),
        "in_stock": _("It can be bought now."),
        None: "",
    }[verdict.refusal]


def proposal_words(request: ServiceRequest) -> str:
    """What will happen, to be read before it is confirmed."""
    number = request.order.number if request.order else ""
    if request.kind == ServiceRequest.Kind.CANCEL:
        return _("Cancel order %(number)s? The whole amount is paid back.") % {"number": number}
    if request.kind == ServiceRequest.Kind.ADDRESS:
        given = request.details["delivery"]
        address = ", ".join(given[name] for name in ("name", "address", "postcode", "city", "country"))
        return _("Send order %(number)s to: %(address)s?") % {"number": number, "address": address}
    if request.kind in (ServiceRequest.Kind.RETURN, ServiceRequest.Kind.EXCHANGE):
        return _("%(kind)s of order %(number)s: %(goods)s. Is that right?") % {
            "kind": request.get_kind_display(), "number": number, "goods": goods_of(request)
        }  # fmt: skip
    return _("%(kind)s for order %(number)s: shall we pass it on?") % {
        "kind": request.get_kind_display(), "number": number
    }  # fmt: skip


def goods_of(request: ServiceRequest) -> str:
    if request.order is None:
        return ""
    asked = {int(line): int(count) for line, count in request.details.get("lines", {}).items()}
    lines = request.order.lines.filter(line_number__in=asked).select_related("product")
    names = [
        (asked[line.line_number], line.product.local_title if line.product else line.title) for line in lines
    ]
    return ", ".join(f"{count} × {name}" for count, name in names)


def done_words(request: ServiceRequest) -> str:
    """What happened, once it did."""
    number = request.order.number if request.order else ""
    kind = ServiceRequest.Kind
    return {
        kind.CANCEL: _("Order %(number)s is cancelled. A credit note was made for the whole amount."),
        kind.ADDRESS: _("Order %(number)s goes to the new address."),
        kind.RETURN: _(
            "The return of order %(number)s is approved. Put the goods and the order number into a parcel; "
            "the money follows when they are back."
        ),
        kind.EXCHANGE: _("The exchange of order %(number)s is noted; a person looks at it."),
        kind.WARRANTY: _("The warranty case of order %(number)s is noted; a person looks at it."),
        kind.PRICE_MATCH: _("The price match of order %(number)s is noted; a person looks at it."),
    }[kind(request.kind)] % {"number": number}


def of_order(text: str, order: Order, *, card: dict[str, object] | None = None) -> Saying:
    return Saying(text, ACTION, card={**(card or {"kind": "order"}), "order": order.number})


def day(given: date) -> str:
    return formats.date_format(given, "DATE_FORMAT")


def money(amount: Decimal, currency: str) -> str:
    return str(format_currency(amount, currency, locale=to_locale(get_language() or "en")))


ACTIONS: dict[str, Callable[[Order], Saying]] = {
    Action.ORDER_STATUS: tell_status,
    Action.DELIVERY: estimate_delivery,
    Action.CANCEL: offer_cancel,
    Action.ADDRESS: offer_address,
    Action.RETURN: offer_return,
    Action.EXCHANGE: offer_exchange,
    Action.REFUND: tell_refund,
    Action.INVOICE: show_invoice,
    Action.WARRANTY: offer_warranty,
    Action.PRICE_MATCH: offer_price_match,
}
