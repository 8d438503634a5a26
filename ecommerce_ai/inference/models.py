from typing import Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ModelRunQuerySet(models.QuerySet["ModelRun"]):
    def live(self) -> Self:
        return self.filter(is_live=True)


class ModelRun(models.Model):
    """One trained artefact and how good it was when it was made. At most one of a name serves."""

    name = models.CharField(_("name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=50)
    parameters = models.JSONField(_("parameters"), default=dict, blank=True, encoder=DjangoJSONEncoder)
    metrics = models.JSONField(_("metrics"), default=dict, blank=True, encoder=DjangoJSONEncoder)
    data_from = models.DateTimeField(_("data from"), null=True, blank=True)
    data_until = models.DateTimeField(_("data until"), null=True, blank=True)
    artefact_path = models.CharField(_("artefact"), max_length=500, blank=True)
    is_live = models.BooleanField(_("live"), default=False)
    duration_s = models.FloatField(_("seconds"), null=True, blank=True)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)

    objects = ModelRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("model run")
        verbose_name_plural = _("model runs")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"], condition=Q(is_live=True), name="modelrun_one_live_per_name"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="modelrun_name_given"),
            models.CheckConstraint(
                condition=Q(data_from=None) | Q(data_until=None) | Q(data_from__lte=F("data_until")),
                name="modelrun_window_in_order",
            ),
            models.CheckConstraint(
                condition=Q(duration_s=None) | Q(duration_s__gte=0), name="modelrun_duration_not_negative"
            ),
        ]
        indexes = [models.Index(fields=["name", "-created_at"], name="modelrun_history")]

    def __str__(self) -> str:
        return f"{self.name} {self.pk}"
