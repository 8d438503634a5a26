"""JSON, JSON lines and XML feeds as rows. In JSON arrays and XML, `line` counts records."""

import json
import math
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, TextIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext as _

from ecommerce_ai.shop.services.importing.readers.files import ImportFile, open_bytes, open_text
from ecommerce_ai.shop.services.importing.readers.tables import (
    MAX_LINE_CHARS,
    MAX_ROW_CHARS,
    fault_of,
    normalised,
    text_fault,
)
from ecommerce_ai.shop.services.importing.rows import ImportFileError, Row

READ_CHARS = 1 << 16
XML_RECORDS = {"item", "entry"}


def whole_number(text: str) -> int | str:
    """Numbers that no column could hold stay text, so that the mapping can say which field is wrong."""
    return int(text) if len(text) < 19 else text


def fraction(text: str) -> Decimal | str:
    return Decimal(text) if math.isfinite(float(text)) else text


DECODER = json.JSONDecoder(parse_float=fraction, parse_int=whole_number, parse_constant=str)


def jsonl_rows(file: ImportFile) -> Iterator[Row]:
    """One object per line; a line that is none becomes a row with a fault."""
    with open_text(file) as stream:
        lines = iter(lambda: stream.readline(MAX_LINE_CHARS), "")
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield json_line_row(number, line.strip())


def json_line_row(number: int, line: str) -> Row:
    try:
        if len(line) > MAX_ROW_CHARS:
            return Row(number, {}, 0, fault_of(line, 1, 1))
        return object_row(number, DECODER.decode(line), line)
    except (json.JSONDecodeError, RecursionError) as error:
        return Row(number, {"row": line[:1000]}, len(line), f"no JSON: {error}"[:200])


def object_row(number: int, value: Any, raw: str) -> Row:
    if not isinstance(value, dict):
        return Row(number, {"row": raw[:1000]}, len(raw), "expected a JSON object")
    values = {normalised(key): each for key, each in value.items()}
    return Row(number, values, len(raw), json_fault(value, raw))


def json_fault(value: Any, raw: str) -> str:
    if len(raw) > MAX_ROW_CHARS:
        return fault_of(raw, 1, 1)
    if raw.isascii() and "\\u" not in raw:
        return ""
    text = json.dumps(value, default=str, ensure_ascii=False)
    return "a NUL character" if "\\u0000" in text else text_fault(text)


def json_rows(file: ImportFile) -> Iterator[Row]:
    """The objects of a JSON array, or one object; read piece by piece."""
    try:
        with open_text(file) as stream:
            for number, (value, raw) in enumerate(json_values(stream), start=1):
                yield object_row(number, value, raw)
    except (json.JSONDecodeError, RecursionError) as error:
        raise ImportFileError(
            _("“%(name)s” is no JSON: %(error)s") % {"name": file.path.name, "error": error}
        ) from error


def json_values(stream: TextIO) -> Iterator[tuple[Any, str]]:
    """The elements of a top-level array, or the one top-level object, each with its source."""
    buffer = stream.read(READ_CHARS).lstrip()
    if buffer.startswith("{"):
        value, raw, _rest = next_value(buffer, stream)
        yield value, raw
        return
    if not buffer.startswith("["):
        raise ImportFileError(_("Expected a list of objects in JSON."))
    buffer = skipped(buffer[1:], stream)
    while buffer and not buffer.startswith("]"):
        value, raw, buffer = next_value(buffer, stream)
        yield value, raw
        buffer = skipped(buffer, stream)
        if buffer and buffer[0] not in ",]":
            raise json.JSONDecodeError("Expecting ',' delimiter", buffer[:20], 0)
        buffer = skipped(buffer[1:], stream) if buffer.startswith(",") else buffer
    if not buffer:
        raise json.JSONDecodeError("The list is cut short", "", 0)


def skipped(buffer: str, stream: TextIO) -> str:
    """The buffer without leading white space, filled when it is empty."""
    buffer = buffer.lstrip()
    while not buffer and (more := stream.read(READ_CHARS)):
        buffer = more.lstrip()
    return buffer


def next_value(buffer: str, stream: TextIO) -> tuple[Any, str, str]:
    """The first value of the buffer, its source, and the rest; reads on, doubling, until it is whole."""
    while True:
        try:
            value, end = DECODER.raw_decode(buffer)
            if end < len(buffer):  # a number at the very end may go on
                return value, buffer[:end], buffer[end:]
            more = stream.read(READ_CHARS)
            if not more:
                return value, buffer[:end], ""
        except json.JSONDecodeError:
            more = stream.read(max(READ_CHARS, len(buffer)))
            if not more or len(buffer) > MAX_LINE_CHARS:
                raise
        buffer += more


def xml_rows(file: ImportFile) -> Iterator[Row]:
    """The `item`s of an RSS feed or the `entry`s of an Atom feed; entities are refused."""
    number, parents = 0, list[Element]()
    try:
        with open_bytes(file.path) as stream:
            for event, element in iterparse(stream, events=("start", "end")):
                if event == "start":
                    parents.append(element)
                    continue
                parents.pop()
                if local_name(element) in XML_RECORDS:
                    number += 1
                    yield element_row(number, element)
                    parents[-1].remove(element) if parents else None
    except DefusedXmlException as error:
        raise ImportFileError(_("The XML declares entities or a DTD; that is refused.")) from error
    except ParseError as error:
        raise ImportFileError(
            _("“%(name)s” is no XML: %(error)s") % {"name": file.path.name, "error": error}
        ) from error


def local_name(element: Element) -> str:
    return element.tag.rpartition("}")[2].lower()


def element_row(number: int, element: Element) -> Row:
    """Children by name; one that comes several times gives a list."""
    values: dict[str, Any] = {}
    for child in element:
        text = ("".join(child.itertext())).strip() or child.get("href", "")
        name = local_name(child)
        values[name] = [*as_list(values[name]), text] if name in values else text
    joined = "".join(str(value) for value in values.values())
    return Row(number, values, len(joined), fault_of(joined, 1, 1))


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
