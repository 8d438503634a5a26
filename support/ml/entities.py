"""What a message names: orders, goods, parcels, days, sums. Patterns of the field, no model."""

import re
from collections.abc import Callable, Iterator
from datetime import date

from support.ml.tracking import tracking_spans
from support.ml.types import Entity

CODE = r"(?=[A-Z0-9-]*\d)[A-Z0-9]+(?:-[A-Z0-9]+)*"
LINK = (
    r"\s*(?:number|num|no|nr|id|código|numero|número|nummer|numéro|号码|编号|号)?"
    r"\s*(?:is|es|ist|est|是|为)?\s*[.:#№：]*\s*"
)
ORDER = re.compile(
    rf"(?:\b(?:order|pedido|bestellung|commande|invoice)s?|订单|单号){LINK}(?P<code>{CODE})|#\s?(?P<bare>{CODE})",
    re.IGNORECASE,
)
SKU = re.compile(
    r"(?:\b(?:sku|item|article|product code|referencia|artikel|référence)|货号|商品编号|款号)"
    rf"{LINK}(?P<code>{CODE})",
    re.IGNORECASE,
)
SHORTEST_ORDER, SHORTEST_SKU = 4, 3
CURRENCIES = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY", "￥": "CNY", "元": "CNY", "块": "CNY"} | {
    "美元": "USD", "欧元": "EUR", "英镑": "GBP", "人民币": "CNY",
}  # fmt: skip
SIGN = r"[$€£¥￥]|美元|欧元|英镑|人民币|元|块|\b(?:USD|EUR|GBP|CNY|RMB|dollars?|euros?|pounds?)\b"
NAMED = {"dollar": "USD", "euro": "EUR", "pound": "GBP", "rmb": "CNY"}
NUMBER = r"\d{1,3}(?:[.,\s]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?"
AMOUNT = re.compile(
    rf"(?P<before>{SIGN})\s?(?P<left>{NUMBER})|(?P<right>{NUMBER})\s?(?P<after>{SIGN})", re.IGNORECASE
)
ENGLISH_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"
SPANISH_MONTHS = "ene feb mar abr may jun jul ago sep oct nov dic"
MONTHS = {
    name: place % 12 + 1 for place, name in enumerate((*ENGLISH_MONTHS.split(), *SPANISH_MONTHS.split()))
}
MONTH = r"(?P<month>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic)[a-zé]*)\.?"
DATES = (
    re.compile(r"\b(?P<year>\d{4})[-/.](?P<monthno>\d{1,2})[-/.](?P<day>\d{1,2})\b"),
    re.compile(r"(?:(?P<year>\d{4})\s?年\s?)?(?P<monthno>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?[日号]"),
    re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s|de\s)?{MONTH}(?:,?\s(?:de\s)?(?P<year>\d{{4}}))?\b",
        re.IGNORECASE,
    ),
    re.compile(rf"\b{MONTH}\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s(?P<year>\d{{4}}))?\b", re.IGNORECASE),
)
EMAIL = re.compile(r"\[email\]")


def entities_of(text: str, *, today: date) -> tuple[Entity, ...]:
    """Of a masked message, in order; a date without a year is the last one that is not after `today`."""
    found: list[Entity] = []
    for entity in (*dates(text, today), *amounts(text), *parcels(text), *codes(text), *emails(text)):
        if not any(entity.start < other.end and other.start < entity.end for other in found):
            found.append(entity)
    return tuple(sorted(found, key=lambda entity: entity.start))


def codes(text: str) -> Iterator[Entity]:
    for match in SKU.finditer(text):
        if len(match["code"]) >= SHORTEST_SKU:
            yield Entity("sku", match["code"], *match.span("code"))
    for match in ORDER.finditer(text):
        group = "code" if match["code"] else "bare"
        if len(match[group]) >= SHORTEST_ORDER:
            yield Entity("order_number", match[group], *match.span(group))


def parcels(text: str) -> Iterator[Entity]:
    for start, end in tracking_spans(text):
        yield Entity("tracking_number", re.sub(r"[\s-]", "", text[start:end]).upper(), start, end)


def emails(text: str) -> Iterator[Entity]:
    return (Entity("email", match.group(), *match.span()) for match in EMAIL.finditer(text))


def amounts(text: str) -> Iterator[Entity]:
    for match in AMOUNT.finditer(text):
        sign = (match["before"] or match["after"]).lower()
        currency = CURRENCIES.get(sign) or NAMED.get(sign.rstrip("s"), sign.upper())
        yield Entity("amount", f"{plain_number(match['left'] or match['right'])} {currency}", *match.span())


def plain_number(number: str) -> str:
    """With a point before its fraction and nothing between its thousands."""
    whole, fraction = number, ""
    if found := re.search(r"[.,](\d{1,2})$", number):
        whole, fraction = number[: found.start()], found[1]
    whole = re.sub(r"\D", "", whole)
    return f"{whole}.{fraction.ljust(2, '0')}" if fraction else whole


def dates(text: str, today: date) -> Iterator[Entity]:
    for pattern in DATES:
        for match in pattern.finditer(text):
            day = day_of(match.groupdict(), today)
            if day:
                yield Entity("date", day.isoformat(), *match.span())


def day_of(parts: dict[str, str | None], today: date) -> date | None:
    month = int(parts["monthno"] or 0) if "monthno" in parts else MONTHS[str(parts["month"])[:3].lower()]
    build: Callable[[int], date] = lambda year: date(year, month, int(parts["day"] or 0))  # noqa: E731
    try:
        if parts.get("year"):
            return build(int(parts["year"] or 0))
        return build(today.year) if build(today.year) <= today else build(today.year - 1)
    except ValueError:
        return None
