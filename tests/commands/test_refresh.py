import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from ecommerce_ai.jobs import refresh
from ecommerce_ai.jobs.progress import Progress


@pytest.fixture
def tidying() -> Iterator[list[str]]:
    done: list[str] = []

    @refresh.refresher("attic", title="late", order=2)
    def late(progress: Progress) -> dict[str, Any]:
        progress(1, 1)
        done.append("late")
        return {"rows": 2}

    @refresh.refresher("attic", title="early", order=1)
    def early(progress: Progress) -> dict[str, Any]:
        done.append("early")
        return {"rows": 1}

    yield done
    refresh.steps[:] = [step for step in refresh.steps if step.app != "attic"]


@pytest.mark.django_db
def test_it_runs_an_apps_steps_in_order_and_says_what_they_did(
    tidying: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("refresh", "attic", "--json")
    assert tidying == ["early", "late"]
    assert json.loads(capsys.readouterr().out) == {"attic: early": {"rows": 1}, "attic: late": {"rows": 2}}


def test_it_refuses_an_unknown_app_and_runs_nothing(tidying: list[str]) -> None:
    with pytest.raises(CommandError, match="attic"):
        call_command("refresh", "cellar")
    assert tidying == []
