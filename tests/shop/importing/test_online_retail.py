"""The quirks of a real shop's invoices, each a fact that the import keeps or names a reason for."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from ecommerce_ai.shop.models import Customer, Order, OrderLine, PriceChange, Product
from tests.shop.importing.files import INVOICES, counts, imported, reasons

pytestmark = pytest.mark.django_db
STOCK = "unitprice: stock adjustment: no price, and no sale to anybody"
MUG = "536365,85123A,WHITE MUG,6,2010-12-01 08:26:00,2.55,17850,United Kingdom\n"


def invoices(path: Path, *lines: str) -> tuple[int, int, int, int, int]:
    return counts(imported(path / "orders.csv", INVOICES + "".join(lines), kind="orders"))


def test_it_keeps_an_order_with_its_customer_and_product(tmp_path: Path) -> None:
    assert invoices(tmp_path, MUG) == (1, 1, 0, 0, 0)
    order = Order.objects.get()
    assert (order.number, order.kind, order.currency, order.total) == (
        "536365",
        "sale",
        "GBP",
        Decimal("15.30"),
    )
    assert (order.country, order.placed_at) == ("GB", datetime(2010, 12, 1, 8, 26, tzinfo=UTC))
    assert order.customer == Customer.objects.get(external_id="17850")
    product = Product.objects.get()
    assert (product.sku, product.title, product.price) == ("85123A", "WHITE MUG", Decimal("2.55"))
    assert order.lines.get().product == product


def test_it_reads_times_as_london_had_them(tmp_path: Path) -> None:
    invoices(tmp_path, MUG.replace("2010-12-01", "2011-07-01"))
    assert Order.objects.get().placed_at == datetime(2011, 7, 1, 7, 26, tzinfo=UTC)


def test_it_keeps_a_cancellation_apart_from_sales(tmp_path: Path) -> None:
    invoices(tmp_path, MUG, MUG.replace("536365", "C536366").replace(",6,", ",-6,"))
    order = Order.objects.get(number="C536366")
    assert (order.kind, order.total, order.lines.get().quantity) == ("cancellation", Decimal("-15.30"), -6)


def test_it_keeps_orders_of_guests_without_a_customer(tmp_path: Path) -> None:
    invoices(tmp_path, MUG.replace("17850", ""))
    assert Order.objects.get().customer is None
    assert not Customer.objects.exists()


@pytest.mark.parametrize("code", ["POST", "DOT", "M", "BANK CHARGES", "C2", "gift_0001_20", "DCGS0003"])
def test_it_makes_no_product_of_what_is_no_goods(tmp_path: Path, code: str) -> None:
    invoices(tmp_path, MUG.replace("85123A", code))
    line = OrderLine.objects.get()
    assert (line.kind, line.product, line.sku) == ("service", None, code.upper())
    assert not Product.objects.exists()


def test_it_takes_a_code_in_either_case_for_one_article(tmp_path: Path) -> None:
    invoices(tmp_path, MUG, MUG.replace("85123A", "85123a"))
    assert Product.objects.get().order_lines.count() == 2


def test_it_names_a_product_by_the_title_used_most_and_prices_it_as_last_sold(tmp_path: Path) -> None:
    invoices(
        tmp_path,
        MUG.replace("WHITE MUG", "OLD MUG").replace("2.55", "9.99").replace("2010", "2009"),
        MUG.replace("536365", "536366").replace("2010", "2011").replace("2.55", "3.155"),
        MUG.replace("536365", "536367")
        .replace("2010", "2012")
        .replace("2.55", "0.0")
        .replace("WHITE MUG", ""),
        MUG,
    )
    product = Product.objects.get()
    assert (product.title, product.price, product.is_live) == ("WHITE MUG", Decimal("3.16"), True)
    assert sorted(OrderLine.objects.values_list("title", flat=True)) == [
        "",
        "OLD MUG",
        "WHITE MUG",
        "WHITE MUG",
    ]


def test_it_forges_no_history_of_prices(tmp_path: Path) -> None:
    invoices(tmp_path, MUG, MUG.replace("536365", "536366").replace("2010", "2011").replace("2.55", "3.00"))
    change = PriceChange.objects.get()
    assert change.price == Decimal("3.00")


def test_it_leaves_a_product_of_the_catalogue_as_it_is(tmp_path: Path) -> None:
    imported(tmp_path / "p.csv", "sku,title,price\n85123A,Our mug,7.00\n")
    invoices(tmp_path, MUG)
    product = Product.objects.get()
    assert (product.title, product.price) == ("Our mug", Decimal("7.00"))


def test_it_hides_a_product_that_never_had_a_price(tmp_path: Path) -> None:
    invoices(tmp_path, MUG.replace("2.55", "0.0"))
    product = Product.objects.get()
    assert (product.price, product.is_live) == (Decimal("0.00"), False)


def test_it_counts_equal_rows_of_an_invoice_as_lines_of_their_own(tmp_path: Path) -> None:
    other = MUG.replace("536365", "536366")
    assert invoices(tmp_path, MUG, MUG, other, MUG) == (4, 4, 0, 0, 0)
    order = Order.objects.get(number="536365")
    assert list(order.lines.values_list("line_number", flat=True)) == [1, 2, 3]
    assert order.total == Decimal("45.90")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (MUG.replace(",6,", ",-6,").replace("2.55", "0.0"), STOCK),
        (MUG.replace("2.55", "0.0").replace("17850", "").replace("WHITE MUG", "found"), STOCK),
        (MUG.replace("2.55", "0.0").replace("17850", "").replace("WHITE MUG", ""), STOCK),
        (MUG.replace(",6,", ",-6,"), "quantity: a sale does not take -6"),
        (MUG.replace("536365", "C536365"), "quantity: a cancellation does not take 6"),
        (MUG.replace("536365", "A536365"), "invoiceno: an adjustment of bad debt is no sale"),
        (MUG.replace("2.55", "-11062.06"), "unitprice: negative: -11062.06"),
        (MUG.replace("2.55", "NaN"), "unitprice: “NaN” is no number"),
        (MUG.replace(",6,", ",0,"), "quantity: missing or zero"),
        (MUG.replace("2010-12-01 08:26:00", "soon"), "invoicedate: “soon” is no time (expected ISO 8601)"),
        (MUG.replace("85123A", " "), "stockcode: missing"),
    ],
)  # fmt: skip
def test_it_rejects_what_is_no_sale_with_the_reason(tmp_path: Path, line: str, reason: str) -> None:
    done = imported(tmp_path / "orders.csv", INVOICES + MUG + line, kind="orders")
    assert counts(done) == (2, 1, 0, 0, 1)
    assert reasons(done) == {3: reason}


def test_it_keeps_gifts_to_known_customers_and_unpriced_goods_of_guests(tmp_path: Path) -> None:
    gift = MUG.replace("2.55", "0.0")
    assert invoices(tmp_path, MUG, gift, gift.replace("17850", "")) == (3, 3, 0, 0, 0)


def test_it_changes_nothing_the_second_time(tmp_path: Path) -> None:
    lines = [MUG, MUG, MUG.replace("536365", "C1").replace(",6,", ",-1,"), MUG.replace("2.55", "-1")]
    assert invoices(tmp_path, *lines) == (4, 3, 0, 0, 1)
    before = list(Order.objects.order_by("pk").values()) + list(OrderLine.objects.order_by("pk").values())
    history = list(PriceChange.objects.values())
    assert invoices(tmp_path, *lines) == (4, 0, 0, 3, 1)
    assert before == list(Order.objects.order_by("pk").values()) + list(
        OrderLine.objects.order_by("pk").values()
    )
    assert history == list(PriceChange.objects.values())


def test_it_counts_what_a_corrected_file_changes(tmp_path: Path) -> None:
    second = MUG.replace("85123A", "71053")
    invoices(tmp_path, MUG, second)
    assert invoices(tmp_path, MUG.replace("2.55", "2.65"), second, second) == (3, 1, 1, 1, 0)
    assert Order.objects.get().total == Decimal("46.50")
    head_only = [
        line.replace("United Kingdom", "France") for line in (MUG.replace("2.55", "2.65"), second, second)
    ]
    assert invoices(tmp_path, *head_only) == (3, 0, 1, 2, 0)
    assert Order.objects.get().country == "FR"
