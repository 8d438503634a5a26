"""What a reader hands to a mapping, and what may come back instead of a record."""

from typing import Any, NamedTuple


class ImportFileError(Exception):
    """The file as a whole cannot be imported; the message says why and what was expected."""


class Row(NamedTuple):
    """One record of a file: the line it began on (from 1), its fields by normalised name, its size."""

    line: int
    values: dict[str, Any]
    size: int = 0
    fault: str = ""  # why the reader could not take the line for a row


class Rejection(NamedTuple):
    """Why a line was not imported."""

    line: int
    field: str
    reason: str


class RejectedValue(ValueError):
    """A field does not hold what it should; becomes a Rejection of its line."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field
        self.reason = reason
