"""Writing to and reading from a home's servers without Django."""

from pathlib import Path
from typing import Any

import psycopg2
from redis import Redis

from ecommerce_ai import embedded


def query(home: Path, sql: str) -> list[tuple[Any, ...]]:
    """Runs one statement, committed; returns its rows."""
    where = embedded.database_settings(home)
    connection = psycopg2.connect(
        host=where["HOST"], port=where["PORT"], user=where["USER"], dbname=where["NAME"]
    )
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def redis_client(home: Path) -> Redis:
    """A client of the database that holds the queue."""
    return Redis.from_url(embedded.cache_url(home).replace("db=1", "db=0"))
