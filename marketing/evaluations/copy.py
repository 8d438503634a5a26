"""`manage.py evaluate copy`: how many false claims the checks catch, and how the facts writer writes.

Shelves are split by a hash of their names: rules were tuned on one half, all figures are of the other.
"""

import csv
import random
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ecommerce_ai.measurement import Evaluation, Metric, evaluation
from marketing.evaluations.changes import UNSEEN_ABILITIES
from marketing.evaluations.truth_set import Abilities, Case, cases
from marketing.ml.facts import Offer, ProductFacts
from marketing.ml.splits import share_of
from marketing.ml.truth import unsupported
from marketing.ml.writing.channels import CHANNELS, Part, fits
from marketing.ml.writing.content import content_of
from marketing.ml.writing.facts_writer import TONES, Brief, Copy, FactsWriter, missing
from marketing.ml.writing.measures import distinct_bigrams, largest_share, reading_level

JUDGED = 0.5  # share of the shelves that is judged
PERCENTS, FIRST_END = (10, 15, 20, 25, 30), date(2026, 12, 1)
BATCH, SHOWN, RESAMPLED = 200, 20, 1000
LANGUAGES = {"en": "en", "zh": "zh-Hans"}


@evaluation("copy")
def copy(folder: Path, options: dict[str, str]) -> Evaluation:
    """Both languages; a caught claim is one whose own place is flagged."""
    products = [each for each in read(folder / "products.csv") if is_judged(each)]
    found = truth_set(products, UNSEEN_ABILITIES)
    metrics = truth_metrics(found)
    samples: dict[str, list[str]] = {}
    for name, language in LANGUAGES.items():
        written, speed = batch_of(offered(products), language)
        metrics |= {f"{name}/{metric}": value for metric, value in quality(written).items()}
        metrics[f"{name}/variants_per_second"] = Metric(speed, speed, speed)
        samples[name] = [shown(each) for each in written[:SHOWN]]
    return Evaluation(folder.name, len(found), metrics, samples=samples)


def truth_set(products: Sequence[ProductFacts], abilities: Abilities) -> list[Case]:
    rng = random.Random(0)
    return [
        case for product in products for case in [*cases(product, rng, abilities), *from_writer(product, rng)]
    ]


def read(path: Path) -> list[ProductFacts]:
    with path.open(newline="", encoding="utf-8") as file:
        return [product_of(row) for row in csv.DictReader(file)]


def product_of(row: dict[str, str]) -> ProductFacts:
    return ProductFacts(
        row["title"],
        row["description"],
        f"{row['category']} {row.get('style', '')}".strip(),
        price=Decimal(row["price"]),
        currency=row["currency"],
        stock=int(row["stock"]),
    )


def is_judged(product: ProductFacts) -> bool:
    """By the shelf, so that no shelf is on both sides."""
    return share_of(product.category) >= 1 - JUDGED


def offered(products: Sequence[ProductFacts]) -> list[ProductFacts]:
    """A batch in random order; every third has an offer."""
    chosen = random.Random(1).sample(products, min(BATCH, len(products)))
    return [
        with_offer(
            each, Offer(Decimal(PERCENTS[place % len(PERCENTS)]), ends=FIRST_END + timedelta(place % 28))
        )
        if place % 3 == 0
        else each
        for place, each in enumerate(chosen)
    ]


def with_offer(product: ProductFacts, offer: Offer) -> ProductFacts:
    return ProductFacts(
        product.title,
        product.description,
        product.category,
        price=product.price,
        currency=product.currency,
        stock=product.stock,
        offer=offer,
    )


def from_writer(product: ProductFacts, rng: random.Random) -> list[Case]:
    """True sentences of the facts writer in Chinese, before its own checks: they would let nothing
    through.
    """
    writer = FactsWriter(rng.randrange(2**32), is_checked=False)
    written = writer.write(Brief(product, "description", "zh-Hans", rng.choice(TONES)))
    return [Case(product, "zh", "writer", each + "。") for each in written.text.split("。") if each.strip()]


