"""Somebody's copy of what we hold about them: JSON for programs, a page for people."""

import json
import shutil
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from ecommerce_ai.accounts.models import User
from ecommerce_ai.data_register import Entry, Subject
from ecommerce_ai.jobs.progress import Progress
from ecommerce_ai.jobs.services import start_job
from ecommerce_ai.privacy.models import ExportRequest
from ecommerce_ai.privacy.selectors.consents import consents_of
from ecommerce_ai.privacy.selectors.holdings import entries_about_people, model_of, rows_about
from ecommerce_ai.privacy.selectors.subjects import subject_of
from ecommerce_ai.privacy.services.export_files import folder_of
from ecommerce_ai.shop.models import Customer

TASK = "ecommerce_ai.privacy.tasks.export_customer"
SECRET = {"password"}  # theirs, and of no use to anybody but a thief


def start_export(customer: Customer, *, requested_by: User | None = None) -> ExportRequest:
    """Queue a copy; the one in the making is returned as it is."""
    person = customer.merged_into or customer
    waiting = ExportRequest.objects.filter(
        customer=person, finished_at=None, expires_at__gt=timezone.now()
    ).first()
    if waiting:
        return waiting
    kept_until = timezone.now() + timedelta(days=settings.PRIVACY_EXPORT_DAYS)
    request = ExportRequest.objects.create(customer=person, expires_at=kept_until)
    job = start_job(
        TASK, title=_("Copy of a customer's data"), arguments={"export": str(request.pk)},
        requested_by=requested_by,
    )  # fmt: skip
    ExportRequest.objects.filter(pk=request.pk).update(job=job)
    request.refresh_from_db()
    return request


def perform_export(progress: Progress, *, export: str) -> dict[str, Any]:
    """Write the files of a requested copy; again where a killed worker left half of them."""
    request = ExportRequest.objects.filter(pk=uuid.UUID(export)).select_related("customer").first()
    if request is None:
        return {"rows": 0}  # the person was erased meanwhile
    with override(request.customer.language or settings.LANGUAGE_CODE):
        rows = write_copy(request, export_of(request.customer, progress))
    finished = ExportRequest.objects.filter(pk=request.pk).update(rows=rows, finished_at=timezone.now())
    if not finished:  # erased while it was written
        shutil.rmtree(folder_of(request.pk), ignore_errors=True)
    return {"rows": rows}


def write_copy(request: ExportRequest, content: dict[str, Any]) -> int:
    """The two files; returns how many rows are in them."""
    rows = sum(len(part["rows"]) for part in content["tables"])
    folder = folder_of(request.pk)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    text = json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2, default=str)
    (folder / "data.json").write_text(text, encoding="utf-8")
    context = {"content": json.loads(text), "LANGUAGE_CODE": get_language()}
    page = render_to_string("privacy/export.html", context)
    (folder / "data.html").write_text(page, encoding="utf-8")
    return rows


def export_of(customer: Customer, progress: Progress) -> dict[str, Any]:
    """Everything that the register says is about this person, table by table."""
    subject, about = subject_of(customer), entries_about_people()
    tables = []
    for number, entry in enumerate(about):
        progress(number, len(about), entry.model)
        tables.append(
            {"table": str(model_of(entry)._meta.verbose_name_plural), "rows": rows_of(entry, subject)}
        )
    return {
        "made_at": timezone.now().isoformat(),
        "consents": {purpose.value: given for purpose, given in consents_of(customer).items()},
        "tables": [table for table in tables if table["rows"]],
    }


def rows_of(entry: Entry, subject: Subject) -> list[dict[str, Any]]:
    names = sorted(entry.fields - SECRET)
    return [
        dict(readable(row)) for row in rows_about(entry, subject).values(*names).iterator(chunk_size=2000)
    ]


def readable(row: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Without empty fields; vectors as lists, bytes by their length."""
    for name, value in row.items():
        shown = plain(value)
        if shown not in (None, "", [], {}):
            yield name, shown


def plain(value: Any) -> Any:
    if hasattr(value, "tolist"):
        return value.tolist()
    return f"{len(value)} bytes" if isinstance(value, bytes | memoryview) else value
