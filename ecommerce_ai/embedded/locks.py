"""File locks (flock). The kernel drops them when their last holder dies, however it dies."""

import fcntl
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def opened(path: Path) -> Iterator[int]:
    """A descriptor of the lock file, which is made when it is missing."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _give_to_owner_of(path.parent, descriptor)
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def locked(path: Path) -> Iterator[int]:
    """Holds the file exclusively; waits for whoever has it."""
    with opened(path) as descriptor:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor


def lock_now(descriptor: int) -> bool:
    """Takes the file exclusively unless somebody has it; says whether it did."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def share(descriptor: int) -> None:
    """Holds the file beside others who share it."""
    fcntl.flock(descriptor, fcntl.LOCK_SH)


def is_held(path: Path) -> bool:
    """Whether a living process has the file."""
    if not path.exists():
        return False
    with opened(path) as descriptor:
        return not lock_now(descriptor)


def holders(path: Path) -> list[int]:
    """The pids of all processes that have the file open, this one left out."""
    mine = str(os.getpid())
    processes = (entry for entry in Path("/proc").glob("[0-9]*") if entry.name != mine)
    return [int(process.name) for process in processes if _has_open(process, path)]


def send(number: signal.Signals, pids: list[int]) -> None:
    """Sends a signal to those processes that are still there."""
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)


def _has_open(process: Path, path: Path) -> bool:
    with suppress(OSError):  # it ended meanwhile, or is another user's
        return any(link.readlink() == path for link in (process / "fd").iterdir())
    return False


def _give_to_owner_of(directory: Path, descriptor: int) -> None:
    """Root leaves no file of its own in another user's home: that user would be locked out."""
    if os.geteuid() == 0:
        owner = directory.stat()
        os.fchown(descriptor, owner.st_uid, owner.st_gid)
