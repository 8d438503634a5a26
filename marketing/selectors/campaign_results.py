"""What came of a campaign: how far its messages got, what was ordered, and what it changed.

Orders, opens and clicks are counted of people who let the shop keep statistics, as they say now.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count, Max, Q

from ecommerce_ai.privacy.models import Purpose
from ecommerce_ai.privacy.selectors import allowed_customers
from marketing.ml.lift import (
    Arm,
    Estimate,
    TooFew,
    buyers_missing,
    conversion_lift,
    people_missing,
    revenue_lift,
    share_of,
)
from marketing.models import Campaign, Reason, Recipient

Status, Arms = Recipient.Status, Recipient.Arm

# Whose orders they are: the customer's own, and those that a guest placed under the same address.
BOUGHT = """
  SELECT people.place, placed.id AS number, placed.placed_at, placed.total, placed.currency
  FROM people JOIN shop_order placed ON placed.customer_id = people.customer
  WHERE placed.kind = 'sale' AND placed.status <> 'cancelled' AND placed.placed_at >= %(since)s
  UNION
  SELECT people.place, placed.id, placed.placed_at, placed.total, placed.currency
  FROM people JOIN shop_order placed ON people.email <> '' AND lower(placed.email) = people.email
  WHERE placed.kind = 'sale' AND placed.status <> 'cancelled' AND placed.placed_at >= %(since)s
"""
PEOPLE = """
  SELECT place.id AS place, place.arm, place.due_at, customer.id AS customer, lower(customer.email) AS email
  FROM marketing_recipient place JOIN shop_customer customer ON customer.id = place.customer_id
  WHERE place.campaign_id = %(campaign)s AND {which} AND customer.id IN ({allowed})
"""
ARMS = """
WITH people AS ({people}), bought AS ({bought}), by_person AS (
  SELECT people.arm, people.place, count(bought.number) AS orders,
         coalesce(sum(bought.total) FILTER (WHERE bought.currency = %(currency)s), 0)::float8 AS paid
  FROM people LEFT JOIN bought ON bought.place = people.place AND bought.placed_at >= people.due_at
    AND bought.placed_at < people.due_at + %(days)s * interval '1 day'
  WHERE people.due_at <= %(now)s
  GROUP BY people.arm, people.place
)
SELECT arm, count(*), count(*) FILTER (WHERE orders > 0), sum(paid), sum(paid * paid)
FROM by_person GROUP BY arm
"""
# An order belongs to the campaign whose link was followed last before it, of all campaigns.
LAST_CLICK = """
WITH people AS ({people}), bought AS ({bought}), last AS (
  SELECT DISTINCT ON (bought.number)
         bought.number, bought.place, bought.total, bought.currency, place.campaign_id
  FROM bought
  JOIN people ON people.place = bought.place
  JOIN marketing_recipient place ON place.customer_id = people.customer
  JOIN marketing_campaign campaign ON campaign.id = place.campaign_id
  JOIN marketing_click click ON click.recipient_id = place.id AND click.clicked_at <= bought.placed_at
    AND bought.placed_at < click.clicked_at + campaign.attribution_days * interval '1 day'
  ORDER BY bought.number, click.clicked_at DESC
)
SELECT count(*), coalesce(sum(total) FILTER (WHERE currency = %(currency)s), 0),
       count(*) FILTER (WHERE currency <> %(currency)s), count(DISTINCT place)
