"""From the first word to the last: who may speak when, and what is kept of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from ecommerce_ai.accounts.models import User
from ecommerce_ai.shop.models import Customer, CustomerMerge
from support.ml.masking import mask
from support.models import ArticleVersion, Conversation, Evidence, LogEntry, Message, ServiceRequest
from support.services import phrases

MAX_CHARS = 2000
FLOOD, FLOOD_WINDOW = 12, timedelta(minutes=1)
BAD_ANSWERS = 2
Kind, Status = LogEntry.Kind, Conversation.Status


class TooManyMessages(Exception):
    """More than anybody types; the message is not kept."""


class NotYours(Exception):
    """Somebody else works on this conversation, or it is closed."""


@dataclass(frozen=True)
class Asker:
    """Who asks, as the server knows it from the request. Nothing that is written in a message changes it."""

    customer: Customer
    is_logged_in: bool = False


@dataclass(frozen=True)
class Saying:
    """What the assistant is about to say. `evidence`: (version, start, end, quote)."""

    text: str
    outcome: str
    card: dict[str, Any] = field(default_factory=dict)
    intent: str = ""
    score: float | None = None
    evidence: tuple[tuple[ArticleVersion, int, int, str], ...] = ()
    hand_over: str = ""


def open_conversation(customer: Customer, *, language: str, is_live_page: bool = True) -> Conversation:
    """The shopper's open conversation; a new one where there is none."""
    known = Conversation.objects.open().filter(customer=customer).first()
    if known:
        return known
    try:
        with transaction.atomic():
            return Conversation.objects.create(
                customer=customer, language=language, is_live_page=is_live_page
            )
    except IntegrityError:  # two pages of one shopper began at once
        return Conversation.objects.open().get(customer=customer)


@transaction.atomic
def post_message(conversation: Conversation, text: str) -> Message:
    """Keep what the shopper wrote, without personal data. Raises TooManyMessages.

    With a person in the conversation the assistant is silent.
    """
    locked = Conversation.objects.select_for_update().get(pk=conversation.pk)
    if locked.is_closed:
        raise NotYours
    since = timezone.now() - FLOOD_WINDOW
    written = Message.objects.filter(conversation=locked, author=Message.Author.SHOPPER)
    if written.filter(created_at__gte=since).count() >= FLOOD:
        note(locked, Kind.RAIL_FLOOD)
        raise TooManyMessages
    message = Message.objects.create(
        conversation=locked,
        author=Message.Author.SHOPPER,
        text=mask(text[:MAX_CHARS]).text,
        is_answered=locked.is_with_people,
    )
    touch(locked)
    return message


def say(conversation: Conversation, saying: Saying, *, changed: Sequence[str] = ()) -> Message:
    """The assistant's words with what they rest on. `changed`: fields of the conversation to save as well."""
    message = Message.objects.create(
        conversation=conversation,
        author=Message.Author.ASSISTANT,
        text=saying.text,
        card=saying.card,
        intent=saying.intent[:60],
        outcome=saying.outcome,
        score=saying.score,
        language=conversation.language,
    )
    Evidence.objects.bulk_create(
        Evidence(message=message, version=version, position=number, start=start, end=end, quote=quote)
        for number, (version, start, end, quote) in enumerate(saying.evidence, start=1)
    )
    touch(conversation, *changed)
    return message


def tell(conversation: Conversation, text: str, **fields: Any) -> Message:
    """A notice in the conversation: who took over, what was done."""
    touch(conversation)
    return Message.objects.create(
        conversation=conversation, author=Message.Author.SYSTEM, text=text, **fields
    )


def touch(conversation: Conversation, *changed: str) -> None:
    conversation.last_message_at = timezone.now()
    conversation.save(update_fields=["last_message_at", *changed])


def note(conversation: Conversation, kind: str, detail: str = "", *, by: User | None = None) -> None:
    """A line in the log; `detail` without personal data."""
    LogEntry.objects.create(conversation=conversation, kind=kind, detail=mask(detail).text[:500], by=by)


@transaction.atomic
def rate_message(message: Message, *, helpful: int, complaint: str = "") -> None:
    """What the shopper thinks of an answer; the last word counts. After two bad ones a person is offered."""
    is_new = message.helpful != helpful
    message.helpful = Message.Helpful(helpful)
    message.complaint = Message.Complaint(complaint) if complaint else ""
    message.save(update_fields=["helpful", "complaint"])
    talk = message.conversation
    bad = talk.messages.filter(helpful=Message.Helpful.NO).count()
    if helpful == Message.Helpful.NO and is_new and bad == BAD_ANSWERS and talk.status == Status.OPEN:
        card = {"kind": "offer_person", "reason": Conversation.Reason.NOT_HELPFUL}
        with phrases.speaking(talk.language):
            say(talk, Saying(phrases.did_not_help(), Message.Outcome.SMALL_TALK, card=card))


@transaction.atomic
def rate_conversation(conversation: Conversation, *, rating: int, comment: str = "") -> None:
    """One to five, after it was closed."""
    conversation.rating, conversation.rating_comment = rating, mask(comment[:1000]).text
    conversation.save(update_fields=["rating", "rating_comment"])
    note(conversation, Kind.RATED, str(rating))


@transaction.atomic
def close_conversation(conversation: Conversation, *, by: User | None = None) -> None:
    """It is over; what is written next begins a new one, so nothing reopens by itself."""
    locked = Conversation.objects.select_for_update().get(pk=conversation.pk)
    if locked.is_closed:
        return
    with phrases.speaking(locked.language):
        tell(locked, phrases.closed(), card={"kind": "rate"})
    locked.status, locked.closed_at = Status.CLOSED, timezone.now()
    locked.save(update_fields=["status", "closed_at"])
    locked.messages.unanswered().update(is_answered=True)
    note(locked, Kind.CLOSED, by=by)


@transaction.atomic
def move_conversations(merge: CustomerMerge) -> None:
    """A visitor who logs in keeps what they were talking about; of two open ones the later goes on."""
    mine = Conversation.objects.filter(customer=merge.source_id)
    for conversation in [*mine.open()]:
        others = Conversation.objects.open().filter(customer=merge.target_id)
        for older in others:
            close_conversation(older)
        conversation.customer_id = merge.target_id
        conversation.save(update_fields=["customer"])
    mine.update(customer=merge.target_id)
    ServiceRequest.objects.filter(customer=merge.source_id).update(customer=merge.target_id)
