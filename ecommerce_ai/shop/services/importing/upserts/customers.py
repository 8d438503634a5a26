from typing import Any

from ecommerce_ai.shop.services.importing.records import CustomerRecord
from ecommerce_ai.shop.services.importing.upserts.staging import Outcome, Staging, counted, reject_repeated

STAGING = Staging(
    "import_customer",
    {
        "line": "bigint",
        "external_id": "text",
        "email": "text",
        "name": "text",
        "phone": "text",
        "country": "text",
        "city": "text",
        "language": "text",
        "birth_year": "smallint",
        "gender": "text",
        "created_at": "timestamptz",
    },
)
UPSERT = """
INSERT INTO shop_customer (
    external_id, email, name, phone, country, city, language, birth_year, gender, created_at
)
SELECT staged.external_id, staged.email, staged.name, staged.phone, staged.country, staged.city,
    staged.language, staged.birth_year, staged.gender, COALESCE(staged.created_at, known.created_at, now())
FROM import_customer staged LEFT JOIN shop_customer known ON known.external_id = staged.external_id
ON CONFLICT (external_id) DO UPDATE SET {changes}
WHERE ({current}) IS DISTINCT FROM ({given})
RETURNING xmax = 0 AS is_new
"""
ENSURE = """
INSERT INTO shop_customer (
    external_id, email, name, phone, country, city, language, gender, created_at
)
SELECT DISTINCT ON (customer) customer, '', '', '', '', '', '', '', {time}
FROM {table} WHERE customer <> '' ORDER BY customer, {time}
ON CONFLICT (external_id) DO NOTHING
"""


def upsert(cursor: Any, records: list[CustomerRecord], run_id: int, fields: frozenset[str]) -> Outcome:
    """Customers by the shop's number; `fields` are those that a known customer takes from the file."""
    STAGING.fill(cursor, records)
    rejections = reject_repeated(cursor, STAGING, key="external_id", run_id=run_id)
    columns = sorted(fields)
    statement = UPSERT.format(
        changes=", ".join(f"{column} = EXCLUDED.{column}" for column in columns),
        current=", ".join(f"shop_customer.{column}" for column in columns),
        given=", ".join(f"EXCLUDED.{column}" for column in columns),
    )
    created, updated = counted(cursor, statement)
    return Outcome(created, updated, rejections)


def ensure_customers(cursor: Any, staging: Staging, *, time: str) -> None:
    """Make the customers that a batch names and nobody knows; `time` is the column of their first sight."""
    cursor.execute(ENSURE.format(table=staging.table, time=time))
