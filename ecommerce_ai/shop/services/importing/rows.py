"""What a reader hands to a mapping, and what may come back instead of a record."""

from typing import Any, NamedTuple

from ecommerce_ai.jobs.progress import JobError


class ImportFileError(JobError):
    """The file as a whole cannot be imported; the message says why and what was expected."""


class Row(NamedTuple):
    """One record of a file: the line it began on (from 1), its fields, its size in characters.

    A table's rows keep their cells as a list and share the header: most are read once, and there are many.
    """

    line: int
    cells: list[str] | dict[str, Any]
    size: int = 0
    fault: str = ""  # why the reader could not take the line for a row
    header: tuple[str, ...] = ()

    @property
    def values(self) -> dict[str, Any]:
        """The fields by their normalised names."""
        if isinstance(self.cells, dict):
            return self.cells
        return dict(zip(self.header, self.cells, strict=False))


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
