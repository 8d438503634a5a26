import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ecommerce_ai.accounts.models import User
from ecommerce_ai.shop.models import Customer
from support.models.articles import ArticleVersion


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def open(self) -> Self:
        return self.exclude(status=Conversation.Status.CLOSED)

    def with_people(self) -> Self:
        """Waiting for somebody, or with somebody."""
        return self.filter(status__in=(Conversation.Status.WAITING, Conversation.Status.CLAIMED))

    def by_urgency(self) -> Self:
        """The most urgent first, then who has waited longest."""
        return self.order_by("-urgency", "waiting_since", "opened_at")


class Conversation(models.Model):
    """What a shopper and the shop say to each other, until it is closed. One is open per shopper."""

    class Status(models.TextChoices):
        OPEN = "open", _("With the assistant")
        WAITING = "waiting", _("Waiting for a person")
        CLAIMED = "claimed", _("With a person")
        CLOSED = "closed", _("Closed")

    class Reason(models.TextChoices):
        """Why a person was asked for."""

        CUSTOMER_REQUEST = "customer_request", _("The customer asked for a person")
        NO_ANSWER = "no_answer", _("Nothing known answers it")
        FURIOUS = "furious", _("The customer is furious")
        NOT_HELPFUL = "not_helpful", _("The answers did not help")
        EXCEPTION = "exception", _("Outside the rules of after-sales")
        SAFETY = "safety", _("Held back by a safety rule")

    class Mood(models.TextChoices):
        CALM = "calm", _("Calm")
        ANNOYED = "annoyed", _("Annoyed")
        FURIOUS = "furious", _("Furious")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    customer = models.ForeignKey(
        Customer, verbose_name=_("customer"), on_delete=models.CASCADE, related_name="conversations"
    )
    language = models.CharField(_("language"), max_length=10, default="en")
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason, blank=True)
    urgency = models.PositiveSmallIntegerField(_("urgency"), default=0)
    mood = models.CharField(_("mood"), max_length=10, choices=Mood, default=Mood.CALM)
    agent = models.ForeignKey(
        User, verbose_name=_("agent"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    summary = models.TextField(_("summary"), blank=True)
    is_live_page = models.BooleanField(_("on the shop's own pages"), default=True)
    rating = models.PositiveSmallIntegerField(_("rating"), null=True, blank=True)
    rating_comment = models.TextField(_("comment on the rating"), blank=True)
    opened_at = models.DateTimeField(_("opened"), default=timezone.now)
    waiting_since = models.DateTimeField(_("waiting since"), null=True, blank=True)
    last_message_at = models.DateTimeField(_("last message"), default=timezone.now)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        ordering = ["-last_message_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["customer"], condition=~Q(status="closed"), name="conversation_one_open"
            ),
            models.CheckConstraint(
                condition=Q(rating=None) | Q(rating__range=(1, 5)), name="conversation_rating_one_to_five"
            ),
            models.CheckConstraint(
                condition=Q(status="closed", closed_at__isnull=False)
                | (~Q(status="closed") & Q(closed_at=None)),
                name="conversation_closed_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(status="waiting") | Q(waiting_since__isnull=False),
                name="conversation_waits_since",
            ),
        ]
        indexes = [models.Index(fields=["status", "-urgency", "waiting_since"], name="conversation_queue")]

    def __str__(self) -> str:
        return str(self.pk)[:8]

    @property
    def is_closed(self) -> bool:
        return self.status == self.Status.CLOSED

    @property
    def is_with_people(self) -> bool:
        return self.status in (self.Status.WAITING, self.Status.CLAIMED)


class MessageQuerySet(models.QuerySet["Message"]):
    def shown(self) -> Self:
        """What the shopper sees: everything but notes of the staff."""
        return self.exclude(author=Message.Author.NOTE)

    def unanswered(self) -> Self:
        return self.filter(author=Message.Author.SHOPPER, is_answered=False)


class Message(models.Model):
    """One thing said. `text` was masked before; `card` says which form or choice comes with it."""

    class Author(models.TextChoices):
        SHOPPER = "shopper", _("Shopper")
        ASSISTANT = "assistant", _("Assistant")
        AGENT = "agent", _("Agent")
        SYSTEM = "system", _("Notice")
        NOTE = "note", _("Internal note")

    class Outcome(models.TextChoices):
        """What kind of reply of the assistant's this is."""

        ANSWERED = "answered", _("Answered")
        CLARIFIED = "clarified", _("Asked back")
        ABSTAINED = "abstained", _("Said that it does not know")
        ACTION = "action", _("After-sales")
        SMALL_TALK = "small_talk", _("Greeting or thanks")
        HELD_BACK = "held_back", _("Held back")

    class Helpful(models.IntegerChoices):
        YES = 1, _("Helpful")
        NO = -1, _("Not helpful")

    class Complaint(models.TextChoices):
        INCORRECT = "incorrect", _("It is wrong")
        OUTDATED = "outdated", _("It is out of date")
        INCOMPLETE = "incomplete", _("Something is missing")
        OFF_TOPIC = "off_topic", _("It answers something else")
        INAPPROPRIATE = "inappropriate", _("It is inappropriate")

    conversation = models.ForeignKey(
        Conversation, verbose_name=_("conversation"), on_delete=models.CASCADE, related_name="messages"
    )
    author = models.CharField(_("author"), max_length=10, choices=Author)
    agent = models.ForeignKey(
        User, verbose_name=_("agent"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.TextField(_("text"), blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    card = models.JSONField(_("card"), default=dict, blank=True)
    is_answered = models.BooleanField(_("answered"), default=False)
    intent = models.CharField(_("intent"), max_length=60, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    score = models.FloatField(_("chance to be right"), null=True, blank=True)
    helpful = models.SmallIntegerField(_("helpful"), choices=Helpful, null=True, blank=True)
    complaint = models.CharField(_("what is wrong with it"), max_length=15, choices=Complaint, blank=True)
    correction = models.TextField(_("correction by an agent"), blank=True)
    created_at = models.DateTimeField(_("said"), default=timezone.now)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["conversation", "id"], name="message_thread"),
            models.Index(fields=["created_at"], name="message_said"),
            models.Index(
                fields=["created_at"],
                name="message_unanswered",
                condition=Q(author="shopper", is_answered=False),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def waits(self) -> bool:
        """Whether nobody has answered it."""
        return self.author == self.Author.SHOPPER and not self.is_answered


class Evidence(models.Model):
    """The words of an article that an answer rests on: `version.body[start:end] == quote`."""

    message = models.ForeignKey(
        Message, verbose_name=_("message"), on_delete=models.CASCADE, related_name="evidence"
    )
    version = models.ForeignKey(
        ArticleVersion, verbose_name=_("version"), on_delete=models.CASCADE, related_name="evidence"
    )
    position = models.PositiveSmallIntegerField(_("number"))
    start = models.PositiveIntegerField(_("from"))
    end = models.PositiveIntegerField(_("to"))
    quote = models.TextField(_("quote"))

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["message", "position"]
        constraints = [
            models.UniqueConstraint(fields=["message", "position"], name="evidence_once"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="evidence_span_in_order"),
        ]

    def __str__(self) -> str:
        return self.quote[:60]
