"""One running program of the supervisor: its output, its end, its restart."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress

from ecommerce_ai.embedded.addresses import CHECKOUT
from ecommerce_ai.serving.programs import Program
from ecommerce_ai.serving.restarts import Restart, next_restart

Report = Callable[[str, str], None]


class Child:
    """A program under supervision. Start it from the main thread: it dies with the thread that started it."""

    def __init__(self, program: Program, report: Report, environment: Mapping[str, str]) -> None:
        self.program = program
        self._report = report
        self._environment = environment
        self._restart = Restart(failures=0, delay_s=0)
        self._start()

    def revive(self) -> None:
        """Notices that the program ended, and starts it again when its delay is over."""
        if self._process.poll() is None:
            return
        if self._ended_at is None:
            self._note_end()
        elif time.monotonic() - self._ended_at >= self._restart.delay_s:
            self._start()

    def stop(self) -> None:
        """Stops the program and everything it started."""
        for step in self.program.stop_steps:
            if self._process.poll() is not None:
                break
            self._process.send_signal(step.signal)
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(step.grace_s)
        self._kill_group()
        self._process.wait()

    def _start(self) -> None:
        self._started_at = time.monotonic()
        self._ended_at: float | None = None
        self._process = subprocess.Popen(
            [*_bound_to_parent(self.program.orphan_signal), *self.program.command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            cwd=CHECKOUT,
            env=dict(self._environment),
            start_new_session=True,
        )
        threading.Thread(target=self._relay, args=(self._process,), daemon=True).start()

    def _relay(self, process: subprocess.Popen[str]) -> None:
        if process.stdout is not None:
            for line in filter(None, map(str.rstrip, process.stdout)):
                self._report(self.program.name, line)

    def _note_end(self) -> None:
        self._ended_at = time.monotonic()
        self._kill_group()
        lived_s = self._ended_at - self._started_at
        self._restart = next_restart(failures=self._restart.failures, lived_s=lived_s)
        ending = f"{self.program.name} ended with {_ending(self._process.returncode)}"
        self._report(
            "serve", f"{ending} after {lived_s:.0f} s; starting it again in {self._restart.delay_s:.0f} s"
        )

    def _kill_group(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)


def _bound_to_parent(orphan_signal: signal.Signals) -> list[str]:
    """What a command is started with to get the signal when this process dies, even if it dies just now.

    A parent that is gone before the kernel was asked to tell sends nothing: its child looks once itself.
    """
    look = '[ "$PPID" = "$0" ] && exec "$@"'
    return ["setpriv", "--pdeathsig", orphan_signal.name, "--", "sh", "-c", look, str(os.getpid())]


def _ending(code: int) -> str:
    return f"status {code}" if code >= 0 else f"signal {signal.Signals(-code).name}"
