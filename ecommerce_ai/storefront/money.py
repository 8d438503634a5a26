from decimal import Decimal
from functools import lru_cache

from babel.numbers import UnknownCurrencyError, format_currency
from django.utils.translation import get_language, to_locale


def format_money(amount: Decimal, currency: str, *, is_short: bool = False) -> str:
    """ "£18.00", as the reader's language writes it; `is_short` leaves out pence that are none."""
    return written(amount, currency, to_locale(get_language() or "en"), is_short=is_short)


@lru_cache(4096)  # a page shows two dozen prices, and most of them again on the next
def written(amount: Decimal, currency: str, locale: str, *, is_short: bool) -> str:
    try:
        if is_short and amount == int(amount):
            return str(format_currency(int(amount), currency, "¤#,##0", locale, currency_digits=False))
        return str(format_currency(amount, currency, locale=locale))
    except UnknownCurrencyError:
        return f"{amount} {currency}"
