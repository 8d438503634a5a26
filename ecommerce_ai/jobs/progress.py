"""How long work says how far it is, whoever watches: an admin page, a terminal, nobody."""

from typing import Protocol


class JobCancelled(Exception):
    """Somebody asked for this job to stop; work that was committed stays."""


class JobError(Exception):
    """Why a job cannot be done, in words for the person who started it."""


class Progress(Protocol):
    def __call__(self, done: int, total: int, note: str = "") -> None:
        """Report `done` of `total` units; raises JobCancelled when a person asked to stop."""


def silent(done: int, total: int, note: str = "") -> None:
    """Progress that nobody watches."""
