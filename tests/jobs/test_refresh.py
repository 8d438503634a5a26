from collections.abc import Iterator
from typing import Any

import pytest

from ecommerce_ai.jobs import refresh
from ecommerce_ai.jobs.models import JobRun
from ecommerce_ai.jobs.progress import JobCancelled, Progress
from ecommerce_ai.jobs.tasks import refresh_derived_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[refresh.RefreshStep]]:
    """Two steps of two apps, instead of the shop's own."""
    known: list[refresh.RefreshStep] = []
    monkeypatch.setattr(refresh, "steps", known)
    monkeypatch.setattr(refresh, "autodiscover_modules", lambda name: None)

    @refresh.refresher("second", title="Popular", order=20)
    def popular(progress: Progress) -> dict[str, Any]:
        return {"ranked": 3}

    @refresh.refresher("first", title="Vectors", order=10)
    def vectors(progress: Progress) -> dict[str, Any]:
        progress(5, 10)
        progress(10, 10)
        return {"embedded": 10}

    return iter([known])


def collected() -> tuple[list[tuple[int, int, str]], Progress]:
    reports: list[tuple[int, int, str]] = []
    return reports, lambda done, total, note="": reports.append((done, total, note))


def test_steps_run_by_rising_order_and_say_what_they_did(steps: Any) -> None:
    _, progress = collected()
    assert list(refresh.run_steps([], progress).items()) == [
        ("Vectors", {"embedded": 10}),
        ("Popular", {"ranked": 3}),
    ]


def test_only_the_named_apps_are_refreshed(steps: Any) -> None:
    _, progress = collected()
    assert refresh.run_steps(["second"], progress) == {"Popular": {"ranked": 3}}


def test_each_step_has_an_equal_share_of_the_bar(steps: Any) -> None:
    reports, progress = collected()
    refresh.run_steps([], progress)
    assert [(done, total) for done, total, _ in reports] == [(50, 200), (100, 200), (100, 200), (200, 200)]


def test_a_stop_between_steps_is_obeyed(steps: Any) -> None:
    def stopped(done: int, total: int, note: str = "") -> None:
        raise JobCancelled

    with pytest.raises(JobCancelled):
        refresh.run_steps([], stopped)


def test_it_runs_as_a_job_that_a_person_watches(steps: Any) -> None:
    run = JobRun.objects.create(task=refresh_derived_rows.name, title="Refresh", arguments={"apps": []})
    refresh_derived_rows(job_run_id=str(run.pk))
    run.refresh_from_db()
    assert (run.status, run.result) == ("succeeded", {"Vectors": {"embedded": 10}, "Popular": {"ranked": 3}})


def test_a_step_counts_as_finished_once_it_came_to_its_end(steps: Any) -> None:
    _, progress = collected()
    assert [step.title for step in refresh.never_finished()] == ["Vectors", "Popular"]
    refresh.run_steps(["first"], progress)
    refresh.run_steps(["first"], progress)
    assert [step.title for step in refresh.never_finished()] == ["Popular"]
