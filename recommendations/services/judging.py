"""A language model's word on shoppers of whom little is known: asked offline, kept, not on a page's road."""

from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files

import numpy as np
from django.utils import timezone

from ecommerce_ai.inference.registry import get_generator
from ecommerce_ai.inference.types import Generator
from ecommerce_ai.shop.models import Product
from recommendations.ml.gate import gate_ranker
from recommendations.ml.interactions import Ints
from recommendations.ml.judgement import (
    LITTLE_HISTORY,
    judge_gain,
    judged,
    last_products,
    score_of,
    to_be_judged,
)
from recommendations.ml.lessons import WINDOW_DAYS, Lessons
from recommendations.ml.ranking import Ranked, rank
from recommendations.ml.snapshots import Snapshot, learn
from recommendations.models import ProductJudgement
from recommendations.selectors.behaviour import Behaviour
from recommendations.services.hashes import history_hash

PROMPT = (files("recommendations") / "prompts" / "judgement.txt").read_text(encoding="utf-8")
MOST_JUDGING = 200  # shoppers whom a model is tried on
TOLD_PRODUCTS, TITLE_LENGTH = 10, 120
REPLY_TOKENS = 8


def judge_metrics(behaviour: Behaviour, lessons: Sequence[Lessons]) -> dict[str, float]:
    """What the writer gains in the last window, on shoppers with little history; empty where none is set."""
    writer = get_generator()
    if writer is None or len(lessons) < 2:
        return {}
    day = behaviour.last_day - WINDOW_DAYS
    snapshot = learn(behaviour.interactions, behaviour.catalogue, day)
    wanted = new_purchases(snapshot, behaviour)
    rankings = list(rank(snapshot, gate_ranker(lessons), np.array(sorted(wanted), np.int64)))
    return judge_gain(
        rankings,
        [asked(writer, snapshot, behaviour, ranked) for ranked in rankings],
        [wanted[ranked.customer] for ranked in rankings],
    )


def is_worth_asking(metrics: Mapping[str, float]) -> bool:
    return metrics.get("judge_gain_low", 0.0) > 0


def new_purchases(snapshot: Snapshot, behaviour: Behaviour) -> dict[int, Ints]:
    """Of some shoppers with little history: what they bought in the window that they never had before."""
    window = behaviour.interactions.between(snapshot.day, snapshot.day + WINDOW_DAYS).purchases.known
    lengths = snapshot.histories.lengths
    found = {}
    for customer in np.unique(window.customers):
        if 0 < lengths[customer] <= LITTLE_HISTORY:
            bought = np.unique(window.items[window.customers == customer])
            if len(fresh := np.setdiff1d(bought, last_products(snapshot, customer))):
                found[int(customer)] = fresh
    return dict(list(found.items())[:MOST_JUDGING])


def judged_rankings(
    rankings: Iterator[Ranked], writer: Generator, snapshot: Snapshot, behaviour: Behaviour
) -> Iterator[Ranked]:
    """Each ranking of a shopper with little history, as the writer would have it; the others as they are."""
    for ranked in rankings:
        is_little = snapshot.histories.lengths[ranked.customer] <= LITTLE_HISTORY
        yield judged(ranked, kept(writer, snapshot, behaviour, ranked)) if is_little else ranked


def kept(writer: Generator, snapshot: Snapshot, behaviour: Behaviour, ranked: Ranked) -> dict[int, float]:
    """What the writer said of these products for this very history, asked only once."""
    customer, said_of = int(behaviour.customer_ids[ranked.customer]), history_hash(snapshot, ranked.customer)
    rows = ProductJudgement.objects.filter(customer=customer, writer=writer.name, input_hash=said_of)
    known = dict(rows.values_list("product", "score"))
    missing = [item for item in to_be_judged(ranked) if int(behaviour.product_ids[item]) not in known]
    said = asked(writer, snapshot, behaviour, ranked, items=np.array(missing, np.int64))
    fresh = {int(behaviour.product_ids[item]): said.get(int(item)) for item in missing}
    write_judgements(customer, writer.name, said_of, fresh)
    scores = known | fresh
    codes = {int(behaviour.product_ids[item]): int(item) for item in to_be_judged(ranked)}
    return {code: score for key, code in codes.items() if (score := scores[key]) is not None}


def write_judgements(customer: int, writer: str, said_of: str, scores: Mapping[int, float | None]) -> None:
    """A reply that was no score is remembered too: it would be the same again."""
    ProductJudgement.objects.bulk_create(
        [
            ProductJudgement(
                customer_id=customer,
                product_id=product,
                writer=writer,
                input_hash=said_of,
                score=score,
                computed_at=timezone.now(),
            )
            for product, score in scores.items()
        ],
        update_conflicts=True,
        unique_fields=["customer", "product"],
        update_fields=["writer", "input_hash", "score", "computed_at"],
    )


def asked(
    writer: Generator, snapshot: Snapshot, behaviour: Behaviour, ranked: Ranked, *, items: Ints | None = None
) -> dict[int, float]:
    """Scores of these products, by code; of those to be judged where none are given. No score, no entry."""
    about = to_be_judged(ranked) if items is None else items
    met = last_products(snapshot, ranked.customer)[:TOLD_PRODUCTS]
    titles = titles_of(behaviour, np.concatenate([met, about]))
    history = "\n".join(titles[int(item)] for item in met)
    prompts = [PROMPT.format(history=history, product=titles[int(item)]) for item in about]
    replies = writer.generate(prompts, max_tokens=REPLY_TOKENS)
    scores = {int(item): score_of(reply) for item, reply in zip(about, replies, strict=True)}
    return {item: score for item, score in scores.items() if score is not None}


def titles_of(behaviour: Behaviour, items: Ints) -> dict[int, str]:
    """On one line each: a title may say anything, but it ends there."""
    keys = {int(behaviour.product_ids[item]): int(item) for item in items}
    rows = Product.objects.filter(pk__in=keys).values_list("pk", "title")
    return {keys[key]: " ".join(title.split())[:TITLE_LENGTH] for key, title in rows}
