"""Everybody is forgotten at once: when another shop system takes its shop away."""

import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache

from ecommerce_ai.accounts.models import User
from ecommerce_ai.data_register import Subject
from ecommerce_ai.jobs.progress import Progress
from ecommerce_ai.privacy.services.erasing import erase_rows
from ecommerce_ai.privacy.services.log_files import log_files
from ecommerce_ai.shop.models import Customer

PORTION = 500


def erase_all_customers(progress: Progress) -> dict[str, Any]:
    """Every customer but staff's own, portion by portion; then what files and caches hold. Books stay."""
    people = Customer.objects.exclude(user__is_staff=True)
    total, done = people.count(), 0
    while ids := list(people.values_list("pk", flat=True)[:PORTION]):
        users = User.objects.filter(customer__in=ids).values_list("pk", flat=True)
        erase_rows(Subject(customer_ids=frozenset(ids), user_ids=frozenset(users)))
        done += len(ids)
        progress(min(done, total), total + 1)
    empty_places()
    return {"removed": done}


def empty_places() -> None:
    for folder in (settings.IMPORTS_ROOT, settings.EXPORTS_ROOT):
        shutil.rmtree(Path(folder), ignore_errors=True)
    for path in log_files():
        path.write_bytes(b"")
    Session.objects.all().delete()
    cache.clear()
