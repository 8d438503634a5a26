"""Counts what people looked at, put in the cart and bought of late."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Count, Max
from django.utils import timezone

from ecommerce_ai.shop.models import Event, Order, OrderLine, Product
from recommendations.models import PopularProduct

WINDOW_DAYS = 30
KEPT = 500
# People, not clicks: one visitor counts once for each kind, however often they came back.
WEIGHTS = {Event.Name.VIEW_ITEM: 1.0, Event.Name.ADD_TO_CART: 3.0}
ORDER_WEIGHT = 5.0
LOCK = 7_301_001


def rank_popular_products(*, window_days: int = WINDOW_DAYS, now: datetime | None = None) -> dict[str, int]:
    """Rank the live products of the last `window_days` in which anything happened. Returns {"ranked"}.

    The window ends with the last order or event, so a shop whose history was imported has a ranking too.
    """
    now = now or timezone.now()
    until = min(now, latest_activity() or now)
    scores = popularity_scores(since=until - timedelta(days=window_days), until=until)
    best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:KEPT]
    rows = [
        PopularProduct(product_id=pk, window_days=window_days, rank=rank, score=score, computed_at=now)
        for rank, (pk, score) in enumerate(best, start=1)
    ]
    replace_ranking(window_days, rows)
    return {"ranked": len(rows)}


def latest_activity() -> datetime | None:
    """When the last product event or order happened."""
    times = (
        Event.objects.named(*WEIGHTS).aggregate(last=Max("occurred_at"))["last"],
        Order.objects.not_cancelled().aggregate(last=Max("placed_at"))["last"],
    )
    return max((time for time in times if time), default=None)


def popularity_scores(*, since: datetime, until: datetime) -> dict[int, float]:
    """Score by product, of live products only."""
    live = Product.objects.live().values("pk")
    scores: dict[int, float] = defaultdict(float)
    people = (
        Event.objects.named(*WEIGHTS)
        .filter(occurred_at__range=(since, until), product__in=live)
        .values_list("product", "name")
        .annotate(people=Count("customer", distinct=True))
    )
    for product_id, name, count in people:
        scores[product_id] += WEIGHTS[Event.Name(name)] * count
    orders = (
        OrderLine.objects.goods()
        .filter(order__in=Order.objects.not_cancelled().filter(placed_at__range=(since, until)))
        .filter(product__in=live)
        .values_list("product")
        .annotate(orders=Count("order", distinct=True))
    )
    for product_id, count in orders:
        scores[product_id] += ORDER_WEIGHT * count
    return scores


@transaction.atomic
def replace_ranking(window_days: int, rows: list[PopularProduct]) -> None:
    """One ranking for another, unseen by readers; two at once wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    PopularProduct.objects.filter(window_days=window_days).delete()
    PopularProduct.objects.bulk_create(rows)
