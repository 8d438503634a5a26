"""Records into a temporary table by COPY; what follows is set-based SQL."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ecommerce_ai.shop.services.importing.rows import Rejection


@dataclass(frozen=True)
class Staging:
    """A temporary table; `columns` gives the SQL types in the order of the records' fields."""

    table: str
    columns: dict[str, str]

    def fill(self, cursor: Any, records: Iterable[Sequence[Any]]) -> None:
        """Replace what the table holds."""
        definitions = ", ".join(f"{name} {type_}" for name, type_ in self.columns.items())
        cursor.execute(f"CREATE TEMP TABLE IF NOT EXISTS {self.table} ({definitions})")
        cursor.execute(f"TRUNCATE {self.table}")
        self.copy(cursor, self.table, records)
        cursor.execute("SET LOCAL default_statistics_target = 10")
        cursor.execute(f"ANALYZE {self.table}")

    def copy(self, cursor: Any, table: str, records: Iterable[Sequence[Any]]) -> None:
        """COPY records into a table with these columns. Empty cells are empty text, and NULL elsewhere."""
        texts = ", ".join(name for name, type_ in self.columns.items() if type_ == "text")
        buffer = io.StringIO(newline="")
        csv.writer(buffer).writerows(records)
        buffer.seek(0)
        options = f"FORMAT csv, FORCE_NOT_NULL ({texts})"
        cursor.copy_expert(
            f"COPY {table} ({', '.join(self.columns)}) FROM STDIN WITH ({options})", buffer, 1 << 18
        )


@dataclass(frozen=True)
class Outcome:
    """What one batch did to the database; accepted rows that are in none of these were unchanged."""

    created: int
    updated: int
    rejections: list[Rejection]


REJECT_REPEATED = """
DELETE FROM {table} staged USING (
    SELECT ctid, row_number() OVER (PARTITION BY {key} ORDER BY line) AS number FROM {table}
) ranked
WHERE ranked.ctid = staged.ctid AND (ranked.number > 1 OR EXISTS (
    SELECT FROM shop_importedkey known WHERE known.run_id = %(run)s AND known.key = staged.{key}
)) RETURNING staged.line, staged.{key}
"""
REMEMBER = "INSERT INTO shop_importedkey (run_id, key, rows) SELECT %(run)s, {key}, 1 FROM {table}"


def reject_repeated(cursor: Any, staging: Staging, *, key: str, run_id: int) -> list[Rejection]:
    """Take out the rows whose key came before in this file: the first one counts, so a second import of the
    file changes nothing."""
    names = {"table": staging.table, "key": key}
    cursor.execute(REJECT_REPEATED.format(**names), {"run": run_id})
    rejections = [
        Rejection(line, key, f"“{value}” was on an earlier line; that one counts")
        for line, value in cursor.fetchall()
    ]
    cursor.execute(REMEMBER.format(**names), {"run": run_id})
    return rejections


def counted(cursor: Any, statement: str, parameters: dict[str, Any] | None = None) -> tuple[int, int]:
    """Run an upsert that returns `is_new` per written row; how many it created and updated."""
    cursor.execute(
        f"WITH written AS ({statement}) "  # noqa: S608 - our own statement
        "SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM written",
        parameters or {},
    )
    created, updated = cursor.fetchone()
    return created, updated