def truth_metrics(found: Sequence[Case]) -> dict[str, Metric]:
    """Caught and flagged of each language, and caught by kind."""
    flags = [is_flagged(case) for case in found]
    metrics: dict[str, Metric] = {}
    for name in LANGUAGES:
        for metric, is_of in parts(found, name).items():
            hits = [
                flag for case, flag in zip(found, flags, strict=True) if case.language == name and is_of(case)
            ]
            metrics[f"{name}/{metric}"] = share_metric(np.array(hits, np.float64))
    return metrics


def parts(found: Sequence[Case], name: str) -> dict[str, Callable[[Case], bool]]:
    kinds = sorted({(case.is_true, case.kind) for case in found if case.language == name})
    named: dict[str, Callable[[Case], bool]] = {
        "caught": lambda case: not case.is_true,
        "flagged": lambda case: case.is_true,
    }
    for is_true, kind in kinds:
        metric = f"{'flagged' if is_true else 'caught'}/{kind}"
        named[metric] = lambda case, key=(is_true, kind): (case.is_true, case.kind) == key  # type: ignore[misc]
    return named


def is_flagged(case: Case) -> bool:
    """Of a false case, whether the change itself is; of a true one, whether anything is."""
    return any(
        case.is_true or (each.claim.start < case.end and case.start < each.claim.end)
        for each in unsupported(case.text, case.product)
    )


def share_metric(values: npt.NDArray[np.float64]) -> Metric:
    rng = np.random.default_rng(0)
    means = rng.binomial(len(values), values.mean(), RESAMPLED) / len(values)
    low, high = np.percentile(means, [2.5, 97.5])
    return Metric(float(values.mean()), float(low), float(high))


def batch_of(products: Sequence[ProductFacts], language: str) -> tuple[list[Copy], float]:
    """Over all channels and tones in turn; with the variants written in a second."""
    channels = list(CHANNELS)
    started = time.perf_counter()
    writer = FactsWriter()
    written = [
        writer.write(Brief(product, channels[place % len(channels)], language, TONES[place % len(TONES)]))
        for place, product in enumerate(products)
    ]
    return written, len(written) / (time.perf_counter() - started)


def quality(written: Sequence[Copy]) -> dict[str, Metric]:
    texts = [each.text for each in written]
    rows = np.random.default_rng(0).integers(len(texts), size=(50, len(texts)))
    levels = np.array([reading_level(text) for text in texts])
    return {
        "distinct-2": exact(distinct_bigrams(texts)),
        "largest_skeleton_share": exact(largest_share([set(each.skeletons) for each in written])),
        "required_facts": share_metric(np.array([owes_nothing(each) for each in written], np.float64)),
        "limits_held": share_metric(np.array([holds_limits(each) for each in written], np.float64)),
        "unsupported_claims": share_metric(
            np.array([bool(unsupported(each.text, each.brief.product)) for each in written], np.float64)
        ),
        "reading_level": Metric(
            float(levels.mean()), *map(float, np.percentile(levels[rows].mean(axis=1), [2.5, 97.5]))
        ),
    }


def exact(value: float) -> Metric:
    """Of the batch as a whole: it has no interval."""
    return Metric(value, value, value)


def parts_of(copy: Copy) -> list[tuple[Part, str]]:
    return [(part, copy.parts[part.name]) for part in CHANNELS[copy.brief.channel]]


def owes_nothing(copy: Copy) -> bool:
    content = content_of(copy.brief.product, copy.brief.language)
    return not any(missing(part.owes, content, text) for part, text in parts_of(copy))


def holds_limits(copy: Copy) -> bool:
    return all(fits(part, copy.brief.channel, text) for part, text in parts_of(copy))


def shown(copy: Copy) -> str:
    parts = " / ".join(f"{name}: {text}" for name, text in copy.parts.items())
    return f"[{copy.brief.channel}, {copy.brief.tone}] {parts}"
