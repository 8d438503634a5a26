"""From what a shopper wrote to what is said: rails, understanding, then the first rule that fits."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ecommerce_ai.inference.registry import get_generator, get_reader
from support.ml import answering as ml
from support.ml.rails import held_on_entry, held_on_exit, is_threat, planted
from support.ml.types import Evidence, Reply, Turn, Understanding
from support.ml.understanding import understand
from support.ml.writing import write
from support.models import ArticleVersion, Conversation, Intent, Message
from support.selectors.actions import action_of
from support.selectors.articles import CUSTOMERS, EVERYONE, Audiences
from support.selectors.heads import heads
from support.selectors.knowledge import knowledge
from support.services import after_sales, phrases, wishes
from support.services.conversations import Asker, Kind, Saying, note, say
from support.services.encoding import TimedEncode
from support.services.learning import keep_miss
from support.services.people import hand_over
from support.services.suggesting import suggest_products

log = structlog.get_logger(__name__)
Outcome, Reason, Action = Message.Outcome, Conversation.Reason, Intent.Action
DEBOUNCE = timedelta(seconds=1.2)
HISTORY, LOOKED_BACK, LONGEST_MISS = 6, 20, 500  # messages, messages, characters
LIKELY = 0.5
SPEAKERS = (Message.Author.SHOPPER, Message.Author.ASSISTANT, Message.Author.AGENT)
LOGGED = {
    Outcome.ANSWERED: Kind.ANSWERED,
    Outcome.CLARIFIED: Kind.CLARIFIED,
    Outcome.ABSTAINED: Kind.ABSTAINED,
}


@dataclass(frozen=True)
class Question:
    """What has to be answered, by whom it was asked, and what was understood of it."""

    conversation: Conversation
    asker: Asker
    text: str
    understood: Understanding
    encode: TimedEncode

    @property
    def audiences(self) -> Audiences:
        return CUSTOMERS if self.asker.is_logged_in else EVERYONE

    @cached_property
    def action(self) -> str:
        top = self.understood.intents[0].name if self.understood.intents else ""
        return action_of(top) if top and self.understood.is_in_scope else Action.LOOK_UP

    @property
    def intent(self) -> str:
        return self.understood.intents[0].name if self.understood.intents else ""


def answer_waiting(conversation: Conversation, asker: Asker, *, is_patient: bool = False) -> Message | None:
    """Answer everything that was written and not answered yet, as one question.

    `is_patient`: wait until the shopper seems to have finished. None where there is nothing to do, or another
    process does it. Killed half-way, the question is answered by whoever looks next.
    """
    with transaction.atomic():
        locked = (
            Conversation.objects.select_for_update(skip_locked=True)
            .filter(pk=conversation.pk, status=Conversation.Status.OPEN)
            .first()
        )
        recent = latest(locked) if locked else []
        waiting = [message for message in recent if message.waits]
        if locked is None or not waiting:
            return None
        if is_patient and timezone.now() - waiting[-1].created_at < DEBOUNCE:
            return None
        message = respond(locked, asker, waiting, recent)
        asked = Message.objects.unanswered().filter(conversation=locked, pk__lte=waiting[-1].pk)
        asked.update(is_answered=True)
        return message


def latest(conversation: Conversation) -> list[Message]:
    """What was said lately, oldest first."""
    spoken = Message.objects.filter(conversation=conversation, author__in=SPEAKERS).order_by("-pk")
    return list(spoken[:LOOKED_BACK])[::-1]


def respond(
    conversation: Conversation, asker: Asker, waiting: Sequence[Message], recent: Sequence[Message]
) -> Message:
    """Say the answer, log it, and hand over where that is due."""
    text, last, encode = "\n".join(message.text for message in waiting), waiting[-1], TimedEncode()
    with phrases.speaking(conversation.language):
        saying = held(conversation, text)
    if saying is None:
        understood = understood_of(conversation, text, history_of(recent, last, text), encode)
        conversation.language, conversation.mood = understood.language, understood.mood
        question = Question(conversation, asker, text, understood, encode)
        with phrases.speaking(conversation.language):
            saying = checked(question, in_tone(question, decide(question)))
    message = say(conversation, saying, changed=("language", "mood"))
    if kind := LOGGED.get(Outcome(saying.outcome)):
        note(conversation, kind, f"{saying.intent} {saying.score or 0:.2f}")
    if saying.outcome == Outcome.ABSTAINED:
        keep_miss(last, text if len(text) < LONGEST_MISS else last.text, conversation.language, encode)
    if saying.hand_over:
        hand_over(conversation, saying.hand_over)
    return message


def held(conversation: Conversation, text: str) -> Saying | None:
    """What is said to instructions and insults; the words themselves lead nowhere."""
    found = held_on_entry(text)
    if found is None:
        return None
    if found.kind == "abuse":
        note(conversation, Kind.RAIL_ABUSE, found.words)
        return Saying(phrases.mind_the_words(), Outcome.HELD_BACK, card={"kind": "offer_person"})
    note(conversation, Kind.RAIL_INJECTION, found.words)
    return Saying(phrases.only_about_the_shop(), Outcome.HELD_BACK)


def history_of(recent: Sequence[Message], last: Message, text: str) -> list[Turn]:
    """What was said before `last`, which `text` ends with."""
    before = [turn for turn in recent if turn.pk < last.pk and turn.text][-HISTORY:]
    return [
        Turn(turn.text, turn.author == Message.Author.SHOPPER) for turn in before if turn.text not in text
    ]


def understood_of(
    conversation: Conversation, text: str, history: Sequence[Turn], encode: TimedEncode
) -> Understanding:
    hint = conversation.language.partition("-")[0]
    return understand(text, heads(), language_hint=hint, history=history, encode=encode)


def decide(question: Question) -> Saying:
    """The first rule that has something to say; the last one always has."""
    for rule in RULES:
        if saying := rule(question):
            return saying
    return from_articles(question)


def person_first(question: Question) -> Saying | None:
    if wishes.wants_a_person(question.text) or question.action == Action.PERSON:
        return Saying("", Outcome.SMALL_TALK, intent=question.intent, hand_over=Reason.CUSTOMER_REQUEST)
    return None


def furious(question: Question) -> Saying | None:
    """By rule: fury and threats go to a person, whatever else was asked."""
    if question.understood.mood == "furious" or is_threat(question.text):
        return Saying(phrases.sorry(Conversation.Mood.FURIOUS), Outcome.SMALL_TALK, hand_over=Reason.FURIOUS)
    return None


def small_talk(question: Question) -> Saying | None:
    if wishes.is_greeting(question.text) or question.action == Action.GREETING:
        return Saying(phrases.greeting(), Outcome.SMALL_TALK)
    if wishes.is_thanks(question.text) or question.action == Action.THANKS:
        return Saying(phrases.thanks(), Outcome.SMALL_TALK)
    return None


def after_sale(question: Question) -> Saying | None:
    """Orders: chosen by intent, shown to whom they belong."""
    if question.action not in after_sales.ACTIONS:
        return None
    number = next((each.value for each in question.understood.entities if each.kind == "order_number"), "")
    saying = after_sales.about_orders(
        question.action, question.conversation, question.asker, number=number, text=question.text
    )
    return replace(saying, intent=question.intent)


def suggestion(question: Question) -> Saying | None:
    """Products, where they are wished for likelier than not: a wrong guess would answer nothing."""
    if question.action not in (Action.SUGGEST, Action.STOCK_ALERT):
        return None
    if question.action == Action.SUGGEST and question.understood.intents[0].probability < LIKELY:
        return None
    return suggest_products(
        question.understood.question, customer=question.asker.customer, action=question.action
    )


RULES: tuple[Callable[[Question], Saying | None], ...] = (
    person_first, furious, small_talk, after_sale, suggestion,
)  # fmt: skip


def from_articles(question: Question) -> Saying:
    """Quoted evidence; one question back where two topics are near; else the truth: nothing is known."""
    index = knowledge(question.audiences)
    reply = ml.answer(
        question.understood.question, index, language=question.understood.language, encode=question.encode
    )
    if reply.status == "answered":
        return answered(question, reply)
    if reply.status == "clarify" and not asked_back(question.conversation):
        card = {"kind": "choices", "choices": list(reply.choices)}
        return Saying(
            phrases.which_one(), Outcome.CLARIFIED, card=card, intent=question.intent, score=reply.score
        )
    return abstained(question, reply)


def answered(question: Question, reply: Reply) -> Saying:
    written = write(
        question.understood.question, reply, generator=get_generator(), reader=get_reader(),
        timeout_s=settings.SUPPORT_WRITER_TIMEOUT_S,
    )  # fmt: skip
    evidence = sources(written.evidence)
    for version, _start, _end, quote in evidence:
        if found := planted(quote):
            note(question.conversation, Kind.RAIL_SOURCE, f"{version.article_id}: {found.words}")
    return Saying(
        written.text, Outcome.ANSWERED, intent=question.intent, score=written.score, evidence=evidence
    )


def sources(evidence: tuple[Evidence, ...]) -> tuple[tuple[ArticleVersion, int, int, str], ...]:
    """The versions that are quoted; a quote that is not in its version is no evidence and is left out."""
    quoted = ArticleVersion.objects.filter(
        article__in={each.article for each in evidence}, number__in={each.version for each in evidence}
    )
    versions = {(version.article_id, version.number): version for version in quoted}
    found = [(versions.get((each.article, each.version)), each) for each in evidence]
    return tuple(
        (version, each.start, each.end, each.quote)
        for version, each in found
        if version is not None and version.body[each.start : each.end] == each.quote
    )


def asked_back(conversation: Conversation) -> bool:
    """Whether the last thing said was a question back: nobody is asked twice in a row."""
    return last_outcome(conversation) == Outcome.CLARIFIED


def last_outcome(conversation: Conversation) -> str:
    said = conversation.messages.filter(author=Message.Author.ASSISTANT).order_by("-pk")
    return said.values_list("outcome", flat=True).first() or ""


def abstained(question: Question, reply: Reply) -> Saying:
    """A person is offered; the second time in a row one is called."""
    again = last_outcome(question.conversation) == Outcome.ABSTAINED
    return Saying(
        phrases.not_known(),
        Outcome.ABSTAINED,
        card={} if again else {"kind": "offer_person", "reason": Reason.NO_ANSWER},
        intent=question.intent,
        score=reply.score,
        hand_over=Reason.NO_ANSWER if again else "",
    )


def in_tone(question: Question, saying: Saying) -> Saying:
    """Annoyed shoppers are told that this is heard; nothing else changes with a mood."""
    if question.understood.mood != "annoyed" or saying.hand_over or not saying.text:
        return saying
    return replace(saying, text=f"{phrases.sorry(Conversation.Mood.ANNOYED)} {saying.text}")


def checked(question: Question, saying: Saying) -> Saying:
    """What may not be said in the shop's name is held back and goes to a person."""
    found = held_on_exit(
        saying.text,
        quotes=tuple(quote for _, _, _, quote in saying.evidence),
        competitors=tuple(settings.SUPPORT_COMPETITORS),
    )
    if found is None or saying.outcome == Outcome.ACTION:
        return saying
    note(question.conversation, Kind.RAIL_OUTPUT, found.kind)
    return Saying(phrases.not_known(), Outcome.HELD_BACK, intent=saying.intent, hand_over=Reason.SAFETY)
