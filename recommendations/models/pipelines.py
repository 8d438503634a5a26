"""How lists are put together: versions with their settings, one of which serves."""

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ecommerce_ai.inference.models import ModelRun
from recommendations.models.changes import Change

SHARE = [MinValueValidator(0.0), MaxValueValidator(1.0)]


class PipelineQuerySet(models.QuerySet["Pipeline"]):
    def live(self) -> Self:
        return self.filter(status=Pipeline.Status.LIVE)

    def shadow(self) -> Self:
        return self.filter(status=Pipeline.Status.SHADOW)


class Pipeline(models.Model):
    """One version of the road from candidates to a list. Its key is on each impression."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SHADOW = "shadow", _("Shadow: computed beside the live one, not shown")
        LIVE = "live", _("Live")
        RETIRED = "retired", _("Retired")

    name = models.CharField(_("name"), max_length=100)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    ranker = models.ForeignKey(
        ModelRun,
        verbose_name=_("ranker"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="pipelines",
        help_text=_("Empty: the ranker that serves."),
    )
    diversity = models.FloatField(
        _("diversity"),
        default=0.2,
        validators=SHARE,
        help_text=_("0: by rank alone; 1: as different as can be."),
    )
    coverage = models.FloatField(
        _("coverage"),
        default=0.1,
        validators=SHARE,
        help_text=_("How far products that few know are lifted."),
    )
    exploration = models.FloatField(
        _("exploration"),
        default=0.1,
        validators=SHARE,
        help_text=_("The share of lists in which one place is given to chance, to learn from."),
    )
    session_weight = models.FloatField(
        _("weight of this visit"), default=1.0, validators=[MinValueValidator(0.0), MaxValueValidator(10.0)]
    )
    repeat_after_shown = models.PositiveSmallIntegerField(
        _("tired after"),
        default=4,
        help_text=_("A product that was shown this often without a click steps back. 0: never."),
    )
    metrics = models.JSONField(_("metrics"), default=dict, blank=True)
    live_since = models.DateTimeField(_("live since"), null=True, blank=True)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)

    objects = PipelineQuerySet.as_manager()

    class Meta:
        verbose_name = _("pipeline")
        verbose_name_plural = _("pipelines")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["status"], condition=Q(status="live"), name="pipeline_one_live"),
            models.CheckConstraint(condition=~Q(name=""), name="pipeline_name_given"),
            models.CheckConstraint(
                condition=Q(diversity__range=(0, 1), coverage__range=(0, 1), exploration__range=(0, 1)),
                name="pipeline_shares_from_0_to_1",
            ),
            models.CheckConstraint(
                condition=Q(session_weight__range=(0, 10)), name="pipeline_session_weight_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.pk})"


class PipelineChange(Change):
    """The log of what went live, came back, or was tried in the shadow, and who did it."""

    pipeline = models.ForeignKey(
        Pipeline, verbose_name=_("pipeline"), on_delete=models.CASCADE, related_name="changes"
    )
    previous = models.ForeignKey(
        Pipeline,
        verbose_name=_("in place of"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    status = models.CharField(_("status"), max_length=10, choices=Pipeline.Status)

    class Meta(Change.Meta):
        verbose_name = _("change of pipeline")
        verbose_name_plural = _("changes of pipelines")

    def __str__(self) -> str:
        return f"{self.pipeline_id} {self.status}"
