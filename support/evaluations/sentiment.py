"""`manage.py evaluate sentiment`: the head that reads reviews, trained on one side, judged on the other.

Four and five stars are content, one and two are not; three say neither and are left out, as is what is empty.
"""

import csv
import gzip
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ecommerce_ai.measurement import Evaluation, Metric, evaluation
from support.evaluations.intervals import plain, resampled
from support.ml.sentiment import Opinion
from support.ml.sentiment_training import train_sentiment
from support.services.sentiment import CONTENT, NOT_CONTENT

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Reviews:
    opinions: list[Opinion]
    is_complaint: Flags


@evaluation("sentiment")
def sentiment(folder: Path, options: dict[str, str]) -> Evaluation:
    """AUC, and F1 at the threshold that training chose; complaints are what has to be found."""
    train, test = read(folder / "train.csv.gz"), read(folder / "test.csv.gz")
    began = time.perf_counter()
    model = train_sentiment(train.opinions, list(train.is_complaint))
    seconds = time.perf_counter() - began
    chances = model.complaints(test.opinions).astype(np.float64)
    bodies = model.complaints([Opinion("", opinion.body) for opinion in test.opinions]).astype(np.float64)
    found = judged(chances, chances >= model.threshold, test.is_complaint)
    return Evaluation(
        dataset=folder.name,
        n=len(test.opinions),
        metrics=found
        | {"body_alone/auc": resampled(auc, bodies, test.is_complaint), "training_s": plain(seconds)},
        baselines={"vader": vader(test)},
    )


def read(path: Path) -> Reviews:
    with gzip.open(path, "rt", newline="", encoding="utf-8") as file:
        rows = [
            (Opinion(row.get("title") or "", row["body"]), int(row["rating"])) for row in csv.DictReader(file)
        ]
    kept = [(opinion, stars) for opinion, stars in rows if opinion and stars in CONTENT | NOT_CONTENT]
    return Reviews([each for each, _ in kept], np.array([stars in NOT_CONTENT for _, stars in kept]))


def judged(chances: Floats, is_called: Flags, is_complaint: Flags) -> dict[str, Metric]:
    return {
        "auc": resampled(auc, chances, is_complaint),
        "macro_f1": resampled(macro_f1, is_called, is_complaint),
        "negative_f1": resampled(f1, is_called, is_complaint),
    }


def auc(chances: Floats, is_complaint: Flags) -> float:
    from sklearn.metrics import roc_auc_score

    return (
        float(roc_auc_score(is_complaint, chances)) if 0 < is_complaint.sum() < len(is_complaint) else np.nan
    )


def f1(is_called: Flags, is_true: Flags) -> float:
    total = is_called.sum() + is_true.sum()
    return float(2 * (is_called & is_true).sum() / total) if total else np.nan


def macro_f1(is_called: Flags, is_true: Flags) -> float:
    return (f1(is_called, is_true) + f1(~is_called, ~is_true)) / 2


def vader(test: Reviews) -> dict[str, float]:
    """A list of words with rules; a complaint from -0.05 down, as its authors say."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyzer = SentimentIntensityAnalyzer()
    texts = [f"{opinion.title}. {opinion.body}" for opinion in test.opinions]
    scores = np.array([analyzer.polarity_scores(text)["compound"] for text in texts])
    called = scores <= -0.05
    return {
        "auc": auc(-scores, test.is_complaint),
        "macro_f1": macro_f1(called, test.is_complaint),
        "negative_f1": f1(called, test.is_complaint),
    }
