"""Invented customers and visitors, each with a taste."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

import numpy as np
from numpy.random import Generator

from ecommerce_ai.demo.catalogue import DemoProduct, table
from ecommerce_ai.demo.simulation.clock import DAYS, Floats
from ecommerce_ai.demo.simulation.truth import Taste, Traits, draw_taste

DAY_S = 86_400
NAMESPACE = UUID("5f6d2f3a-6f0e-5c1b-9f6e-1a2b3c4d5e6f")
MAIL_DOMAIN = "mail.example"
DEVICES = ("mobile", "desktop", "tablet")
CHANNELS = ("direct", "organic search", "email", "social", "referral", "paid search")


@dataclass(frozen=True)
class Person:
    """Somebody who comes to the shop. `known` people have an account; the others are a cookie."""

    number: int
    known: bool
    name: str
    email: str
    country: str
    city: str
    postcode: str
    address: str
    language: str
    gender: str
    birth_year: int | None
    first_day: float
    visits_a_year: float
    conversion: float
    device: str
    channel: str
    taste: Taste
    anonymous_days: float  # how long after the first visit they signed up; 0 where they had an account

    @property
    def visitor_id(self) -> UUID:
        return uuid5(NAMESPACE, f"visitor {self.number}")


def draw_people(
    count: int, products: Sequence[DemoProduct], popularity: Floats, rng: Generator
) -> tuple[Person, ...]:
    """`count` customers with accounts, and two visitors without one for every three of them."""
    visitors, traits = count * 2 // 3, Traits.of(products, popularity)
    return tuple(
        draw_person(number, number < count, draw_taste(traits, rng), rng)
        for number in range(count + visitors)
    )


def draw_person(number: int, known: bool, taste: Taste, rng: Generator) -> Person:  # noqa: FBT001
    countries = table("people")
    shares = np.array([place["share"] for place in countries.values()])
    code = str(rng.choice(list(countries), p=shares / shares.sum()))
    place = countries[code]
    identity = draw_identity(number, place, rng) if known else ANONYMOUS
    city, postcode = place["cities"][int(rng.integers(len(place["cities"])))]
    is_newcomer = not known or rng.random() < 0.32
    first_day = float(rng.uniform(0, DAYS - 3)) if is_newcomer else float(-rng.uniform(1, 500))
    return Person(
        number=number,
        known=known,
        **identity,
        country=code,
        city=city if known else "",
        postcode=postcode if known else "",
        address=place["street"].format(n=int(rng.integers(1, 140))) if known else "",
        language=place["language"],
        first_day=first_day,
        visits_a_year=float(rng.gamma(2.2, 5.2) + 2) if known else float(rng.uniform(1, 6)),
        conversion=float(rng.beta(4, 6)) if known else 0.0,
        device=str(rng.choice(DEVICES, p=[0.58, 0.36, 0.06])),
        channel=str(rng.choice(CHANNELS, p=[0.3, 0.26, 0.16, 0.14, 0.06, 0.08])),
        taste=taste,
        anonymous_days=float(rng.uniform(1, 40)) if known and is_newcomer and rng.random() < 0.4 else 0.0,
    )


ANONYMOUS: dict[str, Any] = {"name": "", "email": "", "gender": "", "birth_year": None}


def draw_identity(number: int, place: dict[str, Any], rng: Generator) -> dict[str, Any]:
    gender = "female" if rng.random() < 0.62 else "male"
    first = place[gender][int(rng.integers(len(place[gender])))]
    last = place["last"][int(rng.integers(len(place["last"])))]
    name = last + first if place["language"] == "zh-hans" else f"{first} {last}"
    told_gender = gender if rng.random() < 0.8 else ""
    birth_year = int(np.clip(rng.normal(1986, 12), 1942, 2006)) if rng.random() < 0.7 else None
    mailbox = f"{first}.{last}".lower() if name.isascii() else "reader"
    return {
        "name": name,
        "email": f"{mailbox}.{number + 100}@{MAIL_DOMAIN}",
        "gender": told_gender,
        "birth_year": birth_year,
    }
