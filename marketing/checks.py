"""Mistakes in the settings of campaigns, found when Django starts."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

NEEDED = {"email", "sms", "push"}


@register()
def check_campaigns(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Every channel has a transport, and the limits mean something."""
    found: list[CheckMessage] = []
    if missing := NEEDED - set(settings.MARKETING_TRANSPORTS):
        found.append(Error(f"MARKETING_TRANSPORTS names nothing for {sorted(missing)}.", id="marketing.E001"))
    if any(hour not in range(24) for hour in settings.MARKETING_QUIET_HOURS):
        found.append(Error("MARKETING_QUIET_HOURS are two hours from 0 to 23.", id="marketing.E002"))
    if min(settings.MARKETING_CAP["messages"], settings.MARKETING_CAP["days"]) < 1:
        found.append(Error("MARKETING_CAP has to allow at least one message.", id="marketing.E003"))
    return found


@register(Tags.security, deploy=True)
def check_links(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Mail programs unsubscribe by https only (RFC 8058)."""
    if settings.SHOP_URL.startswith("https://"):
        return []
    hint = "Set SHOP_URL to the address at which shoppers find the shop."
    return [Warning("SHOP_URL does not begin with https://.", hint=hint, id="marketing.W001")]
