from django.db import models
from django.db.models import F, Q
from django.db.models.functions import MD5
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketing.models.briefs import Brief, Channel, Language
from marketing.models.candidates import Candidate


class PreferencePair(models.Model):
    """Two texts for the same brief and which was better: by a person's hand, or by what shoppers did."""

    class Source(models.TextChoices):
        EDIT = "edit", _("A person changed it")
        CHOICE = "choice", _("A person chose")
        OUTCOME = "outcome", _("Shoppers answered")

    brief = models.ForeignKey(Brief, verbose_name=_("brief"), on_delete=models.CASCADE, related_name="pairs")
    candidate = models.ForeignKey(
        Candidate,
        verbose_name=_("candidate"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    channel = models.CharField(_("channel"), max_length=12, choices=Channel)
    language = models.CharField(_("language"), max_length=10, choices=Language)
    prompt = models.TextField(_("asked for"))
    better = models.TextField(_("better text"))
    worse = models.TextField(_("other text"))
    source = models.CharField(_("source"), max_length=10, choices=Source)
    evidence = models.JSONField(_("evidence"), default=dict, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        verbose_name = _("pair of texts")
        verbose_name_plural = _("pairs of texts")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(better=F("worse")), name="preferencepair_differs"),
            models.UniqueConstraint(
                "brief", MD5("better"), MD5("worse"), "source", name="preferencepair_once"
            ),
        ]

    def __str__(self) -> str:
        return self.better[:60]
