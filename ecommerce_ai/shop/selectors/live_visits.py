"""What a customer has done in the visit that is going on."""

import json
from datetime import datetime
from typing import NamedTuple, cast

import structlog
from redis import RedisError

from ecommerce_ai.shop.live_store import actions_key, live_store
from ecommerce_ai.shop.models import Customer

log = structlog.get_logger(__name__)


class LiveAction(NamedTuple):
    """One action of the visit; `product_id` and `search_term` where it was about one."""

    name: str
    product_id: int | None
    search_term: str
    occurred_at: datetime


def live_actions(customer: Customer | None) -> list[LiveAction]:
    """The last 50 actions of this visit, newest first; none after it ended, or where the store is away."""
    if customer is None:
        return []
    try:
        lines = cast("list[str]", live_store().lrange(actions_key(customer.pk), 0, -1))
    except RedisError as error:
        log.warning("live_visits_unavailable", error=type(error).__name__)
        return []
    return [action_from(line) for line in lines]


def action_from(line: str) -> LiveAction:
    name, product_id, search_term, occurred_at = json.loads(line)
    return LiveAction(name, product_id, search_term, datetime.fromisoformat(occurred_at))
