"""`manage.py evaluate writer`: a small GPT-2 that learns to describe a shop's products, and adapters on one.

Products are split by a hash of their number: one tenth judges, one says when to stop, the others teach.
The loss is that of the description, given title and category; the 3-gram model reads the same tokens.
"""

import csv
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ecommerce_ai.inference.services import WriterRecipe, fit_writer, judge_writer, tokens_of
from ecommerce_ai.inference.training_plan import HeldOut, Lesson, Lessons, TrainingPlan, WriterShape
from ecommerce_ai.jobs.terminal import terminal_progress
from ecommerce_ai.measurement import Evaluation, Metric, evaluation
from marketing.ml.ngrams import KneserNey
from marketing.ml.splits import share_of

JUDGED, STOPPING = 0.1, 0.2  # shares of the products, each up to its bound
SAMPLES = 1000
VOICE = WriterRecipe(TrainingPlan(steps=800, rows=8, learning_rate=2e-3, evaluate_every=100))
TINY = WriterRecipe(TrainingPlan(steps=400, rows=4), shape=WriterShape(layers=2, width=128, vocabulary=1024))
ADAPTED = TrainingPlan(steps=300, rows=4, learning_rate=3e-3)


@dataclass(frozen=True)
class Described:
    """A product's lesson, its number and its category."""

    sku: str
    category: str
    lesson: Lesson


@evaluation("writer")
def writer(folder: Path, options: dict[str, str]) -> Evaluation:
    """Loss per token at initialisation and after training, and beside it a 3-gram model's."""
    products = read(folder / "products.csv")
    judged = [each.lesson for each in products if share_of(each.sku) < JUDGED]
    with tempfile.TemporaryDirectory() as work:
        found, baselines = learned_from_nothing(lessons_of(products), judged, Path(work))
        found |= adapted(products, Path(work))
    return Evaluation(dataset=folder.name, n=len(judged), metrics=found, baselines=baselines)


def read(path: Path) -> list[Described]:
    with path.open(newline="", encoding="utf-8") as file:
        return [
            Described(row["sku"], row["category"], lesson)
            for row in csv.DictReader(file)
            if (lesson := Lesson(f"{row['title']} | {row['category']}", row["description"])).copy
        ]


def lessons_of(products: Sequence[Described]) -> Lessons:
    """What teaches; never a product that judges."""
    taught = [(share_of(each.sku), each.lesson) for each in products]
    return Lessons(
        training=[lesson for share, lesson in taught if share >= STOPPING],
        held_out=[lesson for share, lesson in taught if JUDGED <= share < STOPPING],
    )


def learned_from_nothing(
    lessons: Lessons, judged: Sequence[Lesson], work: Path
) -> tuple[dict[str, Metric], dict[str, dict[str, float]]]:
    """Before is the same shape, tokenizer and seed after no step."""
    before = judged_after(lessons, judged, replace(VOICE, plan=replace(VOICE.plan, steps=0)), work / "fresh")
    after = judged_after(lessons, judged, VOICE, work / "voice", title="voice")
    ngrams = judged_by_ngrams(work / "voice" / "writer", lessons.training, judged)
    return (
        {
            "loss": loss_metric(after),
            "loss_per_character": loss_metric(after, by_character=True),
            "loss_at_initialisation": loss_metric(before),
            "share_of_initial_loss": share_metric(after, before),
            "below_3_gram": difference_metric(ngrams, after),
        },
        {
            "3-gram, modified Kneser-Ney": {
                "loss": ngrams.loss,
                "loss_per_character": ngrams.loss_per_character,
            },
            "initialisation": {"loss": before.loss, "loss_per_character": before.loss_per_character},
        },
    )


def judged_after(
    lessons: Lessons, judged: Sequence[Lesson], recipe: WriterRecipe, work: Path, *, title: str = ""
) -> HeldOut:
    with terminal_progress(title, is_shown=bool(title)) as progress:
        fit_writer(lessons, recipe, work, progress)
    return judge_writer(work / "writer", judged)


def judged_by_ngrams(writer: Path, training: Sequence[Lesson], judged: Sequence[Lesson]) -> HeldOut:
    """On the tokens of that writer; of them only the description counts here too."""
    taught, asked = tokens_of(writer, training), tokens_of(writer, judged)
    vocabulary = 1 + max(int(ids.max()) for ids, _ in [*taught, *asked])
    model = KneserNey([ids.tolist() for ids, _ in taught], vocabulary=vocabulary)
    return HeldOut(
        nats=np.array([model.surprise(ids.tolist(), begin) for ids, begin in asked]),
        tokens=np.array([len(ids) - begin for ids, begin in asked], np.int64),
        characters=np.array([len(each.copy) for each in judged], np.int64),
    )


def adapted(products: Sequence[Described], work: Path) -> dict[str, Metric]:
    """A tiny model of half of the categories, then adapters for the others: their loss before and after."""
    home = [each for each in products if share_of(each.category) < 0.5]
    away = [each for each in products if share_of(each.category) >= 0.5]
    judged = [each.lesson for each in away if share_of(each.sku) < JUDGED]
    if not home or not judged:
        return {}
    before = judged_after(lessons_of(home), judged, TINY, work / "tiny", title="tiny")
    recipe = WriterRecipe(ADAPTED, base=str(work / "tiny" / "writer"))
    after = judged_after(lessons_of(away), judged, recipe, work / "adapted", title="adapters")
    return {"adapters/loss_before": loss_metric(before), "adapters/loss": loss_metric(after)}


def resampled(*columns: npt.NDArray[np.generic]) -> list[npt.NDArray[np.float64]]:
    """Sums of the columns over all texts, then over texts drawn again."""
    rng, count = np.random.default_rng(0), len(columns[0])
    rows = np.vstack([np.arange(count), rng.integers(count, size=(SAMPLES, count))])
    return [column[rows].sum(axis=1).astype(np.float64) for column in columns]


def as_metric(values: npt.NDArray[np.float64]) -> Metric:
    """The first is of all texts, the others of texts drawn again."""
    low, high = np.percentile(values[1:], [2.5, 97.5])
    return Metric(float(values[0]), float(low), float(high))


def loss_metric(found: HeldOut, *, by_character: bool = False) -> Metric:
    nats, units = resampled(found.nats, found.characters if by_character else found.tokens)
    return as_metric(nats / units)


def share_metric(found: HeldOut, beside: HeldOut) -> Metric:
    own, other = resampled(found.nats, beside.nats)
    return as_metric(own / other)


def difference_metric(higher: HeldOut, lower: HeldOut) -> Metric:
    """Nats for each token that the second is better by, on the same texts."""
    above, below, tokens = resampled(higher.nats, lower.nats, lower.tokens)
    return as_metric((above - below) / tokens)
