"""Keeps the shop's programs and its embedded servers up until it is told to stop."""

import os
import signal
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from ecommerce_ai import embedded
from ecommerce_ai.serving.child import Child, Report
from ecommerce_ai.serving.programs import Program

_LOOK_EVERY_S = 0.25
_ASK_SERVERS_EVERY_S = 1.0


def supervise(programs: Sequence[Program], *, home: Path, stopping: threading.Event, report: Report) -> None:
    """Runs the programs until `stopping` is set, then stops them all. Main thread only."""
    # A shell's background jobs are deaf to SIGQUIT, and so would be all that is started here.
    signal.signal(signal.SIGQUIT, signal.SIG_DFL)
    watch = threading.Thread(target=_watch_servers, args=(home, stopping, report))
    watch.start()
    children: list[Child] = []
    try:
        children.extend(Child(program, report, _environment()) for program in programs)
        while not stopping.wait(_LOOK_EVERY_S):
            for child in children:
                child.revive()
    finally:
        stopping.set()
        report("serve", "stopping")
        # All at once: the queue outlives them, so what the web still sends waits there for the next start.
        with ThreadPoolExecutor() as pool:
            list(pool.map(Child.stop, children))
        watch.join()


def _watch_servers(home: Path, stopping: threading.Event, report: Report) -> None:
    while not stopping.wait(_ASK_SERVERS_EVERY_S):
        try:
            for name in embedded.ensure_running(home):
                report("serve", f"{name} had ended and was started again")
        except embedded.EmbeddedError as error:
            report("serve", str(error))


def _environment() -> dict[str, str]:
    """The programs run as whoever calls `serve`: Celery's page of advice against root says nothing new."""
    return os.environ | {"PYTHONUNBUFFERED": "1", "PYTHONWARNINGS": "ignore:You're running the worker"}
