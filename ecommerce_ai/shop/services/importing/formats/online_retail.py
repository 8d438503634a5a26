"""Invoices laid out as the UCI data set "Online Retail", a real British gift shop.

Facts about such data: numbers that begin with C take a sale back and with A write off bad debt; no CustomerID is a
guest; goods have codes of five digits and perhaps letters in either case, other codes are postage, fees, vouchers;
lines without price and customer whose words are missing or a note ("found", "damaged") correct the stock.
"""

from functools import lru_cache
from zoneinfo import ZoneInfo

from ecommerce_ai.shop.models import Order, OrderLine
from ecommerce_ai.shop.services.importing import values as v
from ecommerce_ai.shop.services.importing.countries import country_code
from ecommerce_ai.shop.services.importing.formats.orders import CANCELLATION, MAX_UNIT_PRICE, SALE
from ecommerce_ai.shop.services.importing.records import OrderLineRecord
from ecommerce_ai.shop.services.importing.rows import RejectedValue, Row

LONDON = ZoneInfo("Europe/London")
CURRENCY = "GBP"
CACHED = 1 << 15  # neighbouring lines repeat invoices, articles and amounts


def map_order_line(row: Row, default_currency: str) -> OrderLineRecord:
    values = row.values
    number, customer = values["invoiceno"].strip(), values["customerid"].strip()
    kind, status, placed_at, country = order_head(number, values["invoicedate"], values["country"])
    line_kind, sku, title = article(values["stockcode"], values["description"])
    quantity, unit_price = amounts(values["quantity"], values["unitprice"])
    if unit_price == "0":
        refuse_stock_adjustment(customer, title, is_outgoing=kind == SALE and quantity < 0)
    check_sign(kind, quantity)
    return OrderLineRecord(
        row.line, number, kind, status, placed_at, customer, CURRENCY, country, "", "", "", "", "",
        line_kind, sku, title, quantity, unit_price,
    )  # fmt: skip


@lru_cache(maxsize=CACHED)
def order_head(number: str, invoice_date: str, country: str) -> tuple[str, str, str, str]:
    """Kind, status, time in UTC and country code of an invoice."""
    if not number:
        raise RejectedValue("invoiceno", "missing")
    if len(number) > 64:
        raise RejectedValue("invoiceno", f"{len(number)} characters, at most 64 fit")
    if number.startswith("A"):
        raise RejectedValue("invoiceno", "an adjustment of bad debt is no sale")
    placed_at = v.moment(invoice_date.strip(), "invoicedate", LONDON).isoformat()
    if number.startswith("C"):
        return CANCELLATION, Order.Status.RETURNED.value, placed_at, country_code(country)
    return SALE, Order.Status.DELIVERED.value, placed_at, country_code(country)


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
        raise RejectedValue("unitprice", f"{price} is negative")
    if price >= MAX_UNIT_PRICE:
        raise RejectedValue("unitprice", f"{price} is too large")
    count = v.whole(quantity.strip(), "quantity", low=-2_147_483_647)
    if not count:
        raise RejectedValue("quantity", "missing or zero")
    return count, str(price) if price else "0"


def refuse_stock_adjustment(customer: str, title: str, *, is_outgoing: bool) -> None:
    """Without a price, units that leave without a cancellation, or that nobody ordered, correct the stock."""
    if is_outgoing or (not customer and title != title.upper()) or not (customer or title):
        raise RejectedValue("unitprice", "stock adjustment: no price, and no sale to anybody")


def check_sign(kind: str, quantity: int) -> None:
    if (quantity > 0) != (kind == SALE):
        raise RejectedValue("quantity", f"{quantity} does not fit a {kind}")
