"""Rows into tables by COPY, with ids given in advance so that rows can point at each other."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection, models

NULL = "\\N"
PLAIN = {str, int, float, Decimal, datetime, UUID}


def copy_rows(model: type[models.Model], rows: Iterable[Mapping[str, Any]]) -> int:
    """Write rows that all name the same columns in the same order; returns their number."""
    rows = list(rows)
    if not rows:
        return 0
    columns = list(rows[0])
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_MINIMAL, lineterminator="\n")
    writer.writerows(
        [value if type(value) in PLAIN else cell(value) for value in row.values()] for row in rows
    )
    buffer.seek(0)
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    with connection.cursor() as cursor:
        cursor.copy_expert(
            f"COPY {model._meta.db_table} ({names}) FROM STDIN (FORMAT csv, NULL '{NULL}')", buffer
        )
    return len(rows)


def cell(value: Any) -> Any:
    if value is None:
        return NULL
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return value


def first_free_id(model: type[models.Model]) -> int:
    highest: int | None = model._default_manager.aggregate(highest=models.Max("pk"))["highest"]
    return (highest or 0) + 1


def move_sequences(tables: Sequence[type[models.Model]]) -> None:
    """Rows with given ids do not move the sequence that gives the next one."""
    with connection.cursor() as cursor:
        for model in tables:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)",
                [model._meta.db_table, first_free_id(model) - 1],
            )
