"""What an agent needs to answer: who waits and why, what was said, on what it rested, who it is."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils import timezone

from ecommerce_ai.accounts.models import User
from ecommerce_ai.privacy.selectors import Purpose, is_allowed
from ecommerce_ai.shop.models import Customer, Order
from recommendations.models import Impression
from support.models import Conversation, Gap, Message, ServiceRequest

QUEUE_SHOWN, ORDERS_SHOWN, SHOWN_RECENTLY = 50, 5, 3
RECENT = timedelta(days=7)


@dataclass(frozen=True)
class Desk:
    """The queue: who waits, then whom this agent answers, then whom others do."""

    waiting: list[Conversation]
    mine: list[Conversation]
    others: list[Conversation]
    closed: list[Conversation]


@dataclass(frozen=True)
class CaseFile:
    """A conversation with all that belongs to it. `shown` is empty without consent."""

    conversation: Conversation
    messages: list[Message]
    orders: list[Order]
    requests: list[ServiceRequest]
    shown: list[Impression]
    earlier: list[Conversation]


def desk(agent: User) -> Desk:
    with_people = list(
        Conversation.objects.with_people().select_related("customer", "agent").by_urgency()[:QUEUE_SHOWN]
    )
    closed = Conversation.objects.filter(status=Conversation.Status.CLOSED, agent__isnull=False)
    return Desk(
        waiting=[each for each in with_people if each.status == Conversation.Status.WAITING],
        mine=[each for each in with_people if each.agent_id == agent.pk],
        others=[each for each in with_people if each.agent_id not in (None, agent.pk)],
        closed=list(closed.select_related("customer", "agent").order_by("-closed_at")[:10]),
    )


def waiting_count() -> int:
    return Conversation.objects.filter(status=Conversation.Status.WAITING).count()


def case_file(conversation: Conversation) -> CaseFile:
    customer = conversation.customer
    messages = conversation.messages.select_related("agent").prefetch_related("evidence__version__article")
    orders = Order.objects.sales().filter(customer=customer).order_by("-placed_at")[:ORDERS_SHOWN]
    allowed = is_allowed(customer, Purpose.PERSONALISATION)
    shown = Impression.objects.filter(customer=customer, served_at__gte=timezone.now() - RECENT)
    return CaseFile(
        conversation=conversation,
        messages=[message for message in messages if message.text or message.evidence.all()],
        orders=list(orders),
        requests=list(customer.service_requests.select_related("order", "product")[:ORDERS_SHOWN]),
        shown=list(shown.order_by("-served_at")[:SHOWN_RECENTLY]) if allowed else [],
        earlier=list(customer.conversations.exclude(pk=conversation.pk)[:ORDERS_SHOWN]),
    )


def conversations_of(customer: Customer, limit: int = ORDERS_SHOWN) -> list[Conversation]:
    """The latest of a customer, each with the first thing they said (`first_words`)."""
    said = Message.objects.filter(conversation=OuterRef("pk"), author=Message.Author.SHOPPER).order_by("pk")
    with_words = customer.conversations.annotate(first_words=Subquery(said.values("text")[:1]))
    return list(with_words.order_by("-opened_at")[:limit])


def gaps(*, is_open: bool = True) -> QuerySet[Gap]:
    """Articles to write, those asked for most first; or what became of the others."""
    chosen = Gap.objects.open() if is_open else Gap.objects.exclude(status__in=("open", "drafted"))
    return (
        chosen.select_related("article")
        .prefetch_related("misses")
        .annotate(count=Count("misses"))
        .order_by("-count", "-created_at")
    )
