import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class JobRunQuerySet(models.QuerySet["JobRun"]):
    def unfinished(self) -> Self:
        return self.filter(status__in=[JobRun.Status.QUEUED, JobRun.Status.RUNNING])

    def finished(self) -> Self:
        return self.exclude(status__in=[JobRun.Status.QUEUED, JobRun.Status.RUNNING])

    def queued(self) -> Self:
        return self.filter(status=JobRun.Status.QUEUED)

    def running(self) -> Self:
        return self.filter(status=JobRun.Status.RUNNING)

    def silent_since(self, time: datetime) -> Self:
        """Runs of which nothing was heard after this time."""
        return self.filter(heard_at__lt=time)


class JobRun(models.Model):
    """One run of a long job that a person started or may want to watch.

    `heard_at` is the last word from whoever works on it; `attempts` counts the workers that began it.
    """

    class Status(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Running")
        SUCCEEDED = "succeeded", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Stopped")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    task = models.CharField(_("task"), max_length=200)
    title = models.CharField(_("title"), max_length=200)
    arguments = models.JSONField(_("arguments"), default=dict, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.QUEUED)
    done = models.PositiveBigIntegerField(_("done"), default=0)
    total = models.PositiveBigIntegerField(_("total"), default=0)
    note = models.CharField(_("note"), max_length=300, blank=True)
    result = models.JSONField(_("result"), default=dict, blank=True)
    error = models.TextField(_("error"), blank=True)
    is_cancel_requested = models.BooleanField(_("stop requested"), default=False)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("requested by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    retry_of = models.ForeignKey(
        "self",
        verbose_name=_("retry of"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="retries",
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    heard_at = models.DateTimeField(_("last word"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    objects = JobRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["-created_at"]), models.Index(fields=["status", "task"])]

    def __str__(self) -> str:
        return self.shown_title

    @property
    def shown_title(self) -> str:
        """In the reader's language, as far as the title is one of the shop's own words."""
        return gettext(self.title) if self.title else ""

    @property
    def is_finished(self) -> bool:
        return self.status not in (self.Status.QUEUED, self.Status.RUNNING)

    @property
    def percent(self) -> int:
        if self.status == self.Status.SUCCEEDED:
            return 100
        return min(100, self.done * 100 // self.total) if self.total else 0

    @property
    def lock_key(self) -> int:
        """What a worker locks in the database while it works on this run: 63 bits of the id."""
        return self.id.int >> 65


class FinishedStep(models.Model):
    """A step of `refresh` that came to its end here at least once, and when it last did."""

    app = models.CharField(_("app"), max_length=100)
    title = models.CharField(_("title"), max_length=200)
    finished_at = models.DateTimeField(_("finished"))

    class Meta:
        verbose_name = _("finished step of refresh")
        verbose_name_plural = _("finished steps of refresh")
        ordering = ["app", "title"]
        constraints = [models.UniqueConstraint(fields=["app", "title"], name="finished_step_once")]

    def __str__(self) -> str:
        return f"{self.app}: {self.title}"
