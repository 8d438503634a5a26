from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from ecommerce_ai.jobs.models import JobRun


@contextmanager
def lock_on(run: JobRun) -> Iterator[bool]:
    """Whether this process alone works on the run; the database lets go of the lock when the process dies.

    The lock has a connection of its own, so that the work may commit, roll back and reconnect.
    """
    own = connection.copy()
    try:
        with own.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [run.lock_key])
            yield cursor.fetchone()[0]
    finally:
        own.close()
