import json
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command

from ecommerce_ai import measurement


@pytest.fixture
def halving() -> Iterator[None]:
    @measurement.benchmark("halving")
    def halve() -> list[measurement.Measurement]:
        return [measurement.Measurement("halve", 2.0, "ms", baseline="naive", baseline_value=4.0, ratio=0.5)]

    yield
    del measurement.benchmarks["halving"]


def test_it_prints_one_benchmark_as_json(halving: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("bench", "halving", "--json")
    (line,) = json.loads(capsys.readouterr().out)
    assert (line["name"], line["baseline"], line["ratio"]) == ("halve", "naive", 0.5)


def test_it_prints_a_table(halving: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("bench", "halving")
    assert "naive" in capsys.readouterr().out


def test_it_names_what_it_knows_when_asked_for_something_else(halving: None) -> None:
    with pytest.raises(CommandError, match="halving"):
        call_command("bench", "thirds")
