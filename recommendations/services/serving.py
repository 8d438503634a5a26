"""A list for a place: chosen, given to chance with known odds, and remembered without delay."""

import hashlib
import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ecommerce_ai.shop.models import Customer, Product
from recommendations.ml.policy import Draw, draw
from recommendations.models import Impression, Pipeline, Refusal, Slot
from recommendations.selectors.facts import Named, customer_named
from recommendations.selectors.pipelines import plain_pipeline
from recommendations.selectors.planning import Plan, filled_plan, plan_for
from recommendations.selectors.popular import filled, trending_products
from recommendations.selectors.results import Recommendation
from recommendations.selectors.rules import ruled
from recommendations.selectors.shopper import met
from recommendations.selectors.similar import similar_products
from recommendations.selectors.together import complete_basket
from recommendations.selectors.versions import serving_now
from recommendations.services.impressions import queue_impression

BUCKETS = 1000
PERSONAL = {Slot.FOR_YOU, Slot.EMAIL}
CAUSES_TRACED = 5
NEXT_TRACED = 10  # of the candidates behind the list; the keys of all are kept


@dataclass(frozen=True)
class Served:
    """A list as it is shown, under the id that clicks are counted for."""

    impression_id: uuid.UUID
    items: list[Recommendation]


def serve(
    slot: Slot,
    *,
    customer: Customer | Named | None,
    limit: int,
    about: Sequence[Product] = (),
    is_counted: bool = True,
    is_filled: bool = True,
) -> Served:
    """The list of one place: never empty in a shop with goods, unless it is not to be filled up.

    `about`: the product of the page, or the basket. Robots and previews are not counted.
    """
    if slot in PERSONAL:
        shown = personal_list(slot, customer, limit)
    else:
        known = customer_named(customer) if isinstance(customer, Named) else customer
        shown = common_list(slot, known, limit, about, is_filled=is_filled)
    if is_counted and shown.product_ids:
        queue_impression(shown)
    return Served(shown.pk, vars(shown)["items"])


def personal_list(slot: Slot, asked_by: Customer | Named | None, limit: int) -> Impression:
    serving, key = serving_now(), uuid.uuid4()
    pipeline = serving.pipeline or plain_pipeline()
    customer, shopper = met(asked_by, ranker=pipeline.ranker) if asked_by else (None, None)
    if shopper is None:
        return impression_of(slot, customer, ruled(filled([], limit), slot, limit))
    plan = plan_for(shopper, limit, pipeline=pipeline, rules=serving.rules_for(Slot.FOR_YOU))
    drawn = draw(plan.arrangement, rate=pipeline.exploration, seed=key.int & 0xFFFFFFFF)
    items = filled_plan(plan, drawn.shown, limit)
    impression = impression_of(slot, customer, items, pipeline=pipeline, key=key)
    chances = [*drawn.propensities[: len(items)], *[1.0] * (len(items) - len(drawn.propensities))]
    impression.propensities, impression.trace = chances, trace_of(plan, drawn)
    return impression


def common_list(
    slot: Slot, customer: Customer | None, limit: int, about: Sequence[Product], *, is_filled: bool
) -> Impression:
    """The same for everybody who looks at the same thing, without what they refused."""
    found: list[Recommendation] = []
    if slot == Slot.SIMILAR and about:
        found = similar_products(about[0], limit)
    elif slot in (Slot.BOUGHT_TOGETHER, Slot.COMPLETE_BASKET) and about:
        found = complete_basket(about, limit)
    elif slot == Slot.TRENDING:
        found = trending_products(limit, category=about[0].category if about else None)
    refused = refused_by(customer)
    items = [item for item in found if item.product.pk not in refused]
    if is_filled:
        items = filled(items, limit, excluding=refused | {product.pk for product in about})
    return impression_of(slot, customer, ruled(items, slot, limit))


def refused_by(customer: Customer | None) -> set[int]:
    """ "Not for me" holds on every shelf."""
    refusals = Refusal.objects.filter(customer=customer, code=Refusal.NOT_FOR_ME) if customer else []
    return {refusal.product_id for refusal in refusals if refusal.product_id}


def impression_of(
    slot: Slot,
    customer: Customer | None,
    items: list[Recommendation],
    *,
    pipeline: Pipeline | None = None,
    key: uuid.UUID | None = None,
) -> Impression:
    """The row that remembers a list, with the list on it as `items`."""
    impression = Impression(
        id=key or uuid.uuid4(),
        customer=customer,
        slot=slot,
        pipeline_id=pipeline.pk if pipeline else None,
        bucket=bucket_of(customer),
        product_ids=[item.product.pk for item in items],
        scores=[round(item.score, 5) for item in items],
        propensities=[1.0] * len(items),
        reason_codes=[item.reason.code for item in items],
    )
    vars(impression)["items"] = items
    return impression


def bucket_of(customer: Customer | None) -> int:
    """0 to 999: the same for one shopper in every visit; by chance where nobody is known."""
    if customer is None:
        return random.randrange(BUCKETS)
    digest = hashlib.sha256(f"bucket {customer.pk}".encode()).digest()
    return int.from_bytes(digest[:8]) % BUCKETS


def trace_of(plan: Plan, drawn: Draw) -> dict[str, Any]:
    """How the list came about, for the page of one impression: what was shown and what came next."""
    come_next = plan.arrangement.reserve[:NEXT_TRACED]
    rows = list(dict.fromkeys([*drawn.shown, *plan.arrangement.shown, *come_next]))
    strongest = plan.weighed.contributions.strongest(rows, limit=CAUSES_TRACED)
    names = [(cause.code, cause.subject) for cause in plan.weighed.causes]
    return {
        "run": plan.shopper.ranking.run_id if plan.shopper.ranking else None,
        "candidates": len(plan.candidates),
        "explored": drawn.explored,
        "reserve": [plan.candidates.product_ids[row] for row in plan.arrangement.reserve],
        "rows": [
            traced_row(plan, row, [[*names[cause], round(value, 5)] for cause, value in strongest[row]])
            for row in rows
        ],
    }


def traced_row(plan: Plan, row: int, causes: list[list[Any]]) -> dict[str, Any]:
    return {
        "product": plan.candidates.product_ids[row],
        "score": round(float(plan.scores[row]), 5),
        "causes": causes,
        "rules": plan.effects.hits.get(row, ()),
    }
