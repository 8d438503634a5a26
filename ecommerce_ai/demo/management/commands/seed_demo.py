from datetime import UTC, datetime
from typing import Any, TextIO, cast

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from ecommerce_ai.demo.catalogue import SHOP_NAME
from ecommerce_ai.demo.services import (
    Login,
    ShopNotEmpty,
    add_campaigns,
    add_segments,
    add_support,
    create_logins,
    is_seeded,
    seed_shop,
)
from ecommerce_ai.demo.simulation.clock import midnight
from ecommerce_ai.demo.simulation.year import CUSTOMERS


class Command(BaseCommand):
    help = (
        "Fill an empty shop with the demo: goods, pictures, a year of customers, and a log-in for each role."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--anchor", type=day, default=None, help="the last day of the year (default: today)"
        )
        parser.add_argument("--customers", type=int, default=CUSTOMERS, help=f"default: {CUSTOMERS}")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.IS_PRODUCTION:
            raise CommandError("This is a production shop (DJANGO_ENV=production): the demo stays out.")
        console = Console(file=cast(TextIO, self.stdout), soft_wrap=True)
        if is_seeded():
            console.print(f"{SHOP_NAME} is already there; nothing was changed.")
        else:
            fill(console, options["anchor"] or midnight(timezone.now()), options["customers"])
        logins = create_logins()
        add_support()
        add_campaigns()
        show_logins(console, logins)


def day(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)


def fill(console: Console, anchor: datetime, customers: int) -> None:
    with console.status(f"Twelve months at {SHOP_NAME}") as status:

        def report(step: str, count: int) -> None:
            status.update(f"… {step}")
            console.print(f"{count:>9,} {step}")

        try:
            seed_shop(anchor, customers=customers, report=report)
            report("segments", add_segments())
        except ShopNotEmpty as error:
            raise CommandError("The shop has products already; the demo wants an empty one.") from error


def show_logins(console: Console, logins: tuple[Login, ...]) -> None:
    table = Table("role", "e-mail", "password", title="Log-ins of the demo")
    for login in logins:
        table.add_row(login.role, login.email, login.password)
    console.print(table)
