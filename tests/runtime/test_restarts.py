"""A program that ended is started again, later each time."""

import pytest

from ecommerce_ai.serving.restarts import Restart, next_restart


@pytest.mark.parametrize(
    ("failures", "delay_s"), [(0, 1), (1, 2), (2, 4), (3, 8), (4, 16), (5, 32), (6, 60), (2000, 60)]
)
def test_each_failure_in_a_row_doubles_the_delay_up_to_a_minute(failures: int, delay_s: float) -> None:
    assert next_restart(failures=failures, lived_s=0.1) == Restart(failures + 1, delay_s)


def test_a_minute_of_life_forgives_earlier_failures() -> None:
    assert next_restart(failures=9, lived_s=60) == Restart(1, 1)
    assert next_restart(failures=9, lived_s=59.9) == Restart(10, 60)
