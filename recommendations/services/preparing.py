"""Makes lists before anybody asks, for who was here of late: what they ask for first is there already."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from ecommerce_ai.jobs.progress import Progress, silent
from ecommerce_ai.shop.models import Customer
from recommendations.models import Pipeline, PreparedList, Slot
from recommendations.selectors.awaited import awaited_customers
from recommendations.selectors.facts import customer_of
from recommendations.selectors.outlines import Outline, as_text, outline_of
from recommendations.selectors.pipelines import plain_pipeline
from recommendations.selectors.planning import Plan, plan_for
from recommendations.selectors.pool import SHORT_LIST
from recommendations.selectors.prepared import meeting, stamp_of
from recommendations.selectors.shopper import Shopper, willing_shopper
from recommendations.selectors.versions import Serving, serving_now

BATCH_SIZE = 100
# Popularity, neighbours and what is back in stock are no reason to make a list anew at once.
GOOD_FOR = timedelta(hours=6)
# The job that comes each hour renews what would end before it comes again.
RENEWED_AFTER = timedelta(hours=4, minutes=30)
ALWAYS = 32_767
# Who is here now: longer than a visit, for its end makes another list.
HERE, MOST_HERE = timedelta(minutes=45), 300
# Who may be back.
OF_LATE, MOST_OF_LATE = timedelta(days=14), 20_000


def prepare_for_visitors() -> dict[str, int]:
    """Each minute: what was clicked since their last list is in the next."""
    return prepare_lists(since=timezone.now() - HERE, most=MOST_HERE)


def prepare_for_regulars(*, progress: Progress = silent) -> dict[str, int]:
    """Each hour: for everybody who was here in the last two weeks."""
    return prepare_lists(since=timezone.now() - OF_LATE, most=MOST_OF_LATE, progress=progress)


def prepare_lists(*, since: datetime, most: int, progress: Progress = silent) -> dict[str, int]:
    """For who did something since then, the latest first; {"prepared", "current", "removed"}.

    A list that holds and will for a while is left as it is. May be killed and repeated.
    """
    removed, _ = PreparedList.objects.filter(good_until__lt=timezone.now()).delete()
    people, prepared, done = awaited_customers(since=since, most=most), 0, 0
    for batch in batches(people):
        prepared += write_lists(list(lists_for(batch)))
        done += len(batch)
        progress(done, len(people))
    return {"prepared": prepared, "current": len(people) - prepared, "removed": removed}


def batches(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    return (keys[first : first + BATCH_SIZE] for first in range(0, len(keys), BATCH_SIZE))


def lists_for(keys: Sequence[int]) -> Iterator[PreparedList]:
    """Of those who want to be known and whose list does not hold."""
    serving = serving_now()
    pipeline = serving.pipeline or plain_pipeline()
    for key in keys:
        made = list_for(customer_of(key), serving=serving, pipeline=pipeline)
        if made is not None:
            yield made


def list_for(customer: Customer, *, serving: Serving, pipeline: Pipeline) -> PreparedList | None:
    """The stamp is read before what it stands for: what changes in between makes the list stale."""
    now = timezone.now()
    met = meeting(customer, SHORT_LIST, serving=serving, pipeline=pipeline, since=now - RENEWED_AFTER)
    if met.outline or not met.is_willing:
        return None
    version, stamp = serving.version_for(Slot.FOR_YOU), stamp_of(customer, pipeline=pipeline)
    shopper = willing_shopper(customer, ranker=pipeline.ranker)
    if shopper is None:
        return None
    plan = plan_for(shopper, SHORT_LIST, pipeline=pipeline, rules=serving.rules_for(Slot.FOR_YOU), now=now)
    return PreparedList(
        customer=customer,
        version=version,
        stamp=stamp,
        lists_left=lists_left(plan, pipeline),
        outline=as_text(kept_part(outline_of(plan))),
        prepared_at=now,
        good_until=good_until(shopper, now),
    )


def kept_part(outline: Outline) -> Outline:
    """A list that is full already will not be filled up."""
    return replace(outline, opposed=(), excluded=()) if outline.length == SHORT_LIST else outline


def lists_left(plan: Plan, pipeline: Pipeline) -> int:
    """How many more lists can be shown before a candidate has been shown too often, at the least."""
    if not pipeline.repeat_after_shown:
        return ALWAYS
    fresh = [
        times
        for product, times in plan.shopper.shown.items()
        if times < pipeline.repeat_after_shown and product in plan.candidates.rows
    ]
    return pipeline.repeat_after_shown - max(fresh, default=0)


def good_until(shopper: Shopper, now: datetime) -> datetime:
    """Until a visit is over, the shopper is due for something again, or the list is old."""
    moments = [shopper.visit_ends_at, *(had.due_at for had in shopper.bought.values())]
    return min([now + GOOD_FOR, *(moment for moment in moments if moment and moment > now)])


@transaction.atomic
def write_lists(rows: Sequence[PreparedList]) -> int:
    """Of customers who are here still."""
    keys = [row.customer_id for row in rows]
    locked = Customer.objects.filter(pk__in=keys).order_by("pk").select_for_update(no_key=True)
    here = set(locked.values_list("pk", flat=True))
    PreparedList.objects.bulk_create(
        [row for row in rows if row.customer_id in here],
        update_conflicts=True,
        unique_fields=["customer"],
        update_fields=["version", "stamp", "lists_left", "outline", "prepared_at", "good_until"],
    )
    return len(here)
