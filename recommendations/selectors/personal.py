"""For you: from what a shopper did and what was learned of it, and honest about which it was."""

from collections.abc import Sequence

from django.db.models import Max

from ecommerce_ai.privacy.selectors import Purpose, is_allowed
from ecommerce_ai.shop.models import Customer, Event, Product
from recommendations.models import Pipeline, Slot
from recommendations.selectors.outlines import filled_items, items_of, outline_of
from recommendations.selectors.pipelines import live_pipeline, plain_pipeline
from recommendations.selectors.planning import Plan, plan_for
from recommendations.selectors.popular import filled
from recommendations.selectors.results import Recommendation
from recommendations.selectors.shopper import nameless_shopper, willing_shopper
from recommendations.selectors.versions import serving_now


def recommended_for(
    customer: Customer | None, limit: int, *, pipeline: Pipeline | None = None
) -> list[Recommendation]:
    """For you, then popular, then new: `limit` buyable products wherever the shop has them.

    Leaves out what the customer bought (unless they are due for it again) and refused. Each says why. Who
    does not want to be known sees what everybody sees. Chance has no part in it: `services.serve` adds that.
    """
    serving = serving_now()
    pipeline = pipeline or serving.pipeline or plain_pipeline()
    shopper = willing_shopper(customer, ranker=pipeline.ranker) if customer else None
    if shopper is None:
        return filled([], limit)
    plan = plan_for(shopper, limit, pipeline=pipeline, rules=serving.rules_for(Slot.FOR_YOU))
    return items_as_planned(plan, limit)


def items_as_planned(plan: Plan, limit: int) -> list[Recommendation]:
    """Without chance, filled up."""
    outline = outline_of(plan)
    return filled_items(outline, items_of(outline, outline.arrangement.shown), limit)


def recommended_after(actions: Sequence[tuple[str, int]], limit: int) -> list[Recommendation]:
    """For a session that nobody is known by: from its (event, product) pairs, newest first."""
    plan = plan_for(nameless_shopper(actions), limit, pipeline=live_pipeline())
    return items_as_planned(plan, limit)


def recently_viewed(
    customer: Customer | None, limit: int, *, excluding: Product | None = None
) -> list[Product]:
    """Live products this customer looked at, each once, the last first; none for who is not to be known."""
    if customer is None or not is_allowed(customer, Purpose.PERSONALISATION):
        return []
    viewed = (
        Product.objects.live()
        .filter(events__customer=customer, events__name=Event.Name.VIEW_ITEM)
        .annotate(viewed_at=Max("events__occurred_at"))
        .select_related("category")
        .order_by("-viewed_at")
    )
    return list((viewed.exclude(pk=excluding.pk) if excluding else viewed)[:limit])
