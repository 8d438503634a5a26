from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ecommerce_ai.accounts.models import User
from support.models.conversations import Conversation


class LogEntry(models.Model):
    """What was done and what was held back, in every conversation; lines never change."""

    class Kind(models.TextChoices):
        ANSWERED = "answered", _("Answered")
        CLARIFIED = "clarified", _("Asked back")
        ABSTAINED = "abstained", _("Did not know")
        HANDED_OVER = "handed_over", _("Handed over")
        CLAIMED = "claimed", _("Claimed")
        HANDED_BACK = "handed_back", _("Handed back")
        CLOSED = "closed", _("Closed")
        RATED = "rated", _("Rated")
        CODE_SENT = "code_sent", _("Code sent")
        CODE_RIGHT = "code_right", _("Code entered")
        CODE_WRONG = "code_wrong", _("Wrong code")
        PROPOSED = "proposed", _("Action shown")
        CONFIRMED = "confirmed", _("Action confirmed")
        WITHDRAWN = "withdrawn", _("Action called off")
        REFUSED = "refused", _("Action refused")
        CARRIED_OUT = "carried_out", _("Action carried out")
        RAIL_INJECTION = "rail_injection", _("Instructions to the assistant")
        RAIL_ABUSE = "rail_abuse", _("Abuse")
        RAIL_FLOOD = "rail_flood", _("Flood")
        RAIL_SOURCE = "rail_source", _("Instruction inside a source")
        RAIL_OUTPUT = "rail_output", _("Reply held back")
        WRITER_FAILED = "writer_failed", _("Writer failed")

    RAILS = (Kind.RAIL_INJECTION, Kind.RAIL_ABUSE, Kind.RAIL_FLOOD, Kind.RAIL_SOURCE, Kind.RAIL_OUTPUT)

    conversation = models.ForeignKey(
        Conversation, verbose_name=_("conversation"), on_delete=models.CASCADE, related_name="log"
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    detail = models.CharField(_("detail"), max_length=500, blank=True)
    by = models.ForeignKey(
        User, verbose_name=_("by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("line of the support log")
        verbose_name_plural = _("support log")
        ordering = ["-id"]
        indexes = [models.Index(fields=["kind", "-at"], name="supportlog_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.detail}"[:80]
