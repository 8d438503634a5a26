"""manage.py serve: the whole shop from one terminal."""

import signal
import threading
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from ecommerce_ai import embedded
from ecommerce_ai.serving.programs import shop_programs
from ecommerce_ai.serving.queue import requeue_interrupted_jobs
from ecommerce_ai.serving.supervisor import supervise
from ecommerce_ai.serving.web import answers_before, is_free, visible_host


class Command(BaseCommand):
    """Runs web, workers, beat and the embedded servers until Ctrl-C."""

    help = "Runs web, workers, beat and, unless URLs replace them, PostgreSQL and Redis, until Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on")

    def handle(self, *args: Any, **options: Any) -> None:
        home, host, port = settings.HOME, options["host"], options["port"]
        try:
            with embedded.exclusive(home):
                self._serve(host, port)
        except embedded.EmbeddedError as error:
            raise CommandError(str(error)) from error

    def _serve(self, host: str, port: int) -> None:
        if not is_free(host, port):
            raise CommandError(f"Port {port} on {host} is in use; choose another one with --port.")
        call_command("collectstatic", interactive=False, verbosity=0)
        if not settings.REDIS_URL and (count := requeue_interrupted_jobs()):
            self._report("serve", f"{count} interrupted jobs are on their queues again")
        stopping = _stop_event()
        threading.Thread(target=self._announce, args=(stopping, host, port), daemon=True).start()
        programs = shop_programs(host=host, port=port, home=settings.HOME)
        supervise(programs, home=settings.HOME, stopping=stopping, report=self._report)

    def _announce(self, stopping: threading.Event, host: str, port: int) -> None:
        if answers_before(stopping, host, port):
            address = f"http://{visible_host(host)}:{port}"
            self._report("serve", f"shop    {address}/")
            self._report("serve", f"office  {address}{reverse('admin:index')}")

    def _report(self, name: str, line: str) -> None:
        self.stdout.write(f"{name:<8}| {line}")
        self.stdout.flush()


def _stop_event() -> threading.Event:
    """An event that Ctrl-C and SIGTERM set."""
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    return stopping
