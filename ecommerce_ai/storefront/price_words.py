"""A band of prices in the reader's words."""

from decimal import Decimal

from django.utils.translation import gettext as _

from ecommerce_ai.storefront.filters import PriceBand
from ecommerce_ai.storefront.money import format_money

CENT = Decimal("0.01")


def price_words(band: PriceBand, currency: str) -> str:
    """ "-20" → "Under £20", "-20.01" → "Up to £20", "20-40" → "£20 to £40", "80-" → "£80 and more"."""
    is_inclusive = band.high is not None and band.high % 1 == CENT
    low = "" if band.low is None else format_money(band.low, currency, is_short=True)
    limit = band.high - CENT if band.high is not None and is_inclusive else band.high
    high = "" if limit is None else format_money(limit, currency, is_short=True)
    if not low:
        return (_("Up to %(price)s") if is_inclusive else _("Under %(price)s")) % {"price": high}
    if not high:
        return _("%(price)s and more") % {"price": low}
    return _("%(low)s to %(high)s") % {"low": low, "high": high}
