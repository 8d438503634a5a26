from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from ecommerce_ai.shop.models import Product
from recommendations.models import PopularProduct


class Command(BaseCommand):
    help = "The whole demo shop, from empty tables to running servers; a second call starts in seconds."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("seed_demo")
        if lacks_derived_rows():
            call_command("refresh")
        call_command("serve", port=options["port"])


def lacks_derived_rows() -> bool:
    """Whether a refresh was never finished here; what gets stale later is the workers' business."""
    has_bare_products = Product.objects.live().filter(vector__isnull=True).exists()
    return has_bare_products or not PopularProduct.objects.exists()
