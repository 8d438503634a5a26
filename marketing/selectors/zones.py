"""Which time zones somebody may live in, as far as their country tells."""

from datetime import tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from babel.core import get_global
from django.conf import settings

from marketing.ml.hours import QuietHours


@cache
def zones_of(country: str) -> tuple[tzinfo, ...]:
    """Every zone of the country; the shop's own where the country is not known."""
    known = available_timezones()
    names = [name for name in get_global("territory_zones").get(country, ()) if name in known]
    return tuple(ZoneInfo(name) for name in names) or (ZoneInfo(settings.TIME_ZONE),)


def quiet_hours() -> QuietHours:
    return QuietHours(*settings.MARKETING_QUIET_HOURS)
