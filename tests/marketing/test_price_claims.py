"""Twelve histories of which the right answer is known (directive 98/6/EC, article 6a)."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from marketing.ml.price_claims import PriceStep, StockOut, may_compare, prior_price

BEGAN = datetime(2026, 11, 27, 9, tzinfo=UTC)


def since(price: str, days_before: float, currency: str = "EUR") -> PriceStep:
    return PriceStep(Decimal(price), currency, BEGAN - timedelta(days=days_before))


def out(first: float, last: float | None) -> StockOut:
    """Without stock from so many days before the promotion to so many, or still."""
    ends = None if last is None else BEGAN - timedelta(days=last)
    return StockOut(BEGAN - timedelta(days=first), ends)


HISTORIES: dict[str, tuple[list[PriceStep], list[StockOut], str | None]] = {
    "one price, set long before the window": ([since("100", 400)], [], "100"),
    "raised just before to be lowered": ([since("80", 200), since("120", 10)], [], "80"),
    "promotion on promotion": ([since("100", 200), since("70", 20), since("100", 13)], [], "70"),
    "a promotion that ended before the window": (
        [since("100", 200), since("70", 60), since("100", 40)],
        [],
        "100",
    ),
    "in force as the window began": ([since("60", 90), since("90", 29)], [], "60"),
    "changed at the very edge of the window": ([since("60", 90), since("90", 30)], [], "90"),
    "cheap only while nobody could buy": (
        [since("100", 200), since("50", 20), since("100", 10)],
        [out(21, 9)],
        "100",
    ),
    "cheap for a day after the stock came back": (
        [since("100", 200), since("50", 20), since("100", 10)],
        [out(25, 11)],
        "50",
    ),
    "the currency changed in the window": ([since("90", 200, "USD"), since("100", 15)], [], "100"),
    "cheap long before, then in another currency until lately": (
        [since("50", 200), since("90", 40, "USD"), since("100", 15)],
        [],
        "100",
    ),
    "cheap long before, then out of stock as the window began": (
        [since("50", 200), since("100", 60), since("120", 20)],
        [out(61, 20)],
        "120",
    ),
    "never sold before": ([], [], None),
}


@pytest.mark.parametrize(("history", "stock_outs", "expected"), HISTORIES.values(), ids=HISTORIES.keys())
def test_the_prior_price(history: list[PriceStep], stock_outs: list[StockOut], expected: str | None) -> None:
    found = prior_price(history, began=BEGAN, currency="EUR", stock_outs=stock_outs)
    assert found == (expected and Decimal(expected))


def test_only_a_higher_prior_price_may_stand_beside_the_new_one() -> None:
    assert may_compare(Decimal(100), Decimal(80), Decimal(100))
    assert not may_compare(Decimal(120), Decimal(80), Decimal(100))
    assert not may_compare(Decimal(80), Decimal(80), Decimal(80))
    assert not may_compare(Decimal(100), Decimal(80), None)
