"""Whether the cost of a refresh grows no faster than what happened, and how little a small change costs."""

import csv
import gzip
import resource
import tempfile
import time
import zlib
from pathlib import Path

from django.test.utils import override_settings

from ecommerce_ai.jobs.progress import silent
from ecommerce_ai.jobs.refresh import run_steps
from ecommerce_ai.measurement import Measurement, benchmark
from ecommerce_ai.shop.benchmarks import DATA, scratch_database, write_sample_orders
from ecommerce_ai.shop.models import Event
from ecommerce_ai.shop.services.importing import import_file
from profiles.models import Profile
from profiles.selectors import shop_clock
from profiles.selectors.recount import differing_profiles

ROWS = 80_000
QUARTERS = (1, 2, 4)
CHANGED_SHARE = 0.01


@benchmark("profiles")
def measure_profiles() -> list[Measurement]:
    """`refresh profiles` from nothing, of three sizes; then after one customer in a hundred did something."""
    taken: list[tuple[int, float]] = []
    lines = []
    for quarters in QUARTERS:
        with (
            tempfile.TemporaryDirectory() as folder,
            scratch_database(),
            override_settings(IMPORTS_ROOT=folder),
        ):
            path = Path(folder) / "orders.csv"
            write_orders(path, quarters)
            read = import_file(path, kind="orders", format="online-retail").read
            taken.append((read, timed_refresh()))
            lines.append(line_of(taken))
            if quarters == QUARTERS[-1]:
                lines.append(after_a_change(taken[-1][1]))
    return lines


def write_orders(path: Path, quarters: int) -> None:
    """All orders of so many quarters of Online Retail's customers where it is at hand, else made-up ones."""
    if not DATA.exists():
        write_sample_orders(path, row_count=ROWS * quarters)
        return
    with gzip.open(DATA, "rt", encoding="utf-8", newline="") as whole, path.open("w", newline="") as part:
        rows, writer = csv.reader(whole), csv.writer(part)
        header = next(rows)
        who, invoice = header.index("CustomerID"), header.index("InvoiceNo")
        writer.writerow(header)
        writer.writerows(
            row for row in rows if zlib.crc32((row[who] or row[invoice]).encode()) % 4 < quarters
        )


def timed_refresh() -> float:
    started = time.perf_counter()
    run_steps(["profiles"], silent)
    return time.perf_counter() - started


def line_of(taken: list[tuple[int, float]]) -> Measurement:
    """The last of what was taken, beside what the first would come to for as many lines."""
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    (first_lines, first), (lines, seconds) = taken[0], taken[-1]
    expected = first * lines / first_lines
    return Measurement(
        f"refresh of {lines:,} order lines",
        seconds,
        "s",
        baseline=f"{lines / first_lines:.1f} times what {first_lines:,} lines take",
        baseline_value=expected,
        ratio=seconds / expected,
        note=f"{len(differing_profiles())} profiles differ from a recount; peak memory {peak_mb:.0f} MB",
    )


def after_a_change(whole: float) -> Measurement:
    customers = Profile.objects.values_list("pk", flat=True)
    changed = customers[: max(1, int(len(customers) * CHANGED_SHARE))]
    moment = shop_clock()
    Event.objects.bulk_create([Event(customer_id=pk, name="page_view", occurred_at=moment) for pk in changed])
    taken = timed_refresh()
    return Measurement(
        f"refresh after {len(changed)} of {len(customers)} customers did something",
        taken,
        "s",
        baseline="from scratch",
        baseline_value=whole,
        ratio=taken / whole,
    )
