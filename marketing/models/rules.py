from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketing.models.briefs import Language

EU = "EU"  # as a market: every member state
STATES = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
MEMBERS = frozenset(STATES.split())


class CopyRuleQuerySet(models.QuerySet["CopyRule"]):
    def for_text(self, *, market: str, language: str) -> Self:
        """Those of every market and this one, the Union's in its states; in every language and this one."""
        markets = ["", market, *([EU] if market in MEMBERS else [])]
        return self.filter(Q(market__in=markets), Q(language="") | Q(language=language), is_active=True)


class CopyRule(models.Model):
    """Words that must not be in a text: the shop's own list, or what the law of a market forbids."""

    class Kind(models.TextChoices):
        BANNED = "banned", _("Word the shop does not use")
        LEGAL = "legal", _("Forbidden by law")
        SENSITIVE = "sensitive", _("About the reader's private life")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.BANNED)
    phrase = models.CharField(
        _("words"), max_length=200, help_text=_("An asterisk stands for the rest of a word.")
    )
    market = models.CharField(
        _("market"),
        max_length=2,
        blank=True,
        help_text=_("Country code, EU for the Union; empty: everywhere."),
    )
    language = models.CharField(
        _("language"), max_length=10, choices=Language, blank=True, help_text=_("Empty: any.")
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    is_active = models.BooleanField(_("in use"), default=True)

    objects = CopyRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule for texts")
        verbose_name_plural = _("rules for texts")
        ordering = ["kind", "market", "phrase"]
        constraints = [
            models.UniqueConstraint(fields=["phrase", "market", "language"], name="copyrule_once"),
            models.CheckConstraint(condition=~Q(phrase=""), name="copyrule_phrase_given"),
            models.CheckConstraint(
                condition=Q(market="") | Q(market__regex=r"^[A-Z]{2}$"), name="copyrule_market_code"
            ),
        ]

    def __str__(self) -> str:
        return self.phrase
