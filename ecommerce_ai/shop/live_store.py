"""The Redis that holds the visits of now, and its keys. It may be empty or away at any time."""

from functools import cache

from django.conf import settings
from redis import Redis

VISIT_S = 30 * 60  # GA4's rule: half an hour without an action ends a visit
ACTIONS_KEPT = 50
ANSWER_WITHIN_S = 0.25


@cache
def live_store() -> Redis:
    return Redis.from_url(
        settings.LIVE_VISITS_URL,
        decode_responses=True,
        socket_timeout=ANSWER_WITHIN_S,
        socket_connect_timeout=ANSWER_WITHIN_S,
    )


def visit_key(customer_id: int) -> str:
    return f"visit:{customer_id}"


def actions_key(customer_id: int) -> str:
    return f"visit:{customer_id}:actions"
