"""What is known of a shopper when their page is asked for."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from django.db.models import BinaryField, Func
from django.utils import timezone

from ecommerce_ai.inference.models import ModelRun
from ecommerce_ai.privacy.selectors import Purpose
from ecommerce_ai.privacy.selectors.consents import is_allowed_by_default
from ecommerce_ai.shop.models import Customer, Event
from recommendations.ml.blend import event_weights
from recommendations.ml.documents import Vectors
from recommendations.models import DIMENSIONS, ProductVector, Refusal
from recommendations.selectors.facts import LAST_EVENTS, Facts, facts_of
from recommendations.selectors.tags import Tag, tags_of

STRENGTHS: Mapping[str, float] = {
    Event.Name.VIEW_ITEM: 1.0,
    Event.Name.ADD_TO_CART: 2.0,
    Event.Name.PURCHASE: 3.0,
}
VISIT_GAP = timedelta(minutes=30)
# Somebody is due for a product again after this share of the time that they usually let pass.
DUE_SHARE = 0.8
NO_VECTORS = np.zeros((0, DIMENSIONS), np.float32)


class VectorBytes(Func):
    """A vector as PostgreSQL sends it: read in a tenth of the time that its text takes."""

    function = "vector_send"
    output_field = BinaryField()


class Deed(NamedTuple):
    """Something the shopper did with a product. One for each product: the strongest, then the latest."""

    event: str
    product_id: int
    occurred_at: datetime
    weight: float
    vector: npt.NDArray[np.float32]
    is_live: bool = False


class Purchases(NamedTuple):
    """How often a product was bought, first and last."""

    times: int
    first_at: datetime
    last_at: datetime

    @property
    def due_at(self) -> datetime | None:
        """When the shopper usually buys it again; one purchase says nothing."""
        if self.times < 2:
            return None
        gap = (self.last_at - self.first_at) / (self.times - 1)
        return self.last_at + DUE_SHARE * gap if gap > timedelta(days=1) else None

    def is_due(self, now: datetime) -> bool:
        return self.due_at is not None and now >= self.due_at


@dataclass(frozen=True)
class Ranking:
    """The order that one run of the ranker stored for a customer."""

    run_id: int
    product_ids: Sequence[int]
    computed_at: datetime


@dataclass(frozen=True)
class Shopper:
    """Everything that serving asks of one customer; of a session that nobody is known by, its deeds.

    `visit_ends_at`: when the clicks of their visit will count as past; None where they are away. `tags` by
    the key of their trait. `shown`: in how many of the last lists a product stood; `shown_at`: when these
    lists were, the oldest first.
    """

    customer: Customer | None
    deeds: tuple[Deed, ...]
    bought: dict[int, Purchases]
    struck: frozenset[tuple[str, int | None]]
    ranking: Ranking | None
    visit_ends_at: datetime | None = None
    tags: Mapping[int, Tag] = field(default_factory=dict)
    shown: Counter[int] = field(default_factory=Counter)
    shown_at: Sequence[datetime] = ()

    @cached_property
    def deed_vectors(self) -> Vectors:
        """A row for each deed."""
        return np.array([deed.vector for deed in self.deeds]) if self.deeds else NO_VECTORS

    @cached_property
    def news(self) -> list[int]:
        """Places of the deeds that their ranking cannot know yet; all, where there is none."""
        if self.ranking is None:
            return list(range(len(self.deeds)))
        ranked_at = self.ranking.computed_at
        return [
            place for place, deed in enumerate(self.deeds) if deed.is_live or deed.occurred_at > ranked_at
        ]

    @property
    def not_for_me(self) -> set[int]:
        return {product for code, product in self.struck if code == Refusal.NOT_FOR_ME and product}

    def is_struck(self, code: str, product_id: int | None) -> bool:
        return (code, product_id) in self.struck


def shopper_of(customer: Customer, *, now: datetime | None = None, ranker: ModelRun | None = None) -> Shopper:
    """One statement, whatever the customer did. `ranker`: the run that serves, or another."""
    return shopper_from(facts_of(customer, run_id=ranker.pk if ranker else None), customer, now=now)


def willing_shopper(customer: Customer, *, ranker: ModelRun | None = None) -> Shopper | None:
    """The same, or None for who does not want to be known: their last word comes with the same statement."""
    facts = facts_of(customer, run_id=ranker.pk if ranker else None)
    return shopper_from(facts, customer) if is_willing(last_word=facts.consent) else None


def is_willing(*, last_word: bool | None) -> bool:
    """Whether somebody wants to be known, by what they said last about it; None: nothing."""
    return is_allowed_by_default(Purpose.PERSONALISATION) if last_word is None else last_word


def shopper_from(facts: Facts, customer: Customer, *, now: datetime | None = None) -> Shopper:
    events = events_of(facts, now=now or timezone.now())
    happened = [*events, *orders_of(facts)]
    return Shopper(
        customer=customer,
        deeds=deeds_of(happened),
        bought={product: Purchases(*rest) for product, rest in facts.purchases.items()},
        struck=frozenset(facts.refusals),
        ranking=ranking_of(facts),
        visit_ends_at=events[0].occurred_at + VISIT_GAP if events and events[0].is_live else None,
        tags=tags_of(facts),
        shown=Counter(facts.shown),
        shown_at=facts.shown_at,
    )


def ranking_of(facts: Facts) -> Ranking | None:
    """None for whoever has no history yet."""
    if facts.run_id is None or facts.ranked_at is None:
        return None
    return Ranking(facts.run_id, facts.ranked_ids, facts.ranked_at)


def nameless_shopper(actions: Sequence[tuple[str, int]], *, now: datetime | None = None) -> Shopper:
    """Somebody of whom only these (event, product) pairs are known, newest first. One statement."""
    sent = dict(
        ProductVector.objects.filter(product__in={product for _, product in actions}).values_list(
            "product_id", VectorBytes("embedding")
        )
    )
    now = now or timezone.now()
    happened = [
        Happening(event, product, now - timedelta(seconds=age), as_vector(bytes(sent[product])), is_live=True)
        for age, (event, product) in enumerate(actions[:LAST_EVENTS])
        if product in sent
    ]
    return Shopper(None, deeds_of(happened), {}, frozenset(), None)


class Happening(NamedTuple):
    """An event about a product that has a vector; `is_live`: it belongs to the visit of now."""

    event: str
    product_id: int
    occurred_at: datetime
    vector: Vectors
    is_live: bool = False


def events_of(facts: Facts, *, now: datetime) -> list[Happening]:
    """The last events, newest first."""
    found: list[Happening] = []
    before, is_live = now, True
    for (name, product_id, occurred_at), vector in zip(facts.events, facts.event_vectors, strict=True):
        is_live = is_live and before - occurred_at < VISIT_GAP
        before = occurred_at
        found.append(Happening(name, product_id, occurred_at, vector, is_live))
    return found


def orders_of(facts: Facts) -> list[Happening]:
    """The last purchases that no event tells of: imported orders have none."""
    return [
        Happening(Event.Name.PURCHASE, product, last_at, vector)
        for (product, last_at), vector in zip(facts.orders, facts.order_vectors, strict=True)
    ]


def deeds_of(happened: Sequence[Happening]) -> tuple[Deed, ...]:
    """One deed for each product, the heaviest first; its weight is that of all its events together."""
    ordered = sorted(happened, key=lambda each: each.occurred_at, reverse=True)
    weights = event_weights(
        [STRENGTHS[each.event] for each in ordered], is_now=[each.is_live for each in ordered]
    )
    found: dict[int, Deed] = {}
    for each, weight in zip(ordered, weights.tolist(), strict=True):
        deed = Deed(each.event, each.product_id, each.occurred_at, weight, each.vector, each.is_live)
        found[each.product_id] = joined(found.get(each.product_id), deed)
    return tuple(sorted(found.values(), key=lambda deed: -deed.weight))


def joined(known: Deed | None, deed: Deed) -> Deed:
    """Two deeds about one product: what says more of the two, with the weight of both."""
    if known is None:
        return deed
    said = max(known, deed, key=lambda each: STRENGTHS[each.event])
    return said._replace(weight=known.weight + deed.weight, is_live=known.is_live or deed.is_live)


def as_vector(sent: bytes) -> Vectors:
    """`vector_send`: four bytes of header, then big-endian floats."""
    return np.frombuffer(sent, ">f4", offset=4).astype(np.float32)
