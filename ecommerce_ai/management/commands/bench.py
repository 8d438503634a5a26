import json
from argparse import ArgumentParser
from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import autodiscover_modules
from rich.console import Console
from rich.table import Table

from ecommerce_ai.measurement import Measurement, benchmarks


class Command(BaseCommand):
    help = "The speed table: ratios against named baselines, both taken in this run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?", help="one benchmark; all when left out")
        parser.add_argument("--json", action="store_true", help="print one JSON array")

    def handle(self, *args: Any, **options: Any) -> None:
        autodiscover_modules("benchmarks")
        name = options["name"]
        if name and name not in benchmarks:
            raise CommandError(f"No benchmark “{name}”. Known: {', '.join(sorted(benchmarks))}.")
        results = [line for each in ([name] if name else sorted(benchmarks)) for line in benchmarks[each]()]
        if options["json"]:
            self.stdout.write(json.dumps([line.as_dict() for line in results]))
        else:
            Console(file=cast(IO[str], self.stdout)).print(speed_table(results))


def speed_table(results: list[Measurement]) -> Table:
    table = Table("Measured", "Value", "Baseline", "Its value", "Ratio", "Note")
    for line in results:
        baseline_value = "" if line.baseline_value is None else f"{line.baseline_value:,.3g} {line.unit}"
        ratio = "" if line.ratio is None else f"{line.ratio:.2f}"
        table.add_row(
            line.name, f"{line.value:,.3g} {line.unit}", line.baseline, baseline_value, ratio, line.note
        )
    return table
