"""Writers with one interface: from facts, by the shop's own model, by a server."""

from marketing.services.writers.base import Assignment, CopyWriter, Draft, Written
from marketing.services.writers.facts import FactsCopyWriter

__all__ = ["Assignment", "CopyWriter", "Draft", "FactsCopyWriter", "Written"]
