"""A list for a place: chosen, given to chance with known odds, and remembered without delay."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from ecommerce_ai.shop.models import Customer, Product
from recommendations.ml.policy import draw
from recommendations.models import Impression, Pipeline, Refusal, Slot
from recommendations.selectors.facts import Named, customer_named
from recommendations.selectors.outlines import Outline, filled_items, items_of, outline_of
from recommendations.selectors.pipelines import plain_pipeline
from recommendations.selectors.planning import plan_for
from recommendations.selectors.popular import filled, trending_products
from recommendations.selectors.prepared import Meeting, meeting
from recommendations.selectors.results import Recommendation
from recommendations.selectors.rules import ruled
from recommendations.selectors.shopper import willing_shopper
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
    outline = met.outline or made_outline(met, limit, serving=serving, pipeline=pipeline)
    if outline is None:
        return everybodys_list(slot, met.customer, limit)
    impression = drawn_list(slot, met.customer, outline, limit, pipeline)
    if met.prepared_at:
        impression.trace["prepared_at"] = met.prepared_at.isoformat()
    return impression


def everybodys_list(slot: Slot, customer: Customer | None, limit: int) -> Impression:
    return impression_of(slot, customer, ruled(filled([], limit), slot, limit))


def made_outline(met: Meeting, limit: int, *, serving: Serving, pipeline: Pipeline) -> Outline | None:
    """None for who is not known, or does not want to be: their last word is read with all else."""
    if met.customer is None or not met.is_willing:
        return None
    shopper = willing_shopper(met.customer, ranker=pipeline.ranker)
    if shopper is None:
        return None
    return outline_of(plan_for(shopper, limit, pipeline=pipeline, rules=serving.rules_for(Slot.FOR_YOU)))


def drawn_list(
    slot: Slot, customer: Customer | None, outline: Outline, limit: int, pipeline: Pipeline
) -> Impression:
    """After chance had its say, filled up."""
    key = uuid.uuid4()
    drawn = draw(outline.arrangement, rate=pipeline.exploration, seed=key.int & 0xFFFFFFFF)
    items = filled_items(outline, items_of(outline, drawn.shown), limit)
    return told(impression_of(slot, customer, items, pipeline=pipeline, key=key), outline, drawn)


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
