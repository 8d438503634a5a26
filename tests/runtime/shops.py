"""A whole shop run by `manage.py serve`, for tests that break it."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.runtime.processes import CHECKOUT, eventually


@dataclass
class Shop:
    """A running `manage.py serve`."""

    process: subprocess.Popen[bytes]
    log: Path
    port: int

    def descendants(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def worker(self, queue: str) -> int:
        """The pid of the queue's worker."""
        return next(
            child.pid
            for child in psutil.Process(self.process.pid).children()
            if {"--queues", queue} <= set(child.cmdline())
        )

    def says(self, words: str) -> bool:
        return words in self.log.read_text()


def manage(home: Path, *arguments: str) -> str:
    """Runs a management command in the home; returns what it printed."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=CHECKOUT,
        env=environment(home),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@contextmanager
def served(home: Path) -> Iterator[Shop]:
    """A shop whose pages answer; Ctrl-C at the end, if it still runs."""
    port, log = free_port(), home / "serve.log"
    log.unlink(missing_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--port", str(port)],
            cwd=CHECKOUT,
            env=environment(home),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    shop = Shop(process, log, port)
    try:
        eventually(lambda: shop.says("serve   | office") or process.poll() is not None, limit_s=60)
        assert process.poll() is None, log.read_text()
        yield shop
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.wait(40)
        sys.stdout.write(log.read_text())  # pytest shows it when the test fails


def environment(home: Path) -> dict[str, str]:
    """As an operator's shell has it: none of the suite's settings."""
    ours = {
        name: value for name, value in os.environ.items() if not name.startswith(("ECOMMERCE_AI", "DJANGO"))
    }
    return ours | {"ECOMMERCE_AI_HOME": str(home), "WEB_CONCURRENCY": "1"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
