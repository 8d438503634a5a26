from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class TextReading(models.Model):
    """Which traits a search, a review or a question speaks of; the text itself is not kept here."""

    content_hash = models.CharField(_("hash of the text"), max_length=32, primary_key=True)
    made_by = models.CharField(_("made by"), max_length=64)
    traits = ArrayField(models.BigIntegerField(), verbose_name=_("traits"), default=list)

    class Meta:
        verbose_name = _("reading of a text")
        verbose_name_plural = _("readings of texts")

    def __str__(self) -> str:
        return self.content_hash
