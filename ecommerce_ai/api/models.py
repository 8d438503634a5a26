from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    def valid(self) -> Self:
        return self.filter(revoked_at=None)


class ApiKey(models.Model):
    """What lets a program in. The key itself is shown once; here is its hash."""

    class Scope(models.TextChoices):
        READ = "read", _("Read")
        WRITE = "write", _("Write events and feedback")
        ADMIN = "admin", _("Everything")

    name = models.CharField(_("name"), max_length=100, help_text=_("Which program uses it"))
    scopes = ArrayField(models.CharField(max_length=10, choices=Scope), verbose_name=_("may"))
    prefix = models.CharField(_("begins with"), max_length=12, editable=False)
    key_hash = models.CharField(_("hash of the key"), max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(scopes__contained_by=["read", "write", "admin"], scopes__len__gt=0),
                name="apikey_scopes_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    def may(self, scope: str) -> bool:
        return scope in self.scopes or self.Scope.ADMIN in self.scopes
