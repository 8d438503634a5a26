"""Writes of the visits of now. A store that is away costs a shopper nothing: facts are in the database."""

import json
import uuid
from collections.abc import Iterable, Mapping
from datetime import timedelta
from itertools import chain
from typing import Any, cast

import structlog
from django.utils import timezone
from redis import RedisError

from ecommerce_ai.shop.live_store import ACTIONS_KEPT, VISIT_S, actions_key, live_store, visit_key
from ecommerce_ai.shop.selectors import LiveAction

log = structlog.get_logger(__name__)
VISITS = """
local visits = {}
for i, key in ipairs(KEYS) do
    visits[i] = redis.call('GET', key) or ARGV[i + 1]
    redis.call('SET', key, visits[i], 'EX', ARGV[1])
end
return visits
"""
ACTIONS = """
local next = 3 + #KEYS
for i, key in ipairs(KEYS) do
    for line = next, next + ARGV[i + 2] - 1 do
        redis.call('LPUSH', key, ARGV[line])
    end
    next = next + ARGV[i + 2]
    redis.call('LTRIM', key, 0, ARGV[2] - 1)
    redis.call('EXPIRE', key, ARGV[1])
end
return {}
"""
JSON = json.JSONEncoder(ensure_ascii=False)


def visit_ids(customer_ids: Iterable[int]) -> dict[int, str]:
    """The visit that each customer is in, a new one if need be; empty texts where the store is away."""
    wanted = list(customer_ids)
    keys = [visit_key(customer_id) for customer_id in wanted]
    try:
        visits = run(VISITS, keys, [VISIT_S, *(uuid.uuid4().hex for _ in wanted)])
    except RedisError as error:
        log.warning("live_visits_unavailable", error=type(error).__name__)
        return dict.fromkeys(wanted, "")
    return dict(zip(wanted, visits, strict=True))


def note_actions(actions: Mapping[int, list[LiveAction]]) -> None:
    """Put actions of now, oldest first, before each customer's earlier ones."""
    oldest = timezone.now() - timedelta(seconds=VISIT_S)
    lines = {
        actions_key(customer_id): [
            line_of(action) for action in done[-ACTIONS_KEPT:] if action.occurred_at > oldest
        ]
        for customer_id, done in actions.items()
    }
    counts = [len(each) for each in lines.values()]
    try:
        run(ACTIONS, list(lines), [VISIT_S, ACTIONS_KEPT, *counts, *chain.from_iterable(lines.values())])
    except RedisError as error:
        log.warning("live_visits_unavailable", error=type(error).__name__)


def run(script: str, keys: list[str], arguments: list[Any]) -> list[str]:
    """One round trip for any number of customers: packing commands one by one took longer than the rest."""
    return cast("list[str]", live_store().eval(script, len(keys), *keys, *arguments))


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


def line_of(action: LiveAction) -> str:
    return JSON.encode([action.name, action.product_id, action.search_term, action.occurred_at.isoformat()])
