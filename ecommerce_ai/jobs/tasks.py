from typing import Any

from ecommerce_ai.jobs import services
from ecommerce_ai.jobs.declare import job, tracked_job
from ecommerce_ai.jobs.progress import Progress
from ecommerce_ai.jobs.refresh import run_steps


@job(time_limit_s=60)
def requeue_lost_jobs() -> None:
    """Every minute: what a dead worker left behind runs again."""
    services.requeue_lost_jobs()


@tracked_job(time_limit_s=3400)
def refresh_derived_rows(progress: Progress, apps: list[str]) -> dict[str, Any]:
    """`manage.py refresh` as a job that a person watches."""
    return run_steps(apps, progress)
