from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from marketing.ml.hours import QuietHours, due_at, first_loud, is_quiet
from marketing.selectors.zones import zones_of

NIGHT = QuietHours(21, 8)
LONDON = (ZoneInfo("Europe/London"),)
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)  # 13 o'clock in London


def test_the_night_goes_over_midnight() -> None:
    quiet = [hour for hour in range(24) if NIGHT.covers(hour)]
    assert quiet == [0, 1, 2, 3, 4, 5, 6, 7, 21, 22, 23]
    assert [hour for hour in range(24) if QuietHours(13, 15).covers(hour)] == [13, 14]
    assert not any(QuietHours(0, 0).covers(hour) for hour in range(24))


def test_it_is_the_hour_where_the_reader_lives() -> None:
    evening = NOON.replace(hour=20, minute=30)  # half past nine in London, as summer time goes
    assert is_quiet(evening, NIGHT, LONDON)
    assert not is_quiet(evening, NIGHT, (ZoneInfo("UTC"),))
    assert first_loud(evening, NIGHT, LONDON) == datetime(2026, 6, 2, 7, tzinfo=UTC)


def test_a_country_of_many_zones_is_written_to_when_it_is_quiet_in_none() -> None:
    america = zones_of("US")
    loud = [hour for hour in range(24) if not is_quiet(NOON.replace(hour=hour), NIGHT, america)]
    assert loud == [18, 19, 20, 21, 22, 23, 0] or loud == [0, 18, 19, 20, 21, 22, 23]
    assert zones_of("") == zones_of("??") == (ZoneInfo("UTC"),)


def test_the_preferred_hour_counts_where_it_is_possible() -> None:
    end = NOON + timedelta(days=2)
    at_nine = due_at(NOON, end, hour_utc=9, quiet=NIGHT, zones=LONDON)
    assert at_nine == datetime(2026, 6, 2, 9, tzinfo=UTC)
    at_two = due_at(NOON, end, hour_utc=2, quiet=NIGHT, zones=LONDON)
    assert at_two == datetime(2026, 6, 2, 7, tzinfo=UTC)  # night: when it is over
    in_time = due_at(NOON, NOON + timedelta(hours=3), hour_utc=9, quiet=NIGHT, zones=LONDON)
    assert in_time == NOON  # their hour would come too late
    assert (
        due_at(NOON.replace(hour=22), NOON.replace(hour=23), hour_utc=None, quiet=NIGHT, zones=LONDON) is None
    )
