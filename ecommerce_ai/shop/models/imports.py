from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportRun(models.Model):
    """How far the import of one file is. A killed one goes on after its `read` rows; a finished one may be
    repeated. Counts, rows and `rejects_bytes` are always of the same moment."""

    class Kind(models.TextChoices):
        PRODUCTS = "products", _("Products")
        CUSTOMERS = "customers", _("Customers")
        ORDERS = "orders", _("Orders")
        EVENTS = "events", _("Events")
        REVIEWS = "reviews", _("Reviews")
        ARTICLES = "articles", _("Help articles")

    class Status(models.TextChoices):
        RUNNING = "running", _("Running")
        SUCCEEDED = "succeeded", _("Done")
        FAILED = "failed", _("Failed")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    format = models.CharField(_("format"), max_length=30)
    file_name = models.CharField(_("file"), max_length=300)
    file_hash = models.CharField(_("hash of the file"), max_length=64)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.RUNNING)
    read = models.PositiveBigIntegerField(_("read"), default=0)
    created = models.PositiveBigIntegerField(_("created"), default=0)
    updated = models.PositiveBigIntegerField(_("updated"), default=0)
    unchanged = models.PositiveBigIntegerField(_("unchanged"), default=0)
    rejected = models.PositiveBigIntegerField(_("rejected"), default=0)
    rejects_file = models.CharField(_("rejects"), max_length=500, blank=True)
    rejects_bytes = models.PositiveBigIntegerField(_("length of the rejects"), default=0, editable=False)
    notice = models.CharField(_("notice"), max_length=300, blank=True)
    error = models.TextField(_("error"), blank=True)
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-started_at"]
        indexes = [models.Index(fields=["file_hash", "kind", "format"], name="importrun_of_file")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.file_name}"


class ImportedKey(models.Model):
    """How often a key came so far in a file that is being imported: repeated ones are found at any size."""

    run = models.ForeignKey(
        ImportRun, verbose_name=_("import"), on_delete=models.CASCADE, related_name="keys"
    )
    key = models.CharField(_("key"), max_length=120)
    rows = models.PositiveIntegerField(_("rows"), default=1)

    class Meta:
        verbose_name = _("key of a running import")
        verbose_name_plural = _("keys of running imports")
        constraints = [models.UniqueConstraint(fields=["run", "key"], name="importedkey_once_per_run")]

    def __str__(self) -> str:
        return self.key
