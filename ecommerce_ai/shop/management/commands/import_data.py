import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ecommerce_ai.jobs.terminal import terminal_progress
from ecommerce_ai.shop.services.importing import (
    FORMATS,
    SUFFIXES,
    ImportFileError,
    ImportSummary,
    import_file,
)


class Command(BaseCommand):
    help = "Import products, customers, orders, events, reviews or articles; again, it changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=list(FORMATS))
        parser.add_argument("file", type=Path, help=", ".join(SUFFIXES))
        parser.add_argument("--format", default="", help="guessed from the header when left out")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        kind, path = options["kind"], options["file"]
        try:
            with terminal_progress(f"Importing {kind}", is_shown=not options["json"]) as progress:
                done = import_file(path, kind=kind, format=options["format"], progress=progress)
        except ImportFileError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(done.as_dict()) if options["json"] else report(done))


def report(done: ImportSummary) -> str:
    line = (
        f"Read {done.read}: created {done.created}, updated {done.updated}, unchanged {done.unchanged}, "
        f"rejected {done.rejected}, in {done.seconds} s."
    )
    return f"{line}\nThe rejected rows and why: {done.rejects_file}" if done.rejects_file else line
