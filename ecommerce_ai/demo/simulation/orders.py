"""What becomes of an order: parcels, delays, cancellations, returns."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from numpy.random import Generator

from ecommerce_ai.demo.catalogue import table
from ecommerce_ai.demo.simulation.clock import DAYS, Clock
from ecommerce_ai.demo.simulation.people import DAY_S, Person
from ecommerce_ai.demo.simulation.truth import ProductTruth
from ecommerce_ai.demo.simulation.visits import Purchase

POSTAGE, FREE_FROM = Decimal("3.95"), Decimal(45)
CARRIERS = {
    "GB": ("Royal Mail", "DPD"),
    "DE": ("DHL", "DPD"),
    "US": ("UPS", "DHL"),
    "CN": ("SF Express", "DHL"),
}
ABROAD = ("DPD", "GLS")
NOTES = ("Held at the depot: the street number is missing.", "Nobody at home; second attempt tomorrow.",
         "Sorting centre delayed by weather.", "Waiting for customs papers.")  # fmt: skip


@dataclass(frozen=True)
class Parcel:
    carrier: str
    tracking_number: str
    status: str
    note: str
    shipped: float
    promised: float
    delivered: float | None

    @property
    def days_late(self) -> float:
        return max(0.0, (self.delivered - self.promised) / DAY_S) if self.delivered else 0.0


@dataclass(frozen=True)
class Fate:
    """How an order stands at the end of the year. `returned` counts in the purchase's lines."""

    purchase: Purchase
    status: str
    postage: Decimal
    parcel: Parcel | None
    taken_back: float | None = None  # when it was cancelled or sent back
    returned: tuple[int, ...] = ()

    @property
    def total(self) -> Decimal:
        return sum((quantity * price for _, quantity, price in self.purchase.lines), self.postage)


def decide_fates(
    purchases: Sequence[Purchase], people: Sequence[Person], truth: ProductTruth, clock: Clock, rng: Generator
) -> list[Fate]:
    visits = clock.visits()
    busy = visits / visits.mean()
    return [
        decide_fate(
            purchase,
            people[purchase.person],
            truth,
            float(busy[min(int(purchase.time // DAY_S), DAYS - 1)]),
            rng,
        )
        for purchase in purchases
    ]


def decide_fate(purchase: Purchase, person: Person, truth: ProductTruth, busy: float, rng: Generator) -> Fate:
    goods = sum((quantity * price for _, quantity, price in purchase.lines), Decimal(0))
    postage = Decimal(0) if goods >= FREE_FROM else POSTAGE
    now = DAYS * DAY_S
    if rng.random() < 0.028:
        cancelled = purchase.time + float(rng.uniform(600, 20_000))
        if cancelled < now:
            return Fate(purchase, "cancelled", postage, None, cancelled)
    parcel = send(purchase, person, busy, rng)
    if parcel is None:
        return Fate(purchase, "placed" if now - purchase.time < 3_600 else "paid", postage, None)
    if parcel.delivered is None:
        return Fate(purchase, "shipped", postage, parcel)
    return keep_or_return(Fate(purchase, "delivered", postage, parcel), parcel.delivered, truth, rng)


def send(purchase: Purchase, person: Person, busy: float, rng: Generator) -> Parcel | None:
    """The parcel, or None while the order is still being packed at the end of the year."""
    now = float(DAYS * DAY_S)
    low, high = table("people")[person.country]["days"]
    shipped = purchase.time + DAY_S * float(rng.uniform(0.2, 1.1) * busy**0.5)
    if shipped >= now:
        return None
    promised = purchase.time + high * DAY_S
    travel = float(rng.uniform(low, high) - 0.7 + (rng.exponential(3.5) if rng.random() < 0.07 * busy else 0))
    arrives = shipped + max(travel, 0.6) * DAY_S
    carriers = CARRIERS.get(person.country, ABROAD)
    is_held_up = arrives > promised + DAY_S and arrives >= now
    return Parcel(
        carrier=carriers[int(rng.integers(len(carriers)))],
        tracking_number=f"LK{int(rng.integers(10**8, 10**9))}{purchase.number[2:]}",
        status="delivered" if arrives < now else "exception" if is_held_up else "in_transit",
        note=NOTES[int(rng.integers(len(NOTES)))] if arrives > promised + DAY_S else "",
        shipped=shipped,
        promised=promised,
        delivered=arrives if arrives < now else None,
    )


def keep_or_return(fate: Fate, delivered: float, truth: ProductTruth, rng: Generator) -> Fate:
    back = delivered + float(rng.uniform(3, 18)) * DAY_S
    late = 0.05 if fate.parcel and fate.parcel.days_late > 2 else 0.0
    chances = [0.035 + late - 0.03 * float(truth.quality[product]) for product, _, _ in fate.purchase.lines]
    returned = tuple(index for index, chance in enumerate(chances) if rng.random() < chance)
    if not returned or back >= DAYS * DAY_S:
        return fate
    status = "returned" if len(returned) == len(fate.purchase.lines) else fate.status
    return Fate(fate.purchase, status, fate.postage, fate.parcel, back, returned)
