"""`manage.py bench training`: what learning costs, beside the library's factorisation of the same orders."""

import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from django.test.utils import override_settings

from ecommerce_ai.measurement import Measurement, benchmark
from ecommerce_ai.shop.benchmarks import scratch_database, unpack_or_make
from ecommerce_ai.shop.models import Product
from ecommerce_ai.shop.services.importing import import_file
from recommendations.ml.interactions import Sparse, histories
from recommendations.ml.lessons import trained_on, training_lessons
from recommendations.ml.snapshots import TASTE_HALF_LIFE_DAYS, learn
from recommendations.models import DIMENSIONS, ProductVector
from recommendations.selectors.behaviour import Behaviour, shop_behaviour
from recommendations.services.ranking import refresh_ranking

FACTORS, ITERATIONS = 64, 15
BASELINE = f"implicit ALS, {FACTORS} factors, {ITERATIONS} iterations"


@benchmark("training")
def measure_training() -> list[Measurement]:
    """Candidate models, the ranker, a full refresh and the one after a day: in a scratch database."""
    with tempfile.TemporaryDirectory() as folder, scratch_database():
        whole, before = Path(folder) / "orders.csv", Path(folder) / "before.csv"
        unpack_or_make(whole)
        leave_last_day(whole, before)
        with override_settings(IMPORTS_ROOT=folder, ARTEFACTS_ROOT=folder):
            import_file(before, kind="orders", format="online-retail")
            make_vectors()
            full_s = timed(refresh_ranking)
            import_file(whole, kind="orders", format="online-retail")
            daily_s = timed(refresh_ranking)
            behaviour = shop_behaviour()
    return [*measure_models(behaviour), *measure_factors(behaviour), refreshes(daily_s, full_s)]


def leave_last_day(whole: Path, before: Path) -> None:
    """Copy all lines but those of the last date."""
    header, *lines = whole.read_text(encoding="utf-8").splitlines(keepends=True)
    dates = [date_of(line) for line in lines]
    last = max(dates)
    kept = [line for line, date in zip(lines, dates, strict=True) if date != last]
    before.write_text("".join([header, *kept]), encoding="utf-8")


def date_of(line: str) -> str:
    """Counted from the right: a description may hold commas, what stands behind it does not."""
    return line.rsplit(",", 4)[1][:10]


def make_vectors() -> None:
    """Random ones: how long training takes does not depend on what they say."""
    rng = np.random.default_rng(0)
    products = Product.objects.values_list("pk", flat=True)
    rows = rng.normal(size=(len(products), DIMENSIONS))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    ProductVector.objects.bulk_create(
        [
            ProductVector(product_id=key, embedding=row.tolist(), encoder="random", content_hash="random")
            for key, row in zip(products, rows, strict=True)
        ],
        batch_size=1000,
    )


def measure_models(behaviour: Behaviour) -> list[Measurement]:
    happened, catalogue, day = behaviour.interactions, behaviour.catalogue, behaviour.last_day
    bought = histories(happened, day).bought
    library_s = timed(lambda: library_factors(bought))
    models_s = timed(lambda: learn(happened, catalogue, day))
    lessons = training_lessons(happened, catalogue, day)
    ranker_s = timed(lambda: trained_on(lessons))
    rows = sum(len(each.bought.labels) for each in lessons)
    return [
        Measurement(
            "candidate models", models_s, "s", BASELINE, library_s, models_s / library_s,
            note=f"{bought.nnz:,} pairs of {bought.shape[0]:,} customers and {bought.shape[1]:,} products",
        ),
        Measurement("ranker", ranker_s, "s", note=f"{rows:,} candidates of {len(lessons)} windows; {peak()}"),
    ]  # fmt: skip


def library_factors(bought: Sparse) -> None:
    from implicit.als import AlternatingLeastSquares

    model = AlternatingLeastSquares(factors=FACTORS, iterations=ITERATIONS, random_state=0)
    model.fit(bought, show_progress=False)


def measure_factors(behaviour: Behaviour) -> list[Measurement]:
    """The factorisation on each device there is: seconds, and how far the losses are apart."""
    from recommendations.ml.factorisation import best_device, factorise  # loads torch

    rows = histories(behaviour.interactions, behaviour.last_day).recent(TASTE_HALF_LIFE_DAYS)
    vectors, losses, seconds = behaviour.catalogue.vectors, {}, {}
    for device in dict.fromkeys(["cpu", best_device()]):
        started = time.perf_counter()
        losses[device] = factorise(rows, vectors, device=device).loss
        seconds[device] = time.perf_counter() - started
    apart = max(losses.values()) / min(losses.values()) - 1
    told = f"losses within {apart:.2%}" if len(losses) > 1 else f"loss {losses['cpu']:.3f}; no GPU here"
    fastest = min(seconds.values())
    return [
        Measurement(
            "factorisation", fastest, "s", "on the CPU", seconds["cpu"], fastest / seconds["cpu"], told
        )
    ]


def refreshes(daily_s: float, full_s: float) -> Measurement:
    return Measurement(
        "refresh after one day's orders", daily_s, "s", "full refresh", full_s, daily_s / full_s, note=peak()
    )


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def peak() -> str:
    return f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
