"""When an old price may stand beside the new one. Pure: no Django.

The rule is that of the EU's Omnibus directive, which is also fair: the old price is the lowest one that was
in force during the thirty days before the reduction, and a reduction is news for as long as a season.
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
    """The price to strike through, or None. `history` is in order of time and ends with the price of now."""
    if len(history) < 2 or history[-1].price != price or now - history[-1].since > NEWS_FOR:
        return None
    reduced_at = history[-1].since
    before = history[:-1]
    window = [step.price for step in before if step.since >= reduced_at - LOOK_BACK]
    in_force = [step.price for step in before if step.since < reduced_at - LOOK_BACK][-1:]
    lowest = min(window + in_force)
    return lowest if lowest > price else None
