"""What no table says: how good each product is, what goes with what, and what each person likes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from ecommerce_ai.demo.catalogue import DemoProduct
from ecommerce_ai.demo.simulation.clock import DAYS, Floats

COMPLEMENTS = {
    "mugs": ("tea", "coffee", "brewing"),
    "tea": ("mugs", "brewing", "sweet"),
    "coffee": ("brewing", "mugs", "sweet"),
    "brewing": ("coffee", "tea", "mugs"),
    "tableware": ("glassware", "kitchen-linen"),
    "glassware": ("tableware", "sweet"),
    "kitchen-linen": ("cooks-tools", "tableware"),
    "cooks-tools": ("kitchen-linen", "tableware"),
    "lamps": ("cushions", "vases"),
    "cushions": ("blankets", "lamps"),
    "blankets": ("cushions", "candles", "slippers"),
    "candles": ("soap", "cards-paper", "vases"),
    "vases": ("plant-pots", "candles"),
    "baskets": ("blankets", "plant-pots"),
    "bed-linen": ("sleepwear", "cushions"),
    "sleepwear": ("slippers", "bed-linen"),
    "slippers": ("socks", "sleepwear"),
    "scarves": ("hats-gloves", "knitwear"),
    "knitwear": ("scarves", "socks"),
    "bags": ("bottles", "notebooks"),
    "jewellery": ("scarves", "cards-paper"),
    "hats-gloves": ("scarves", "socks"),
    "socks": ("slippers", "hats-gloves"),
    "soap": ("towels", "bath"),
    "towels": ("soap", "bath"),
    "bath": ("towels", "soap"),
    "plant-pots": ("watering", "garden-tools"),
    "watering": ("plant-pots", "garden-tools"),
    "garden-tools": ("plant-pots", "birds"),
    "birds": ("garden-tools", "watering"),
    "notebooks": ("desk", "bags"),
    "desk": ("notebooks", "coffee"),
    "cards-paper": ("candles", "sweet"),
    "bottles": ("packs", "picnic"),
    "packs": ("bottles", "bags"),
    "picnic": ("bottles", "sweet"),
    "soft-toys": ("nursery", "wooden-toys"),
    "wooden-toys": ("soft-toys", "cards-paper"),
    "nursery": ("soft-toys", "blankets"),
    "sweet": ("tea", "coffee"),
}
LIFE_EVENTS = {  # chance, days it lasts, shelves, how many times more
    "moving house": (0.16, 70, ("lamps", "bed-linen", "baskets", "tableware", "towels", "cooks-tools"), 5.0),
    "baby": (0.08, 130, ("nursery", "soft-toys", "blankets"), 14.0),
    "new job": (0.12, 45, ("bags", "notebooks", "desk", "bottles"), 6.0),
    "new garden": (0.07, 120, ("plant-pots", "watering", "garden-tools", "birds"), 8.0),
}
CONSUMED = {"tea", "coffee", "sweet", "soap", "candles"}


@dataclass(frozen=True)
class LifeEvent:
    kind: str
    day: int
    shelves: tuple[str, ...]
    days: int
    strength: float


@dataclass(frozen=True)
class Taste:
    """`weights` is how likely each product is to catch this person's eye, all else being equal."""

    shelves: tuple[str, ...]
    brands: tuple[str, ...]
    colours: tuple[str, ...]
    price_sensitivity: float
    weights: Floats
    life_events: tuple[LifeEvent, ...]


@dataclass(frozen=True)
class ProductTruth:
    """`quality` is about -1.5 to 1.5; `companions` are the three products that go best with each."""

    quality: Floats
    popularity: Floats
    companions: tuple[tuple[int, ...], ...]


def product_truth(products: Sequence[DemoProduct], rng: Generator) -> ProductTruth:
    designs = {
        product.design: float(value)
        for product, value in zip(products, rng.normal(0, 0.6, len(products)), strict=True)
    }
    quality = np.array([designs[product.design] for product in products]) + rng.normal(0, 0.15, len(products))
    popularity = np.exp(rng.normal(0, 0.55, len(products)) + 0.35 * quality)
    by_shelf: dict[str, list[int]] = {}
    for index, product in enumerate(products):
        by_shelf.setdefault(product.shelf.slug, []).append(index)
    companions = tuple(companions_of(product, by_shelf, rng) for product in products)
    return ProductTruth(quality, popularity, companions)


def companions_of(product: DemoProduct, by_shelf: dict[str, list[int]], rng: Generator) -> tuple[int, ...]:
    candidates = [index for slug in COMPLEMENTS[product.shelf.slug] for index in by_shelf[slug]]
    return tuple(int(index) for index in rng.choice(candidates, size=3, replace=False))


@dataclass(frozen=True)
class Traits:
    """The columns of the catalogue that tastes are about, read once for all people."""

    shelves: np.ndarray
    brands: np.ndarray
    colours: np.ndarray
    cheapness: Floats
    popularity: Floats

    @classmethod
    def of(cls, products: Sequence[DemoProduct], popularity: Floats) -> "Traits":
        return cls(
            shelves=np.array([product.shelf.slug for product in products]),
            brands=np.array([product.brand for product in products]),
            colours=np.array([product.colour for product in products]),
            cheapness=-np.log([float(product.price) / 25 for product in products]),
            popularity=popularity,
        )


def draw_taste(traits: Traits, rng: Generator) -> Taste:
    """A trait is drawn as often as it is met in the catalogue."""
    shelves = pick(rng, traits.shelves, int(rng.integers(3, 6)))
    brands = pick(rng, traits.brands, 3)
    colours = pick(rng, traits.colours, 4)
    sensitivity = float(rng.beta(2, 3) * 1.4)
    weights = np.where(among(traits.shelves, shelves), rng.uniform(6, 14), 0.5)
    weights[among(traits.brands, brands)] *= 1.9
    weights[among(traits.colours, colours)] *= 1.7
    weights *= traits.popularity * np.exp(sensitivity * 0.6 * traits.cheapness)
    return Taste(shelves, brands, colours, sensitivity, weights, draw_life_events(rng))


def among(column: np.ndarray, names: Sequence[str]) -> np.ndarray:
    return np.asarray(np.any([column == name for name in names], axis=0))


def pick(rng: Generator, column: np.ndarray, size: int) -> tuple[str, ...]:
    """`size` different values of the column."""
    picked: dict[str, None] = {}
    while len(picked) < size:
        picked[str(column[int(rng.integers(len(column)))])] = None
    return tuple(picked)


def draw_life_events(rng: Generator) -> tuple[LifeEvent, ...]:
    events = []
    for kind, (chance, days, shelves, strength) in LIFE_EVENTS.items():
        if rng.random() < chance:
            events.append(LifeEvent(kind, int(rng.integers(0, DAYS)), shelves, days, strength))
    return tuple(events)
