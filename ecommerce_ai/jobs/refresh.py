"""The derived rows that `manage.py refresh` brings up to date; apps register theirs in `refreshers.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ecommerce_ai.jobs.progress import Progress

Refresh = Callable[[Progress], dict[str, Any]]


@dataclass(frozen=True)
class RefreshStep:
    app: str
    title: str
    order: int
    run: Refresh


steps: list[RefreshStep] = []


def refresher(app: str, *, title: str, order: int = 100) -> Callable[[Refresh], Refresh]:
    """Register `(progress) -> what was done` as a step of `refresh`; steps run by rising order."""

    def register(function: Refresh) -> Refresh:
        steps.append(RefreshStep(app=app, title=title, order=order, run=function))
        return function

    return register


def steps_of(apps: list[str]) -> list[RefreshStep]:
    """The steps of the named apps, or of all when none is named, in running order."""
    return sorted((step for step in steps if not apps or step.app in apps), key=lambda step: step.order)
