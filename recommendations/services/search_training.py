"""Trains the blend of search on lessons that the shop's own catalogue gives."""

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from django.db import transaction

from ecommerce_ai.inference.models import ModelRun
from ecommerce_ai.inference.registry import get_encoder
from ecommerce_ai.inference.services import RunFacts, record_run
from ecommerce_ai.jobs.progress import Progress, silent
from ecommerce_ai.shop.models import Category, Product
from recommendations.ml.documents import Vectors
from recommendations.ml.metrics import bootstrap_interval, ndcg
from recommendations.ml.search.blend import Blend, Floats, blend_as_dict, features_of
from recommendations.ml.search.fitting import fitted
from recommendations.ml.search.lessons import FACTS, Goods, Lesson, disturbed, lessons
from recommendations.ml.search.understanding import Understanding
from recommendations.selectors.search.candidates import (
    gathered,
    matching_products,
    nearest_products,
    serving_products,
)
from recommendations.selectors.search.engine import least_score, planned
from recommendations.selectors.search.results import SearchOptions
from recommendations.services.search_documents import index_products
from recommendations.services.vectors import embed_products

RUN_NAME = "search blend"
DEPTH = 10
ENCODED_AT_ONCE = 64
AS_WORDS = SearchOptions(dropped=frozenset({"*"}))


@dataclass(frozen=True)
class Example:
    """A lesson with the features of the candidates that serving would gather, and which of them answer."""

    lesson: Lesson
    features: Floats
    labels: Floats


def train_search_blend(*, progress: Progress = silent) -> tuple[Blend, ModelRun]:
    """Learn from a disturbed copy of the catalogue, judge on queries kept apart."""
    started = time.perf_counter()
    goods = catalogue_goods()
    made = lessons(goods)
    with disturbed_catalogue(goods):
        examples = examples_of(made, progress)
    learned = [each for each in examples if not each.lesson.is_judging]
    judged = [each for each in examples if each.lesson.is_judging]
    blend = fitted([(each.features, each.labels) for each in learned if len(each.labels)])
    facts = RunFacts(
        parameters=blend_as_dict(blend),
        metrics={"lessons": len(learned), "judged": len(judged), **figures(judged, blend)},
        duration_s=time.perf_counter() - started,
    )
    return blend, record_run(RUN_NAME, kind="logistic", facts=facts)


@contextmanager
def disturbed_catalogue(goods: Sequence[Goods]) -> Iterator[None]:
    """Inside, the shop is as careless as `disturbed` makes it; outside, nobody ever sees that."""
    changes = disturbed(goods)
    changed = [change.pk for change in changes]
    with transaction.atomic():
        shelves = {shelf.name: shelf for shelf in Category.objects.all()}
        for change in changes:
            products = Product.objects.filter(pk=change.pk)
            products.update(title=change.title, category=shelves.get(change.shelf))
        embed_products(changed)
        index_products(changed)
        yield
        transaction.set_rollback(True)


def catalogue_goods() -> list[Goods]:
    products = Product.objects.buyable().select_related("category").order_by("pk")
    return [
        Goods(
            pk=product.pk,
            title=product.title,
            shelf=product.category.name if product.category else "",
            facts=named_facts(product.attributes),
            text=product.description,
        )
        for product in products.iterator()
    ]


def named_facts(attributes: Any) -> dict[str, str]:
    given = attributes if isinstance(attributes, dict) else {}
    return {name: value for name, value in given.items() if name in FACTS and isinstance(value, str)}


def examples_of(made: Sequence[Lesson], progress: Progress) -> list[Example]:
    read = [understanding_of(lesson) for lesson in made]
    found = []
    for lesson, understanding, vector in zip(made, read, encoded([each.text for each in read]), strict=True):
        found.append(example_of(lesson, understanding, vector))
        progress(len(found), len(made))
    return found


def understanding_of(lesson: Lesson) -> Understanding:
    read = planned(lesson.query, None, AS_WORDS).understanding
    return read if lesson.has_words else replace(read, terms=(), goods=())


def encoded(texts: Sequence[str]) -> Vectors:
    starts = range(0, len(texts), ENCODED_AT_ONCE)
    encoder = get_encoder()
    return np.concatenate(
        [encoder.encode_queries(texts[start : start + ENCODED_AT_ONCE]) for start in starts]
    )


def example_of(lesson: Lesson, query: Understanding, vector: Vectors) -> Example:
    candidates = dict.fromkeys(
        [
            *nearest_products(vector),
            *serving_products(query.goods),
            *matching_products(query.terms),
        ]
    )
    rows = gathered(list(candidates), vector, [*query.terms, *query.goods])
    labels = np.array([pk in lesson.answers for pk in rows.product_ids], np.float64)
    return Example(lesson, features_of(query, rows.evidence), labels)


def figures(judged: Sequence[Example], blend: Blend) -> dict[str, Any]:
    """nDCG@10 with its interval, by kind, beside the cosines alone; and what the cut-offs do."""
    answered = [each for each in judged if each.labels.any()]
    by_kind = defaultdict[str, list[float]](list)
    for each in answered:
        by_kind[each.lesson.kind].append(ndcg_of(each, blend.probabilities(each.features)))
    values = [value for each in by_kind.values() for value in each]
    low, high = bootstrap_interval(values)
    cosines = [ndcg_of(each, each.features[:, 0] + each.features[:, 1]) for each in answered]
    return {
        "ndcg@10": {"value": float(np.mean(values)), "low": low, "high": high},
        "cosines ndcg@10": float(np.mean(cosines)),
        **{f"{kind}/ndcg@10": float(np.mean(each)) for kind, each in sorted(by_kind.items())},
        **cut_figures(judged, blend),
    }


def ndcg_of(example: Example, scores: Floats) -> float:
    ranked = example.labels[np.argsort(-scores, kind="stable")].astype(int).tolist()
    return ndcg(ranked, ranked, depth=DEPTH)


def cut_figures(judged: Sequence[Example], blend: Blend) -> dict[str, float]:
    """The share of answers that the cut-offs keep, and of queries that say nothing and find nothing."""
    kept, silent_queries = [], []
    for each in judged:
        scores = blend.probabilities(each.features)
        is_shown = scores >= least_score(scores)
        if each.lesson.kind == "nothing":
            silent_queries.append(not is_shown.any())
        elif each.labels.any():
            kept.append(float(is_shown[each.labels > 0].mean()))
    return {
        "answers kept": float(np.mean(kept)),
        "gibberish that finds nothing": float(np.mean(silent_queries)),
    }
