"""Which programs serve the shop, and how each is stopped."""

import signal
import sys
from dataclasses import dataclass
from pathlib import Path

_PYTHON = (sys.executable, "-m")
# Work behind the pages gives way to them: a shopper waits, a queue can.
_CELERY = ("nice", "-n", "5", *_PYTHON, "celery", "--app", "ecommerce_ai", "--quiet")


@dataclass(frozen=True)
class StopStep:
    """A signal, and how long it has to work before the next one is sent."""

    signal: signal.Signals
    grace_s: float


@dataclass(frozen=True)
class Program:
    """One supervised program. What outlives its stop steps is killed."""

    name: str
    command: tuple[str, ...]
    stop_steps: tuple[StopStep, ...] = (StopStep(signal.SIGTERM, 6),)
    orphan_signal: signal.Signals = signal.SIGQUIT
    """What it gets when the supervisor is killed: quick where that is safe."""


def shop_programs(*, host: str, port: int, home: Path) -> list[Program]:
    """Web, beat and the workers of both queues."""
    return [
        Program("web", (*_PYTHON, "gunicorn", *_web_options(host, port))),
        Program("beat", (*_CELERY, "beat", *_beat_options(home)), orphan_signal=signal.SIGTERM),
        _worker("default", concurrency=2),
        _worker("models", concurrency=1),
    ]


def _web_options(host: str, port: int) -> tuple[str, ...]:
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return (
        "--config",
        "python:ecommerce_ai.gunicorn_config",
        "--bind",
        address,
        "ecommerce_ai.wsgi:application",
    )


def _beat_options(home: Path) -> tuple[str, ...]:
    return ("--loglevel", "INFO", "--pidfile", "", "--schedule", str(home / "beat-schedule"))


def _worker(queue: str, *, concurrency: int) -> Program:
    """A worker; SIGTERM lets it finish its job, SIGQUIT makes it hand the job back to the queue."""
    options = ("--queues", queue, "--concurrency", str(concurrency), "--hostname", f"{queue}@%h")
    return Program(
        queue,
        (*_CELERY, "worker", "--loglevel", "INFO", "--without-gossip", "--without-mingle", *options),
        (StopStep(signal.SIGTERM, 6), StopStep(signal.SIGQUIT, 4)),
    )
