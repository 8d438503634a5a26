"""Which orders a conversation may speak of, and what there is to say about one."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from ecommerce_ai.shop.models import Customer, Order, OrderLine, Shipment
from ecommerce_ai.shop.services.after_sales import is_before_dispatch
from support.models import Conversation, ServiceRequest
from support.rules import OrderFacts, Terms

PROOF_VALID = timedelta(minutes=30)
SHOWN = 5
SATURDAY = 5


@dataclass(frozen=True)
class LineLeft:
    """A line of goods, and how many of it were not asked back yet."""

    line: OrderLine
    quantity: int

    @property
    def counts(self) -> range:
        """What may be chosen: none, one, … all."""
        return range(self.quantity + 1)


def terms() -> Terms:
    return Terms(**settings.SUPPORT_TERMS)


def visible_orders(conversation: Conversation, *, customer: Customer, is_logged_in: bool) -> QuerySet[Order]:
    """Orders of the log-in, and those whose code was entered in this conversation a short while ago.

    The only way to an order. Its arguments come from the request; no text leads here.
    """
    since = timezone.now() - PROOF_VALID
    proved = conversation.proofs.filter(proved_at__gte=since, order__isnull=False)
    mine = Q(pk__in=proved.values("order"))
    if is_logged_in:
        mine |= Q(customer=customer)
    return Order.objects.sales().filter(mine).order_by("-placed_at", "-id")


def facts_of(order: Order) -> OrderFacts:
    left = lines_left(order)
    return OrderFacts(
        is_before_dispatch=is_before_dispatch(order),
        is_cancelled=order.status == Order.Status.CANCELLED,
        is_returned=order.status == Order.Status.RETURNED,
        placed_on=timezone.localtime(order.placed_at).date(),
        delivered_on=delivered_on(order),
        left=sum(each.quantity for each in left),
    )


def delivered_on(order: Order) -> date | None:
    """The day on which the last parcel came; None while one is on its way."""
    parcels = list(order.shipments.all())
    times = [parcel.delivered_at for parcel in parcels if parcel.delivered_at]
    if not parcels or len(times) < len(parcels):
        return None
    return timezone.localtime(max(times)).date()


def lines_left(order: Order) -> list[LineLeft]:
    """Goods of an order without what was given back or asked back already."""
    taken = dict[int, int]()
    kinds = (ServiceRequest.Kind.RETURN, ServiceRequest.Kind.EXCHANGE)
    asked = ServiceRequest.objects.on_the_table().filter(order=order, kind__in=kinds)
    for request in asked.exclude(status=ServiceRequest.Status.PROPOSED):
        for number, quantity in request.details.get("lines", {}).items():
            taken[int(number)] = taken.get(int(number), 0) + int(quantity)
    goods = order.lines.goods().filter(quantity__gt=0).select_related("product").order_by("line_number")
    rows = [LineLeft(line, line.quantity - taken.get(line.line_number, 0)) for line in goods]
    return [row for row in rows if row.quantity > 0]


def last_parcel(order: Order) -> Shipment | None:
    return order.shipments.order_by("-id").first()


def expected_on(order: Order, today: date) -> date | None:
    """When it is promised; for what has not left, the last day of the shop's usual time from today."""
    parcel = last_parcel(order)
    if parcel and parcel.promised_at:
        return timezone.localtime(parcel.promised_at).date()
    return after_working_days(today, settings.SHOP_DELIVERY_DAYS[1]) if is_before_dispatch(order) else None


def after_working_days(day: date, count: int) -> date:
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() < SATURDAY
    return day
