"""Where copies of people's data lie: a folder each below `EXPORTS_ROOT`, gone when they expire."""

import shutil
import uuid
from pathlib import Path

from django.conf import settings

from ecommerce_ai.data_register import Subject
from ecommerce_ai.privacy.models import ExportRequest

FILES = ("data.json", "data.html")


def folder_of(request_id: uuid.UUID) -> Path:
    return Path(settings.EXPORTS_ROOT) / str(request_id)


def folders_of(subject: Subject) -> list[Path]:
    requests = ExportRequest.objects.filter(customer__in=subject.customer_ids)
    return [folder for pk in requests.values_list("pk", flat=True) if (folder := folder_of(pk)).exists()]


def count_exports(subject: Subject) -> int:
    return len(folders_of(subject))


def forget_exports(subject: Subject) -> None:
    for folder in folders_of(subject):
        shutil.rmtree(folder)


def drop_expired_exports() -> int:
    """Take away the copies nobody may fetch any more; how many there were."""
    expired = ExportRequest.objects.expired()
    for request in expired:
        shutil.rmtree(folder_of(request.pk), ignore_errors=True)
    return expired.delete()[0]
