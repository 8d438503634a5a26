"""What the text of a cell means."""

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecommerce_ai.shop.services.importing import values as v
from ecommerce_ai.shop.services.importing.countries import country_code
from ecommerce_ai.shop.services.importing.rows import RejectedValue


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("12.99", "12.99", "GBP"),
        ("12.99 USD", "12.99", "USD"),
        ("USD 12.99", "12.99", "USD"),
        ("£12.99", "12.99", "GBP"),
        ("1.234,56 €", "1234.56", "EUR"),
        ("1,234.56", "1234.56", "GBP"),
        ("1,234", "1234.00", "GBP"),
        ("12,5", "12.50", "GBP"),
        ("1 234,50", "1234.50", "GBP"),
        ("1.234.567", "1234567.00", "GBP"),
        ("0", "0.00", "GBP"),
        ("2.555", "2.56", "GBP"),
    ],
)
def test_it_reads_prices_as_shops_write_them(text: str, amount: str, currency: str) -> None:
    assert v.money(text, "price", "GBP") == (Decimal(amount), currency)


@pytest.mark.parametrize(
    "text", ["NaN", "inf", "-Infinity", "1e5", "-1", "free", "", ".", "¥5", "99999999999", "1..,2"]
)
def test_it_refuses_what_is_no_price(text: str) -> None:
    with pytest.raises(RejectedValue):
        v.money(text, "price", "GBP")


@given(st.text())
def test_it_never_fails_in_another_way(text: str) -> None:
    try:
        amount, currency = v.money(text, "price", "GBP")
    except RejectedValue:
        return
    assert amount >= 0
    assert len(currency) == 3


@given(st.decimals(min_value=0, max_value=10**8, places=2))
def test_it_reads_back_what_python_writes(amount: Decimal) -> None:
    assert v.money(f"{amount}", "price", "GBP")[0] == amount
    assert v.money(f"{amount:,}", "price", "GBP")[0] == amount


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-31T10:00:00Z", datetime(2026, 1, 31, 10, tzinfo=UTC)),
        ("2026-01-31 10:00:00 UTC", datetime(2026, 1, 31, 10, tzinfo=UTC)),
        ("2026-01-31T10:00:00+02:00", datetime(2026, 1, 31, 8, tzinfo=UTC)),
        ("1769853600", datetime(2026, 1, 31, 10, tzinfo=UTC)),
        ("1769853600000000", datetime(2026, 1, 31, 10, tzinfo=UTC)),
    ],
)
def test_it_reads_times(text: str, expected: datetime) -> None:
    assert v.moment(text, "at") == expected


def test_it_reads_times_without_a_zone_as_the_shop_keeps_them() -> None:
    assert v.moment("2011-07-01 12:00:00", "at", ZoneInfo("Europe/London")) == datetime(
        2011, 7, 1, 11, tzinfo=UTC
    )


@pytest.mark.parametrize(
    "text", ["yesterday", "0001-01-01", "9999-01-01", "31/12/2026", "9" * 30, "²²²²²²²²²²"]
)
def test_it_refuses_what_is_no_time(text: str) -> None:
    with pytest.raises(RejectedValue):
        v.moment(text, "at")


@pytest.mark.parametrize("text", ["1.5", "-1", "2147483648", "many", "NaN"])
def test_it_refuses_what_is_no_count(text: str) -> None:
    with pytest.raises(RejectedValue):
        v.whole(text, "stock")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("United Kingdom", "GB"),
        ("EIRE", "IE"),
        ("USA", "US"),
        ("de", "DE"),
        ("中国", "CN"),
        ("Unspecified", ""),
        ("", ""),
    ],
)
def test_it_knows_countries_by_the_names_that_shops_use(name: str, code: str) -> None:
    assert country_code(name) == code
