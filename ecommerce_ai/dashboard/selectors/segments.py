"""What the pages of segments show, in a fixed number of queries."""

from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from ecommerce_ai.dashboard.charts import Bar, LineChart, bars, line_chart
from ecommerce_ai.privacy.selectors import Purpose, allowed_customers
from ecommerce_ai.shop.models import Customer
from profiles.models import Segment, SegmentMembership
from profiles.selectors.segments import (
    Averages,
    GroupInWords,
    Preview,
    Rules,
    Size,
    averages_of,
    current_members,
    parse_rules,
    preview_of,
    rules_in_words,
    shelf_shares,
    sizes_of,
)

CHANGES_SHOWN = 10


@dataclass(frozen=True)
class SegmentPage:
    """`changes`: who entered and left last, newest first; empty for readers who may not see customers."""

    segment: Segment
    rules: list[GroupInWords]
    sizes: LineChart
    members: Averages
    everybody: Averages
    shelves: list[Bar]
    stability: dict[str, Any] | None


@dataclass(frozen=True)
class PreviewPage:
    preview: Preview
    sizes: LineChart


def segment_page(segment: Segment) -> SegmentPage:
    """One segment in pictures."""
    members = current_members(segment)
    run = segment.model_run
    return SegmentPage(
        segment=segment,
        rules=rules_in_words(parse_rules(segment.rules)) if segment.rules else [],
        sizes=chart_of(sizes_of(segment)),
        members=averages_of(members),
        everybody=averages_of(allowed_customers(Purpose.PERSONALISATION)),
        shelves=bars(
            [
                (share.shelf.local_name, share.members_percent, share.all_percent)
                for share in shelf_shares(members)
            ]
        ),
        stability=run.metrics.get("metrics", {}).get("stability") if run else None,
    )


def preview_page(rules: Rules) -> PreviewPage:
    """Size and course of rules that nobody saved yet."""
    preview = preview_of(rules)
    return PreviewPage(preview, chart_of(preview.sizes))


def chart_of(sizes: list[Size]) -> LineChart:
    return line_chart(
        [(date_format(localtime(size.at), "MONTH_DAY_FORMAT"), size.shoppers) for size in sizes]
    )


def members_shown(segment: Segment) -> QuerySet[Customer]:
    """The members with the time they entered, the last first."""
    entered = SegmentMembership.objects.current().filter(segment=segment, customer=OuterRef("pk"))
    members = current_members(segment).annotate(entered_at=Subquery(entered.values("entered_at")[:1]))
    return members.select_related("profile").order_by("-entered_at", "-pk")


def last_changes(segment: Segment) -> list[SegmentMembership]:
    """Who left last."""
    rows = SegmentMembership.objects.filter(segment=segment, left_at__isnull=False)
    return list(rows.select_related("customer").order_by("-left_at")[:CHANGES_SHOWN])


def starters() -> dict[str, Segment]:
    """Segments that most shops want, to begin from; nothing of them is saved before somebody does."""
    return {
        "looked": starter(
            _("Looked, did not buy"),
            did("view_item", at_least=3, within_days=30),
            did("purchase", is_done=False, within_days=30),
        ),
        "cart": starter(
            _("Left something in the cart"),
            did("add_to_cart", within_days=14),
            did("purchase", is_done=False, within_days=14),
        ),
        "first": starter(
            _("First order lately"),
            did("purchase", within_days=30),
            did("purchase", is_done=False, at_least=2),
        ),
        "away": starter(
            _("Regulars who stay away"),
            did("purchase", at_least=3),
            did("purchase", is_done=False, within_days=90),
        ),
    }


def did(action: str, **fields: Any) -> dict[str, Any]:
    return {"kind": "performed", "action": action, **fields}


def starter(name: str, *conditions: dict[str, Any]) -> Segment:
    return Segment(
        name=name, rules={"match": "all", "groups": [{"match": "all", "conditions": list(conditions)}]}
    )
