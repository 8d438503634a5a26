"""How a task is declared: `job` for small ones, `tracked_job` for those that a person watches."""

import functools
from collections.abc import Callable
from typing import Any

from celery import shared_task


def job(*, time_limit_s: int = 300, **options: Any) -> Callable[[Callable[..., Any]], Any]:
    """A Celery task that survives a killed worker: acknowledged late, so it has to be safe to run twice."""
    return functools.partial(
        shared_task,
        acks_late=True,
        ignore_result=True,
        soft_time_limit=time_limit_s,
        time_limit=time_limit_s + 30,
        **options,
    )()


def tracked_job(*, time_limit_s: int = 3000) -> Callable[[Callable[..., dict[str, Any]]], Any]:
    """A task of the form `(progress, **arguments) -> result`, started with `jobs.services.start_job`."""

    def declare(work: Callable[..., dict[str, Any]]) -> Any:
        @functools.wraps(work)
        def run(*, job_run_id: str) -> None:
            # Imported when it runs: tasks are declared before the app registry is ready.
            from ecommerce_ai.jobs.services import perform_job

            perform_job(job_run_id, work)

        del run.__wrapped__  # Celery reads the signature, and the row carries the arguments
        return job(time_limit_s=time_limit_s)(run)

    return declare
