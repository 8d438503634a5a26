"""Which earlier price a reduction may be compared with. Pure: no Django.

The rule is that of the EU's Omnibus directive (98/6/EC, article 6a), which is also fair: the lowest price
of the
thirty days before the reduction, counting the one then in force.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

LOOK_BACK = timedelta(days=30)
NEWS_FOR = timedelta(days=90)


@dataclass(frozen=True)
class PriceSince:
    """A price and when it came into force."""

    price: Decimal
    since: datetime


def old_price(history: Sequence[PriceSince], *, price: Decimal, now: datetime) -> Decimal | None:
    """The price to strike through, or None; a reduction is news for a season. `history` ends with the
    price of now.
    """
    if len(history) < 2 or history[-1].price != price or now - history[-1].since > NEWS_FOR:
        return None
    lowest = lowest_before(history[:-1], history[-1].since)
    return lowest if lowest is not None and lowest > price else None


def lowest_before(history: Sequence[PriceSince], moment: datetime) -> Decimal | None:
    """The lowest price of the thirty days before, with the one in force as they began. `history` is in
    order of time.
    """
    begins = moment - LOOK_BACK
    before = [step for step in history if step.since < moment]
    in_force = [step.price for step in before if step.since <= begins][-1:]
    return min([*in_force, *(step.price for step in before if step.since > begins)], default=None)
