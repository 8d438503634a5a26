from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from pgvector.django import VectorField

from support.models.articles import DIMENSIONS, Article
from support.models.conversations import Message


class Intent(models.Model):
    """Something shoppers want. `action` is what is done about it; without one it is looked up in articles."""

    class Action(models.TextChoices):
        LOOK_UP = "look_up", _("Answer from the articles")
        ORDER_STATUS = "order_status", _("Tell the status of an order")
        DELIVERY = "delivery", _("Estimate the delivery")
        CANCEL = "cancel", _("Cancel an order")
        ADDRESS = "address", _("Change the address of an order")
        RETURN = "return", _("Return goods")
        EXCHANGE = "exchange", _("Exchange goods")
        REFUND = "refund", _("Tell the status of a refund")
        INVOICE = "invoice", _("Show an invoice")
        WARRANTY = "warranty", _("Use the warranty")
        STOCK_ALERT = "stock_alert", _("Note when a product is back")
        PRICE_MATCH = "price_match", _("Match a lower price")
        SUGGEST = "suggest", _("Suggest products")
        PERSON = "person", _("Hand over to a person")
        GREETING = "greeting", _("Greet")
        THANKS = "thanks", _("Say thank you back")

    name = models.SlugField(_("name"), max_length=60, unique=True)
    action = models.CharField(_("action"), max_length=12, choices=Action, default=Action.LOOK_UP)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("intent")
        verbose_name_plural = _("intents")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class IntentExampleQuerySet(models.QuerySet["IntentExample"]):
    def approved(self) -> Self:
        return self.filter(is_approved=True, intent__is_active=True)


class IntentExample(models.Model):
    """What a shopper might say who wants this. Suggested ones count once somebody approved them."""

    intent = models.ForeignKey(
        Intent, verbose_name=_("intent"), on_delete=models.CASCADE, related_name="examples"
    )
    text = models.CharField(_("text"), max_length=500)
    language = models.CharField(_("language"), max_length=10, default="en")
    is_approved = models.BooleanField(_("approved"), default=True)

    objects = IntentExampleQuerySet.as_manager()

    class Meta:
        verbose_name = _("example of an intent")
        verbose_name_plural = _("examples of intents")
        ordering = ["intent", "id"]
        constraints = [
            models.UniqueConstraint(fields=["intent", "text"], name="intentexample_once"),
            models.CheckConstraint(condition=~Q(text=""), name="intentexample_text_given"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class GapQuerySet(models.QuerySet["Gap"]):
    def open(self) -> Self:
        return self.filter(status__in=(Gap.Status.OPEN, Gap.Status.DRAFTED))


class Gap(models.Model):
    """An article to write: questions alike that nothing answered, and what became of them."""

    class Status(models.TextChoices):
        OPEN = "open", _("To write")
        DRAFTED = "drafted", _("Drafted")
        FILLED = "filled", _("Answered now")
        DISMISSED = "dismissed", _("Not ours to answer")

    question = models.CharField(_("question"), max_length=500)
    language = models.CharField(_("language"), max_length=10, default="en")
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    embedding = VectorField(dimensions=DIMENSIONS, null=True)
    article = models.ForeignKey(
        Article,
        verbose_name=_("article"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="gaps",
    )
    created_at = models.DateTimeField(_("first asked"), default=timezone.now)
    tested_at = models.DateTimeField(_("tested again"), null=True, blank=True)

    objects = GapQuerySet.as_manager()

    class Meta:
        verbose_name = _("article to write")
        verbose_name_plural = _("articles to write")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.question


class Miss(models.Model):
    """A question that nothing answered. `is_answered_now` is what the test after a new article found."""

    gap = models.ForeignKey(
        Gap, verbose_name=_("article to write"), on_delete=models.CASCADE, related_name="misses"
    )
    message = models.OneToOneField(
        Message, verbose_name=_("message"), on_delete=models.CASCADE, related_name="miss"
    )
    question = models.CharField(_("question"), max_length=500)
    is_answered_now = models.BooleanField(_("answered now"), null=True)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)

    class Meta:
        verbose_name = _("missed question")
        verbose_name_plural = _("missed questions")
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return self.question[:60]
