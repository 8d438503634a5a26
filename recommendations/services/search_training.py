"""Trains the blend of search on lessons that the shop's own catalogue gives."""

import time
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from ecommerce_ai.inference.models import ModelRun
from ecommerce_ai.inference.registry import encode_query, get_encoder
from ecommerce_ai.inference.services import RunFacts, record_run
from ecommerce_ai.jobs.progress import Progress, silent
from ecommerce_ai.shop.models import Product
from recommendations.ml.metrics import ndcg
from recommendations.ml.search.blend import Blend, blend_as_dict, features_of
from recommendations.ml.search.lessons import FACTS, Goods, Lesson, lessons
from recommendations.selectors.search.candidates import gathered, matching_products, nearest_products
from recommendations.selectors.search.engine import planned
from recommendations.selectors.search.results import SearchOptions

RUN_NAME = "search blend"
TIMEOUT_S = 30.0
DEPTH = 10
JUDGED_SHARE = 5  # every fifth lesson judges, and is not learned from
AS_WORDS = SearchOptions(dropped=frozenset({"*"}))
Floats = npt.NDArray[np.float64]


def train_search_blend(*, progress: Progress = silent) -> tuple[Blend, ModelRun]:
    """Learn from the catalogue; the run tells nDCG@10 on lessons kept apart, beside the cosine alone."""
    started = time.perf_counter()
    get_encoder()
    made = lessons(catalogue_goods())
    examples = []
    for done, lesson in enumerate(made, start=1):
        examples.append(example_of(lesson))
        progress(done, len(made))
    learned = [each for place, each in enumerate(examples) if place % JUDGED_SHARE and each[1].any()]
    judged = [each for place, each in enumerate(examples) if not place % JUDGED_SHARE and each[1].any()]
    blend = fitted(learned)
    facts = RunFacts(
        parameters=blend_as_dict(blend),
        metrics={
            "lessons": len(learned),
            "judged": len(judged),
            "ndcg@10": mean_ndcg(judged, blend),
            "cosine ndcg@10": mean_ndcg(judged, None),
        },
        duration_s=time.perf_counter() - started,
    )
    return blend, record_run(RUN_NAME, kind="logistic", facts=facts)


def catalogue_goods() -> list[Goods]:
    products = Product.objects.buyable().select_related("category").order_by("pk")
    return [
        Goods(
            pk=product.pk,
            title=product.title,
            shelf=product.category.name if product.category else "",
            facts=named_facts(product.attributes),
        )
        for product in products.iterator()
    ]


def named_facts(attributes: Any) -> dict[str, str]:
    given = attributes if isinstance(attributes, dict) else {}
    return {name: value for name, value in given.items() if name in FACTS and isinstance(value, str)}


def example_of(lesson: Lesson) -> tuple[Floats, Floats]:
    """Features of the candidates that serving would gather, and which of them answer (0 or 1)."""
    understanding = planned(lesson.query, None, AS_WORDS).understanding
    if not lesson.has_words:
        understanding = replace(understanding, terms=())
    vector = encode_query(understanding.text, timeout_s=TIMEOUT_S)
    candidates = dict.fromkeys(
        [*nearest_products(vector, None), *matching_products(understanding.terms, None)]
    )
    rows = gathered(list(candidates), vector, understanding.terms)
    labels = np.array([pk in lesson.answers for pk in rows.product_ids], np.float64)
    return features_of(understanding, rows.evidence), labels


def fitted(examples: list[tuple[Floats, Floats]]) -> Blend:
    """Every lesson weighs the same, however many candidates it had."""
    features = np.concatenate([features for features, _ in examples])
    labels = np.concatenate([labels for _, labels in examples])
    weights = np.concatenate([np.full(len(labels), 1.0 / len(labels)) for _, labels in examples])
    means, scales = features.mean(axis=0), features.std(axis=0) + 1e-6
    model = LogisticRegression(C=1.0, max_iter=2000)
    model.fit((features - means) / scales, labels, sample_weight=weights * len(labels) / weights.sum())
    return Blend(means, scales, model.coef_[0], float(model.intercept_[0]))


def mean_ndcg(examples: list[tuple[Floats, Floats]], blend: Blend | None) -> float:
    """Of the blend; of the two cosines alone without one."""
    values = []
    for features, labels in examples:
        scores = features[:, 0] + features[:, 1] if blend is None else blend.probabilities(features)
        ranked = labels[np.argsort(-scores, kind="stable")].astype(int).tolist()
        values.append(ndcg(ranked, ranked, depth=DEPTH))
    return float(np.mean(values)) if values else 0.0
