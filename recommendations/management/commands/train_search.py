import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from recommendations.ml.search.blend import blend_as_dict
from recommendations.services.search_training import train_search_blend


class Command(BaseCommand):
    help = (
        "Train the blend of search on this shop's catalogue; prints the card, writes the weights to a file."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="a .json file")

    def handle(self, *args: Any, **options: Any) -> None:
        blend, run = train_search_blend()
        options["out"].write_text(json.dumps(blend_as_dict(blend), indent=1) + "\n")
        self.stdout.write(json.dumps(run.metrics, indent=1))
