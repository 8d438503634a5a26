"""Import of files: read as a stream, mapped row by row, written in batches, resumed where it was killed."""

from ecommerce_ai.shop.services.importing.kinds import FORMAT_LABELS, FORMATS, KINDS, SUFFIXES
from ecommerce_ai.shop.services.importing.rows import ImportFileError
from ecommerce_ai.shop.services.importing.runs import ImportSummary, import_file
from ecommerce_ai.shop.services.importing.start import start_import
from ecommerce_ai.shop.services.importing.upserts import TARGETS, Outcome, Target

__all__ = [
    "FORMATS",
    "FORMAT_LABELS",
    "KINDS",
    "SUFFIXES",
    "TARGETS",
    "ImportFileError",
    "ImportSummary",
    "Outcome",
    "Target",
    "import_file",
    "start_import",
]
