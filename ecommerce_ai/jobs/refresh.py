"""The derived rows that `manage.py refresh` brings up to date; apps register theirs in `refreshers.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

from ecommerce_ai.jobs.models import FinishedStep
from ecommerce_ai.jobs.progress import Progress

Refresh = Callable[[Progress], dict[str, Any]]
SHARE = 100


@dataclass(frozen=True)
class RefreshStep:
    app: str
    title: str
    order: int
    run: Refresh
    is_basic: bool


steps: list[RefreshStep] = []


def refresher(
    app: str, *, title: str, order: int = 100, is_basic: bool = False
) -> Callable[[Refresh], Refresh]:
    """Register `(progress) -> what was done` as a step of `refresh`; steps run by rising order.

    A basic step gives what no page can do without; all others may end while the shop is open.
    """

    def register(function: Refresh) -> Refresh:
        steps.append(RefreshStep(app=app, title=title, order=order, run=function, is_basic=is_basic))
        return function

    return register


def steps_of(apps: list[str]) -> list[RefreshStep]:
    """The steps of the named apps, or of all when none is named, in running order."""
    return sorted((step for step in steps if not apps or step.app in apps), key=lambda step: step.order)


def never_finished() -> list[RefreshStep]:
    """Steps that never came to their end here: of a new shop, or of a part that came with an update."""
    autodiscover_modules("refreshers")
    finished = set(FinishedStep.objects.values_list("app", "title"))
    return [step for step in steps_of([]) if (step.app, step.title) not in finished]


def run_step(step: RefreshStep, progress: Progress) -> dict[str, Any]:
    """Run one step to its end, and remember that it got there: what it did."""
    done = step.run(progress)
    FinishedStep.objects.update_or_create(
        app=step.app, title=step.title, defaults={"finished_at": timezone.now()}
    )
    return done


def run_steps(apps: list[str], progress: Progress) -> dict[str, Any]:
    """Run the steps of the named apps, or of all: what each did, by its title. Each has an equal share."""
    autodiscover_modules("refreshers")
    chosen = steps_of(apps)
    total = len(chosen) * SHARE
    results = {}
    for position, step in enumerate(chosen):
        results[step.title] = run_step(
            step, share_of(progress, begin=position * SHARE, whole=total, title=step.title)
        )
        progress((position + 1) * SHARE, total, step.title)
    return results


def share_of(progress: Progress, *, begin: int, whole: int, title: str) -> Progress:
    """Progress of one step as its share of the whole."""

    def report(done: int, total: int, note: str = "") -> None:
        part = min(SHARE, done * SHARE // total) if total else 0
        # Never the whole: only the end of the last step is.
        progress(min(begin + part, whole - 1), whole, note or f"{title} {done}/{total}")

    return report
