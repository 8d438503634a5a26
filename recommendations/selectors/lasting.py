"""How long a list that was just made will be what would be made."""

from datetime import datetime, timedelta

from recommendations.models import Pipeline
from recommendations.selectors.facts import LAST_LISTS, SHOWN_DAYS
from recommendations.selectors.planning import Plan

# Popularity, neighbours and what is back in stock are no reason to make a list anew at once.
GOOD_FOR = timedelta(hours=6)
SHOWN_FOR = timedelta(days=SHOWN_DAYS)
ALWAYS = 32_767


def lists_left(plan: Plan, pipeline: Pipeline) -> int:
    """How many lists can be shown, at the least, before one of its candidates is tired, or tired no more."""
    enough = pipeline.repeat_after_shown
    if not enough:
        return ALWAYS
    fresh = [times for times in shown_times(plan) if times < enough]
    before_tired = enough - max(fresh, default=0)
    before_forgotten = LAST_LISTS + 1 - len(plan.shopper.shown_at)
    return min(before_tired, before_forgotten) if has_tired(plan, pipeline) else before_tired


def good_until(plan: Plan, pipeline: Pipeline, now: datetime) -> datetime:
    """Until a visit is over, something is due again, a list that tired them is forgotten, or it is old."""
    shopper = plan.shopper
    moments = [shopper.visit_ends_at, *(had.due_at for had in shopper.bought.values())]
    if has_tired(plan, pipeline):
        moments.append(shopper.shown_at[0] + SHOWN_FOR)
    return min([now + GOOD_FOR, *(moment for moment in moments if moment and moment > now)])


def counted_until(plan: Plan, now: datetime) -> datetime:
    """Lists after this are not among those that it was made from."""
    return plan.shopper.shown_at[-1] if plan.shopper.shown_at else now - SHOWN_FOR


def has_tired(plan: Plan, pipeline: Pipeline) -> bool:
    """Whether one of its candidates was shown too often."""
    enough = pipeline.repeat_after_shown
    return bool(enough) and any(times >= enough for times in shown_times(plan))


def shown_times(plan: Plan) -> list[int]:
    rows = plan.candidates.rows
    return [times for product, times in plan.shopper.shown.items() if product in rows]
