from decimal import Decimal

from babel.numbers import UnknownCurrencyError, format_currency
from django.utils.translation import get_language, to_locale


def format_money(amount: Decimal, currency: str, *, is_short: bool = False) -> str:
    """ "£18.00", as the reader's language writes it; `is_short` leaves out pence that are none."""
    locale = to_locale(get_language() or "en")
    try:
        if is_short and amount == int(amount):
            return str(format_currency(int(amount), currency, "¤#,##0", locale, currency_digits=False))
        return str(format_currency(amount, currency, locale=locale))
    except UnknownCurrencyError:
        return f"{amount} {currency}"
