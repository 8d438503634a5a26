"""What the runtime's tests need from the operating system: waiting, killing, looking."""

import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

CHECKOUT = Path(__file__).resolve().parents[2]
HOLD = """
import os, sys
from pathlib import Path
from ecommerce_ai import embedded
if len(sys.argv) > 2:  # after the imports: the interpreter may lie where that user cannot go
    os.setgroups([])
    os.setgid(int(sys.argv[3]))
    os.setuid(int(sys.argv[2]))
with embedded.running(Path(sys.argv[1])):
    print("up", flush=True)
    sys.stdin.read()
"""


def eventually(condition: Callable[[], object], *, limit_s: float = 30) -> None:
    """Returns as soon as the condition holds; fails after the limit."""
    deadline = time.monotonic() + limit_s
    while not condition():
        assert time.monotonic() < deadline, f"not within {limit_s} s"
        time.sleep(0.05)


def is_alive(pid: int) -> bool:
    """Whether the process runs; a zombie does not."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def pid_file(home: Path, name: str) -> Path:
    """Where the home's `postgres` or `redis` writes its pid down."""
    return home / name / {"postgres": "postmaster.pid", "redis": "redis.pid"}[name]


def has_started(home: Path, name: str) -> bool:
    """Whether the server got as far as writing its pid down."""
    file = pid_file(home, name)
    return file.exists() and file.read_text().strip() != ""


def server_pid(home: Path, name: str) -> int:
    """The pid that the home's `postgres` or `redis` wrote down."""
    return int(pid_file(home, name).read_text().split()[0])


def kill(pid: int) -> None:
    """kill -9, and the process has gone."""
    os.kill(pid, signal.SIGKILL)
    eventually(lambda: not is_alive(pid))


@contextmanager
def holder(home: Path, user: pwd.struct_passwd | None = None) -> Iterator[subprocess.Popen[str]]:
    """Another process inside `embedded.running(home)`, as that user."""
    ids = [str(user.pw_uid), str(user.pw_gid)] if user else []
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(home), *ids],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=CHECKOUT,
    )
    try:
        assert process.stdout is not None
        answer = process.stdout.readline()
        assert answer == "up\n", process.stderr.read() if process.stderr else answer
        yield process
    finally:
        leave(process)


def leave(process: subprocess.Popen[str]) -> None:
    """Lets a holder leave its block."""
    if process.poll() is None and process.stdin is not None:
        process.stdin.close()
    process.wait(30)
