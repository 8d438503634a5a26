import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from ecommerce_ai import measurement


@pytest.fixture
def counting() -> Iterator[None]:
    @measurement.evaluation("counting")
    def count(folder: Path, options: dict[str, str]) -> measurement.Evaluation:
        files = len(list(folder.iterdir()))
        metrics = {"files": measurement.Metric(files, files, files)}
        return measurement.Evaluation(options.get("cut", "all"), files, metrics, {"none": {"files": 0.0}})

    yield
    del measurement.evaluators["counting"]


def test_it_prints_the_contract_as_json(
    counting: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "one").touch()
    call_command("evaluate", "counting", "--data", str(tmp_path), "--cut", "2011-08-01", "--json")
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"task", "dataset", "n", "metrics", "baselines", "seconds"}
    assert found["dataset"] == "2011-08-01"
    assert found["metrics"]["files"] == {"value": 1, "low": 1, "high": 1}


def test_it_prints_the_baseline_beside_the_metric(
    counting: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("evaluate", "counting", "--data", str(tmp_path))
    assert "none 0.000" in capsys.readouterr().out


def test_it_refuses_an_unknown_task_and_a_missing_folder(counting: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="counting"):
        call_command("evaluate", "guessing", "--data", str(tmp_path))
    with pytest.raises(CommandError, match="No folder"):
        call_command("evaluate", "counting", "--data", str(tmp_path / "missing"))
