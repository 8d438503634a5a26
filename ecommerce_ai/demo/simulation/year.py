"""The whole year in one call."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from ecommerce_ai.demo.catalogue import DemoProduct, catalogue
from ecommerce_ai.demo.simulation.clock import Clock
from ecommerce_ai.demo.simulation.orders import Fate, decide_fates
from ecommerce_ai.demo.simulation.people import Person, draw_people
from ecommerce_ai.demo.simulation.prices import PriceHistory, Sale, draw_histories, draw_sales
from ecommerce_ai.demo.simulation.truth import ProductTruth, product_truth
from ecommerce_ai.demo.simulation.visits import Happening, World, live_a_year
from ecommerce_ai.demo.simulation.voices import Opinion, Query, draw_opinions, draw_queries

SEED = 20_260
CUSTOMERS = 1_560


@dataclass(frozen=True)
class Year:
    """Everything that happened, and the truth behind it. People, products and prices count from 0."""

    clock: Clock
    products: Sequence[DemoProduct]
    truth: ProductTruth
    people: Sequence[Person]
    sales: Sequence[Sale]
    histories: Sequence[PriceHistory]
    happenings: Sequence[Happening]
    fates: Sequence[Fate]
    opinions: Sequence[Opinion]
    queries: Sequence[Query]


def simulate(anchor: datetime, *, customers: int = CUSTOMERS, seed: int = SEED) -> Year:
    """The twelve months before `anchor` (an aware time). The same arguments give the same year."""
    streams = [np.random.default_rng([seed, stream]) for stream in range(6)]
    clock, products = Clock(anchor), catalogue()
    truth = product_truth(products, streams[0])
    people = draw_people(customers, products, truth.popularity, streams[1])
    sales = draw_sales(clock, products, streams[2])
    histories = draw_histories(products, sales, streams[2])
    diary = live_a_year(World(clock, products, truth, histories), people, streams[3])
    fates = decide_fates(diary.purchases, people, truth, clock, streams[4])
    launched = [history.launched for history in histories]
    return Year(
        clock=clock,
        products=products,
        truth=truth,
        people=people,
        sales=sales,
        histories=histories,
        happenings=sorted(diary.happenings, key=lambda happening: happening.time),
        fates=fates,
        opinions=draw_opinions(fates, people, truth, streams[5]),
        queries=draw_queries(people, products, launched, streams[5]),
    )
