"""What the simulated customers said about their data: most allow it, a third wants the letter."""

from collections.abc import Iterator
from random import Random
from typing import Any

from ecommerce_ai.demo.services.copying import copy_rows, first_free_id
from ecommerce_ai.demo.services.recording import Ids
from ecommerce_ai.demo.simulation.clock import DAYS
from ecommerce_ai.demo.simulation.people import DAY_S, Person
from ecommerce_ai.demo.simulation.year import Year
from ecommerce_ai.privacy.models import ConsentChange, Purpose

SEED = 20_260
# Purpose, where it is asked, the share of customers who answer, and of those who say yes.
ANSWERS = (
    (Purpose.MARKETING_EMAIL, ConsentChange.Source.CHECKOUT, 0.62, 0.55),
    (Purpose.MARKETING_SMS, ConsentChange.Source.CHECKOUT, 0.18, 0.35),
    (Purpose.PERSONALISATION, ConsentChange.Source.NOTICE, 0.30, 0.90),
    (Purpose.TRAINING, ConsentChange.Source.SHOPPER, 0.06, 0.40),
)
UNSUBSCRIBES = 0.12


def write_consents(year: Year, ids: Ids) -> int:
    """The ledger of the year; returns its lines. Visitors without an account never answered."""
    rng, start = Random(SEED), first_free_id(ConsentChange)
    lines = [line for person in year.people if person.known for line in said_by(person, rng)]
    return copy_rows(
        ConsentChange,
        [
            {
                "id": start + number,
                "customer_id": ids.people + person.number,
                "purpose": purpose,
                "is_granted": is_granted,
                "source": source,
                "changed_at": year.clock.at(day * DAY_S),
            }
            for number, (person, purpose, is_granted, source, day) in enumerate(lines)
        ],
    )


def said_by(person: Person, rng: Random) -> Iterator[tuple[Person, Any, bool, Any, float]]:
    first = max(person.first_day, 0.0)
    for purpose, source, answered, agreed in ANSWERS:
        if rng.random() > answered:
            continue
        is_granted, day = rng.random() < agreed, rng.uniform(first, DAYS - 1)
        yield person, purpose, is_granted, source, day
        if purpose == Purpose.MARKETING_EMAIL and is_granted and rng.random() < UNSUBSCRIBES:
            yield person, purpose, False, ConsentChange.Source.UNSUBSCRIBE, rng.uniform(day, DAYS - 0.5)
