"""Rows in batches that fit into memory, mapped while the batch before is written."""

import gc
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from ecommerce_ai.shop.services.importing.formats import Format
from ecommerce_ai.shop.services.importing.records import Record
from ecommerce_ai.shop.services.importing.rows import RejectedValue, Rejection, Row

BATCH_ROWS = 40_000
BATCH_CHARS = 8 << 20
T = TypeVar("T")


@dataclass(frozen=True)
class MappedBatch:
    rows: list[Row]
    records: list[Record]
    rejected: list[tuple[Row, Rejection]]


def batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows in lists, however long a row is."""
    batch: list[Row] = []
    size = 0
    for row in rows:
        batch.append(row)
        size += row.size
        if size >= BATCH_CHARS or len(batch) >= BATCH_ROWS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def map_rows(rows: list[Row], chosen: Format, currency: str) -> MappedBatch:
    """Pure: the records of a batch, and the rows that are none with the reason."""
    batch = MappedBatch(rows, [], [])
    map_row, accept = chosen.map_row, batch.records.append
    for row in rows:
        if row.fault:
            batch.rejected.append((row, Rejection(row.line, "", row.fault)))
            continue
        try:
            accept(map_row(row, currency))
        except RejectedValue as error:
            batch.rejected.append((row, Rejection(row.line, error.field, error.reason)))
    return batch


def read_ahead(items: Iterator[T]) -> Iterator[T]:
    """The same items; a thread prepares the next one while this one is used."""
    end = object()
    with ThreadPoolExecutor(max_workers=1) as pool:
        upcoming = pool.submit(next, items, end)
        while (item := upcoming.result()) is not end:
            upcoming = pool.submit(next, items, end)
            yield item  # type: ignore[misc]  # `end` never leaves


@contextmanager
def uncollected() -> Iterator[None]:
    """Millions of small tuples and no cycles: the collector would only look at them again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
