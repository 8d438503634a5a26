"""The file of rejected rows: line, field, reason, and the row as it was, safe to open in a spreadsheet."""

import csv
import io
import json
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ecommerce_ai.shop.services.importing.rows import Rejection, Row

MAX_CELL_CHARS = 2_000
PLAIN_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
FORMULA_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


class RejectsFile:
    """Written batch by batch; `length` is kept with the import's position: a resumed one repeats no line."""

    def __init__(self, path: Path, *, header: list[str], length: int) -> None:
        self.path, self.header, self.length = path, header, length
        if path.exists():
            os.truncate(path, length)

    def append(self, rejected: Iterable[tuple[Row, Rejection]]) -> int:
        """Write rows to the disk; returns the file's length in bytes, 0 when nothing was ever rejected."""
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer)
        writer.writerows(
            [rejection.line, rejection.field, safe_cell(rejection.reason), *map(safe_cell, cells_of(row))]
            for row, rejection in rejected
        )
        if lines := buffer.getvalue():
            self.write(lines)
        return self.length

    def write(self, lines: str) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab") as file:
            if not self.length:
                file.write(header_line(self.header).encode("utf-8-sig"))
            file.write(lines.encode("utf-8", "backslashreplace"))
            file.flush()
            os.fsync(file.fileno())
            self.length = file.tell()


def header_line(names: list[str]) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerow(["line", "field", "reason", *map(safe_cell, names)])
    return buffer.getvalue()


def cells_of(row: Row) -> list[Any]:
    values = list(row.cells.values()) if isinstance(row.cells, dict) else row.cells
    return [
        value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)
        for value in values
    ]


def safe_cell(value: str) -> str:
    """Text that no spreadsheet runs: a formula gets an apostrophe before it, as spreadsheets mark text."""
    text = value.replace("\0", "\\0")
    if len(text) > MAX_CELL_CHARS:
        text = f"{text[:MAX_CELL_CHARS]}… ({len(value)} characters)"
    return f"'{text}" if text.startswith(FORMULA_BEGINNINGS) and not PLAIN_NUMBER.fullmatch(text) else text
