"""Who is in a segment: both directions of a change are one statement, and the history stays."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import QuerySet

from ecommerce_ai.shop.models import Customer
from profiles.models import Segment, SegmentMembership

ENTER = """
    INSERT INTO profiles_segmentmembership (segment_id, customer_id, entered_at)
    SELECT %s, wanted.id, %s FROM ({wanted}) AS wanted (id)
    ON CONFLICT (segment_id, customer_id) WHERE left_at IS NULL DO NOTHING
"""


@dataclass(frozen=True)
class MemberChanges:
    entered: int
    left: int
    size: int


@transaction.atomic
def update_members(segment: Segment, *, wanted: QuerySet[Customer], at: datetime) -> MemberChanges:
    """From now on exactly `wanted` are in the segment; says how many came and went."""
    Segment.objects.select_for_update().get(pk=segment.pk)
    members = SegmentMembership.objects.current().filter(segment=segment)
    left = members.exclude(customer__in=wanted.order_by().values("pk")).update(left_at=at)
    entered = enter(segment, wanted, at)
    size = members.count()
    Segment.objects.filter(pk=segment.pk).update(size=size, refreshed_at=at)
    return MemberChanges(entered, left, size)


def enter(segment: Segment, wanted: QuerySet[Customer], at: datetime) -> int:
    try:
        sql, parameters = wanted.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:  # rules that Django sees nobody can meet
        return 0
    with connection.cursor() as cursor:
        cursor.execute(ENTER.format(wanted=sql), [segment.pk, at, *parameters])
        return int(cursor.rowcount)
