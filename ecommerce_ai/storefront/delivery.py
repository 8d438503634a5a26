"""When a parcel comes. Pure."""

from datetime import date, timedelta

SATURDAY = 5


def delivery_window(today: date, *, working_days: tuple[int, int]) -> tuple[date, date]:
    """The first and the last day on which an order of today arrives."""
    first, last = working_days
    return after_working_days(today, first), after_working_days(today, last)


def after_working_days(day: date, count: int) -> date:
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < SATURDAY
    return day
