"""Makes lists before anybody asks, for who was here of late: what they ask for first is there already."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from ecommerce_ai.jobs.progress import Progress, silent
from ecommerce_ai.privacy.selectors import Purpose, allowed_customers
from ecommerce_ai.shop.models import Customer
from recommendations.models import Pipeline, PreparedList, Slot
from recommendations.selectors.awaited import awaited_customers
from recommendations.selectors.facts import customer_of
from recommendations.selectors.lasting import counted_until, good_until, lists_left
from recommendations.selectors.outlines import Outline, as_text, outline_of
from recommendations.selectors.pipelines import plain_pipeline
from recommendations.selectors.planning import plan_for
from recommendations.selectors.pool import SHORT_LIST
from recommendations.selectors.prepared import goods_stamp_of, meeting, stamp_of
from recommendations.selectors.shopper import willing_shopper
from recommendations.selectors.versions import Serving, serving_now

BATCH_SIZE = 100
# The job that comes each hour renews what would end before it comes again.
RENEWED_AFTER = timedelta(hours=4, minutes=30)
LOCK = 7_301_003
WRITTEN = [field.name for field in PreparedList._meta.concrete_fields if not field.primary_key]
# Who is here now: longer than a visit, for its end makes another list.
HERE, MOST_HERE = timedelta(minutes=45), 300
# Who may be back.
OF_LATE, MOST_OF_LATE = timedelta(days=14), 20_000


def prepare_for_visitors() -> dict[str, int]:
    """Every few seconds: what was clicked since their last list is in the next."""
    return prepare_lists(since=timezone.now() - HERE, most=MOST_HERE)


def prepare_for_regulars(*, progress: Progress = silent) -> dict[str, int]:
    """Each hour: for everybody who was here in the last two weeks; nothing is left of who wants no list."""
    removed = remove_lists(~Q(customer__in=allowed_customers(Purpose.PERSONALISATION)))
    counts = prepare_lists(since=timezone.now() - OF_LATE, most=MOST_OF_LATE, progress=progress)
    return {**counts, "removed": counts["removed"] + removed}


def prepare_lists(*, since: datetime, most: int, progress: Progress = silent) -> dict[str, int]:
    """For who did something since then, the latest first; {"prepared", "current", "removed"}.

    A list that holds and will for a while is left as it is. May be killed and repeated.
    """
    removed = remove_lists(Q(good_until__lt=timezone.now()))
    people, prepared, done = awaited_customers(since=since, most=most), 0, 0
    for batch in batches(people):
        prepared += write_lists(list(lists_for(batch)))
        done += len(batch)
        progress(done, len(people))
    return {"prepared": prepared, "current": len(people) - prepared, "removed": removed}


@transaction.atomic
def remove_lists(which: Q) -> int:
    take_turns()
    return PreparedList.objects.filter(which).delete()[0]


def take_turns() -> None:
    """One writer at a time, until the transaction ends: two would wait for each other's rows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


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
    outline = kept_part(outline_of(plan))
    keys = [line.product_id for line in outline.lines]
    return PreparedList(
        customer=customer,
        version=version,
        stamp=stamp,
        product_ids=keys,
        goods_stamp=goods_stamp_of(keys),
        lists_left=lists_left(plan, pipeline),
        counted_until=counted_until(plan, now),
        outline=as_text(outline),
        prepared_at=now,
        good_until=good_until(plan, pipeline, now),
    )


def kept_part(outline: Outline) -> Outline:
    """A list that is full already will not be filled up."""
    return replace(outline, opposed=(), excluded=()) if outline.length == SHORT_LIST else outline


@transaction.atomic
def write_lists(rows: Sequence[PreparedList]) -> int:
    """Of customers who are here, and whom nobody is erasing: they are locked before their rows."""
    take_turns()
    keys = [row.customer_id for row in rows]
    locked = Customer.objects.filter(pk__in=keys).order_by("pk")
    here = set(locked.select_for_update(no_key=True, skip_locked=True).values_list("pk", flat=True))
    PreparedList.objects.bulk_create(
        [row for row in rows if row.customer_id in here],
        update_conflicts=True,
        unique_fields=["customer"],
        update_fields=WRITTEN,
    )
    return len(here)