FROM last WHERE campaign_id = %(campaign)s
"""


@dataclass(frozen=True)
class Funnel:
    """How many people each step reached. `came_back` are not delivered; `measured` may be counted."""

    people: int
    waiting: int
    unknown: int
    sent: int
    came_back: int
    measured: int
    opened: int
    clicked: int
    unsubscribed: int
    complained: int
    held_out: int

    @property
    def delivered(self) -> int:
        """What a server took and none sent back, as far as it was reported."""
        return self.sent - self.came_back


@dataclass(frozen=True)
class Orders:
    """Orders after a click; `elsewhere`: paid in another currency, and not in the amount."""

    count: int
    revenue: Decimal
    elsewhere: int
    people: int


@dataclass(frozen=True)
class Lift:
    """People who were written to beside those held out. `missing` says why there is nothing to compare yet,
    `undecided` why no verdict is given; both are None where there is one."""

    written_to: Arm
    held_out: Arm
    conversion: Estimate | None
    revenue: Estimate | None
    missing: TooFew | None
    undecided: TooFew | None


@dataclass(frozen=True)
class Results:
    """`final_at`: until then orders may still come in, and the figures move."""

    funnel: Funnel
    left_out: dict[str, int]
    opened: Estimate | None
    clicked: Estimate | None
    unsubscribed: Estimate | None
    orders: Orders
    ordered: Estimate | None
    lift: Lift
    final_at: datetime
    is_final: bool


def results_of(campaign: Campaign, *, at: datetime) -> Results:
    """As of that time."""
    funnel, orders = funnel_of(campaign), orders_of(campaign)
    final_at = last_due(campaign) + timedelta(days=campaign.attribution_days)
    return Results(
        funnel=funnel,
        left_out=left_out_of(campaign),
        opened=share_of(funnel.opened, funnel.measured),
        clicked=share_of(funnel.clicked, funnel.measured),
        unsubscribed=share_of(funnel.unsubscribed, funnel.delivered),
        orders=orders,
        ordered=share_of(min(orders.people, funnel.measured), funnel.measured),
        lift=lift_of(campaign, at=at),
        final_at=final_at,
        is_final=at >= final_at,
    )


def funnel_of(campaign: Campaign) -> Funnel:
    sent = Q(status=Status.SENT)
    counts = campaign.recipients.aggregate(
        people=Count("pk"),
        waiting=Count("pk", Q(status=Status.WAITING)),
        unknown=Count("pk", Q(status=Status.CLAIMED)),
        sent=Count("pk", sent),
        came_back=Count("pk", sent & Q(bounced_at__isnull=False)),
        measured=Count("pk", sent & Q(is_measured=True, bounced_at=None)),
        opened=Count("pk", sent & Q(is_measured=True, bounced_at=None, opened_at__isnull=False)),
        clicked=Count("pk", sent & Q(is_measured=True, bounced_at=None, clicked_at__isnull=False)),
        unsubscribed=Count("pk", Q(unsubscribed_at__isnull=False)),
        complained=Count("pk", Q(complained_at__isnull=False)),
        held_out=Count("pk", Q(status=Status.HELD_OUT)),
    )
    return Funnel(**counts)


def left_out_of(campaign: Campaign) -> dict[str, int]:
    """How many got nothing, by the reason: found when the audience was drawn, and when their turn came."""
    counts = dict(campaign.excluded)
    later = campaign.recipients.filter(status=Status.LEFT_OUT).order_by().values("reason")
    for row in later.annotate(people=Count("pk")):
        counts[row["reason"]] = counts.get(row["reason"], 0) + row["people"]
    return {reason: counts[reason] for reason in Reason.values if counts.get(reason)}


def last_due(campaign: Campaign) -> datetime:
    """When the last of its people is due; the end where nobody was drawn yet."""
    return campaign.recipients.aggregate(last=Max("due_at"))["last"] or campaign.ends_at


def lift_of(campaign: Campaign, *, at: datetime) -> Lift:
    """Everybody in the arm that they were drawn into, whatever came of the message."""
    found = {
        arm: Arm(people, buyers, revenue, squares)
        for arm, people, buyers, revenue, squares in rows(ARMS, campaign, at)
    }
    written_to, held_out = found.get(Arms.WRITTEN_TO, Arm()), found.get(Arms.HELD_OUT, Arm())
    missing = people_missing(written_to, held_out)
    return Lift(
        written_to=written_to,
        held_out=held_out,
        conversion=None if missing else conversion_lift(written_to, held_out),
        revenue=None if missing else revenue_lift(written_to, held_out),
        missing=missing,
        undecided=None if missing else buyers_missing(written_to, held_out),
    )


def orders_of(campaign: Campaign) -> Orders:
    clicked = "place.clicked_at IS NOT NULL"
    return Orders(*rows(LAST_CLICK, campaign, campaign.ends_at, which=clicked)[0])


def rows(statement: str, campaign: Campaign, at: datetime, *, which: str = "true") -> list[Any]:
    """What a statement says of the campaign's people who let the shop keep statistics, or of some of them."""
    allowed, values = allowed_customers(Purpose.ANALYTICS).order_by().values("pk").query.sql_with_params()
    named = {f"allowed_{number}": value for number, value in enumerate(values)}
    allowed = allowed % tuple(f"%(allowed_{number})s" for number in range(len(values)))
    given = {
        "campaign": campaign.pk,
        "currency": settings.SHOP_CURRENCY,
        "days": campaign.attribution_days,
        "since": campaign.starts_at,
        "now": at,
        **named,
    }
    with connection.cursor() as cursor:
        cursor.execute(
            statement.format(people=PEOPLE.format(allowed=allowed, which=which), bought=BOUGHT), given
        )
        return list(cursor.fetchall())
