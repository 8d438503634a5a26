from collections.abc import Callable
from typing import Any

import structlog
from celery import current_app
from django.db import transaction
from django.utils import timezone

from ecommerce_ai.accounts.models import User
from ecommerce_ai.jobs.models import JobRun
from ecommerce_ai.jobs.progress import JobCancelled, Progress

log = structlog.get_logger(__name__)
REPORT_EVERY_S = 0.5


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
            task=task, title=title, arguments=arguments or {}, requested_by=requested_by, retry_of=retry_of
        )
        transaction.on_commit(lambda: enqueue(run))
    return run


def enqueue(run: JobRun) -> None:
    """Hand a queued run to the workers; a run that is handed out twice does its work once."""
    current_app.send_task(run.task, kwargs={"job_run_id": str(run.pk)})


def retry_job(run: JobRun, *, requested_by: User | None = None) -> JobRun:
    """A new run of a finished job with the same arguments."""
    return start_job(
        run.task, title=run.title, arguments=run.arguments, requested_by=requested_by, retry_of=run
    )


def cancel_job(run: JobRun) -> None:
    """Ask a job to stop at its next report; one that has not started never does."""
    JobRun.objects.unfinished().filter(pk=run.pk).update(is_cancel_requested=True)


def perform_job(run_id: str, work: Callable[..., dict[str, Any]]) -> None:
    """Run `work(progress, **arguments)` and keep on its row how it went; re-raises what it raised."""
    run = JobRun.objects.get(pk=run_id)
    if run.is_finished:
        return
    JobRun.objects.filter(pk=run.pk).update(
        status=JobRun.Status.RUNNING, started_at=timezone.now(), error="", note=""
    )
    try:
        result = work(database_progress(run), **run.arguments)
    except JobCancelled:
        finish(run, JobRun.Status.CANCELLED)
    except Exception as error:
        log.exception("job_failed", job=str(run.pk), task=run.task)
        finish(run, JobRun.Status.FAILED, error=f"{type(error).__name__}: {error}"[:2000])
        raise
    else:
        finish(run, JobRun.Status.SUCCEEDED, result=result or {})


def finish(run: JobRun, status: str, **fields: Any) -> None:
    JobRun.objects.filter(pk=run.pk).update(status=status, finished_at=timezone.now(), **fields)


def database_progress(run: JobRun) -> Progress:
    """Progress written to the run's row at most twice a second, and at the end of the work."""
    last = 0.0

    def report(done: int, total: int, note: str = "") -> None:
        nonlocal last
        now = timezone.now().timestamp()
        if done < total and now - last < REPORT_EVERY_S:
            return
        last = now
        JobRun.objects.filter(pk=run.pk).update(done=done, total=total, note=note[:300])
        if JobRun.objects.filter(pk=run.pk, is_cancel_requested=True).exists():
            raise JobCancelled

    return report
