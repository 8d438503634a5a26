"""`auth=Key("read")` on a router or an operation: who may call it, and how often."""

import time
from dataclasses import dataclass
from functools import cache
from threading import Lock

from django.conf import settings
from django.http import HttpRequest
from django_ratelimit.core import is_ratelimited
from django_ratelimit.exceptions import Ratelimited
from ninja.security import APIKeyHeader
from redis import Redis

from ecommerce_ai.api.models import ApiKey
from ecommerce_ai.api.problems import Problem
from ecommerce_ai.api.services import key_of

GUESSES = "30/m"
WINDOWS_S = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
SHARE_AT_ONCE = 100  # a process asks the store for a hundredth of a window's calls at once


class Key(APIKeyHeader):
    """A valid key with this scope in `X-API-Key`; `request.auth` is its row."""

    param_name = "X-API-Key"
    openapi_name = "X-API-Key"

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = ApiKey.Scope(scope)

    def authenticate(self, request: HttpRequest, key: str | None) -> ApiKey | None:
        found = key_of(key) if key else None
        if found is None:
            count_guess(request)
            return None
        if not found.may(self.scope):
            raise Problem(403, f"The key “{found.prefix}…” lacks the scope “{self.scope.value}”.")
        count_call(found)
        return found


def count_guess(request: HttpRequest) -> None:
    limit(request, group="api guesses", key="ip", rate=GUESSES)


@cache
def store() -> "Redis":
    """One pool of connections for each process."""
    return Redis.from_url(str(settings.CACHES["default"]["LOCATION"]))


@dataclass
class Allowance:
    """Calls that the store granted this process in one window and that are still to be made."""

    window: int
    left: int


allowances: dict[int, Allowance] = {}
counting = Lock()


def count_call(key: ApiKey) -> None:
    """At most `API_RATE` ("3000/m") calls of one key in each window, in all processes together."""
    most, _, unit = settings.API_RATE.partition("/")
    window = int(time.time() // WINDOWS_S[unit])
    with counting:
        allowance = allowances.get(key.pk)
        if allowance is None or allowance.window != window or not allowance.left:
            granted = calls_granted(f"api:calls:{key.pk}:{window}", int(most), seconds=WINDOWS_S[unit])
            allowance = allowances[key.pk] = Allowance(window, granted)
        if not allowance.left:
            raise Ratelimited
        allowance.left -= 1


def calls_granted(name: str, most: int, *, seconds: int) -> int:
    """A share of what is left of the window's calls, 0 where nothing is; one answer of Redis."""
    share = max(1, most // SHARE_AT_ONCE)
    with store().pipeline(transaction=False) as commands:
        commands.incrby(name, share)
        commands.expire(name, seconds)
        taken, _ = commands.execute()
    return int(min(share, max(0, most - (taken - share))))


def limit(request: HttpRequest, *, group: str, key: object, rate: str) -> None:
    if is_ratelimited(request, group=group, key=key, rate=rate, increment=True):
        raise Ratelimited
