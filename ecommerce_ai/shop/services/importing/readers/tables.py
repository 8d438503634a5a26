"""CSV, TSV and Excel sheets as rows."""

import csv
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import partial
from itertools import chain
from typing import Any
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _

from ecommerce_ai.shop.services.importing.readers.files import ImportFile, open_text
from ecommerce_ai.shop.services.importing.rows import ImportFileError, Row

MAX_CELL_CHARS = 16 << 20  # beyond it the csv module gives up; its buffer takes four bytes a character
MAX_LINE_CHARS = 32 << 20
MAX_ROW_CHARS = 1_000_000
MAX_SHARED_STRINGS_BYTES = 64 << 20  # openpyxl keeps the shared strings of a workbook in memory
DELIMITERS = ",;\t|"

csv.field_size_limit(MAX_CELL_CHARS)


def csv_rows(file: ImportFile) -> Iterator[Row]:
    """The rows of a CSV or TSV file; the first one carries the header. Line ends may be LF, CRLF or CR."""
    with open_text(file) as stream:
        lines = iter(partial(stream.readline, MAX_LINE_CHARS), "")
        blank, first = first_line(lines)
        delimiter = "\t" if file.suffix == ".tsv" else max(DELIMITERS, key=first.count)
        header_reader = csv.reader(chain([first], lines), delimiter=delimiter)
        header = tuple(column_names(next(header_reader, [])))
        yield Row(1, dict.fromkeys(header, ""))
        yield from body_rows(csv.reader(lines, delimiter=delimiter), header, blank + header_reader.line_num)


def first_line(lines: Iterator[str]) -> tuple[int, str]:
    """The first line that is not blank, and how many were before it."""
    return next(((number, line) for number, line in enumerate(lines) if line.strip()), (0, ""))


def body_rows(reader: Any, header: tuple[str, ...], lines_before: int) -> Iterator[Row]:
    width, line = len(header), lines_before + 1
    for cells in tolerant(reader):
        began, line = line, lines_before + reader.line_num + 1
        if isinstance(cells, str):
            yield Row(began, {}, 0, cells)
            continue
        joined = "".join(cells)
        size = len(joined)
        if len(cells) == width and 0 < size <= MAX_ROW_CHARS and joined.isascii() and joined.isprintable():
            yield Row(began, cells, size, "", header)
        elif joined and not joined.isspace():
            yield Row(began, cells, size, fault_of(joined, len(cells), width), header)


def tolerant(reader: Iterator[list[str]]) -> Iterator[list[str] | str]:
    """The reader's rows; for what it cannot take, a sentence in place of the row."""
    while True:
        try:
            yield from reader
            return
        except csv.Error as error:
            yield str(error)


def fault_of(joined: str, found: int, expected: int) -> str:
    if len(joined) > MAX_ROW_CHARS:
        return f"the row has {len(joined)} characters, more than {MAX_ROW_CHARS}"
    if found != expected:
        return f"the row has {found} cells, the header {expected}"
    return text_fault(joined)


def text_fault(text: str) -> str:
    """Why the database could not keep this text, or nothing."""
    if "\0" in text:
        return "a NUL byte"
    try:
        text.encode()
    except UnicodeEncodeError as error:
        return f"a byte that is no character of the file's encoding: {text[error.start]!r}"
    return ""


def column_names(cells: Iterable[Any]) -> list[str]:
    """Normalised names of a header; raises ImportFileError when one comes twice."""
    names = [normalised(str(cell or "")) or f"column_{number}" for number, cell in enumerate(cells, start=1)]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ImportFileError(_("The column “%(name)s” comes twice.") % {"name": twice[0]})
    return names


def normalised(name: str) -> str:
    """`Variant Price` and `variant_price` are one name; the dot of `attributes.colour` stays."""
    return re.sub(r"[^\w.]+", "_", name.strip("\ufeff \t").removeprefix("g:").lower()).strip("_")


def xlsx_rows(file: ImportFile) -> Iterator[Row]:
    """The rows of a workbook's active sheet; formulas give the values that were saved with them."""
    from openpyxl import load_workbook

    refuse_heavy_workbook(file)
    try:
        sheet = load_workbook(file.path, read_only=True, data_only=True).active
        rows = sheet.iter_rows(values_only=True) if sheet is not None else iter(())
        header = tuple(column_names(without_tail(list(next(rows, ())))))
        yield Row(1, dict.fromkeys(header, ""))
        for line, values in enumerate(rows, start=2):
            cells = [cell_text(value) for value in values[: len(header)]]
            cells += [""] * (len(header) - len(cells))
            if joined := "".join(cells):
                yield Row(line, cells, len(joined), fault_of(joined, len(cells), len(header)), header)
    except (BadZipFile, KeyError, ValueError, OSError) as error:
        raise ImportFileError(_("“%(name)s” is no Excel workbook.") % {"name": file.path.name}) from error


def without_tail(cells: list[Any]) -> list[Any]:
    """The header without the empty columns that a sheet drags along."""
    while cells and cells[-1] in (None, ""):
        cells.pop()
    return cells


def refuse_heavy_workbook(file: ImportFile) -> None:
    try:
        with ZipFile(file.path) as archive:
            shared = sum(part.file_size for part in archive.infolist() if "sharedStrings" in part.filename)
    except BadZipFile as error:
        raise ImportFileError(_("“%(name)s” is no Excel workbook.") % {"name": file.path.name}) from error
    if shared > MAX_SHARED_STRINGS_BYTES:
        raise ImportFileError(
            _("“%(name)s” is too large a workbook; save it as CSV.") % {"name": file.path.name}
        )


def cell_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
