from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Max, Q
from django.utils.translation import gettext_lazy as _

from ecommerce_ai.accounts.models import User
from ecommerce_ai.shop.models import Category, Customer, Product, Promotion
from profiles.models import Segment


class Channel(models.TextChoices):
    """Where a text is read; its parts and their lengths are in `ml/writing/channels.py`."""

    EMAIL = "email", _("E-mail")
    SMS = "sms", _("Text message")
    PUSH = "push", _("Push message")
    BANNER = "banner", _("Banner")
    SEARCH_AD = "search_ad", _("Search ad")
    DESCRIPTION = "description", _("Product description")
    META = "meta", _("Title and description for search engines")
    BLURB = "blurb", _("Line beside a recommendation")
    NEWS = "news", _("News item")


MESSAGES = (Channel.EMAIL, Channel.SMS, Channel.PUSH)  # sent to somebody
PLACES = (Channel.BANNER, Channel.BLURB)  # shown to who comes by


class Tone(models.TextChoices):
    PLAIN = "plain", _("Plain")
    WARM = "warm", _("Warm")
    PLAYFUL = "playful", _("Playful")


class Language(models.TextChoices):
    """Those that the writers write natively and the checks read."""

    ENGLISH = "en", _("English")
    CHINESE = "zh-hans", _("Chinese (simplified)")


class Writer(models.TextChoices):
    FACTS = "facts", _("From the facts, without a model")
    MODEL = "model", _("The shop's own language model")
    SERVER = "server", _("A server with OpenAI's interface")


def english() -> list[str]:
    return [Language.ENGLISH]


class BriefQuerySet(models.QuerySet["Brief"]):
    def open(self) -> Self:
        return self.filter(is_archived=False)

    def with_counts(self) -> Self:
        """With how many candidates and approved texts there are, and when something last happened."""
        return self.annotate(
            candidate_count=Count("candidates", distinct=True),
            approved_count=Count("candidates__variants", distinct=True),
            last_written_at=Max("candidates__created_at"),
        )


class Brief(models.Model):
    """What is to be written: about which goods, for whom, where, how. Without an audience it is for all."""

    name = models.CharField(_("name"), max_length=200)
    products = models.ManyToManyField(Product, verbose_name=_("products"), blank=True, related_name="briefs")
    shelf = models.ForeignKey(
        Category, verbose_name=_("shelf"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    segment = models.ForeignKey(
        Segment, verbose_name=_("segment"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    customer = models.ForeignKey(
        Customer,
        verbose_name=_("one shopper"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="briefs",
    )
    channel = models.CharField(_("channel"), max_length=12, choices=Channel, default=Channel.EMAIL)
    tone = models.CharField(_("tone"), max_length=10, choices=Tone, default=Tone.PLAIN)
    languages = ArrayField(
        models.CharField(max_length=10, choices=Language), verbose_name=_("languages"), default=english
    )
    offer = models.ForeignKey(
        Promotion, verbose_name=_("offer"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    market = models.CharField(
        _("market"), max_length=2, blank=True, help_text=_("Country code; its legal rules apply as well.")
    )
    must_say = models.CharField(_("has to say"), max_length=300, blank=True)
    must_not_say = models.CharField(_("must not say"), max_length=300, blank=True)
    writer = models.CharField(_("writer"), max_length=10, choices=Writer, default=Writer.FACTS)
    author = models.ForeignKey(
        User, verbose_name=_("author"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_archived = models.BooleanField(_("put away"), default=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = BriefQuerySet.as_manager()

    class Meta:
        verbose_name = _("brief")
        verbose_name_plural = _("briefs")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(segment=None) | Q(customer=None), name="brief_one_kind_of_audience"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="brief_name_given"),
            models.CheckConstraint(
                condition=Q(market="") | Q(market__regex=r"^[A-Z]{2}$"), name="brief_market_code"
            ),
            models.CheckConstraint(condition=Q(languages__len__gt=0), name="brief_language_given"),
        ]

    def __str__(self) -> str:
        return self.name
