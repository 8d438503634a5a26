"""The desk: handing a conversation to a person and back, without loops."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from ecommerce_ai.accounts.models import User
from support.ml.masking import mask
from support.models import Conversation, Message
from support.services import phrases
from support.services.conversations import Kind, NotYours, Status, note, tell, touch

URGENCY = {
    Conversation.Reason.FURIOUS: 3,
    Conversation.Reason.SAFETY: 3,
    Conversation.Reason.EXCEPTION: 2,
    Conversation.Reason.CUSTOMER_REQUEST: 1,
    Conversation.Reason.NOT_HELPFUL: 1,
    Conversation.Reason.NO_ANSWER: 1,
}
DAYS_AHEAD = 8
SUMMARY_LINES = 6


@transaction.atomic
def hand_over(conversation: Conversation, reason: str, *, detail: str = "") -> None:
    """Put the conversation into the queue, and tell the shopper so. Again, it changes nothing."""
    locked = Conversation.objects.select_for_update().get(pk=conversation.pk)
    if locked.is_with_people or locked.is_closed:
        return
    now = timezone.now()
    locked.status, locked.reason = Status.WAITING, Conversation.Reason(reason)
    locked.urgency = max(locked.urgency, URGENCY[locked.reason])
    locked.waiting_since, locked.agent = now, None
    locked.summary = summary_of(locked)
    locked.save(update_fields=["status", "reason", "urgency", "waiting_since", "agent", "summary"])
    locked.messages.unanswered().update(is_answered=True)
    with phrases.speaking(locked.language):
        tell(locked, phrases.handed_over("" if is_staffed(now) else opening_words(now)))
    note(locked, Kind.HANDED_OVER, f"{reason} {detail}".strip())


def summary_of(conversation: Conversation) -> str:
    """What the shopper wanted, in their words, and what was answered: the first thing an agent reads."""
    told = list(conversation.messages.shown().exclude(author=Message.Author.SYSTEM))[-SUMMARY_LINES:]
    return "\n".join(
        f"{message.get_author_display()}: {message.text[:240]}" for message in told if message.text
    )


@transaction.atomic
def claim(conversation: Conversation, agent: User) -> Conversation:
    """From now on this agent answers. Raises NotYours where another one does, or it is closed."""
    locked = Conversation.objects.select_for_update().get(pk=conversation.pk)
    if locked.is_closed or (locked.status == Status.CLAIMED and locked.agent_id != agent.pk):
        raise NotYours
    if locked.status == Status.CLAIMED:
        return locked
    locked.status, locked.agent = Status.CLAIMED, agent
    locked.save(update_fields=["status", "agent"])
    locked.messages.unanswered().update(is_answered=True)
    with phrases.speaking(locked.language):
        name = agent.first_name or _("A colleague")
        tell(locked, _("%(name)s is here and has read the conversation.") % {"name": name})
    note(locked, Kind.CLAIMED, by=agent)
    return locked


@transaction.atomic
def reply(conversation: Conversation, agent: User, text: str, *, answers: Message | None = None) -> Message:
    """An agent's words to the shopper. `answers`: a reply of the assistant's that they correct."""
    locked = claim(conversation, agent)
    if answers is not None:
        Message.objects.filter(pk=answers.pk, conversation=locked).update(correction=mask(text).text)
    touch(locked)
    return Message.objects.create(
        conversation=locked, author=Message.Author.AGENT, agent=agent, text=mask(text).text
    )


def add_note(conversation: Conversation, agent: User, text: str) -> Message:
    """For colleagues only."""
    return Message.objects.create(
        conversation=conversation, author=Message.Author.NOTE, agent=agent, text=mask(text).text
    )


@transaction.atomic
def hand_back(conversation: Conversation, agent: User) -> None:
    """The assistant answers again; the reason is settled, so that it does not come back by itself."""
    locked = Conversation.objects.select_for_update().get(pk=conversation.pk)
    if locked.status != Status.CLAIMED or locked.agent_id != agent.pk:
        raise NotYours
    locked.status, locked.agent, locked.waiting_since, locked.urgency = Status.OPEN, None, None, 0
    locked.mood = Conversation.Mood.CALM
    locked.save(update_fields=["status", "agent", "waiting_since", "urgency", "mood"])
    with phrases.speaking(locked.language):
        tell(locked, phrases.back_with_assistant())
    note(locked, Kind.HANDED_BACK, by=agent)


def is_staffed(at: datetime) -> bool:
    """Whether somebody is at the desk: `SUPPORT_HOURS` by weekday (0 is Monday), in the shop's time."""
    local = timezone.localtime(at)
    hours = settings.SUPPORT_HOURS.get(local.weekday())
    return hours is not None and hours[0] <= local.hour < hours[1]


def opening_words(at: datetime) -> str:
    """When the desk opens next, as a day and a time; nothing where it never does."""
    local = timezone.localtime(at)
    for days in range(DAYS_AHEAD):
        day = local + timedelta(days=days)
        hours = settings.SUPPORT_HOURS.get(day.weekday())
        if hours and (opens := day.replace(hour=hours[0], minute=0, second=0, microsecond=0)) > local:
            return formats.date_format(opens, "DATETIME_FORMAT")
    return ""
