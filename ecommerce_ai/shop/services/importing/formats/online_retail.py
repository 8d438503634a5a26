"""Invoices laid out as the UCI data set "Online Retail", a real British gift shop.

Facts about such data: numbers that begin with C take a sale back, with A they write off bad debt; without
CustomerID it is a guest; goods have codes of five digits and perhaps letters in either case, other codes are
postage, fees, vouchers; lines without price and customer whose words are missing or a note ("found",
"damaged") correct the stock.
"""

from collections.abc import Callable
from functools import lru_cache
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from ecommerce_ai.shop.models import Order, OrderLine
from ecommerce_ai.shop.services.importing import values as v
from ecommerce_ai.shop.services.importing.countries import country_code
from ecommerce_ai.shop.services.importing.formats.orders import CANCELLATION, MAX_AMOUNT, SALE
from ecommerce_ai.shop.services.importing.records import OrderHead, OrderLineRecord
from ecommerce_ai.shop.services.importing.rows import RejectedValue, Row

LONDON = ZoneInfo("Europe/London")
CURRENCY = "GBP"
DELIVERED, RETURNED = Order.Status.DELIVERED.value, Order.Status.RETURNED.value
COLUMNS = (
    "invoiceno", "invoicedate", "customerid", "country", "stockcode", "description", "quantity", "unitprice",
)  # fmt: skip
CACHED = 1 << 15  # neighbouring lines repeat invoices, articles and amounts


def map_order_line(row: Row, default_currency: str) -> OrderLineRecord:
    number, date, customer, country, code, description, count, price = own_cells(row)
    head = order_head(number, date, customer, country)
    kind, sku, title = article(code, description)
    quantity, unit_price = amounts(count, price)
    if unit_price == "0":
        refuse_stock_adjustment(head, title, quantity)
    if (quantity > 0) != (head.kind == SALE):
        raise RejectedValue("quantity", f"a {head.kind} does not take {quantity}")
    return OrderLineRecord(row.line, head, kind, sku, title, quantity, unit_price)


def own_cells(row: Row) -> tuple[str, ...]:
    if row.header:
        return picker(row.header)(row.cells)
    return tuple(v.text(row.values, name) for name in COLUMNS)


@lru_cache(maxsize=8)
def picker(header: tuple[str, ...]) -> Callable[[Any], tuple[str, ...]]:
    return itemgetter(*(header.index(name) for name in COLUMNS))


@lru_cache(maxsize=CACHED)
def order_head(number: str, date: str, customer: str, country: str) -> OrderHead:
    number, customer = v.clean(number), v.clean(customer)
    if not number:
        raise RejectedValue("invoiceno", "missing")
    if len(number) > 64 or len(customer) > 100:
        raise RejectedValue("invoiceno", "at most 64 characters fit, and 100 of the customer's number")
    if number.startswith("A"):
        raise RejectedValue("invoiceno", "an adjustment of bad debt is no sale")
    placed_at = v.moment(date.strip(), "invoicedate", LONDON).isoformat()
    kind, status = (CANCELLATION, RETURNED) if number.startswith("C") else (SALE, DELIVERED)
    return OrderHead(number, kind, status, placed_at, customer, CURRENCY, country_code(country))


@lru_cache(maxsize=CACHED)
def article(code: str, description: str) -> tuple[str, str, str]:
    """Kind of line, SKU and title; `85123a` and `85123A` are one article."""
    sku, title = v.clean(code), v.clean(description)
    if not sku:
        raise RejectedValue("stockcode", "missing")
    if len(sku) > 64 or len(title) > 500:
        raise RejectedValue("stockcode", "at most 64 characters fit, and 500 of the description")
    is_goods = sku[:5].isdigit() and len(sku) >= 5
    kind = OrderLine.Kind.GOODS if is_goods else OrderLine.Kind.SERVICE
    return kind.value, sku.upper(), title


@lru_cache(maxsize=CACHED)
def amounts(quantity: str, unit_price: str) -> tuple[int, str]:
    """Quantity and unit price; a price of nothing is always `0`."""
    price = v.decimal(unit_price.strip(), "unitprice")
    if price < 0:
        raise RejectedValue("unitprice", f"negative: {price}")
    count = v.whole(quantity.strip(), "quantity", low=-2_147_483_647)
    if not count:
        raise RejectedValue("quantity", "missing or zero")
    if price * abs(count) >= MAX_AMOUNT:
        raise RejectedValue("unitprice", f"{price} times {count} is too large")
    return count, str(price) if price else "0"


def refuse_stock_adjustment(head: OrderHead, title: str, quantity: int) -> None:
    """Without a price, units that leave without a cancellation, or that nobody ordered, correct the stock."""
    is_outgoing = head.kind == SALE and quantity < 0
    is_note = not title or title != title.upper()
    if is_outgoing or (is_note and not head.customer):
        raise RejectedValue("unitprice", "stock adjustment: no price, and no sale to anybody")
