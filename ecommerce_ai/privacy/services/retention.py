"""Nothing is kept for ever: rows go when their class has reached its age."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from ecommerce_ai.data_register import Entry
from ecommerce_ai.privacy.selectors.holdings import model_of, register
from ecommerce_ai.privacy.services.export_files import drop_expired_exports
from ecommerce_ai.shop.models import Customer

BATCH = 5000


def drop_what_is_old() -> dict[str, int]:
    """What its class allows to go, as of now: rows, copies, uploads, visitors who never came back."""
    now, dropped = timezone.now(), {}
    for entry in register().values():
        days = settings.PRIVACY_RETENTION_DAYS.get(entry.keeping.retention)
        if entry.keeping.moment and days:
            dropped[entry.model] = drop_rows(entry, now - timedelta(days=days))
    dropped["copies made for people"] = drop_expired_exports()
    operations = now - timedelta(days=settings.PRIVACY_RETENTION_DAYS["operations"])
    dropped["files of imports"] = drop_uploads(operations)
    behaviour = now - timedelta(days=settings.PRIVACY_RETENTION_DAYS["behaviour"])
    dropped["visitors"] = drop_visitors(behaviour)
    return dropped


def drop_rows(entry: Entry, before: datetime) -> int:
    """In portions, so that no shopper waits for a lock."""
    rows = model_of(entry)._default_manager.filter(**{f"{entry.keeping.moment}__lt": before})
    count = 0
    while portion := list(rows.values_list("pk", flat=True)[:BATCH]):
        count += model_of(entry)._default_manager.filter(pk__in=portion).delete()[0]
    return count


def drop_uploads(before: datetime) -> int:
    count = 0
    for path in Path(settings.IMPORTS_ROOT).glob("*"):
        if datetime.fromtimestamp(path.stat().st_mtime, tz=before.tzinfo) < before:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
            count += 1
    return count


def drop_visitors(before: datetime) -> int:
    """Cookies of whom nothing is left: no order, no event, no log-in, no name."""
    nameless = Customer.objects.filter(external_id=None, user=None, email="", name="", created_at__lt=before)
    gone = nameless.filter(orders=None, events=None, reviews=None, questions=None, merged_into=None)
    return gone.delete()[0]
