"""Which price a promotion may be compared with, from a product's price history.

Directive 98/6/EC, article 6a: the lowest price that the shop applied in the thirty days before the
promotion began,
counting the one then in force. An earlier promotion's price counts as any other. A price at which nobody
could buy,
because the product was out of stock for as long as it stood, was not applied. Prices in another currency
do not count.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from ecommerce_ai.shop.prices import LOOK_BACK


@dataclass(frozen=True)
class PriceStep:
    """A price in a currency and when it came into force."""

    price: Decimal
    currency: str
    since: datetime


@dataclass(frozen=True)
class StockOut:
    """Nobody could buy from `begins` until `ends`, or since."""

    begins: datetime
    ends: datetime | None = None


def prior_price(
    history: Sequence[PriceStep], *, began: datetime, currency: str, stock_outs: Sequence[StockOut] = ()
) -> Decimal | None:
    """What a promotion that began then may be compared with, or None. `history` is in order of time."""
    before = [step for step in history if step.since < began]
    until = [step.since for step in before[1:]] + [began]
    begins = began - LOOK_BACK
    applied = [
        step.price
        for step, end in zip(before, until, strict=False)
        if step.currency == currency and could_buy(max(step.since, begins), end, stock_outs)
    ]
    return min(applied, default=None)


def could_buy(begins: datetime, ends: datetime, stock_outs: Sequence[StockOut]) -> bool:
    """Whether some moment between lay outside every time without stock."""
    moment = begins
    for out in sorted(stock_outs, key=lambda each: each.begins):
        if out.begins <= moment:
            moment = max(moment, out.ends or ends)
    return moment < ends


def may_compare(stated: Decimal, reduced: Decimal, prior: Decimal | None) -> bool:
    """Whether `stated` may stand beside `reduced` as the old price: it is the prior price, and that is
    higher.
    """
    return prior is not None and stated == prior > reduced
