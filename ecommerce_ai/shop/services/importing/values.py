"""Pure: the text of a cell into a value that the database takes, or RejectedValue with field and reason."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from ecommerce_ai.shop.services.importing.rows import RejectedValue

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
NUMBER = re.compile(r"[+-]?[\d.,][\d., '\u00a0\u202f]{0,40}")
MONEY = re.compile(r"^([^\d+.,-]*?)\s*([+-]?\s*[\d.,][\d., '\u00a0\u202f]*?)\s*([^\d.,]*)$")
SYMBOLS = {"£": "GBP", "€": "EUR", "$": "USD", "US$": "USD", "₹": "INR", "₽": "RUB", "₩": "KRW", "zł": "PLN"}
EMAIL = re.compile(r"[^\s@]{1,64}@[^\s@]{1,180}")
CENT = Decimal("0.01")
MAX_PRICE = Decimal(10) ** 9
TRUE, FALSE = {"1", "true", "yes", "y", "t"}, {"0", "false", "no", "n", "f"}
FIRST_YEAR, LAST_YEAR = 1970, 2100
JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=float)  # json.dumps makes one each time


def text(values: Mapping[str, Any], field: str, limit: int = 0, *aliases: str) -> str:
    """The field, or the first alias that is there, without control characters and white space around it."""
    raw = values.get(field)
    if raw is None or raw == "":
        if not aliases:
            return ""
        raw = next((values[name] for name in aliases if values.get(name) not in (None, "")), "")
        if raw == "":
            return ""
    value = clean(raw if isinstance(raw, str) else plain(raw))
    if limit and len(value) > limit:
        raise RejectedValue(field, f"{len(value)} characters, at most {limit} fit")
    return value


def required(values: Mapping[str, Any], field: str, limit: int, *aliases: str) -> str:
    if value := text(values, field, limit, *aliases):
        return value
    raise RejectedValue(field, "missing")


def plain(raw: Any) -> str:
    """A JSON value as the text that a cell would hold."""
    if isinstance(raw, bool):
        return "true" if raw else "false"
    return json_text(raw) if isinstance(raw, dict | list) else str(raw)


def clean(value: str) -> str:
    value = value.strip()
    return value if value.isprintable() else CONTROL.sub("", value)


def json_text(value: Any) -> str:
    """JSON that compares equal when the value does."""
    return JSON.encode(value)


def decimal(value: str, field: str) -> Decimal:
    """A number as people write it: `1,234.56`, `1.234,56`, `1 234,5`; raises RejectedValue."""
    if not NUMBER.fullmatch(value) or re.search("[.,]{2}", value):
        raise RejectedValue(field, f"“{value[:40]}” is no number")
    digits = re.sub(r"[ '\u00a0\u202f]", "", value)
    comma, dot = digits.rfind(","), digits.rfind(".")
    if comma > dot and is_decimal_comma(digits, comma, dot):
        digits = digits.replace(".", "").replace(",", ".")
    else:
        digits = digits.replace(",", "")
    if digits.count(".") > 1:
        digits = digits.replace(".", "")
    try:
        return Decimal(digits)
    except InvalidOperation as error:
        raise RejectedValue(field, f"“{value[:40]}” is no number") from error


def is_decimal_comma(digits: str, comma: int, dot: int) -> bool:
    """`1.234,5` and `12,5` have one; `1,234` and `1,234,567` have thousands."""
    return digits.count(",") == 1 and (dot >= 0 or len(digits) - comma - 1 != 3)


def money(value: str, field: str, default_currency: str) -> tuple[Decimal, str]:
    """A price to the cent and its currency: `12.99`, `12.99 USD`, `£12.99`, `1.234,56 €`."""
    match = MONEY.match(value)
    if not match:
        raise RejectedValue(field, f"“{value[:40]}” is no price")
    before, number, after = (part.strip() for part in match.groups())
    return price(number.replace(" ", ""), field), currency(before or after or default_currency, "currency")


@lru_cache(maxsize=8192)
def price(value: str, field: str) -> Decimal:
    amount = decimal(value, field)
    if amount < 0:
        raise RejectedValue(field, f"negative: {amount}")
    if amount >= MAX_PRICE:
        raise RejectedValue(field, f"{amount} is too large")
    return amount.quantize(CENT, ROUND_HALF_UP)


def currency(value: str, field: str) -> str:
    code = SYMBOLS.get(value, value.upper())
    if not re.fullmatch("[A-Z]{3}", code):
        raise RejectedValue(field, f"“{value[:20]}” is no ISO 4217 currency code")
    return code


def whole(value: str, field: str, low: int = 0, high: int = 2_147_483_647) -> int | None:
    """A whole number within bounds; None for nothing."""
    if not value:
        return None
    number = decimal(value, field)
    if number != number.to_integral_value():
        raise RejectedValue(field, f"{number} is not whole")
    if not low <= number <= high:
        raise RejectedValue(field, f"expected {low} to {high}, found {number}")
    return int(number)


def boolean(value: str, field: str, *, default: bool) -> bool:
    if not value:
        return default
    word = value.lower()
    if word not in TRUE | FALSE:
        raise RejectedValue(field, f"“{value[:20]}” is neither yes nor no")
    return word in TRUE


@lru_cache(maxsize=8192)
def moment(value: str, field: str, zone: ZoneInfo | None = None) -> datetime:
    """ISO 8601 or seconds, milli- or microseconds since 1970, as UTC; naive times are in `zone`, else UTC."""
    try:
        parsed = epoch(value) if value.isdigit() and len(value) > 8 else datetime.fromisoformat(iso(value))
        if parsed.tzinfo is None:
            parsed = parsed.replace(tzinfo=zone or UTC)
        parsed = parsed.astimezone(UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise RejectedValue(field, f"“{value[:40]}” is no time (expected ISO 8601)") from error
    if not FIRST_YEAR <= parsed.year < LAST_YEAR:
        raise RejectedValue(field, f"the year {parsed.year} cannot be right")
    return parsed


def iso(value: str) -> str:
    return value.removesuffix(" UTC")


def epoch(digits: str) -> datetime:
    """Seconds, milliseconds or microseconds, told apart by their length."""
    return datetime.fromtimestamp(int(digits) / 10 ** max(0, len(digits) - 10), UTC)


def email(value: str, field: str) -> str:
    if value and not EMAIL.fullmatch(value):
        raise RejectedValue(field, f"“{value[:60]}” is no e-mail address")
    return value


def choice(value: str, field: str, choices: list[str], default: str) -> str:
    word = value.lower().replace(" ", "_") or default
    if word not in choices:
        raise RejectedValue(field, f"“{value[:40]}” is none of {', '.join(choices)}")
    return word


def json_object(raw: Any, field: str) -> dict[str, Any]:
    """A JSON object given as such or as text; nothing gives an empty one."""
    if raw in (None, ""):
        return {}
    try:
        value = json.loads(raw, parse_constant=str) if isinstance(raw, str) else raw
    except (json.JSONDecodeError, RecursionError, ValueError) as error:
        raise RejectedValue(field, "no JSON object") from error
    if not isinstance(value, dict):
        raise RejectedValue(field, "no JSON object")
    return value
