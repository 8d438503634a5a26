import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ecommerce_ai.jobs.models import JobRun
from ecommerce_ai.shop.models import Customer


class ExportRequestQuerySet(models.QuerySet["ExportRequest"]):
    def expired(self) -> Self:
        return self.filter(expires_at__lt=timezone.now())


class ExportRequest(models.Model):
    """Somebody's copy of what we hold about them: a folder with JSON and a page to read, for a few days."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    customer = models.ForeignKey(
        Customer, verbose_name=_("customer"), on_delete=models.CASCADE, related_name="export_requests"
    )
    job = models.ForeignKey(
        JobRun, verbose_name=_("job"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    rows = models.PositiveBigIntegerField(_("rows"), default=0)
    requested_at = models.DateTimeField(_("asked for"), default=timezone.now)
    finished_at = models.DateTimeField(_("ready"), null=True, blank=True)
    expires_at = models.DateTimeField(_("kept until"))

    objects = ExportRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("copy of someone's data")
        verbose_name_plural = _("copies of people's data")
        ordering = ["-requested_at"]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_ready(self) -> bool:
        return self.finished_at is not None and self.expires_at > timezone.now()


class ErasureRequestQuerySet(models.QuerySet["ErasureRequest"]):
    def in_flight(self) -> Self:
        return self.filter(status__in=ErasureRequest.IN_FLIGHT)


class ErasureRequest(models.Model):
    """One request to be forgotten, from preview to receipt. It outlives the customer and names nobody.

    `preview` and `receipt` are lists of `{"store", "count"}` and `{"store", "before", "after", "note"}`.
    """

    class Status(models.TextChoices):
        PREVIEWED = "previewed", _("Waiting for a yes")
        CONFIRMED = "confirmed", _("Being erased")
        DONE = "done", _("Erased")
        INCOMPLETE = "incomplete", _("Something is left")
        WITHDRAWN = "withdrawn", _("Called off")

    class Source(models.TextChoices):
        SHOPPER = "shopper", _("The shopper's own page")
        STAFF = "staff", _("A member of staff, on request")
        WEBHOOK = "webhook", _("Another shop system")

    class Proof(models.TextChoices):
        PASSWORD = "password", _("Password")
        CODE = "code", _("Code by e-mail")
        COOKIE = "cookie", _("The browser's own cookie")
        STAFF = "staff", _("Checked by staff")
        SIGNATURE = "signature", _("Signed request")

    IN_FLIGHT = (Status.PREVIEWED, Status.CONFIRMED, Status.INCOMPLETE)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    customer = models.ForeignKey(
        Customer,
        verbose_name=_("customer"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="erasure_requests",
    )
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.PREVIEWED)
    source = models.CharField(_("asked for by"), max_length=10, choices=Source)
    proved_by = models.CharField(_("proved by"), max_length=10, choices=Proof, blank=True)
    preview = models.JSONField(_("found before"), default=list, blank=True)
    receipt = models.JSONField(_("receipt"), default=list, blank=True)
    job = models.ForeignKey(
        JobRun, verbose_name=_("job"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    requested_at = models.DateTimeField(_("asked for"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    objects = ErasureRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["-requested_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["customer"],
                condition=Q(status__in=["previewed", "confirmed", "incomplete"]),
                name="erasure_one_in_flight",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["previewed", "withdrawn"]) | ~Q(proved_by=""),
                name="erasure_proved_before_it_runs",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class WebhookDelivery(models.Model):
    """A signed request that came in: the same one again does nothing."""

    delivery_id = models.CharField(_("number"), max_length=100, unique=True)
    topic = models.CharField(_("topic"), max_length=60)
    received_at = models.DateTimeField(_("received"), default=timezone.now)

    class Meta:
        verbose_name = _("delivery of a webhook")
        verbose_name_plural = _("deliveries of webhooks")
        ordering = ["-received_at"]

    def __str__(self) -> str:
        return f"{self.topic} {self.delivery_id}"
