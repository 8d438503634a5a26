"""A list for a place: chosen, given to chance with known odds, and remembered without delay."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from ecommerce_ai.shop.models import Customer, Product
from recommendations.ml.policy import Draw, draw
from recommendations.models import Impression, MerchandisingRule, Pipeline, Refusal, Slot
from recommendations.selectors.facts import Named, customer_named
from recommendations.selectors.outlines import Outline, filled_items, items_of, outline_of
from recommendations.selectors.pipelines import plain_pipeline
from recommendations.selectors.planning import plan_for
from recommendations.selectors.popular import filled, trending_products
from recommendations.selectors.prepared import Meeting, meeting
from recommendations.selectors.results import Recommendation
from recommendations.selectors.rules import as_goods, effects_of, ruled
from recommendations.selectors.shopper import shopper_of
from recommendations.selectors.similar import similar_products
from recommendations.selectors.together import complete_basket
from recommendations.selectors.versions import Serving, serving_now
from recommendations.services.impression_rows import impression_of, told
from recommendations.services.impressions import queue_impression

PERSONAL = {Slot.FOR_YOU, Slot.EMAIL}


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
    """As it was prepared, if that holds still; else made now."""
    if asked_by is None:
        return everybodys_list(slot, None, limit)
    serving = serving_now()
    pipeline = serving.pipeline or plain_pipeline()
    met = meeting(asked_by, limit, serving=serving, pipeline=pipeline)
    if met.customer is None or not met.is_willing:
        return everybodys_list(slot, met.customer, limit)
    prepared = prepared_list(slot, met, limit, serving=serving, pipeline=pipeline)
    return prepared or made_list(slot, met.customer, limit, serving=serving, pipeline=pipeline)


def everybodys_list(slot: Slot, customer: Customer | None, limit: int) -> Impression:
    return impression_of(slot, customer, ruled(filled([], limit), slot, limit))


def prepared_list(
    slot: Slot, met: Meeting, limit: int, *, serving: Serving, pipeline: Pipeline
) -> Impression | None:
    """None where nothing is prepared, or one of its products may not be shown any more."""
    outline, key = met.outline, uuid.uuid4()
    if outline is None or met.prepared_at is None:
        return None
    drawn = drawn_for(outline, pipeline, key)
    items = items_of(outline, drawn.shown)
    if len(items) < len(drawn.shown) or not may_be_shown(items, serving.rules_for(Slot.FOR_YOU)):
        return None
    items = filled_items(outline, items, limit)
    impression = told(impression_of(slot, met.customer, items, pipeline=pipeline, key=key), outline, drawn)
    impression.trace["prepared_at"] = met.prepared_at.isoformat()
    return impression


def may_be_shown(items: Sequence[Recommendation], rules: Sequence[MerchandisingRule]) -> bool:
    """Whether all can be bought, and no rule hides what came to its shelf or brand since."""
    if not all(item.product.is_buyable for item in items):
        return False
    return not rules or not effects_of(rules, [as_goods(item.product) for item in items]).is_hidden.any()


def made_list(
    slot: Slot, customer: Customer, limit: int, *, serving: Serving, pipeline: Pipeline
) -> Impression:
    shopper = shopper_of(customer, ranker=pipeline.ranker)
    plan = plan_for(shopper, limit, pipeline=pipeline, rules=serving.rules_for(Slot.FOR_YOU))
    outline, key = outline_of(plan), uuid.uuid4()
    drawn = drawn_for(outline, pipeline, key)
    items = filled_items(outline, items_of(outline, drawn.shown), limit)
    return told(impression_of(slot, customer, items, pipeline=pipeline, key=key), outline, drawn)


def drawn_for(outline: Outline, pipeline: Pipeline, key: uuid.UUID) -> Draw:
    return draw(outline.arrangement, rate=pipeline.exploration, seed=key.int & 0xFFFFFFFF)


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
