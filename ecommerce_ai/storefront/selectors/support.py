"""A conversation as its shopper sees it. What a card offers is looked up again, under who asks now."""

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from ecommerce_ai.shop.models import Customer, Order, Product
from support.models import Conversation, Evidence, Message, ServiceRequest
from support.selectors.orders import LineLeft, lines_left, visible_orders
from support.selectors.threads import state_of
from support.services.after_sales import proposal_words
from support.services.conversations import Asker
from support.services.people import is_staffed

WITH_ORDER = {"order", "form", "invoice"}


@dataclass(frozen=True)
class Card:
    """What comes with a message: `kind` names the template, the rest is what it shows."""

    kind: str
    action: str = ""
    form: str = ""
    reason: str = ""
    choices: tuple[str, ...] = ()
    orders: tuple[Order, ...] = ()
    order: Order | None = None
    lines: tuple[LineLeft, ...] = ()
    products: tuple[tuple[Product, str], ...] = ()
    request: ServiceRequest | None = None
    text: str = ""


@dataclass(frozen=True)
class ShownMessage:
    message: Message
    sources: list[Evidence] = field(default_factory=list)
    card: Card | None = None
    is_last: bool = False


@dataclass(frozen=True)
class Thread:
    """`is_waited_for`: an answer is on its way."""

    conversation: Conversation | None
    messages: list[ShownMessage]
    is_waited_for: bool = False
    is_staffed: bool = True
    state: str = ""


def current_conversation(customer: Customer | None) -> Conversation | None:
    """The open one, or the last one as long as it waits for a rating."""
    if customer is None:
        return None
    mine = Conversation.objects.filter(customer=customer)
    return mine.open().first() or mine.filter(rating=None).order_by("-closed_at").first()


def thread(conversation: Conversation | None, asker: Asker | None) -> Thread:
    """Everything said, with sources; cards of the last message only, so that nothing old is pressed."""
    staffed = is_staffed(timezone.now())
    if conversation is None or asker is None:
        return Thread(conversation, [], is_staffed=staffed)
    shown = list(conversation.messages.shown().prefetch_related("evidence__version__article"))
    said = [message for message in shown if message.text or message.card]
    rows = [
        ShownMessage(
            message,
            list(message.evidence.all()),
            card_of(message, conversation, asker) if message is said[-1] else None,
            message is said[-1],
        )
        for message in said
    ]
    waits = any(message.author == Message.Author.SHOPPER and not message.is_answered for message in shown)
    is_waited_for = waits and not conversation.is_with_people
    return Thread(conversation, rows, is_waited_for, staffed, state_of(conversation))


def card_of(message: Message, conversation: Conversation, asker: Asker) -> Card | None:
    given: dict[str, Any] = message.card
    kind = given.get("kind", "")
    if not kind:
        return None
    mine = visible_orders(conversation, customer=asker.customer, is_logged_in=asker.is_logged_in)
    if kind in WITH_ORDER:
        order = mine.filter(number=given.get("order", "")).first()
        return order_card(kind, given, order) if order else None
    if kind == "orders":
        chosen = tuple(mine.filter(number__in=given["orders"]))
        return Card(kind, action=given["action"], orders=chosen)
    if kind == "confirm":
        return request_card(given, conversation)
    if kind in ("products", "alert"):
        return product_card(kind, given)
    return Card(
        kind,
        action=given.get("action", ""),
        reason=given.get("reason", ""),
        choices=tuple(given.get("choices", ())),
    )


def order_card(kind: str, given: dict[str, Any], order: Order) -> Card:
    form = given.get("form", "")
    return Card(kind, form=form, order=order, lines=tuple(lines_left(order)) if form else ())


def request_card(given: dict[str, Any], conversation: Conversation) -> Card | None:
    request = conversation.service_requests.select_related("order").filter(pk=given["request"]).first()
    if request is None or not request.is_open_to_confirm:
        return None
    return Card("confirm", request=request, text=proposal_words(request))


def product_card(kind: str, given: dict[str, Any]) -> Card:
    wanted = given.get("products") or [given.get("product")]
    found = Product.objects.live().in_bulk(wanted)
    reasons = given.get("reasons", {})
    products = tuple((found[pk], reasons.get(str(pk), "")) for pk in wanted if pk in found)
    return Card(kind, products=products)
