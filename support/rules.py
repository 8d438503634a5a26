"""What after-sales allows, and until when. Pure: dates and facts in, a verdict out."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Refusal = Literal[
    "sent", "cancelled", "not_delivered", "too_late", "nothing_left", "not_lower", "in_stock", "returned"
]


@dataclass(frozen=True)
class Terms:
    """The shop's own: days and years."""

    withdrawal_days: int = 14
    return_days: int = 30
    warranty_years: int = 2
    price_match_days: int = 14


@dataclass(frozen=True)
class OrderFacts:
    """`delivered_on`: when the last parcel came; None while it has not. `left`: goods not asked back yet."""

    is_before_dispatch: bool
    is_cancelled: bool
    is_returned: bool
    placed_on: date
    delivered_on: date | None
    left: int


@dataclass(frozen=True)
class Verdict:
    """Whether it may be done, why not, and until when it may."""

    refusal: Refusal | None = None
    until: date | None = None
    withdraw_until: date | None = None

    @property
    def is_allowed(self) -> bool:
        return self.refusal is None


def may_cancel(order: OrderFacts) -> Verdict:
    if order.is_cancelled:
        return Verdict("cancelled")
    return Verdict() if order.is_before_dispatch else Verdict("sent")


may_change_address = may_cancel


def may_return(order: OrderFacts, terms: Terms, today: date) -> Verdict:
    """The right of withdrawal ends `withdrawal_days` after the day of delivery; the shop may take longer.

    Goods on their way may be given back as well: the time has not begun.
    """
    if order.is_cancelled:
        return Verdict("cancelled")
    if order.is_returned or not order.left:
        return Verdict("nothing_left")
    if order.is_before_dispatch:
        return Verdict("not_delivered")
    if order.delivered_on is None:
        return Verdict()
    withdraw = order.delivered_on + timedelta(days=terms.withdrawal_days)
    last = order.delivered_on + timedelta(days=max(terms.return_days, terms.withdrawal_days))
    return Verdict(None if today <= last else "too_late", last, withdraw)


def under_warranty(order: OrderFacts, terms: Terms, today: date) -> Verdict:
    """Counted from delivery, or from the order where nobody told when it came."""
    if order.is_cancelled:
        return Verdict("cancelled")
    began = order.delivered_on or order.placed_on
    last = years_after(began, terms.warranty_years)
    return Verdict(None if today <= last else "too_late", last)


def may_match_price(*, paid: int, found: int, placed_on: date, terms: Terms, today: date) -> Verdict:
    """Prices in the smallest unit of one currency."""
    last = placed_on + timedelta(days=terms.price_match_days)
    if found >= paid:
        return Verdict("not_lower", last)
    return Verdict(None if today <= last else "too_late", last)


def years_after(day: date, years: int) -> date:
    """The same day some years on; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
