"""`serve` keeps its programs up, and takes all of them down with it."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.runtime.processes import CHECKOUT, eventually, is_alive, kill

SUPERVISE = """
import signal, sys, threading
from pathlib import Path
from ecommerce_ai.serving.programs import Program
from ecommerce_ai.serving.supervisor import supervise
stopping = threading.Event()
signal.signal(signal.SIGINT, lambda *_: stopping.set())
home = Path(sys.argv[1])
program = Program("job", ("/bin/sh", "-c", sys.argv[2], "sh", str(home / "pids")))
supervise([program], home=home, stopping=stopping, report=lambda name, line: print(name, line, flush=True))
"""
ONE_PROCESS = 'echo "$$" >> "$1"; exec sleep 600'
PARENT_AND_CHILD = 'sleep 600 & echo "$$ $!" >> "$1"; wait'
DEAF = "trap '' TERM; " + PARENT_AND_CHILD


@pytest.fixture
def supervise(tmp_path: Path) -> Iterator[Callable[[str], subprocess.Popen[str]]]:
    """`supervise(shell_script)`: a supervisor of that one program, which writes its pids down."""
    started: list[subprocess.Popen[str]] = []

    def start(script: str) -> subprocess.Popen[str]:
        supervisor = subprocess.Popen(
            [sys.executable, "-c", SUPERVISE, str(tmp_path), script],
            cwd=CHECKOUT,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"DATABASE_URL": "postgres://none", "REDIS_URL": "redis://none"},
        )
        started.append(supervisor)
        eventually(lambda: pids(tmp_path))
        return supervisor

    yield start
    for supervisor in started:
        supervisor.kill()
        supervisor.communicate()


def pids(home: Path) -> list[int]:
    """Every pid that the program wrote down, in order."""
    file = home / "pids"
    return [int(word) for word in file.read_text().split()] if file.exists() else []


@pytest.mark.parametrize(
    "script",
    [PARENT_AND_CHILD, pytest.param(DEAF, marks=pytest.mark.slow)],
    ids=["willing", "deaf to SIGTERM"],
)
def test_ctrl_c_leaves_no_process(
    supervise: Callable[[str], subprocess.Popen[str]], tmp_path: Path, script: str
) -> None:
    supervisor = supervise(script)
    supervisor.send_signal(signal.SIGINT)
    assert supervisor.wait(15) == 0
    assert [pid for pid in pids(tmp_path) if is_alive(pid)] == []


def test_a_killed_supervisor_takes_its_programs_along(
    supervise: Callable[[str], subprocess.Popen[str]], tmp_path: Path
) -> None:
    kill(supervise(ONE_PROCESS).pid)
    eventually(lambda: not any(map(is_alive, pids(tmp_path))))


def test_a_supervisor_in_the_background_takes_them_along_too(
    supervise: Callable[[str], subprocess.Popen[str]], tmp_path: Path
) -> None:
    before = signal.signal(signal.SIGQUIT, signal.SIG_IGN)  # as a shell starts what ends in "&"
    try:
        kill(supervise(ONE_PROCESS).pid)
    finally:
        signal.signal(signal.SIGQUIT, before)
    eventually(lambda: not any(map(is_alive, pids(tmp_path))))


def test_a_crashed_program_is_started_again_without_its_orphans(
    supervise: Callable[[str], subprocess.Popen[str]], tmp_path: Path
) -> None:
    supervisor = supervise(PARENT_AND_CHILD)
    parent, child = pids(tmp_path)
    psutil.Process(parent).kill()
    eventually(lambda: len(pids(tmp_path)) == 4)
    assert not is_alive(child)
    supervisor.send_signal(signal.SIGINT)
    output, _ = supervisor.communicate(timeout=15)
    assert "serve job ended with signal SIGKILL after" in output
    assert "starting it again in 1 s" in output
