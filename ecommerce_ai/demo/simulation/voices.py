"""What buyers say and what shoppers ask, put together from hand-written sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.random import Generator

from ecommerce_ai.demo.catalogue import DemoProduct, table
from ecommerce_ai.demo.simulation.clock import DAYS
from ecommerce_ai.demo.simulation.orders import Fate
from ecommerce_ai.demo.simulation.people import DAY_S, Person
from ecommerce_ai.demo.simulation.truth import ProductTruth

REVIEW_SHARE = 0.22
FAULTY_SHARE = 0.07  # pieces that came out badly, whatever the design
QUESTION_SHARE = 0.22  # for each customer
CHINESE = "zh-hans"


@dataclass(frozen=True)
class Opinion:
    """A review. `aspects` is what it speaks of and whether kindly: part of the hidden truth."""

    product: int
    person: int
    order: str
    rating: int
    title: str
    body: str
    language: str
    time: float
    aspects: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class Query:
    product: int
    person: int
    body: str
    answer: str
    language: str
    time: float
    answered: float | None


def draw_opinions(
    fates: Sequence[Fate], people: Sequence[Person], truth: ProductTruth, rng: Generator
) -> list[Opinion]:
    """About one line in four that arrived is reviewed, and no two reviews read the same."""
    opinions: list[Opinion] = []
    said: set[str] = set()
    for fate in fates:
        if fate.parcel is None or fate.parcel.delivered is None:
            continue
        for product, _, _ in fate.purchase.lines:
            time = fate.parcel.delivered + float(rng.gamma(2, 5)) * DAY_S + 7_200
            if rng.random() < REVIEW_SHARE and time < DAYS * DAY_S:
                opinion = draw_opinion(fate, product, people[fate.purchase.person], truth, time, rng)
                if opinion.body not in said:
                    said.add(opinion.body)
                    opinions.append(opinion)
    return opinions


def draw_opinion(
    fate: Fate, product: int, person: Person, truth: ProductTruth, time: float, rng: Generator
) -> Opinion:
    rating = draw_rating(fate, product, person, truth, rng)
    code = "zh" if person.language == CHINESE else "en"
    aspects = draw_aspects(rating, fate, rng)
    words = table("reviews")[code]
    mood = "good" if rating >= 4 else "bad" if rating <= 2 else "mixed"
    return Opinion(
        product=product,
        person=person.number,
        order=fate.purchase.number,
        rating=rating,
        title=one_of(words["title"][mood], rng),
        body=compose(words, aspects, mood, "" if code == "zh" else " ", rng),
        language=CHINESE if code == "zh" else "en",
        time=time,
        aspects=aspects,
    )


def draw_rating(fate: Fate, product: int, person: Person, truth: ProductTruth, rng: Generator) -> int:
    """Quality above all; then whether it is to this person's taste, and when it came."""
    weights = person.taste.weights
    to_taste = float(np.tanh(np.log(weights[product] / np.median(weights)) / 3))
    late = min(fate.parcel.days_late, 5) * 0.22 if fate.parcel else 0
    faulty = 2.3 if rng.random() < FAULTY_SHARE else 0.0
    value = (
        4.1
        - faulty
        + 0.95 * float(truth.quality[product])
        + 0.25 * to_taste
        - late
        + float(rng.normal(0, 0.85))
    )
    return int(np.clip(round(value), 1, 5))


def draw_aspects(rating: int, fate: Fate, rng: Generator) -> tuple[tuple[str, bool], ...]:
    """One to three subjects; a late parcel is mentioned by most who had one."""
    names = [
        str(name)
        for name in rng.permutation(["material", "size", "colour", "delivery", "packaging", "value"])
    ]
    chosen = names[: int(rng.integers(1, 4))]
    was_late = fate.parcel is not None and fate.parcel.days_late > 1
    if was_late and "delivery" not in chosen and rng.random() < 0.7:
        chosen.append("delivery")
    kind = {5: 0.97, 4: 0.85, 3: 0.5, 2: 0.22, 1: 0.06}[rating]
    return tuple((name, not was_late if name == "delivery" else bool(rng.random() < kind)) for name in chosen)


def compose(
    words: dict[str, Any], aspects: Sequence[tuple[str, bool]], mood: str, space: str, rng: Generator
) -> str:
    tone = "bad" if mood == "bad" else "good"
    sentences = [one_of(words["opening"][tone], rng)]
    sentences += [
        one_of(words["aspects"][name]["good" if is_kind else "bad"], rng) for name, is_kind in aspects
    ]
    if any(not is_kind for _, is_kind in aspects) and mood != "bad":
        sentences.append(one_of(words["mixed"], rng))
    elif mood != "mixed":
        sentences.append(one_of(words["closing"][tone], rng))
    return space.join(sentence for sentence in sentences if sentence)


def one_of(sentences: Sequence[str], rng: Generator) -> str:
    return sentences[int(rng.integers(len(sentences)))]


def draw_queries(
    people: Sequence[Person], products: Sequence[DemoProduct], launched: Sequence[float], rng: Generator
) -> list[Query]:
    queries = []
    for person in people:
        if person.known and rng.random() < QUESTION_SHARE:
            product = int(rng.choice(len(products), p=person.taste.weights / person.taste.weights.sum()))
            first = max(person.first_day * DAY_S, launched[product], 0.0) + DAY_S
            time = float(rng.uniform(min(first, DAYS * DAY_S - DAY_S), DAYS * DAY_S - 7_200))
            queries.append(draw_query(person, product, products[product], time, rng))
    return queries


def draw_query(person: Person, product: int, goods: DemoProduct, time: float, rng: Generator) -> Query:
    is_chinese = person.language == CHINESE
    facts = goods.attributes_zh if is_chinese else goods.attributes
    texts = table("questions")["zh" if is_chinese else "en"]
    askable = [text for text in texts if not (text[0] in ("capacity",) and "capacity_ml" not in facts)]
    _, question, answer = askable[int(rng.integers(len(askable)))]
    answered = time + float(rng.gamma(2, 0.5)) * DAY_S
    is_answered = answered < DAYS * DAY_S and rng.random() < 0.86
    said = answer.format(**facts)
    return Query(
        product=product,
        person=person.number,
        body=question.format(**facts),
        answer=said[:1].upper() + said[1:] if is_answered else "",
        language=CHINESE if is_chinese else "en",
        time=time,
        answered=answered if is_answered else None,
    )
