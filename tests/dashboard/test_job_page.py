from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ecommerce_ai.dashboard.templatetags.office import time_left_words
from ecommerce_ai.jobs.locks import lock_on
from ecommerce_ai.jobs.models import JobRun
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def merchant(client: Client) -> Client:
    client.force_login(make_user(role="merchant"))
    return client


def make_run(**fields: Any) -> JobRun:
    return JobRun.objects.create(
        **{"task": "tests.jobs.work.count_to", "title": "Import: products", **fields}
    )


def page_of(client: Client, run: JobRun, **headers: str) -> str:
    return client.get(reverse("dashboard:job", args=[run.pk]), headers=headers).content.decode()


def test_a_running_job_is_asked_for_every_second(merchant: Client) -> None:
    run = make_run(status="running", done=40, total=1600, started_at=timezone.now() - timedelta(seconds=60))
    with lock_on(run):
        page = page_of(merchant, run)
    assert 'hx-trigger="every 1s"' in page
    assert 'value="2"' in page
    assert "40 of 1,600" in page
    assert "minutes left" in page
    assert ">Reload</a>" in page


@pytest.mark.parametrize("status", ["succeeded", "failed", "cancelled"])
def test_a_finished_job_is_not_asked_for_again(merchant: Client, status: str) -> None:
    page = page_of(merchant, make_run(status=status))
    assert "every 1s" not in page
    assert ">Reload</a>" not in page


def test_htmx_gets_the_changing_part_alone(merchant: Client) -> None:
    part = page_of(merchant, make_run(status="running"), **{"HX-Request": "true"})
    assert part.lstrip().startswith('<div id="job"')
    assert "<html" not in part


def test_a_job_whose_worker_died_says_so(merchant: Client) -> None:
    run = make_run(status="running", heard_at=timezone.now() - timedelta(minutes=7))
    assert "No word for 7\xa0minutes" in page_of(merchant, run)
    with lock_on(run):
        assert "No word for" not in page_of(merchant, run)


def test_a_failed_job_shows_why_and_offers_another_run(merchant: Client) -> None:
    run = make_run(status="failed", error="Column <price> is missing.")
    page = page_of(merchant, run)
    assert "Column &lt;price&gt; is missing." in page
    assert reverse("dashboard:job_retry", args=[run.pk]) in page


def test_a_finished_import_shows_its_counts_and_its_rejects(merchant: Client) -> None:
    result = {"read": 320705, "created": 1, "rejected": 4, "rejects_file": "/somewhere/private.csv"}
    run = make_run(status="succeeded", result=result)
    page = page_of(merchant, run)
    assert "320,705" in page
    assert reverse("dashboard:job_rejects", args=[run.pk]) in page
    assert "private.csv" not in page


def test_where_an_upload_lies_is_not_shown(merchant: Client) -> None:
    assert "/secret/place" not in page_of(merchant, make_run(arguments={"path": "/secret/place/a.csv"}))


def test_stop_asks_a_running_job_to_stop(merchant: Client) -> None:
    run = make_run(status="running")
    merchant.post(reverse("dashboard:job_stop", args=[run.pk]))
    run.refresh_from_db()
    assert run.is_cancel_requested
    assert "Stops at its next report." in page_of(merchant, run) or "No word for" in page_of(merchant, run)


def test_run_again_leads_to_the_new_run(merchant: Client) -> None:
    run = make_run(status="failed")
    response = merchant.post(reverse("dashboard:job_retry", args=[run.pk]))
    again = JobRun.objects.get(retry_of=run)
    assert response["Location"] == reverse("dashboard:job", args=[again.pk])
    assert again.requested_by is not None


@pytest.mark.parametrize("name", ["job_stop", "job_retry"])
def test_a_link_starts_and_stops_nothing(merchant: Client, name: str) -> None:
    assert merchant.get(reverse(f"dashboard:{name}", args=[make_run().pk])).status_code == 405


def test_an_import_is_repeated_only_by_who_may_import(client: Client) -> None:
    user = make_user(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_jobrun", "add_jobrun"]))
    client.force_login(user)
    run = make_run(task="ecommerce_ai.shop.tasks.import_file", status="failed")
    assert client.post(reverse("dashboard:job_retry", args=[run.pk])).status_code == 403
    assert JobRun.objects.count() == 1


def test_refresh_starts_one_job_and_joins_it_the_second_time(merchant: Client) -> None:
    first = merchant.post(reverse("dashboard:refresh"))
    second = merchant.post(reverse("dashboard:refresh"))
    run = JobRun.objects.get()
    assert first["Location"] == second["Location"] == reverse("dashboard:job", args=[run.pk])
    assert run.task == "ecommerce_ai.jobs.tasks.refresh_derived_rows"


def test_a_job_that_does_not_exist_is_not_found(merchant: Client) -> None:
    assert merchant.get("/admin/jobs/00000000-0000-4000-8000-000000000000/").status_code == 404


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (None, ""),
        (timedelta(seconds=59), "less than a minute left"),
        (timedelta(seconds=60), "about 1 minute left"),
        (timedelta(seconds=61), "about 2 minutes left"),
    ],
)
def test_time_left_is_said_in_minutes(left: timedelta | None, words: str) -> None:
    assert time_left_words(left) == words


@pytest.mark.parametrize(
    "task",
    [
        "marketing.tasks.write_personal_texts",
        "marketing.tasks.generate_copy",
        "marketing.tasks.train_voice",
        "marketing.tasks.send_campaign",
    ],
)
def test_a_job_of_marketing_needs_more_than_to_start_jobs(client: Client, task: str) -> None:
    starter = make_user(is_staff=True)
    starter.user_permissions.set(Permission.objects.filter(codename__in=["view_jobrun", "add_jobrun"]))
    client.force_login(starter)
    run = make_run(task=task, status="failed")
    assert client.post(reverse("dashboard:job_retry", args=[run.pk])).status_code == 403
