"""Whether the cost of a refresh grows no faster than what happened, and how little a small change costs."""

import resource
import tempfile
import time
from pathlib import Path

from django.test.utils import override_settings

from ecommerce_ai.measurement import Measurement, benchmark
from ecommerce_ai.shop.benchmarks import scratch_database, write_sample_orders
from ecommerce_ai.shop.models import Event
from ecommerce_ai.shop.services.importing import import_file
from profiles.models import Profile
from profiles.selectors import shop_clock
from profiles.selectors.recount import differing_profiles
from profiles.services import refresh_profiles

ROWS = 40_000
TIMES = (1, 2, 4)
CHANGED_SHARE = 0.01


@benchmark("profiles")
def measure_profiles() -> list[Measurement]:
    """Counters and interests from scratch at three sizes, then after one customer in a hundred came back."""
    seconds = {}
    lines = []
    for times in TIMES:
        with (
            tempfile.TemporaryDirectory() as folder,
            scratch_database(),
            override_settings(IMPORTS_ROOT=folder),
        ):
            path = Path(folder) / "orders.csv"
            write_sample_orders(path, row_count=ROWS * times)
            import_file(path, kind="orders", format="online-retail")
            seconds[times] = timed_refresh()
            lines.append(line_of(times, seconds))
            if times == TIMES[-1]:
                lines.append(after_a_change(seconds[times]))
    return lines


def timed_refresh() -> float:
    started = time.perf_counter()
    refresh_profiles()
    return time.perf_counter() - started


def line_of(times: int, seconds: dict[int, float]) -> Measurement:
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Measurement(
        f"refresh of {ROWS * times:,} order lines",
        seconds[times],
        "s",
        baseline=f"{times} times what {ROWS:,} lines take",
        baseline_value=times * seconds[1],
        ratio=seconds[times] / (times * seconds[1]),
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
