"""Estimates of another policy, on a world whose answer is known."""

from pathlib import Path

import numpy as np
import pytest
from django.core.management import call_command

from recommendations.ml.offpolicy import LoggedRewards, effective_sample_size, estimates

RATES = np.array([0.1, 0.3, 0.6])
LOGGING = np.array([0.6, 0.3, 0.1])
TARGET = np.array([0.1, 0.2, 0.7])
TRUTH = float(TARGET @ RATES)


def logged(size: int, *, expected: np.ndarray) -> LoggedRewards:
    chance = np.random.default_rng(1)
    actions = chance.choice(3, size=size, p=LOGGING)
    rewards = (chance.random(size) < RATES[actions]).astype(float)
    weights = TARGET[actions] / LOGGING[actions]
    return LoggedRewards(rewards, weights, expected[actions], np.full(size, float(TARGET @ expected)))


def test_every_estimate_finds_the_truth_within_its_interval() -> None:
    found = estimates(logged(4000, expected=RATES))
    for name in ("ipw", "snipw", "dr"):
        assert found[name].low < TRUTH < found[name].high
        assert found[name].value == pytest.approx(TRUTH, abs=0.05)


def test_the_doubly_robust_one_is_right_with_a_wrong_model_and_surer_with_a_good_one() -> None:
    wrong, right = (estimates(logged(4000, expected=each))["dr"] for each in (np.full(3, 0.9), RATES))
    assert wrong.value == pytest.approx(TRUTH, abs=0.06)
    assert right.high - right.low < wrong.high - wrong.low


def test_equal_weights_count_as_their_number_and_one_large_one_as_one() -> None:
    assert effective_sample_size(np.ones(50)) == pytest.approx(50)
    assert effective_sample_size(np.array([1000.0] + [0.001] * 49)) == pytest.approx(1, abs=0.01)
    assert effective_sample_size(np.zeros(3)) == 0.0


def test_the_evaluation_reads_logs_of_two_policies(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    header = "timestamp,item_id,position,click,propensity_score"
    for name, chances in (("random", [0.5, 0.5]), ("bts", [0.8, 0.2])):
        rows = [f"t,{item},1,{int(row % 7 == item)},{chances[item]}" for row in range(60) for item in (0, 1)]
        write_gz(tmp_path / f"{name}_men.csv.gz", "\n".join([header, *rows]))
    call_command("evaluate", "ranking-policy", data=tmp_path, json=True)
    printed = capsys.readouterr().out
    assert '"bts_from_random/snipw"' in printed
    assert '"n": 240' in printed


def write_gz(path: Path, text: str) -> None:
    import gzip

    with gzip.open(path, "wt") as file:
        file.write(text)
