"""Versions in the shadow: their lists for the same shoppers, shown to nobody."""

from collections.abc import Sequence
from uuid import UUID

from ecommerce_ai.privacy.selectors import Purpose, is_allowed
from recommendations.models import Impression, Pipeline, Slot
from recommendations.selectors.outlines import items_of, outline_of
from recommendations.selectors.pipelines import shadow_pipelines
from recommendations.selectors.planning import plan_for
from recommendations.selectors.shopper import shopper_of
from recommendations.services.impression_rows import impression_of

# One of this many impressions gets a twin: buckets decide, so the same shoppers' lists are compared.
ONE_OF = 5


def shadow_impressions(keys: Sequence[UUID]) -> int:
    """Give these impressions a twin of each shadow version, a moment later; returns how many were made."""
    pipelines = shadow_pipelines()
    if not pipelines:
        return 0
    shown = Impression.objects.filter(
        pk__in=keys, slot=Slot.FOR_YOU, customer__isnull=False, pipeline__isnull=False
    )
    chosen = [each for each in shown.select_related("customer") if each.bucket % ONE_OF == 0]
    twins = [twin_of(each, pipeline) for each in chosen for pipeline in pipelines if is_known(each)]
    return len(Impression.objects.bulk_create(twins))


def is_known(impression: Impression) -> bool:
    return is_allowed(impression.customer, Purpose.PERSONALISATION)


def twin_of(impression: Impression, pipeline: Pipeline) -> Impression:
    """What the version would have shown in place of this."""
    if impression.customer is None:
        raise ValueError("A nameless impression has no twin.")
    plan = plan_for(
        shopper_of(impression.customer, ranker=pipeline.ranker),
        len(impression.product_ids),
        pipeline=pipeline,
    )
    outline = outline_of(plan)
    items = items_of(outline, outline.arrangement.shown)
    twin = impression_of(Slot(impression.slot), impression.customer, items, pipeline=pipeline)
    reserve = [line.product_id for line in outline.lines[outline.length :]]
    twin.is_shadow, twin.trace = True, {"shadow_of": str(impression.pk), "reserve": reserve}
    return twin
