from decimal import Decimal

from django import template
from django.conf import settings
from django.utils.formats import number_format

from ecommerce_ai.office.formats import money
from profiles.models import RiskAssessment
from profiles.selectors.risks import RiskFact, risk_facts

register = template.Library()

RISK_COLOURS = {"low": "success", "medium": "warning", "high": "danger"}
SIGNS = {"positive": "+", "negative": "−"}


@register.simple_tag
def amount(value: Decimal | None, currency: str) -> str:
    """£12.50; the plain number where the currency is unknown, a dash for nothing."""
    if value is None:
        return "–"
    return money(value, currency) if currency else number_format(value, 2)


@register.filter
def percent(share: float | None) -> str:
    """0.314 → 31 %"""
    return "–" if share is None else f"{100 * share:.0f} %"


@register.filter
def percent_width(share: float) -> str:
    """A width that SVG reads in every language: 0.314 → 31.4"""
    return f"{100 * share:.1f}"


@register.filter
def risk_colour(risk: RiskAssessment) -> str:
    """The meaning of a level, as django-unfold names its colours."""
    return RISK_COLOURS[risk.level]


@register.filter
def facts_in_words(risk: RiskAssessment) -> tuple[RiskFact, ...]:
    return risk_facts(risk)


@register.filter
def fact_sign(sentiment: str) -> str:
    """What a fact says for (+) or against (-) the customer; a dot for neither."""
    return SIGNS.get(sentiment, "·")


@register.filter
def picture_url(image: str) -> str:
    """An address as it is, or a path below the media folder."""
    return image if image.startswith(("https://", "http://", "/")) else f"{settings.MEDIA_URL}{image}"
