"""Files for the importer's tests."""

import csv
import gzip
from pathlib import Path
from typing import Any

from ecommerce_ai.shop.services.importing import ImportSummary, import_file

PRODUCTS = "sku,title,price,stock\n"
INVOICES = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"


def write(path: Path, content: str | bytes) -> Path:
    raw = content.encode() if isinstance(content, str) else content
    path.write_bytes(gzip.compress(raw) if path.suffix == ".gz" else raw)
    return path


def imported(path: Path, content: str | bytes, kind: str = "products", format: str = "") -> ImportSummary:
    return import_file(write(path, content), kind=kind, format=format)


def counts(done: ImportSummary) -> tuple[int, int, int, int, int]:
    """Read, created, updated, unchanged, rejected; read is always the sum of the others."""
    assert done.read == done.created + done.updated + done.unchanged + done.rejected
    return done.read, done.created, done.updated, done.unchanged, done.rejected


def rejects(done: ImportSummary) -> list[list[str]]:
    """The rows of the rejects file without its header."""
    with Path(done.rejects_file).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))[1:]


def reasons(done: ImportSummary) -> dict[int, str]:
    return {int(line): f"{field}: {reason}" for line, field, reason, *_cells in rejects(done)}


def products_csv(*lines: Any) -> str:
    return PRODUCTS + "".join(f"{line}\n" for line in lines)
