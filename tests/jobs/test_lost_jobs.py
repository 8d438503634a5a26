"""What a dead worker leaves behind runs again."""

import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.utils import timezone

from ecommerce_ai import celery_app
from ecommerce_ai.jobs.locks import lock_on
from ecommerce_ai.jobs.models import JobRun
from ecommerce_ai.jobs.selectors import is_lost
from ecommerce_ai.jobs.services import requeue_lost_jobs, start_job
from tests.jobs import work

ROOT = Path(__file__).resolve().parents[2]
HOUR_AGO = timedelta(hours=1)
TIMEOUT_S = 60


def make_run(**fields: Any) -> JobRun:
    defaults = {
        "task": work.count_to.name,
        "title": "x",
        "arguments": {"number": 2},
        "heard_at": timezone.now() - HOUR_AGO,
    }
    return JobRun.objects.create(**{**defaults, **fields})


@pytest.mark.django_db
def test_a_running_job_without_a_worker_is_lost() -> None:
    run = make_run(status="running")
    assert is_lost(run)
    with lock_on(run):
        assert not is_lost(run)
    assert not is_lost(make_run(status="queued"))


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["running", "queued"])
def test_a_lost_or_forgotten_job_runs_again(status: str) -> None:
    run = make_run(status=status, attempts=1)
    assert requeue_lost_jobs() == 1
    run.refresh_from_db()
    assert (run.status, run.attempts, run.result) == ("succeeded", 2, {"counted": 2})


@pytest.mark.django_db
def test_a_job_that_a_worker_is_busy_with_is_left_alone_however_silent() -> None:
    run = make_run(status="running")
    with lock_on(run):
        assert requeue_lost_jobs() == 0
    run.refresh_from_db()
    assert run.status == "running"


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["running", "queued"])
def test_a_job_heard_of_just_now_is_left_alone(status: str) -> None:
    make_run(status=status, heard_at=timezone.now())
    assert requeue_lost_jobs() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["succeeded", "failed", "cancelled"])
def test_a_finished_job_stays_finished(status: str) -> None:
    make_run(status=status)
    assert requeue_lost_jobs() == 0


class Workers:
    """Real worker processes on the database and the queue of the test."""

    def __init__(self) -> None:
        self.started: list[subprocess.Popen[bytes]] = []

    def start(self) -> "subprocess.Popen[bytes]":
        options = [
            "-A",
            "ecommerce_ai",
            "worker",
            "--pool=solo",
            "--queues=default",
            "--include=tests.jobs.work",
        ]
        worker = subprocess.Popen(
            [sys.executable, "-m", "celery", *options, "--without-gossip", "--without-mingle"],
            cwd=ROOT,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "ecommerce_ai.settings",
                "DATABASE_URL": database_url(),
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.started.append(worker)
        return worker

    def kill_all(self) -> None:
        for worker in self.started:
            worker.kill()
            worker.wait()


def database_url() -> str:
    database = connection.settings_dict
    folder, port = quote(database["HOST"], safe=""), database["PORT"] or 5432
    return f"postgres://{database['USER']}@{folder}:{port}/{database['NAME']}"


@pytest.fixture
def workers() -> Iterator[Workers]:
    workers = Workers()
    yield workers
    workers.kill_all()


@pytest.fixture
def queued() -> Iterator[None]:
    """Jobs go to the queue, as in the shop, instead of running at once."""
    celery_app.conf.task_always_eager = False
    yield
    celery_app.conf.task_always_eager = True


def eventually(condition: Callable[[], bool]) -> bool:
    """Whether it becomes true within the time; looks ten times a second."""
    end = time.monotonic() + TIMEOUT_S
    tick = threading.Event()
    while time.monotonic() < end:
        if condition():
            return True
        tick.wait(0.1)
    return False


def heard(pipe: int) -> bytes:
    ready, _, _ = select.select([pipe], [], [], TIMEOUT_S)
    return os.read(pipe, 100) if ready else b""


def now_succeeded(run: JobRun) -> bool:
    run.refresh_from_db()
    return run.status == "succeeded"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_job_of_a_killed_worker_is_finished_by_another(
    workers: Workers, queued: None, tmp_path: Path
) -> None:
    said, answered = tmp_path / "said", tmp_path / "answered"
    os.mkfifo(said)
    os.mkfifo(answered)
    ear = os.open(said, os.O_RDWR)
    run = start_job(
        work.say_and_wait.name, title="x", arguments={"said": str(said), "answered": str(answered)}
    )
    first = workers.start()
    assert heard(ear) == b"begun\n"
    run.refresh_from_db()
    assert (run.status, is_lost(run)) == ("running", False)

    first.send_signal(signal.SIGKILL)
    first.wait()
    assert eventually(lambda: is_lost(run))
    JobRun.objects.update(heard_at=timezone.now() - HOUR_AGO)
    assert requeue_lost_jobs() == 1

    workers.start()
    assert heard(ear) == b"begun\n"
    answered.write_text("go on\n")
    assert eventually(lambda: now_succeeded(run))
    assert (run.attempts, run.result) == (2, {"answer": "go on"})
    os.close(ear)
