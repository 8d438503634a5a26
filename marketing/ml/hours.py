"""When a message may reach somebody. Pure: times and zones in, times out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

HOUR = timedelta(hours=1)
LOOK_AHEAD_HOURS = 72


@dataclass(frozen=True)
class QuietHours:
    """From `start` o'clock until `end` o'clock nobody is written to; it may go over midnight."""

    start: int
    end: int

    def covers(self, hour: int) -> bool:
        if self.start <= self.end:
            return self.start <= hour < self.end
        return hour >= self.start or hour < self.end


def is_quiet(at: datetime, quiet: QuietHours, zones: Sequence[tzinfo]) -> bool:
    """Whether it is quiet in any of the zones: in a country of many it is not known in which one lives."""
    return any(quiet.covers(at.astimezone(zone).hour) for zone in zones)


def first_loud(at: datetime, quiet: QuietHours, zones: Sequence[tzinfo]) -> datetime | None:
    """This moment, or the next full hour when it is quiet nowhere; None where such an hour does not come."""
    moment = at
    for _step in range(LOOK_AHEAD_HOURS):
        if not is_quiet(moment, quiet, zones):
            return moment
        moment = moment.replace(minute=0, second=0, microsecond=0) + HOUR
    return None


def next_at_hour(at: datetime, hour_utc: int) -> datetime:
    """The first moment from `at` on within that hour of the day."""
    if at.hour == hour_utc:
        return at
    moment = at.replace(hour=hour_utc, minute=0, second=0, microsecond=0)
    return moment if moment > at else moment + 24 * HOUR


def due_at(
    start: datetime, end: datetime, *, hour_utc: int | None, quiet: QuietHours, zones: Sequence[tzinfo]
) -> datetime | None:
    """When to write between start and end: at the hour that the person prefers where possible, else as
    soon as it is not quiet; None where it is quiet until the end."""
    wishes = [start] if hour_utc is None else [next_at_hour(start, hour_utc), start]
    moments = (first_loud(wish, quiet, zones) for wish in wishes)
    return next((moment for moment in moments if moment and moment < end), None)
