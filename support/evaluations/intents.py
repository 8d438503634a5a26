"""`manage.py evaluate intents`: the head that serves, trained on one side, judged on the other.

Questions named `oos` in the test file are what must be refused. Where a data set has none, ten intents drawn
at random leave the training and are the unknown, five times.
"""

import csv
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ecommerce_ai.inference.registry import get_encoder
from ecommerce_ai.inference.types import Vectors
from ecommerce_ai.measurement import Evaluation, Metric, evaluation
from support.evaluations.intervals import mean_metric, plain, resampled
from support.ml.intents import OUT_OF_SCOPE, IntentModel, train_intents
from support.ml.types import Encode

DRAWS, UNKNOWN = 5, 10
BINS = 15
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Examples:
    texts: list[str]
    intents: npt.NDArray[np.str_]

    def where(self, kept: npt.NDArray[np.bool_]) -> "Examples":
        return Examples([self.texts[place] for place in np.flatnonzero(kept)], self.intents[kept])


@evaluation("intents")
def intents(folder: Path, options: dict[str, str]) -> Evaluation:
    """Accuracy and calibration in scope; how well unknown intents are told from known ones."""
    train, test = read(folder / "train.csv"), read(folder / "test.csv")
    began = time.perf_counter()
    remembered = Remembered()
    model = train_intents(train.texts, list(train.intents), remembered)
    seconds = time.perf_counter() - began
    known = test.where(test.intents != OUT_OF_SCOPE)
    metrics = in_scope(model, known, remembered) | {"training_s": plain(seconds)}
    has_unknown = OUT_OF_SCOPE in set(test.intents)
    scope = judged_scope(model, test, remembered) if has_unknown else drawn_scope(train, test, remembered)
    return Evaluation(
        dataset=folder.name,
        n=len(test.texts),
        metrics=metrics | scope,
        baselines={"logistic_regression": logistic_regression(train, known, remembered)},
    )


class Remembered:
    """The shop's encoder, which reads each text once however often a draw asks for it."""

    def __init__(self) -> None:
        self.known: dict[str, Vectors] = {}

    def __call__(self, texts: Sequence[str]) -> Vectors:
        missing = [text for text in dict.fromkeys(texts) if text not in self.known]
        self.known |= dict(zip(missing, get_encoder().encode_queries(missing), strict=True))
        return np.stack([self.known[text] for text in texts])


def read(path: Path) -> Examples:
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return Examples([row["text"] for row in rows], np.array([row["intent"] for row in rows]))


def in_scope(model: IntentModel, known: Examples, encode: Encode) -> dict[str, Metric]:
    probabilities, scopes = model.judge(known.texts, encode(known.texts))
    chosen = np.array(model.names)[probabilities.argmax(axis=1)]
    is_right, confidence = chosen == known.intents, probabilities.max(axis=1)
    return {
        "accuracy": mean_metric(is_right),
        "calibration_error": resampled(calibration_error, confidence, is_right),
        "kept": mean_metric(scopes >= model.scope.threshold),
    }


def calibration_error(confidence: Floats, is_right: npt.NDArray[np.bool_]) -> float:
    """Expected calibration error over fifteen equal bins."""
    places = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gaps = [
        abs(confidence[places == place].mean() - is_right[places == place].mean()) * (places == place).mean()
        for place in np.unique(places)
    ]
    return float(sum(gaps))


def judged_scope(model: IntentModel, test: Examples, encode: Encode) -> dict[str, Metric]:
    is_known = test.intents != OUT_OF_SCOPE
    _, scopes = model.judge(test.texts, encode(test.texts))
    return {
        "oos_auroc": resampled(auroc, is_known, scopes),
        "oos_recall": mean_metric(scopes[~is_known] < model.scope.threshold),
        "oos_kept": mean_metric(scopes[is_known] >= model.scope.threshold),
    }


def drawn_scope(train: Examples, test: Examples, encode: Encode) -> dict[str, Metric]:
    """Means of the draws; each interval is that of the draws."""
    found = [one_draw(train, test, encode, seed) for seed in range(DRAWS)]
    return {name: mean_metric([draw[name] for draw in found]) for name in found[0]}


def one_draw(train: Examples, test: Examples, encode: Encode, seed: int) -> dict[str, float]:
    names = np.unique(train.intents)
    hidden = np.random.default_rng(seed).choice(names, size=min(UNKNOWN, len(names) // 2), replace=False)
    seen = train.where(~np.isin(train.intents, hidden))
    model = train_intents(seen.texts, list(seen.intents), encode)
    marked = Examples(test.texts, np.where(np.isin(test.intents, hidden), OUT_OF_SCOPE, test.intents))
    return {name: metric.value for name, metric in judged_scope(model, marked, encode).items()}


def auroc(is_known: npt.NDArray[np.bool_], scopes: Floats) -> float:
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score(is_known, scopes)) if 0 < is_known.sum() < len(is_known) else np.nan


def logistic_regression(train: Examples, known: Examples, encode: Encode) -> dict[str, float]:
    """What everybody tries first, on the same vectors."""
    from sklearn.linear_model import LogisticRegression

    taught = train.where(train.intents != OUT_OF_SCOPE)
    model = LogisticRegression(C=10, max_iter=300).fit(encode(taught.texts), taught.intents)
    probabilities = model.predict_proba(encode(known.texts))
    is_right = model.classes_[probabilities.argmax(axis=1)] == known.intents
    return {
        "accuracy": float(is_right.mean()),
        "calibration_error": calibration_error(probabilities.max(axis=1), is_right),
    }
