from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from ecommerce_ai.jobs.refresh import never_finished, run_step
from ecommerce_ai.jobs.services import start_refresh
from ecommerce_ai.jobs.terminal import terminal_progress


class Command(BaseCommand):
    help = "The whole demo shop, from empty tables to running servers; a second call starts in seconds."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("seed_demo")
        make_basics()
        if never_finished():
            # Models are trained while the shop is open: the office shows how far this is.
            start_refresh()
        call_command("serve", port=options["port"])


def make_basics() -> None:
    """What no page can do without, as far as it was never made here."""
    for step in never_finished():
        if step.is_basic:
            with terminal_progress(step.title) as progress:
                run_step(step, progress)
