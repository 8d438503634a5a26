"""What people do when they come: look, search, put in the cart, buy."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random
from typing import Any, NamedTuple

import numpy as np
from numpy.random import Generator

from ecommerce_ai.demo.catalogue import DemoProduct
from ecommerce_ai.demo.simulation.clock import DAYS, Clock, Floats
from ecommerce_ai.demo.simulation.people import DAY_S, Person
from ecommerce_ai.demo.simulation.prices import PriceHistory
from ecommerce_ai.demo.simulation.truth import CONSUMED, ProductTruth

HOURS = np.array(
    [1, 1, 0, 0, 0, 1, 3, 6, 8, 9, 9, 9, 11, 11, 9, 8, 8, 9, 12, 15, 18, 18, 12, 5], dtype=np.float64
)


class Happening(NamedTuple):
    """One event; `product` counts in the catalogue's order."""

    name: str
    person: int
    visit: str
    time: float
    product: int | None = None
    quantity: int | None = None
    value: Decimal | None = None
    search_term: str = ""
    order: str = ""
    is_first: bool = False


@dataclass(frozen=True)
class Purchase:
    """An order as it was placed: (product, quantity, price of that moment)."""

    number: str
    person: int
    time: float
    lines: tuple[tuple[int, int, Decimal], ...]


