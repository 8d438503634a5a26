"""What an agent may say next: quoted from everything the staff may know, in a tone that fits the mood."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from support.ml import answering as ml
from support.models import ArticleVersion, Conversation, Message
from support.selectors.articles import STAFF
from support.selectors.knowledge import knowledge
from support.services import phrases
from support.services.answering import sources
from support.services.encoding import TimedEncode


@dataclass(frozen=True)
class Suggestion:
    """`text` is empty where nothing known answers; `tone` is advice for the agent."""

    text: str
    tone: str
    sources: tuple[tuple[ArticleVersion, int, int, str], ...] = ()


def suggested_reply(conversation: Conversation) -> Suggestion:
    """For the last thing that the shopper wrote."""
    last = conversation.messages.filter(author=Message.Author.SHOPPER).order_by("-pk").first()
    if last is None:
        return Suggestion("", tone_for(conversation.mood))
    reply = ml.answer(
        last.text, knowledge(STAFF), language=conversation.language.partition("-")[0], encode=TimedEncode()
    )
    if reply.status != "answered":
        return Suggestion("", tone_for(conversation.mood))
    with phrases.speaking(conversation.language):
        before = phrases.sorry(conversation.mood)
    return Suggestion(f"{before} {reply.text}".strip(), tone_for(conversation.mood), sources(reply.evidence))


def tone_for(mood: str) -> str:
    return {
        Conversation.Mood.ANNOYED: _("Annoyed: say first that you understand, then the answer."),
        Conversation.Mood.FURIOUS: _("Furious: no excuses. What went wrong, what you do now, until when."),
    }.get(Conversation.Mood(mood), _("Calm: short and friendly."))
