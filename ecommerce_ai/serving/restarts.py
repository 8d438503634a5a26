"""When a program that ended is started again. Pure."""

from dataclasses import dataclass

_FIRST_DELAY_S = 1.0
_LONGEST_DELAY_S = 60.0
_STEADY_AFTER_S = 60.0


@dataclass(frozen=True)
class Restart:
    """The decision about a program that ended: how often it failed in a row, and how long to wait."""

    failures: int
    delay_s: float


def next_restart(*, failures: int, lived_s: float) -> Restart:
    """Each failure in a row doubles the delay, up to a minute; a minute of life forgives all before."""
    failures = 1 if lived_s >= _STEADY_AFTER_S else failures + 1
    doublings = min(failures - 1, 10)  # 2 to the power of a week of failures is no float any more
    return Restart(failures, min(_FIRST_DELAY_S * 2**doublings, _LONGEST_DELAY_S))
