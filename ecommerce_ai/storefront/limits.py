"""How often one address may ask: more is answered with 429. Nobody who shops comes near."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest
from django_ratelimit import ALL
from django_ratelimit.decorators import ratelimit

View = TypeVar("View", bound=Callable[..., Any])


def at_most(
    rate: str, *, key: str | Callable[[str, HttpRequest], str] = "ip", method: Any = ALL
) -> Callable[[View], View]:
    """`@at_most("20/m", method="POST")`"""
    limited: Callable[[View], View] = ratelimit(key=key, rate=rate, method=method, block=True)
    return limited
