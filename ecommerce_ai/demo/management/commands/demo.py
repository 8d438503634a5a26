from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from ecommerce_ai.jobs.refresh import never_finished


class Command(BaseCommand):
    help = "The whole demo shop, from empty tables to running servers; a second call starts in seconds."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("seed_demo")
        if apps := {step.app for step in never_finished()}:
            call_command("refresh", *sorted(apps))
        call_command("serve", port=options["port"])
