"""Conversations that nobody looks at any more."""

from datetime import timedelta

from django.utils import timezone

from support.models import Conversation, Message
from support.services.answering import answer_waiting
from support.services.conversations import Asker, close_conversation

LEFT_AFTER = timedelta(seconds=20)
IDLE_AFTER = timedelta(hours=24)


def answer_left() -> int:
    """Answer what was asked and not waited for, and close what is over; how many answers.

    Nobody is logged in here, so orders are not spoken of.
    """
    before = timezone.now() - LEFT_AFTER
    asked = Message.objects.unanswered().filter(created_at__lt=before)
    left = Conversation.objects.filter(pk__in=asked.values("conversation")).select_related("customer")
    count = sum(answer_waiting(each, Asker(each.customer)) is not None for each in left)
    idle = Conversation.objects.filter(
        status=Conversation.Status.OPEN, last_message_at__lt=timezone.now() - IDLE_AFTER
    )
    for conversation in idle:
        close_conversation(conversation)
    return count
