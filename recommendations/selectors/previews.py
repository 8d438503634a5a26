from dataclasses import dataclass

from ecommerce_ai.privacy.selectors import Purpose, is_allowed
from ecommerce_ai.shop.models import Customer
from recommendations.models import Pipeline
from recommendations.selectors.outlines import outline_of
from recommendations.selectors.personal import recommended_for
from recommendations.selectors.planning import plan_for
from recommendations.selectors.results import Recommendation
from recommendations.selectors.shopper import shopper_of
from recommendations.selectors.traces import TracedRow, trace_of_outline

SHOWN = 12


@dataclass(frozen=True)
class Preview:
    """What a shopper would see, and how it comes about; no rows where they do not want to be known."""

    items: list[Recommendation]
    rows: list[TracedRow]


def preview_for(customer: Customer, *, pipeline: Pipeline) -> Preview:
    """The list that this version makes for a customer now."""
    items = recommended_for(customer, SHOWN, pipeline=pipeline)
    if not is_allowed(customer, Purpose.PERSONALISATION):
        return Preview(items, [])
    plan = plan_for(shopper_of(customer, ranker=pipeline.ranker), SHOWN, pipeline=pipeline)
    return Preview(items, trace_of_outline(outline_of(plan)))
