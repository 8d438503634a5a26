"""Bands of prices with limits that people would choose. Pure."""

from collections.abc import Sequence
from decimal import Decimal

NICE = tuple(Decimal(step) for step in ("1", "1.5", "2", "2.5", "3", "4", "5", "6", "8", "10"))


def nice_limit(price: Decimal) -> Decimal:
    """The closest round number: 18.95 → 20, 137 → 150, 0.83 → 0.8."""
    if price <= 0:
        return Decimal(0)
    power = Decimal(10) ** price.adjusted()
    closest = min(NICE, key=lambda step: abs(step * power - price))
    return (closest * power).quantize(Decimal("0.01")).normalize() + 0


def round_limits(prices: Sequence[Decimal | None]) -> list[Decimal]:
    """Rising round limits near the given prices; fewer when some fall together."""
    limits = {nice_limit(price) for price in prices if price is not None}
    return [Decimal(f"{limit:f}") for limit in sorted(limits) if limit > 0]
