from datetime import datetime, timedelta

from django.db import connection

from ecommerce_ai.jobs.models import JobRun

HELD_LOCKS = """
    SELECT (classid::bigint << 32) | objid::bigint
    FROM pg_locks
    WHERE locktype = 'advisory' AND objsubid = 1 AND granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


def keys_at_work() -> set[int]:
    """The lock keys of the runs that some living worker is busy with."""
    with connection.cursor() as cursor:
        cursor.execute(HELD_LOCKS)
        return {key for (key,) in cursor.fetchall()}


def is_lost(run: JobRun) -> bool:
    """Whether the run is marked as running and no worker works on it."""
    return run.status == JobRun.Status.RUNNING and run.lock_key not in keys_at_work()


def time_left(run: JobRun, *, at: datetime) -> timedelta | None:
    """How long a running job still takes at its pace so far; None while that is unknown."""
    if run.status != JobRun.Status.RUNNING or not run.started_at or not run.done or not run.total:
        return None
    return (at - run.started_at) / run.done * max(0, run.total - run.done)
