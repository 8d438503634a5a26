"""Days and seasons of the simulated year."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

DAYS = 365
Floats = NDArray[np.float64]

PEAKS: dict[str, tuple[tuple[int, int, float], ...]] = {  # day of the year, half width in days, strength
    "christmas": ((340, 20, 2.6),),
    "winter": ((15, 50, 1.1), (345, 35, 1.3)),
    "spring": ((115, 35, 1.4),),
    "summer": ((190, 40, 1.6),),
    "september": ((250, 22, 1.6), (340, 18, 0.8)),
    "flat": ((340, 20, 0.5),),
}
BUSY = ((330, 9, 0.8), (344, 14, 1.2), (130, 20, 0.15))


@dataclass(frozen=True)
class Clock:
    """The year that ends at `anchor`; times inside are seconds since its start."""

    anchor: datetime

    @property
    def start(self) -> datetime:
        return self.anchor - timedelta(days=DAYS)

    def at(self, seconds: float) -> datetime:
        return self.start + timedelta(seconds=int(seconds))

    def days_of_year(self) -> Floats:
        first = self.start.timetuple().tm_yday
        return (first - 1 + np.arange(DAYS, dtype=np.float64)) % 365 + 1

    def season(self, name: str) -> Floats:
        """How much more than usual such things sell, for each day."""
        return 1 + bumps(self.days_of_year(), PEAKS[name])

    def visits(self) -> Floats:
        """How busy each day is: Christmas, weekends, and a shop that grows a little."""
        weekdays = np.array([(self.start + timedelta(days=day)).weekday() for day in range(DAYS)])
        week = np.choose(weekdays, [1.05, 0.95, 0.95, 1.0, 0.9, 1.1, 1.3])
        growth = np.linspace(1, 1.12, DAYS)
        return np.asarray((1 + bumps(self.days_of_year(), BUSY)) * week * growth, dtype=np.float64)


def bumps(days: Floats, peaks: tuple[tuple[int, int, float], ...]) -> Floats:
    """Bell curves over a year that wraps around."""
    total = np.zeros_like(days)
    for day, width, strength in peaks:
        distance = np.abs(days - day)
        distance = np.minimum(distance, 365 - distance)
        total += strength * np.exp(-0.5 * (distance / width) ** 2)
    return total


def midnight(now: datetime) -> datetime:
    return now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
