"""Price history: when each product came, what it cost since, and the sales of the year.

A sale lowers the price for a while and puts it back; it never raises it before.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from numpy.random import Generator

from ecommerce_ai.demo.catalogue import DemoProduct
from ecommerce_ai.demo.simulation.clock import DAYS, Clock

DAY_S = 86_400
NEW_SHARE, CHANGED_SHARE, SALE_SHARE = 0.12, 0.3, 0.6


@dataclass(frozen=True)
class Sale:
    """A percentage off the products of some departments, from one day to another (may end after the year)."""

    name: tuple[str, str]
    percent: int
    departments: tuple[str, ...]
    first_day: float
    last_day: float
    products: tuple[int, ...] = ()


@dataclass(frozen=True)
class PriceHistory:
    """(seconds since the start, price) in order; the first entry is the launch."""

    steps: tuple[tuple[float, Decimal], ...]

    @property
    def launched(self) -> float:
        return self.steps[0][0]

    def at(self, seconds: float) -> Decimal:
        index = bisect_right(self.steps, seconds, key=lambda step: step[0]) - 1
        return self.steps[max(index, 0)][1]


SALES = [  # by day of the year
    (("Winter sale", "冬季特惠"), 20, ("wear", "home", "bedroom"), 3, 17),
    (("Spring in the garden", "春日园艺季"), 15, ("garden", "travel"), 100, 14),
    (("Summer clearance", "夏日清仓"), 25, ("wear", "kitchen", "bath"), 185, 18),
    (("Back to the desk", "开学季"), 15, ("stationery", "travel"), 244, 14),
    (("The week before Advent", "降临节前周"), 15, ("kitchen", "home", "children", "pantry"), 325, 8),
]


def draw_sales(clock: Clock, products: Sequence[DemoProduct], rng: Generator) -> tuple[Sale, ...]:
    """The five of the calendar that lie within the year, and one that runs on the day of the anchor."""
    days = [int(day) for day in clock.days_of_year()]
    sales = []
    for name, percent, departments, start, length in SALES:
        first = days.index(start)
        if 40 < first < DAYS - length - 12:
            sales.append(Sale(name, percent, departments, first, first + length))
    sales.append(Sale(("Twelve quiet days", "安静的十二天"), 15, ("home", "bath"), DAYS - 5, DAYS + 7))
    return tuple(with_products(sale, products, rng) for sale in sales)


def with_products(sale: Sale, products: Sequence[DemoProduct], rng: Generator) -> Sale:
    chosen = tuple(
        index
        for index, product in enumerate(products)
        if product.department in sale.departments and rng.random() < SALE_SHARE * 0.6
    )
    return Sale(sale.name, sale.percent, sale.departments, sale.first_day, sale.last_day, chosen)


def draw_histories(
    products: Sequence[DemoProduct], sales: Sequence[Sale], rng: Generator
) -> tuple[PriceHistory, ...]:
    return tuple(
        draw_history(product.price, [sale for sale in sales if index in sale.products], rng)
        for index, product in enumerate(products)
    )


def draw_history(price: Decimal, sales: Sequence[Sale], rng: Generator) -> PriceHistory:
    """The list price of the catalogue is that of the last day; it may have been another one before."""
    launch = float(rng.uniform(20, DAYS - 20)) if rng.random() < NEW_SHARE else -90.0
    levels = [(launch * DAY_S, price)]
    change_day = float(rng.uniform(max(launch, 0) + 15, DAYS - 1))
    if rng.random() < CHANGED_SHARE and not any(
        sale.first_day - 32 < change_day < sale.last_day + 1 for sale in sales
    ):
        before = rounded(price * Decimal(str(round(float(rng.choice([0.92, 0.94, 0.95, 1.08])), 2))))
        if before != price:
            levels = [(launch * DAY_S, before), (change_day * DAY_S + 28_800, price)]
    steps = list(levels)
    for sale in sales:
        if sale.first_day > launch + 31:
            steps += sale_steps(sale, PriceHistory(tuple(levels)))
    return PriceHistory(tuple(sorted(steps)))


def sale_steps(sale: Sale, levels: PriceHistory) -> list[tuple[float, Decimal]]:
    begins, ends = sale.first_day * DAY_S + 25_200, sale.last_day * DAY_S + 25_200
    reduced = rounded(levels.at(begins) * (100 - sale.percent) / 100)
    steps = [(begins, reduced)]
    return [*steps, (ends, levels.at(ends))] if ends < DAYS * DAY_S else steps


def rounded(price: Decimal) -> Decimal:
    """Down to 95 below sixty, to whole pounds above."""
    whole = price.to_integral_value(rounding="ROUND_FLOOR")
    return whole if whole >= 60 else max(whole - Decimal("0.05"), Decimal("0.95"))
