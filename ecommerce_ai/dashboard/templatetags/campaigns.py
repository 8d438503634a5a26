"""Figures of a campaign in words: each with its interval."""

from decimal import Decimal
from typing import Protocol

from babel.numbers import format_decimal, format_percent
from django import template
from django.conf import settings
from django.utils.translation import get_language, gettext, to_locale

from ecommerce_ai.office.formats import money
from marketing.models import Campaign

register = template.Library()

COLOURS = {
    Campaign.Status.DRAFT: "default",
    Campaign.Status.SCHEDULED: "info",
    Campaign.Status.SENDING: "primary",
    Campaign.Status.PAUSED: "warning",
    Campaign.Status.DONE: "success",
    Campaign.Status.CANCELLED: "danger",
}


class Interval(Protocol):
    """A value with its interval, as `marketing` gives it."""

    value: float
    low: float
    high: float


def locale() -> str:
    return to_locale(get_language() or "en")


@register.filter
def campaign_colour(campaign: Campaign) -> str:
    """The meaning of its state, as django-unfold names its colours."""
    return COLOURS[Campaign.Status(campaign.status)]


@register.filter
def share_words(estimate: Interval | None) -> str:
    """0.123 → "12.3% (10.1% to 14.9%)"."""
    if estimate is None:
        return "–"
    return ranged(*(format_percent(part, "#,##0.0%", locale=locale()) for part in parts_of(estimate)))


@register.filter
def points_words(estimate: Interval) -> str:
    """0.012 → "+1.2 points (−0.3 to +2.7)"."""
    value, low, high = (
        format_decimal(100 * part, "+#,##0.0;-#,##0.0", locale=locale()) for part in parts_of(estimate)
    )
    return ranged(gettext("%(number)s points") % {"number": value}, low, high)


@register.filter
def money_words(estimate: Interval) -> str:
    """1.5 → "£1.50 (£0.80 to £2.20)", in the shop's currency."""
    return ranged(*(money(Decimal(f"{part:.2f}"), settings.SHOP_CURRENCY) for part in parts_of(estimate)))


@register.filter
def shop_money(amount: Decimal | float) -> str:
    return money(Decimal(f"{amount:.2f}"), settings.SHOP_CURRENCY)


def parts_of(estimate: Interval) -> tuple[float, float, float]:
    return estimate.value, estimate.low, estimate.high


def ranged(value: str, low: str, high: str) -> str:
    return gettext("%(value)s (%(low)s to %(high)s)") % {"value": value, "low": low, "high": high}
