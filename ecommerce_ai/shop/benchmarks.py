"""How long an import takes beside the least that a database needs for the same rows."""

import csv
import gzip
import os
import random
import resource
import secrets
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import override_settings

from ecommerce_ai.measurement import Measurement, benchmark
from ecommerce_ai.shop.services.importing import import_file

DATA = settings.BASE_DIR.parent / "shared" / "data" / "online-retail" / "orders.csv.gz"
HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"
ROUNDS, COPIES = 2, 3
SAMPLE_ROWS = 320_000
BARE_TABLE = "a text, b text, c text, d text, e text, f text, g text, h text"
FACTS = "shop_order, shop_product, shop_customer, shop_importrun"


@benchmark("import")
def measure_import() -> list[Measurement]:
    """Import orders into an empty shop in a database of its own, beside a bare COPY into one text table."""
    copied, imported = [], []
    with tempfile.TemporaryDirectory() as folder, scratch_database(), override_settings(IMPORTS_ROOT=folder):
        path = Path(folder) / "orders.csv"
        unpack_or_make(path)
        for _round in range(ROUNDS):
            copied += [bare_copy(path) for _copy in range(COPIES)]
            imported.append(timed_import(path))
            copied += [bare_copy(path) for _copy in range(COPIES)]
    rows, seconds, baseline = imported[0][0], median(each[1] for each in imported), median(copied)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        Measurement(
            f"import of {rows:,} order lines",
            seconds,
            "s",
            baseline="bare COPY into an unindexed text table",
            baseline_value=baseline,
            ratio=seconds / baseline,
            note=f"medians of {ROUNDS} and {len(copied)}, interleaved; peak memory {peak_mb:.0f} MB",
        )
    ]


@contextmanager
def scratch_database(*, kept_as: str = "") -> Iterator[None]:
    """A migrated database on the same server in place of the shop's: empty, and dropped afterwards.

    `kept_as`: where BENCH_KEEP is set it stays under this name, and is found again as it was left.
    """
    is_kept = bool(kept_as and os.environ.get("BENCH_KEEP"))
    name, own = (
        f"ecommerce_ai_bench_{kept_as if is_kept else secrets.token_hex(4)}",
        connection.settings_dict["NAME"],
    )
    if not (is_kept and is_there(name)):
        administer(f'CREATE DATABASE "{name}"')
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        call_command("migrate", verbosity=0)
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own
        if not is_kept:
            administer(f'DROP DATABASE "{name}" WITH (FORCE)')


def is_there(database: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_database WHERE datname = %s", [database])
        return cursor.fetchone() is not None


def administer(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def unpack_or_make(path: Path) -> None:
    """Online Retail where it is at hand, else made-up orders of the same layout."""
    if not DATA.exists():
        write_sample_orders(path, row_count=SAMPLE_ROWS)
        return
    with gzip.open(DATA, "rb") as packed, path.open("wb") as plain:
        while chunk := packed.read(1 << 20):
            plain.write(chunk)


def write_sample_orders(path: Path, *, row_count: int) -> None:
    """Invoices of 20 lines in the layout of Online Retail; the same rows every time."""
    draw, start = random.Random(1), datetime(2026, 1, 1)  # noqa: DTZ001 - the layout has no zone
    with path.open("w", newline="", encoding="utf-8") as file:
        file.write(HEADER + "\r\n")
        writer = csv.writer(file)
        for row in range(row_count):
            invoice, article = row // 20, draw.randrange(4000)
            time_of_sale = start + timedelta(minutes=invoice % 500_000)
            price, customer = f"{1 + article % 997 / 100:.2f}", 10_000 + invoice % 5_000
            writer.writerow(
                [536_365 + invoice, 20_000 + article, f"ARTICLE {article} OF THE SAMPLE",
                 draw.randrange(1, 13), time_of_sale, price, customer, "United Kingdom"]
            )  # fmt: skip


def bare_copy(path: Path) -> float:
    """Seconds of a COPY of the file into one table of text columns."""
    with connection.cursor() as cursor, path.open("rb") as file:
        cursor.execute(f"CREATE TABLE bare_copy ({BARE_TABLE})")
        started = time.perf_counter()
        cursor.copy_expert("COPY bare_copy FROM STDIN WITH (FORMAT csv, HEADER)", file, 1 << 18)
        seconds = time.perf_counter() - started
        cursor.execute("DROP TABLE bare_copy")
    return seconds


def timed_import(path: Path) -> tuple[int, float]:
    """Rows read and seconds of an import into an empty shop."""
    administer(f"TRUNCATE {FACTS} CASCADE")
    started = time.perf_counter()
    done = import_file(path, kind="orders", format="online-retail")
    return done.read, time.perf_counter() - started
