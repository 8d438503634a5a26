"""Writes of the visits of now. A store that is away costs a shopper nothing: facts are in the database."""

import json
import uuid
from collections.abc import Iterable, Mapping
from datetime import timedelta

import structlog
from django.utils import timezone
from redis import RedisError

from ecommerce_ai.shop.live_store import ACTIONS_KEPT, VISIT_S, actions_key, live_store, visit_key
from ecommerce_ai.shop.selectors import LiveAction

log = structlog.get_logger(__name__)


def visit_ids(customer_ids: Iterable[int]) -> dict[int, str]:
    """The visit that each customer is in, a new one if need be; empty texts where the store is away."""
    wanted = list(customer_ids)
    try:
        with live_store().pipeline(transaction=False) as pipe:
            for customer_id in wanted:
                pipe.set(visit_key(customer_id), uuid.uuid4().hex, nx=True, ex=VISIT_S)
                pipe.getex(visit_key(customer_id), ex=VISIT_S)
            names = pipe.execute()[1::2]
    except RedisError as error:
        log.warning("live_visits_unavailable", error=type(error).__name__)
        return dict.fromkeys(wanted, "")
    return {customer_id: name or "" for customer_id, name in zip(wanted, names, strict=True)}


def note_actions(actions: Mapping[int, list[LiveAction]]) -> None:
    """Put actions of now, oldest first, before each customer's earlier ones."""
    recent = {
        customer_id: [each for each in done if is_recent(each)] for customer_id, done in actions.items()
    }
    try:
        with live_store().pipeline(transaction=False) as pipe:
            for customer_id, done in recent.items():
                if done:
                    key = actions_key(customer_id)
                    pipe.lpush(key, *(line_of(action) for action in done[-ACTIONS_KEPT:]))
                    pipe.ltrim(key, 0, ACTIONS_KEPT - 1)
                    pipe.expire(key, VISIT_S)
            pipe.execute()
    except RedisError as error:
        log.warning("live_visits_unavailable", error=type(error).__name__)


def move_visit(source_id: int, *, target_id: int) -> None:
    """The visit of an anonymous customer goes on as the customer they turned out to be."""
    try:
        lines = live_store().lrange(actions_key(source_id), 0, -1)
        with live_store().pipeline() as pipe:
            if lines:
                pipe.rpush(actions_key(target_id), *lines)
                pipe.ltrim(actions_key(target_id), 0, ACTIONS_KEPT - 1)
                pipe.expire(actions_key(target_id), VISIT_S)
            pipe.copy(visit_key(source_id), visit_key(target_id))
            pipe.delete(actions_key(source_id), visit_key(source_id))
            pipe.execute()
    except RedisError as error:
        log.warning("live_visits_unavailable", error=type(error).__name__)


def forget_visits(customer_ids: Iterable[int]) -> int:
    """Take visits out of the store; how many entries there were. Raises RedisError: forgetting must not fail
    in silence."""
    keys = [key for customer_id in customer_ids for key in (visit_key(customer_id), actions_key(customer_id))]
    return int(live_store().delete(*keys)) if keys else 0


def is_recent(action: LiveAction) -> bool:
    return timezone.now() - action.occurred_at < timedelta(seconds=VISIT_S)


def line_of(action: LiveAction) -> str:
    return json.dumps(
        [action.name, action.product_id, action.search_term, action.occurred_at.isoformat()],
        ensure_ascii=False,
    )
