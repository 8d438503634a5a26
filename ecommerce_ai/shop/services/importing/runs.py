"""One import from its file to its counts: inspected, locked, batch by batch, resumed where it was killed."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from ecommerce_ai.jobs.progress import Progress, silent
from ecommerce_ai.shop.models import ImportRun
from ecommerce_ai.shop.services.importing.batches import (
    MappedBatch,
    batches,
    map_rows,
    read_ahead,
    uncollected,
)
from ecommerce_ai.shop.services.importing.formats import Format, choose_format
from ecommerce_ai.shop.services.importing.readers import ImportFile, Source, inspect_file, open_source
from ecommerce_ai.shop.services.importing.rejects import RejectsFile
from ecommerce_ai.shop.services.importing.rows import ImportFileError
from ecommerce_ai.shop.services.importing.upserts import TARGETS, Outcome

log = structlog.get_logger(__name__)
NOTHING = Outcome(0, 0, [])
LOCK_KEY = 0x696D706F  # "impo": one import at a time, whoever started it


@dataclass(frozen=True)
class ImportSummary:
    """Counts over the whole file, also where it was imported in several goes: read is the sum of the rest."""

    read: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    rejects_file: str
    seconds: float

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def import_file(path: Path, *, kind: str, format: str = "", progress: Progress = silent) -> ImportSummary:
    """Import a file into the shop; the same file again changes nothing, a killed import goes on.

    Raises ImportFileError, with nothing of the current batch written, when the file cannot be read on.
    """
    started = time.perf_counter()
    file = inspect_file(path)
    source = open_source(file)
    chosen = choose_format(kind, format, source.header)
    with import_lock():
        run = current_run(file, chosen)
        try:
            write_rows(run, source, chosen, file.line_count, progress)
        except (ImportFileError, DatabaseError) as error:
            fail(run, error)
            raise ImportFileError(str(error)) from error
    return summary(run, time.perf_counter() - started)


@contextmanager
def import_lock() -> Iterator[None]:
    """Waits for the import that runs, if one does; two would fight for the same rows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK_KEY])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK_KEY])


def current_run(file: ImportFile, chosen: Format) -> ImportRun:
    """The unfinished run of this very file, or a new one."""
    identity = {"file_hash": file.digest, "kind": chosen.kind, "format": chosen.name}
    latest = ImportRun.objects.filter(**identity).order_by("-pk").first()
    if latest and latest.status != ImportRun.Status.SUCCEEDED:
        latest.status, latest.error, latest.finished_at = ImportRun.Status.RUNNING, "", None
        latest.save()
        return latest
    return ImportRun.objects.create(**identity, file_name=file.path.name[-300:], notice=file.notice)


def write_rows(run: ImportRun, source: Source, chosen: Format, line_count: int, progress: Progress) -> None:
    rows = islice(chosen.arrange(source.rows), run.read, None)
    fields = chosen.updated_fields(source.header)
    header = source.header if source.is_table else ["row"]
    rejects = RejectsFile(rejects_path(run), header=header, length=run.rejects_bytes)
    total = max(line_count - source.is_table, 0)
    mapped = (map_rows(batch, chosen, settings.SHOP_CURRENCY) for batch in batches(rows))
    with uncollected():
        for batch in read_ahead(mapped):
            write_batch(run, batch, fields, rejects)
            progress(min(run.read, total), total)
    finish(run)
    progress(run.read, run.read)


@transaction.atomic
def write_batch(run: ImportRun, batch: MappedBatch, fields: frozenset[str], rejects: RejectsFile) -> None:
    """Rows, counts and position in one transaction: a kill leaves all of it or nothing."""
    outcome, rejected = NOTHING, batch.rejected
    if batch.records:
        with connection.cursor() as cursor:
            outcome = TARGETS[run.kind].upsert(cursor, batch.records, run.pk, fields)
    if outcome.rejections:
        by_line = {row.line: row for row in batch.rows}
        rejected = rejected + [(by_line[rejection.line], rejection) for rejection in outcome.rejections]
    run.rejects_bytes = rejects.append(sorted(rejected, key=lambda pair: pair[1].line))
    run.rejects_file = str(rejects.path) if run.rejects_bytes else ""
    run.read += len(batch.rows)
    run.created += outcome.created
    run.updated += outcome.updated
    run.rejected += len(rejected)
    run.unchanged = run.read - run.created - run.updated - run.rejected
    run.save()


@transaction.atomic
def finish(run: ImportRun) -> None:
    with connection.cursor() as cursor:
        TARGETS[run.kind].finish(cursor, run.pk)
    run.keys.all().delete()
    run.status, run.finished_at = ImportRun.Status.SUCCEEDED, timezone.now()
    run.save()


def fail(run: ImportRun, error: Exception) -> None:
    log.warning("import_failed", run=run.pk, kind=run.kind, error=str(error)[:500])
    ImportRun.objects.filter(pk=run.pk).update(
        status=ImportRun.Status.FAILED, error=str(error)[:2000], finished_at=timezone.now()
    )


def rejects_path(run: ImportRun) -> Path:
    stem = run.file_name.split(".")[0][:80]
    return Path(settings.IMPORTS_ROOT) / f"{run.pk}-{stem}-rejects.csv"


def summary(run: ImportRun, seconds: float) -> ImportSummary:
    return ImportSummary(
        run.read, run.created, run.updated, run.unchanged, run.rejected, run.rejects_file, round(seconds, 2)
    )
