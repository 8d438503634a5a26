from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ecommerce_ai.jobs.models import JobRun
from ecommerce_ai.jobs.selectors import time_left
from ecommerce_ai.jobs.services import database_progress

pytestmark = pytest.mark.django_db


def make_run(**fields: Any) -> JobRun:
    return JobRun.objects.create(**{"task": "x", "title": "x", "status": "running", **fields})


def test_a_report_is_on_the_row() -> None:
    run = make_run(heard_at=timezone.now() - timedelta(hours=1))
    database_progress(run)(20, 80, "Reading")
    run.refresh_from_db()
    assert (run.done, run.total, run.note, run.percent) == (20, 80, "Reading", 25)
    assert run.heard_at > timezone.now() - timedelta(minutes=1)


def test_reports_in_a_row_cost_one_query() -> None:
    report = database_progress(make_run())
    with CaptureQueriesContext(connection) as queries:
        for done in range(100):
            report(done, 1000)
    assert len(queries) == 1


def test_the_last_report_is_always_written() -> None:
    run = make_run()
    report = database_progress(run)
    report(1, 10)
    report(10, 10)
    run.refresh_from_db()
    assert run.done == 10


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"done": 25, "total": 100}, timedelta(minutes=3)),
        ({"done": 100, "total": 100}, timedelta(0)),
        ({"done": 0, "total": 100}, None),
        ({"done": 10, "total": 0}, None),
        ({"done": 25, "total": 100, "status": "succeeded"}, None),
        ({"done": 25, "total": 100, "started_at": None}, None),
    ],
)
def test_the_time_left_follows_from_the_pace_so_far(
    fields: dict[str, Any], expected: timedelta | None
) -> None:
    now = timezone.now()
    run = JobRun(**{"status": "running", "started_at": now - timedelta(minutes=1), **fields})
    assert time_left(run, at=now) == expected


@pytest.mark.parametrize(
    ("status", "done", "total", "percent"),
    [("running", 0, 0, 0), ("running", 1, 3, 33), ("running", 9, 3, 100), ("succeeded", 0, 0, 100)],
)
def test_percent_is_between_nothing_and_all(status: str, done: int, total: int, percent: int) -> None:
    assert JobRun(status=status, done=done, total=total).percent == percent
