"""What becomes of a job, from the button to its row."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from ecommerce_ai.jobs.locks import lock_on
from ecommerce_ai.jobs.models import JobRun
from ecommerce_ai.jobs.progress import JobError, Progress
from ecommerce_ai.jobs.services import MAX_ATTEMPTS, cancel_job, perform_job, retry_job, start_job
from tests.factories import make_user
from tests.jobs import work

pytestmark = pytest.mark.django_db
OnCommit = Callable[..., AbstractContextManager[Any]]
COUNT = work.count_to.name
FAIL = work.fail_with.name


def run_now(on_commit: OnCommit, task: str, **arguments: Any) -> JobRun:
    """Start a job and let it run at once, as the suite's Celery does; its row afterwards."""
    with on_commit(execute=True):
        run = start_job(task, title="A test", arguments=arguments)
    run.refresh_from_db()
    return run


def make_run(**fields: Any) -> JobRun:
    return JobRun.objects.create(**{"task": COUNT, "title": "A test", "arguments": {"number": 3}, **fields})


def must_not_run(progress: Progress, **arguments: Any) -> dict[str, Any]:
    pytest.fail("The work was done.")


def test_it_runs_once_the_transaction_commits(django_capture_on_commit_callbacks: OnCommit) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        run = start_job(COUNT, title="A test", arguments={"number": 3})
    assert (run.status, len(callbacks)) == ("queued", 1)


def test_a_job_that_succeeds_leaves_its_result(django_capture_on_commit_callbacks: OnCommit) -> None:
    run = run_now(django_capture_on_commit_callbacks, COUNT, number=3)
    assert (run.status, run.result, run.done, run.total) == ("succeeded", {"counted": 3}, 3, 3)
    assert (run.attempts, run.percent, run.error) == (1, 100, "")
    assert run.started_at is not None
    assert run.finished_at is not None


def test_a_job_that_fails_leaves_the_reason(django_capture_on_commit_callbacks: OnCommit) -> None:
    with pytest.raises(JobError), django_capture_on_commit_callbacks(execute=True):
        start_job(
            FAIL, title="A test", arguments={"kind": "JobError", "message": "Column “price” is missing."}
        )
    run = JobRun.objects.get()
    assert (run.status, run.error) == ("failed", "Column “price” is missing.")


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("mail to ada@shop.example bounced", "ValueError: mail to <e-mail> bounced"),
        ("postgres://shop:hunter2@db/shop is down", "ValueError: postgres://shop:***@db/shop is down"),
        ("duplicate key\nDETAIL: Key (name)=(Ada Lovelace)", "ValueError: duplicate key"),
        ("", "ValueError"),
    ],
)
def test_an_error_tells_no_secrets(message: str, shown: str) -> None:
    run = make_run(task=FAIL, arguments={"kind": "ValueError", "message": message})
    with pytest.raises(ValueError, match=r".*"):
        work.fail_with(job_run_id=str(run.pk))
    run.refresh_from_db()
    assert run.error == shown


def test_a_finished_job_that_is_handed_out_again_does_nothing() -> None:
    for status in ("succeeded", "failed", "cancelled"):
        perform_job(str(make_run(status=status).pk), must_not_run)
    assert set(JobRun.objects.values_list("attempts", flat=True)) == {0}


def test_a_job_that_another_worker_is_busy_with_is_left_to_it() -> None:
    run = make_run()
    with lock_on(run) as is_ours:
        perform_job(str(run.pk), must_not_run)
    assert is_ours
    run.refresh_from_db()
    assert (run.status, run.attempts) == ("queued", 0)


def test_a_job_whose_row_is_gone_does_nothing() -> None:
    run = make_run()
    pk = str(run.pk)
    run.delete()
    perform_job(pk, must_not_run)


def test_a_job_that_kills_its_workers_is_given_up() -> None:
    run = make_run(status="running", attempts=MAX_ATTEMPTS)
    perform_job(str(run.pk), must_not_run)
    run.refresh_from_db()
    assert run.status == "failed"
    assert "worker was lost" in run.error


def test_a_retry_is_a_new_run_of_the_same_work(django_capture_on_commit_callbacks: OnCommit) -> None:
    user = make_user()
    failed = make_run(status="failed", error="once")
    with django_capture_on_commit_callbacks(execute=True):
        again = retry_job(failed, requested_by=user)
    again.refresh_from_db()
    assert (again.status, again.arguments, again.retry_of, again.requested_by) == (
        "succeeded",
        {"number": 3},
        failed,
        user,
    )
    failed.refresh_from_db()
    assert (failed.status, failed.error) == ("failed", "once")


def test_an_unfinished_job_is_not_started_a_second_time() -> None:
    run = make_run(status="running")
    assert retry_job(run) == run
    assert JobRun.objects.count() == 1


def test_a_job_stopped_before_it_began_never_begins() -> None:
    run = make_run()
    cancel_job(run)
    perform_job(str(run.pk), must_not_run)
    run.refresh_from_db()
    assert (run.status, run.attempts) == ("cancelled", 0)
    assert run.finished_at is not None


def test_a_running_job_stops_at_its_next_report() -> None:
    run = make_run()
    reported = []

    def stubborn(progress: Progress, number: int) -> dict[str, Any]:
        cancel_job(run)
        for done in range(number):
            reported.append(done)
            progress(number, number)
        return {}

    perform_job(str(run.pk), stubborn)
    run.refresh_from_db()
    assert (run.status, reported) == ("cancelled", [0])


def test_a_finished_job_cannot_be_stopped() -> None:
    run = make_run(status="succeeded")
    cancel_job(run)
    run.refresh_from_db()
    assert (run.status, run.is_cancel_requested) == ("succeeded", False)
