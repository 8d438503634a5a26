import json
import time
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import autodiscover_modules

from ecommerce_ai.measurement import Evaluation, evaluators


class Command(BaseCommand):
    help = "Measure on a data folder the quality of what serves, beside baselines; never touches the shop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("task")
        parser.add_argument("--data", type=Path, required=True, metavar="DIR")
        parser.add_argument("--cut", help="date that splits the past from the future, where the task has one")
        parser.add_argument("--days", help="how many days after the cut count")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        autodiscover_modules("evaluations")
        task, folder = options["task"], options["data"]
        if task not in evaluators:
            raise CommandError(f"No task “{task}”. Known: {', '.join(sorted(evaluators))}.")
        if not folder.is_dir():
            raise CommandError(f"No folder {folder}.")
        settings = {name: options[name] for name in ("cut", "days") if options[name]}
        started = time.perf_counter()
        found = evaluators[task](folder, settings)
        result = {"task": task, **told(found), "seconds": round(time.perf_counter() - started, 2)}
        self.stdout.write(json.dumps(result) if options["json"] else report(found))


def told(found: Evaluation) -> dict[str, Any]:
    """Samples only where a task has some."""
    return {key: value for key, value in asdict(found).items() if value or key != "samples"}


def report(found: Evaluation) -> str:
    lines = [f"{found.dataset}: n = {found.n}"]
    for name, metric in found.metrics.items():
        beside = ", ".join(
            f"{who} {values[name]:.3f}" for who, values in found.baselines.items() if name in values
        )
        lines.append(f"{name:24} {metric.value:.3f}  [{metric.low:.3f}, {metric.high:.3f}]  {beside}")
    lines += [f"\n{name}: {text}" for name, texts in found.samples.items() for text in texts]
    return "\n".join(lines)
