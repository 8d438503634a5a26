"""What is known of a shopper when their page is asked for: a handful of rows by their keys."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np
import numpy.typing as npt
from django.db.models import BinaryField, Count, Func, Max, Min
from django.utils import timezone

from ecommerce_ai.inference.models import ModelRun
from ecommerce_ai.shop.models import Customer, Event, OrderLine
from recommendations.ml.blend import event_weights
from recommendations.ml.documents import Vectors
from recommendations.models import ProductVector, Refusal
from recommendations.selectors.stored import StoredRanking, stored_ranking

LAST_EVENTS = 30
LAST_BOUGHT = 15
STRENGTHS = {Event.Name.VIEW_ITEM: 1.0, Event.Name.ADD_TO_CART: 2.0, Event.Name.PURCHASE: 3.0}
VISIT_GAP = timedelta(minutes=30)
# Somebody is due for a product again after this share of the time that they usually let pass.
DUE_SHARE = 0.8


class VectorBytes(Func):
    """A vector as PostgreSQL sends it: read in a tenth of the time that its text takes."""

    function = "vector_send"
    output_field = BinaryField()


@dataclass(frozen=True)
class Deed:
    """Something the shopper did with a product. One for each product: the strongest, then the latest."""

    event: str
    product_id: int
    occurred_at: datetime
    weight: float
    vector: npt.NDArray[np.float32]
    is_live: bool = False


@dataclass(frozen=True)
class Purchases:
    """How often a product was bought, first and last."""

    count: int
    first_at: datetime
    last_at: datetime

    def is_due(self, now: datetime) -> bool:
        """Whether the shopper usually buys it again by now; one purchase says nothing."""
        if self.count < 2:
            return False
        gap = (self.last_at - self.first_at) / (self.count - 1)
        return gap > timedelta(days=1) and now - self.last_at >= DUE_SHARE * gap


@dataclass(frozen=True)
class Shopper:
    """Everything that serving asks of one customer; of a session that nobody is known by, its deeds."""

    customer: Customer | None
    deeds: tuple[Deed, ...]
    bought: dict[int, Purchases]
    struck: frozenset[tuple[str, int | None]]
    ranking: StoredRanking | None
    is_visiting: bool

    @property
    def not_for_me(self) -> set[int]:
        return {product for code, product in self.struck if code == Refusal.NOT_FOR_ME and product}

    def is_struck(self, code: str, product_id: int | None) -> bool:
        return (code, product_id) in self.struck


def shopper_of(customer: Customer, *, now: datetime | None = None, ranker: ModelRun | None = None) -> Shopper:
    """Five statements at most, whatever the customer did. `ranker`: the run that serves, or another."""
    now = now or timezone.now()
    happened, bought = last_happenings(customer, now=now), purchases_of(customer)
    known = {each.product_id for each in happened}
    return Shopper(
        customer=customer,
        deeds=deeds_of([*happened, *orders_as_happenings(bought, without=known)]),
        bought=bought,
        struck=frozenset(Refusal.objects.filter(customer=customer).values_list("code", "product")),
        ranking=stored_ranking(customer, run=ranker),
        is_visiting=any(each.is_live for each in happened),
    )


def nameless_shopper(actions: Sequence[tuple[str, int]], *, now: datetime | None = None) -> Shopper:
    """Somebody of whom only these (event, product) pairs are known, newest first. One statement."""
    sent = dict(
        ProductVector.objects.filter(product__in={product for _, product in actions}).values_list(
            "product_id", VectorBytes("embedding")
        )
    )
    now = now or timezone.now()
    happened = [
        Happening(event, product, now - timedelta(seconds=age), bytes(sent[product]), is_live=True)
        for age, (event, product) in enumerate(actions[:LAST_EVENTS])
        if product in sent
    ]
    return Shopper(None, deeds_of(happened), {}, frozenset(), None, is_visiting=True)


@dataclass(frozen=True)
class Happening:
    """An event about a product that has a vector; `is_live`: it belongs to the visit of now."""

    event: str
    product_id: int
    occurred_at: datetime
    vector: bytes
    is_live: bool = False


def last_happenings(customer: Customer, *, now: datetime) -> list[Happening]:
    """The last events, newest first."""
    rows = (
        Event.objects.filter(customer=customer, product__vector__isnull=False)
        .named(*STRENGTHS)
        .order_by("-occurred_at", "-pk")
        .values_list("name", "product_id", "occurred_at", VectorBytes("product__vector__embedding"))
    )[:LAST_EVENTS]
    found: list[Happening] = []
    before, is_live = now, True
    for name, product_id, occurred_at, sent in rows:
        is_live = is_live and before - occurred_at < VISIT_GAP
        before = occurred_at
        found.append(Happening(name, product_id, occurred_at, bytes(sent), is_live))
    return found


def purchases_of(customer: Customer) -> dict[int, Purchases]:
    """What the customer ordered, here or in the imported history, by product."""
    lines = OrderLine.objects.goods().filter(
        order__customer=customer, order__kind="sale", product__isnull=False
    )
    counted = (
        lines.order_by()
        .values_list("product")
        .annotate(Count("order", distinct=True), Min("order__placed_at"), Max("order__placed_at"))
    )
    return {product: Purchases(count, first, last) for product, count, first, last in counted}


def orders_as_happenings(bought: dict[int, Purchases], *, without: set[int]) -> list[Happening]:
    """The last purchases that no event tells of: imported orders have none."""
    times = {product: each.last_at for product, each in bought.items() if product not in without}
    latest = sorted(times, key=lambda product: times[product], reverse=True)[:LAST_BOUGHT]
    if not latest:
        return []
    sent = dict(
        ProductVector.objects.filter(product__in=latest).values_list("product_id", VectorBytes("embedding"))
    )
    return [
        Happening(Event.Name.PURCHASE, product, times[product], bytes(sent[product]))
        for product in latest
        if product in sent
    ]


def deeds_of(happened: Sequence[Happening]) -> tuple[Deed, ...]:
    """One deed for each product, the heaviest first; its weight is that of all its events together."""
    ordered = sorted(happened, key=lambda each: each.occurred_at, reverse=True)
    weights = event_weights(
        [STRENGTHS[Event.Name(each.event)] for each in ordered], is_now=[each.is_live for each in ordered]
    )
    found: dict[int, Deed] = {}
    for each, weight in zip(ordered, weights.tolist(), strict=True):
        deed = Deed(
            each.event, each.product_id, each.occurred_at, weight, as_vector(each.vector), each.is_live
        )
        found[each.product_id] = joined(found.get(each.product_id), deed)
    return tuple(sorted(found.values(), key=lambda deed: -deed.weight))


def joined(known: Deed | None, deed: Deed) -> Deed:
    """Two deeds about one product: what says more of the two, with the weight of both."""
    if known is None:
        return deed
    said = max(known, deed, key=lambda each: STRENGTHS[Event.Name(each.event)])
    return replace(said, weight=known.weight + deed.weight, is_live=known.is_live or deed.is_live)


def as_vector(sent: bytes) -> Vectors:
    """`vector_send`: four bytes of header, then big-endian floats."""
    return np.frombuffer(sent, ">f4", offset=4).astype(np.float32)
