import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import autodiscover_modules

from ecommerce_ai.jobs.refresh import run_step, steps, steps_of
from ecommerce_ai.jobs.terminal import terminal_progress


class Command(BaseCommand):
    help = "Bring every derived row up to date; say what was done and what was current already."
    requires_system_checks: tuple[str, ...] = ()  # half a second, and it opens no page

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("apps", nargs="*", metavar="APP", help="only the steps of these apps")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        autodiscover_modules("refreshers")
        known = {step.app for step in steps}
        if unknown := set(options["apps"]) - known:
            raise CommandError(
                f"Nothing to refresh in {', '.join(unknown)}. Known: {', '.join(sorted(known))}."
            )
        done: dict[str, Any] = {}
        for step in steps_of(options["apps"]):
            with terminal_progress(step.title, is_shown=not options["json"]) as progress:
                done[f"{step.app}: {step.title}"] = run_step(step, progress)
        self.stdout.write(json.dumps(done) if options["json"] else report(done))


def report(done: dict[str, Any]) -> str:
    return "\n".join(
        f"{title}: " + ", ".join(f"{key} {value}" for key, value in counts.items())
        for title, counts in done.items()
    )
