"""Files as streams of rows. A table gives its header as the first row; so does the first record of others."""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import NamedTuple

from django.utils.translation import gettext as _

from ecommerce_ai.shop.services.importing.readers.documents import html_rows, markdown_rows
from ecommerce_ai.shop.services.importing.readers.files import ImportFile, inspect_file
from ecommerce_ai.shop.services.importing.readers.records import json_rows, jsonl_rows, xml_rows
from ecommerce_ai.shop.services.importing.readers.tables import csv_rows, xlsx_rows
from ecommerce_ai.shop.services.importing.rows import ImportFileError, Row

__all__ = ["ImportFile", "Source", "inspect_file", "open_source"]

TABLES: dict[str, Callable[[ImportFile], Iterator[Row]]] = {
    ".csv": csv_rows,
    ".tsv": csv_rows,
    ".xlsx": xlsx_rows,
}
RECORDS: dict[str, Callable[[ImportFile], Iterator[Row]]] = {
    ".jsonl": jsonl_rows,
    ".json": json_rows,
    ".xml": xml_rows,
    ".md": markdown_rows,
    ".html": html_rows,
    ".htm": html_rows,
}


class Source(NamedTuple):
    """The names of a file's fields and the stream of its rows; `is_table` where every row has all names."""

    header: list[str]
    rows: Iterator[Row]
    is_table: bool


def open_source(file: ImportFile) -> Source:
    """Begin to read; raises ImportFileError for an unknown suffix, no header, no record."""
    is_table = file.suffix in TABLES
    read = TABLES.get(file.suffix) or RECORDS.get(file.suffix)
    if read is None:
        raise ImportFileError(
            _("“%(suffix)s” files cannot be imported; known are %(known)s.")
            % {"suffix": file.suffix, "known": ", ".join([*TABLES, *RECORDS])}
        )
    rows = read(file)
    first = next(rows, None)
    if first is None or not (first.values or first.fault):
        raise ImportFileError(_("“%(name)s” is empty.") % {"name": file.path.name})
    return Source(list(first.values), rows if is_table else chain([first], rows), is_table)
