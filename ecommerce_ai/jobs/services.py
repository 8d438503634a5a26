from collections.abc import Callable
from datetime import timedelta
from typing import Any

import structlog
from celery import current_app
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_noop

from ecommerce_ai.accounts.models import User
from ecommerce_ai.jobs.locks import lock_on
from ecommerce_ai.jobs.models import JobRun
from ecommerce_ai.jobs.progress import JobCancelled, JobError, Progress
from ecommerce_ai.jobs.selectors import keys_at_work
from ecommerce_ai.logging import masked_text

log = structlog.get_logger(__name__)
REFRESH = "ecommerce_ai.jobs.tasks.refresh_derived_rows"
REPORT_EVERY_S = 0.5
MAX_ATTEMPTS = 3
LOST_AFTER = timedelta(seconds=30)
FORGOTTEN_AFTER = timedelta(minutes=15)
WORKERS_LOST = gettext_noop(
    "The worker was lost each time it began this job. The log of the worker says more."
)


def start_job(
    task: str,
    *,
    title: str,
    arguments: dict[str, Any] | None = None,
    requested_by: User | None = None,
    retry_of: JobRun | None = None,
) -> JobRun:
    """Queue a tracked task by its name once the transaction commits; the row is what a page shows."""
    with transaction.atomic():
        run = JobRun.objects.create(
            task=task,
            title=title[:200],
            arguments=arguments or {},
            requested_by=requested_by,
            retry_of=retry_of,
        )
        transaction.on_commit(lambda: enqueue(run))
    return run


def start_refresh(*, requested_by: User | None = None) -> JobRun:
    """A job that brings every derived row up to date; the one under way, where there is one."""
    under_way = JobRun.objects.unfinished().filter(task=REFRESH).first()
    return under_way or start_job(
        REFRESH,
        title=gettext_noop("Refresh of derived data"),
        arguments={"apps": []},
        requested_by=requested_by,
    )


def enqueue(run: JobRun) -> None:
    """Hand a run to the workers; one that is handed out twice does its work once."""
    current_app.signature(run.task, kwargs={"job_run_id": str(run.pk)}).apply_async()


def retry_job(run: JobRun, *, requested_by: User | None = None) -> JobRun:
    """A new run of a finished job with the same arguments; an unfinished one is returned as it is."""
    if not run.is_finished:
        return run
    return start_job(
        run.task, title=run.title, arguments=run.arguments, requested_by=requested_by, retry_of=run
    )


def cancel_job(run: JobRun) -> None:
    """Ask a job to stop at its next report; one that has not started never does."""
    this = JobRun.objects.filter(pk=run.pk)
    if not this.queued().update(
        is_cancel_requested=True, status=JobRun.Status.CANCELLED, finished_at=timezone.now()
    ):
        this.running().update(is_cancel_requested=True)


def perform_job(run_id: str, work: Callable[..., dict[str, Any]]) -> None:
    """Run `work(progress, **arguments)` and keep on its row how it went; re-raises what it raised.

    Does nothing for a run that is finished or that another worker is busy with.
    """
    run = JobRun.objects.filter(pk=run_id).first()
    if run is None or run.is_finished:
        return
    with lock_on(run) as is_ours:
        if is_ours and claim(run):
            carry_out(run, work)


def claim(run: JobRun) -> bool:
    """Mark a locked run as running; False where it must not run (any more), for which its row says why."""
    run.refresh_from_db()
    if run.is_cancel_requested and not run.is_finished:
        finish(run, JobRun.Status.CANCELLED)
    elif run.attempts >= MAX_ATTEMPTS and not run.is_finished:
        finish(run, JobRun.Status.FAILED, error=WORKERS_LOST)
    now = timezone.now()
    claimed = JobRun.objects.unfinished().filter(pk=run.pk)
    return bool(
        claimed.update(
            status=JobRun.Status.RUNNING,
            attempts=F("attempts") + 1,
            started_at=now,
            heard_at=now,
            done=0,
            note="",
        )
    )


def carry_out(run: JobRun, work: Callable[..., dict[str, Any]]) -> None:
    try:
        result = work(database_progress(run), **run.arguments)
    except JobCancelled:
        finish(run, JobRun.Status.CANCELLED)
    except Exception as error:
        log.exception("job_failed", job=str(run.pk), task=run.task)
        finish(run, JobRun.Status.FAILED, error=error_text(error))
        raise
    else:
        finish(run, JobRun.Status.SUCCEEDED, result=result or {})


def error_text(error: Exception) -> str:
    """What a page may show: a JobError's words, else the kind and the first line. No addresses, no passwords.

    The second line of a database's error quotes whole rows.
    """
    if isinstance(error, JobError):
        return masked_text(str(error))[:2000]
    first_line = str(error).strip().partition("\n")[0]
    return masked_text(f"{type(error).__name__}: {first_line}".rstrip(": "))[:2000]


def finish(run: JobRun, status: str, **fields: Any) -> None:
    """Put a run to rest with this status."""
    now = timezone.now()
    JobRun.objects.filter(pk=run.pk).update(status=status, finished_at=now, heard_at=now, **fields)


def database_progress(run: JobRun) -> Progress:
    """Progress written to the run's row at most twice a second, and at the end of the work.

    Report between transactions: what is written inside of one is seen only after it.
    """
    last = 0.0

    def report(done: int, total: int, note: str = "") -> None:
        nonlocal last
        now = timezone.now()
        if done < total and now.timestamp() - last < REPORT_EVERY_S:
            return
        last = now.timestamp()
        going_on = JobRun.objects.filter(pk=run.pk, is_cancel_requested=False)
        if not going_on.update(done=done, total=total, note=note[:300], heard_at=now):
            raise JobCancelled

    return report


def requeue_lost_jobs() -> int:
    """Hand out again what a dead worker left behind and what the queue forgot; says how many."""
    at_work = keys_at_work()
    now = timezone.now()
    lost = [
        run for run in JobRun.objects.running().silent_since(now - LOST_AFTER) if run.lock_key not in at_work
    ]
    forgotten = list(JobRun.objects.queued().silent_since(now - FORGOTTEN_AFTER))
    for run in [*lost, *forgotten]:
        log.warning("job_requeued", job=str(run.pk), task=run.task, status=run.status)
        JobRun.objects.unfinished().filter(pk=run.pk).update(status=JobRun.Status.QUEUED, heard_at=now)
        enqueue(run)
    return len(lost) + len(forgotten)
