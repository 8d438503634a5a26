"""What caches and queues hold about a person, whatever it was put there for."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from redis import Redis

from ecommerce_ai.data_register import Subject
from ecommerce_ai.text_search import pattern_of


def servers() -> list[Any]:
    """The cache's database, the live visits' and the queue's; each once."""
    queue = plain_url(settings.CELERY_BROKER_URL)
    addresses = {settings.CACHES["default"]["LOCATION"], settings.LIVE_VISITS_URL, queue}
    return [Redis.from_url(address) for address in sorted(addresses)]


def plain_url(address: str) -> str:
    """Celery's spelling of a Unix socket in redis-py's."""
    parts = urlsplit(address)
    if parts.scheme != "redis+socket":
        return address
    database = parse_qs(parts.query).get("virtual_host", ["0"])[0]
    return f"unix://{parts.path}?db={database}"


def values_about(subject: Subject) -> Iterator[tuple[Any, bytes, bytes | None]]:
    """Server, key and the matching element of a list, or None where the whole key is about the person."""
    if (pattern := pattern_of(subject.words | subject.names)) is None:
        return
    for server in servers():
        for key in server.scan_iter(count=1000):
            for element in matches_in(server, key, pattern):
                yield server, key, element


def matches_in(server: Any, key: bytes, pattern: re.Pattern[bytes]) -> list[bytes | None]:
    kind = server.type(key).decode()
    if kind == "list":
        return [each for each in server.lrange(key, 0, -1) if pattern.search(each)]
    return [None] if any(pattern.search(text) for text in [key, *READERS[kind](server, key)]) else []


READERS: dict[str, Callable[[Any, bytes], list[bytes]]] = {
    "none": lambda server, key: [],  # gone since the scan met it
    "string": lambda server, key: [server.get(key) or b""],
    "hash": lambda server, key: [part for pair in server.hgetall(key).items() for part in pair],
    "set": lambda server, key: list(server.smembers(key)),
    "zset": lambda server, key: list(server.zrange(key, 0, -1)),
    "stream": lambda server, key: [repr(entry).encode() for entry in server.xrange(key)],
}


def count_values(subject: Subject) -> int:
    return sum(1 for _ in values_about(subject))


def forget_values(subject: Subject) -> None:
    """Matching elements leave their lists, matching keys go; the append-only file forgets them as well."""
    for server, key, element in list(values_about(subject)):
        if element is None:
            server.delete(key)
        else:
            server.lrem(key, 0, element)
    for server in servers():
        if not server.info("persistence").get("aof_rewrite_in_progress"):
            server.bgrewriteaof()
