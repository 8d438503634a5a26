"""What the page of a segment shows: how large it was, and what sets its members apart."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Avg, CharField, Count, F, Func, Q, QuerySet, Value
from django.utils import timezone

from ecommerce_ai.privacy.selectors import Purpose, allowed_customers
from ecommerce_ai.shop.models import Category, Customer, Order, OrderLine
from ecommerce_ai.shop.models.customers import CustomerQuerySet
from profiles.ml.segments.rules import Labelled, Measure, Rules, Tag, parse_rules
from profiles.models import Profile, Segment, SegmentMembership
from profiles.selectors.interests import shop_clock
from profiles.selectors.segments.matching import matching_customers
from profiles.selectors.segments.words import all_conditions

WEEKS_SHOWN = 12
WEEK = timedelta(days=7)
SHELVES_SHOWN = 6


@dataclass(frozen=True)
class Size:
    at: datetime
    shoppers: int


@dataclass(frozen=True)
class Preview:
    """How many shoppers rules would find now, of how many, and how many over the last weeks."""

    size: int
    of: int
    sizes: list[Size]
    examples: list[Customer]

    @property
    def percent(self) -> float:
        return 100 * self.size / self.of if self.of else 0.0


@dataclass(frozen=True)
class Averages:
    """Means per shopper with a profile; None where nobody has one."""

    orders: float | None
    spent: float | None
    views: float | None


@dataclass(frozen=True)
class ShelfShare:
    """The share of a department in the orders of the members, and in everybody's."""

    shelf: Category
    members_percent: float
    all_percent: float


def current_members(segment: Segment) -> CustomerQuerySet:
    """Who is in it and lets the shop personalise at this moment, whatever the last refresh wrote."""
    open_rows = SegmentMembership.objects.current().filter(segment=segment)
    return allowed_customers(Purpose.PERSONALISATION).filter(pk__in=open_rows.values("customer"))


def preview_of(rules: Rules, *, examples: int = 5) -> Preview:
    """What a merchant sees before saving."""
    found = matching_customers(rules)
    size = found.count()
    return Preview(
        size=size,
        of=allowed_customers(Purpose.PERSONALISATION).count(),
        sizes=sizes_of_rules(rules, now=size),
        examples=list(found.order_by("-id")[:examples]),
    )


def sizes_of(segment: Segment) -> list[Size]:
    """The size week by week, oldest first."""
    if segment.kind == Segment.Kind.RULES:
        sizes = sizes_of_rules(parse_rules(segment.rules), now=segment.size)
        if len(sizes) > 1:
            return sizes
    return recorded_sizes(segment)


def sizes_of_rules(rules: Rules, *, now: int) -> list[Size]:
    """The rules on events as they stood each week; only today's where they ask for what is inferred now."""
    clock = shop_clock()
    present = Size(clock, now)
    if any(isinstance(each, Tag | Measure | Labelled) for each in all_conditions(rules)):
        return [present]
    times = [clock - WEEK * weeks for weeks in range(WEEKS_SHOWN - 1, 0, -1)]
    return [*(Size(time, matching_customers(rules, at=time).count()) for time in times), present]


def recorded_sizes(segment: Segment) -> list[Size]:
    """How many members there were each week since the first one entered."""
    now = timezone.now()
    times = [now - WEEK * weeks for weeks in range(WEEKS_SHOWN - 1, -1, -1)]
    counts = {
        f"week_{index}": Count("pk", Q(entered_at__lte=time) & (Q(left_at=None) | Q(left_at__gt=time)))
        for index, time in enumerate(times)
    }
    found = SegmentMembership.objects.filter(segment=segment).aggregate(**counts)
    sizes = [Size(time, found[f"week_{index}"]) for index, time in enumerate(times)]
    begun = next((index for index, size in enumerate(sizes) if size.shoppers), len(sizes) - 1)
    return sizes[begun:]


def averages_of(customers: "QuerySet[Customer]") -> Averages:
    found = Profile.objects.filter(customer__in=customers.order_by().values("pk")).aggregate(
        orders=Avg("order_count"), spent=Avg("net_spent"), views=Avg("view_count")
    )
    spent = found["spent"]
    return Averages(found["orders"], None if spent is None else float(spent), found["views"])


def shelf_shares(members: "QuerySet[Customer]") -> list[ShelfShare]:
    """The departments that members buy from, those that set them apart most first."""
    everybody = order_counts(allowed_customers(Purpose.PERSONALISATION))
    own = order_counts(members)
    all_orders, own_orders = max(1, sum(everybody.values())), max(1, sum(own.values()))
    shelves = Category.objects.roots().filter(path__in=list(own))
    shares = [
        ShelfShare(shelf, 100 * own[shelf.path] / own_orders, 100 * everybody.get(shelf.path, 0) / all_orders)
        for shelf in shelves
    ]
    return sorted(shares, key=lambda share: share.all_percent - share.members_percent)[:SHELVES_SHOWN]


def order_counts(customers: "QuerySet[Customer]") -> dict[str, int]:
    """Order lines of goods by department: `{path: lines}`."""
    department = Func(
        F("product__category__path"), Value("/"), Value(1), function="split_part", output_field=CharField()
    )
    orders = Order.objects.not_cancelled().filter(customer__in=customers.order_by().values("pk"))
    lines = OrderLine.objects.goods().filter(order__in=orders, product__category__isnull=False)
    counted = lines.order_by().annotate(department=department).values("department")
    return dict(counted.annotate(lines=Count("pk")).values_list("department", "lines"))


def segments_of(customer: Customer) -> list[SegmentMembership]:
    """The customer's segments of now; none without consent to personalisation."""
    rows = SegmentMembership.objects.current().filter(
        customer=customer, customer__in=allowed_customers(Purpose.PERSONALISATION)
    )
    return list(rows.select_related("segment__category").order_by("segment__kind", "-entered_at"))