@dataclass
class World:
    """What all visits share. Seasons and availability are looked up by day."""

    clock: Clock
    products: Sequence[DemoProduct]
    truth: ProductTruth
    histories: Sequence[PriceHistory]
    season_by_day: Floats = field(init=False)  # days × products
    shelf_codes: np.ndarray = field(init=False)
    shelf_slugs: list[str] = field(init=False)
    design_codes: np.ndarray = field(init=False)
    shelf_pull: Floats = field(init=False)  # shelves × products: nine on the shelf itself, one elsewhere
    is_consumed: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        shelves = [product.shelf.slug for product in self.products]
        self.shelf_slugs = sorted(set(shelves))
        self.shelf_codes = np.array([self.shelf_slugs.index(slug) for slug in shelves])
        self.design_codes = np.unique([product.design for product in self.products], return_inverse=True)[1]
        self.shelf_pull = np.where(
            self.shelf_codes[None, :] == np.arange(len(self.shelf_slugs))[:, None], 9.0, 1.0
        )
        self.is_consumed = np.isin(shelves, list(CONSUMED))
        seasons = {name: self.clock.season(name) for name in {p.shelf.season for p in self.products}}
        launches = np.array([history.launched / DAY_S for history in self.histories])
        by_product = np.stack([seasons[product.shelf.season] for product in self.products], axis=1)
        out_now = np.arange(DAYS)[:, None] >= launches[None, :]
        self.season_by_day = by_product * out_now

    def discount_by_day(self) -> Floats:
        """Price of the day divided by the catalogue's, days × products."""
        lists = np.array([float(product.price) for product in self.products])
        prices: Floats = np.empty((DAYS, len(self.products)))
        for index, history in enumerate(self.histories):
            prices[:, index] = float(history.steps[0][1])
            for time, price in history.steps[1:]:
                prices[max(int(time // DAY_S), 0) :, index] = float(price)
        return np.asarray(prices / lists, dtype=np.float64)


@dataclass
class Shopper:
    """A person during the simulation: the weights change with what they bought."""

    person: Person
    weights: Floats
    bought: list[int] = field(default_factory=list)


@dataclass
class Diary:
    """What is written down as the year goes by."""

    happenings: list[Happening] = field(default_factory=list)
    purchases: list[Purchase] = field(default_factory=list)


def live_a_year(world: World, people: Sequence[Person], rng: Generator) -> Diary:
    """All visits of all people, person by person, in time order for each."""
    diary, visits, discounts = Diary(), world.clock.visits(), world.discount_by_day()
    chance = Random(int(rng.integers(2**32)))  # for one number at a time it is ten times faster than numpy's
    attraction = world.season_by_day * discounts**-2.2  # a sale draws eyes; more so those who mind prices
    for person in people:
        shopper = Shopper(person, person.taste.weights.copy())
        for number, time in enumerate(visit_times(person, visits, rng)):
            Visit(world, shopper, diary, chance, time, f"v{person.number}-{number}").go(
                attraction[int(time // DAY_S)]
            )
    return diary


def visit_times(person: Person, busy: Floats, rng: Generator) -> list[float]:
    weights = busy.copy()
    first = max(person.first_day, 0.0)
    weights[: int(first)] = 0
    for event in person.taste.life_events:
        weights[event.day : event.day + event.days] *= 1.7
    share = weights.sum() / busy.sum()
    count = 1 + rng.poisson(person.visits_a_year * share)
    days = rng.choice(DAYS, size=count, p=weights / weights.sum())
    hours = rng.choice(24, size=count, p=HOURS / HOURS.sum())
    seconds = rng.integers(0, 2400, size=count)
    return sorted(float(time) for time in days * DAY_S + hours * 3600 + seconds)


@dataclass
class Visit:
    """One visit, written into the diary as it goes."""

    world: World
    shopper: Shopper
    diary: Diary
    rng: Random
    time: float
    name: str
    written: int = 0

    def go(self, attraction: Floats) -> None:
        wishes = self.wishes(attraction)
        is_buying = self.rng.random() < self.shopper.person.conversion
        seen = self.look_around(wishes, is_buying=is_buying)
        if is_buying:
            self.buy(seen, wishes)
        elif self.rng.random() < 0.16:
            self.write("add_to_cart", seen[-1], quantity=1)
            if self.rng.random() < 0.3:
                self.write("remove_from_cart", seen[-1], quantity=1)
            elif self.rng.random() < 0.25:
                self.write("begin_checkout", value=self.price(seen[-1]))

    def wishes(self, attraction: Floats) -> Floats:
        wishes = self.shopper.weights * attraction ** (
            0.5 + self.shopper.person.taste.price_sensitivity * 0.5
        )
        day = self.time / DAY_S
        for event in self.shopper.person.taste.life_events:
            if event.day <= day < event.day + event.days:
                codes = [self.world.shelf_slugs.index(slug) for slug in event.shelves]
                wishes = wishes * np.where(np.isin(self.world.shelf_codes, codes), event.strength, 1)
        return wishes

    def look_around(self, wishes: Floats, *, is_buying: bool) -> list[int]:
        """Mostly along the shelf of the first thing that pleased."""
        first = draw(wishes, self.rng)
        code = self.world.shelf_codes[first]
        same_shelf = (wishes * self.world.shelf_pull[code]).cumsum()
        self.arrive(first)
        seen = [first]
        self.write("view_item", first)
        while len(seen) < 7 and self.rng.random() < (0.58 if is_buying else 0.55):
            product = draw_cumulated(same_shelf, self.rng)
            if product not in seen:
                seen.append(product)
                self.write("view_item", product)
        if self.rng.random() < 0.06:
            self.write("add_to_wishlist", seen[-1])
        return seen

    def arrive(self, first: int) -> None:
        chance = self.rng.random()
        if chance < 0.34:
            self.write("search", search_term=self.words_for(first))
        elif chance < 0.86:
            self.write("view_item_list", search_term="", product=None)

    def words_for(self, product: int) -> str:
        """How this person would look for it."""
        goods = self.world.products[product]
        if self.shopper.person.language == "zh-hans":
            names = [
                goods.title[1].split(" · ")[0],
                goods.shelf.name[1],
                str(goods.attributes_zh["material"]),
            ]
            return self.rng.choice(names)
        thing = goods.design.split(",")[0].lower()
        noun = re.split(r" (?:with|in|on|for|from) ", thing)[0].split()[-1]
        material = str(goods.attributes["material"]).split()[-1]
        words = {
            noun: 25,
            f"{goods.attributes.get('colour', 'good')} {noun}": 20,
            f"{material} {noun}" if material != noun else noun: 15,
            thing: 20,
            goods.shelf.name[0].lower(): 12,
            f"gift for {goods.attributes['recipient']}": 8,
        }
        return self.rng.choices(list(words), list(words.values()))[0]

    def buy(self, seen: list[int], wishes: Floats) -> None:
        """The best of what was seen, often with something that goes with it."""
        liking = wishes[seen] * np.exp(0.5 * self.world.truth.quality[seen])
        basket = [seen[draw(liking, self.rng)]]
        while len(basket) < 6 and self.rng.random() < 0.58:
            product = self.next_for(basket, seen, wishes)
            if product not in basket:
                if product not in seen:
                    self.write("view_item", product)
                    seen.append(product)
                basket.append(product)
        quantities = [self.quantity_of(product) for product in basket]
        for product, quantity in zip(basket, quantities, strict=True):
            self.write("add_to_cart", product, quantity=quantity)
        if self.rng.random() < 0.08 and len(seen) > len(basket):
            other = next(product for product in seen if product not in basket)
            self.write("add_to_cart", other, quantity=1)
            self.write("remove_from_cart", other, quantity=1)
        self.check_out(basket, quantities)

    def next_for(self, basket: list[int], seen: list[int], wishes: Floats) -> int:
        companions = self.world.truth.companions[basket[-1]]
        fitting = [product for product in companions if wishes[product] > 0]
        if fitting and self.rng.random() < 0.55:
            return fitting[(self.rng.randrange(len(fitting)))]
        return seen[(self.rng.randrange(len(seen)))] if self.rng.random() < 0.5 else draw(wishes, self.rng)

    def quantity_of(self, product: int) -> int:
        more = 0.35 if self.world.is_consumed[product] else 0.1
        return 1 + int(self.rng.random() < more) + int(self.rng.random() < more * 0.2)

    def check_out(self, basket: list[int], quantities: list[int]) -> None:
        lines = tuple((p, q, self.price(p)) for p, q in zip(basket, quantities, strict=True))
        number = f"LM{100_000 + len(self.diary.purchases)}"
        self.write("begin_checkout", value=sum((q * price for _, q, price in lines), Decimal(0)))
        self.time += float(self.rng.randrange(60, 240))
        for product, quantity, price in lines:
            self.write("purchase", product, quantity=quantity, value=price * quantity, order=number)
        self.diary.purchases.append(Purchase(number, self.shopper.person.number, self.time, lines))
        for product in basket:
            self.remember(product)

    def remember(self, product: int) -> None:
        """Tea is bought again, a lamp is not."""
        if self.world.is_consumed[product]:
            self.shopper.weights[product] *= 3.5
        else:
            self.shopper.weights[self.world.design_codes == self.world.design_codes[product]] *= 0.12

    def price(self, product: int) -> Decimal:
        return self.world.histories[product].at(self.time)

    def write(self, name: str, product: int | None = None, **details: Any) -> None:
        self.diary.happenings.append(
            Happening(
                name,
                self.shopper.person.number,
                self.name,
                self.time,
                product,
                is_first=not self.written,
                **details,
            )
        )
        self.written += 1
        self.time += float(self.rng.randrange(8, 95))


def draw(weights: Floats, rng: Random) -> int:
    """An index with a chance in proportion to its weight."""
    return draw_cumulated(weights.cumsum(), rng)


def draw_cumulated(cumulated: Floats, rng: Random) -> int:
    return min(int(cumulated.searchsorted(rng.random() * cumulated[-1], side="right")), len(cumulated) - 1)
