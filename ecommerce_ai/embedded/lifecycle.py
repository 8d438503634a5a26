"""Servers shared by any number of processes: the first to come starts them, the last to leave stops them."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ecommerce_ai.embedded import locks
from ecommerce_ai.embedded.accounts import server_account
from ecommerce_ai.embedded.addresses import socket_directory
from ecommerce_ai.embedded.errors import EmbeddedError
from ecommerce_ai.embedded.keeper import start_keeper, stop_keeper
from ecommerce_ai.embedded.postgres import Postgres
from ecommerce_ai.embedded.redis import Redis
from ecommerce_ai.embedded.servers import Server


@contextmanager
def running(home: Path) -> Iterator[None]:
    """The home's servers answer inside the block; whoever leaves last stops them.

    `DATABASE_URL` and `REDIS_URL` replace PostgreSQL and Redis, each for itself. Raises EmbeddedError.
    """
    if not wanted_servers(home):
        yield
        return
    _prepare(home)
    with locks.opened(home / "locks" / "users") as user:
        try:
            with locks.locked(home / "locks" / "start"):
                locks.share(user)
                start_keeper(home)
                _start(home)
            yield
        finally:
            with locks.locked(home / "locks" / "start"):
                if locks.lock_now(user):
                    _stop(home)


def ensure_running(home: Path) -> list[str]:
    """Starts again what does not answer; returns its names. For whoever is inside `running` already."""
    if not wanted_servers(home):
        return []
    with locks.locked(home / "locks" / "start"):
        return _start(home)


@contextmanager
def exclusive(home: Path) -> Iterator[None]:
    """The right to serve from this home, which one process at a time has. Raises EmbeddedError."""
    _prepare(home)
    with locks.opened(home / "locks" / "serve") as descriptor:
        if not locks.lock_now(descriptor):
            pid = os.pread(descriptor, 20, 0).decode().strip()
            raise EmbeddedError(f"{home} is being served already, by process {pid or 'unknown'}.")
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        yield


def stop_unused(home: Path) -> bool:
    """Stops the servers when nobody is inside `running`; returns whether that was so."""
    with locks.locked(home / "locks" / "start"), locks.opened(home / "locks" / "users") as users:
        if is_unused := locks.lock_now(users):
            _stop(home)
    return is_unused


def wanted_servers(home: Path) -> list[Server]:
    """The servers that no URL in the environment replaces."""
    return [server for server in (Postgres(home), Redis(home)) if not os.environ.get(server.replaced_by)]


def _start(home: Path) -> list[str]:
    _claim_socket_directory(home)
    return [server.name for server in wanted_servers(home) if server.start()]


def _stop(home: Path) -> None:
    for server in (Redis(home), Postgres(home)):
        server.stop()
    stop_keeper(home)
    with suppress(OSError):
        socket_directory(home).rmdir()


def _prepare(home: Path) -> None:
    try:
        _make_directory(home)
        if os.geteuid() not in (0, home.stat().st_uid):
            raise EmbeddedError(
                f"{home} belongs to another user; set ECOMMERCE_AI_HOME to a directory of yours."
            )
        for name in ("locks", "logs"):
            _make_directory(home / name)
    except OSError as error:
        raise EmbeddedError(f"ECOMMERCE_AI_HOME cannot be used: {error}.") from error


def _make_directory(directory: Path) -> None:
    if directory.is_dir():
        return
    directory.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        owner = directory.parent.stat()
        os.chown(directory, owner.st_uid, owner.st_gid)


def _claim_socket_directory(home: Path) -> None:
    """The socket directory is ours alone, or we do not go in: its name can be foreseen."""
    directory, account = socket_directory(home), server_account(home)
    if not directory.exists():
        directory.mkdir(mode=0o700)
        account.own(directory)
    found = directory.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.uid or stat.S_IMODE(found.st_mode) != 0o700:
        raise EmbeddedError(f"{directory} is not a private directory of user {account.uid}; remove it.")
