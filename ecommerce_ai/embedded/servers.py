"""What PostgreSQL and Redis have in common: how one is started, found and stopped.

A server inherits the descriptor of a locked file. While any of its processes lives the lock is held, so a
free lock proves that pid files and sockets are leftovers, whatever pid they name.
"""

import os
import signal
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path

from ecommerce_ai.embedded import locks
from ecommerce_ai.embedded.accounts import Account, server_account
from ecommerce_ai.embedded.addresses import socket_directory
from ecommerce_ai.embedded.errors import EmbeddedError

_POLL_S = 0.05
_SILENCE_LIMIT_S = 30.0
_STOP_LIMIT_S = 20.0
_LOG_LIMIT_BYTES = 10 * 1024 * 1024

_children: dict[Path, subprocess.Popen[bytes]] = {}


class Answer(Enum):
    """What a server says when asked."""

    READY = "ready"
    STARTING = "starting"
    SILENT = "silent"


class Server(ABC):
    """One server of one home."""

    name: str
    stop_signal: signal.Signals
    replaced_by: str

    def __init__(self, home: Path) -> None:
        self.home = home
        self.sockets = socket_directory(home)
        self.data = home / self.name
        self.log = home / "logs" / f"{self.name}.log"
        self.lock = home / "locks" / self.name

    @property
    def account(self) -> Account:
        return server_account(self.home)

    @abstractmethod
    def prepare(self, lock: int) -> None:
        """Makes the data directory where there is none; programs that do it inherit the lock."""

    @abstractmethod
    def command(self) -> list[str]:
        """The server's command line."""

    @abstractmethod
    def ask(self) -> Answer:
        """Asks the server over its socket whether it can be used."""

    @property
    @abstractmethod
    def leftovers(self) -> list[Path]:
        """Files of a server that died; the first one holds its pid."""

    def start(self) -> bool:
        """Starts the server unless it answers; returns whether it had to."""
        if locks.is_held(self.lock):
            if self._becomes_ready():
                return False
            self.stop()
        self._reap()
        with locks.locked(self.lock) as descriptor:
            self.prepare(descriptor)
            for path in self.leftovers:
                path.unlink(missing_ok=True)
            self._launch(descriptor)
        if not self._becomes_ready():
            raise EmbeddedError(f"{self.name} does not start. The end of {self.log}:\n{self._end_of_log()}")
        return True

    def stop(self) -> None:
        """Stops the server, politely first. Returns when its last process has gone."""
        for number in (self.stop_signal, signal.SIGKILL):
            locks.send(number, self._receivers(number))
            if self._becomes_free():
                self._reap()
                return
        raise EmbeddedError(
            f"{self.name} of {self.home} is held by a process that cannot be found here. "
            "Is the directory shared with another machine or container?"
        )

    def _launch(self, descriptor: int) -> None:
        command = self.account.command(self.command(), reaches=self.data)
        with _appending(self.log) as output:
            _children[self.lock] = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                pass_fds=[descriptor],
                cwd="/",
                start_new_session=True,  # Ctrl-C at a terminal is for us, not for the server
            )

    def _reap(self) -> None:
        """Collects the exit status of a server that was our child, else it stays as a zombie."""
        if child := _children.pop(self.lock, None):
            child.wait()

    def _becomes_ready(self) -> bool:
        """Waits while the server lives and has not fallen silent."""
        deadline = time.monotonic() + _SILENCE_LIMIT_S
        while (answer := self.ask()) is not Answer.READY:
            if not locks.is_held(self.lock) or time.monotonic() > deadline:
                return False
            if answer is Answer.STARTING:
                deadline = time.monotonic() + _SILENCE_LIMIT_S
            time.sleep(_POLL_S)
        return True

    def _becomes_free(self) -> bool:
        deadline = time.monotonic() + _STOP_LIMIT_S
        while locks.is_held(self.lock):
            if time.monotonic() > deadline:
                return False
            time.sleep(_POLL_S)
        return True

    def _receivers(self, number: signal.Signals) -> list[int]:
        """The main process, which wrote down its pid, stops the others; all of them where that is no use."""
        processes = locks.holders(self.lock)
        words = self.leftovers[0].read_text().split() if self.leftovers[0].exists() else []
        main = [pid for pid in processes if str(pid) in words[:1]]
        return main if main and number is self.stop_signal else processes

    def _end_of_log(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])


@contextmanager
def _appending(log: Path) -> Iterator[int]:
    """The log opened for appending; one that has grown large is put aside first."""
    if log.exists() and log.stat().st_size > _LOG_LIMIT_BYTES:
        log.replace(log.with_suffix(".log.1"))
    descriptor = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
