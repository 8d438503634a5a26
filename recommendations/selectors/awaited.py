"""Who may be back soon: for whom lists are worth preparing."""

from datetime import datetime

from django.db.models import Max

from ecommerce_ai.shop.models import Event, Order


def awaited_customers(*, since: datetime, most: int) -> list[int]:
    """Keys of those who did or ordered something since then, the latest first."""
    events = Event.objects.since(since).filter(customer__isnull=False).values("customer")
    orders = Order.objects.filter(placed_at__gte=since, customer__isnull=False).values("customer")
    latest: dict[int, datetime] = {}
    for rows, moment in ((events, "occurred_at"), (orders, "placed_at")):
        for key, last in (
            rows.annotate(last=Max(moment)).order_by("-last").values_list("customer", "last")[:most]
        ):
            latest[key] = max(last, latest.get(key, last))
    return sorted(latest, key=lambda key: latest[key], reverse=True)[:most]
