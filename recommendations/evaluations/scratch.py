"""Empty tables of this session alone, before the shop's own: what serves runs on them, the shop stays."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection, models


@contextmanager
def scratch_tables(tables: Sequence[type[models.Model]]) -> Iterator[None]:
    """Inside, these models are temporary tables with all their indexes; the rest of the database is as ever.

    The database drops them with the session, however that ends. Give a model after those it points at.
    """
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS vector")
        cursor.execute("SHOW search_path")
        (path,) = cursor.fetchone()
        cursor.execute("SET search_path TO pg_temp, public")
    try:
        with connection.schema_editor() as editor:
            for table in tables:
                editor.create_model(table)
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in reversed(tables):
                cursor.execute(f'DROP TABLE IF EXISTS pg_temp."{table._meta.db_table}" CASCADE')
            cursor.execute("SELECT set_config('search_path', %s, false)", [path])


def gather_statistics(tables: Sequence[type[models.Model]]) -> None:
    """Temporary tables are not analysed by themselves, and plans are made from statistics."""
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'ANALYZE "{table._meta.db_table}"')
