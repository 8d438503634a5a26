"""SQL of the road that is walked for each list: planned once for a connection, sent as one line."""

from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection

# What each connection has prepared already.
prepared: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()


def literal(value: Any) -> Any:
    """Lists of keys as PostgreSQL writes arrays: the driver takes ten times as long, key by key."""
    return f"{{{','.join(map(str, value))}}}" if isinstance(value, list) else value


def row_of(name: str, sql: str, types: str, *values: Any) -> tuple[Any, ...]:
    """The one row of a statement."""
    return rows_of(name, sql, types, *values)[0]


def rows_of(name: str, sql: str, types: str, *values: Any) -> list[tuple[Any, ...]]:
    """What a statement finds; `types` are those of `$1`, `$2` …, separated by commas. Lists hold numbers."""
    with connection.cursor() as cursor:
        known = prepared.setdefault(cursor.connection, set())
        if name not in known:
            cursor.execute(f"PREPARE {name} {f'({types})' if types else ''} AS {sql}")
            known.add(name)
        given = f"({', '.join(['%s'] * len(values))})" if values else ""
        cursor.execute(f"EXECUTE {name} {given}", [literal(value) for value in values])
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
