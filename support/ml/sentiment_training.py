"""How sentiment is learned: stars say who is content, opinions that were not seen say how sure that is."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse

from support.ml.sentiment import COLUMNS, Opinion, SentimentModel, counted
from support.ml.wordspace import unit_rows

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
FOLDS = 4
FEWEST_TEXTS = 2  # that hold a term, below which it is not learned
STRENGTH = 10.0  # the inverse of the ridge


def train_sentiment(opinions: Sequence[Opinion], is_complaint: Sequence[bool]) -> SentimentModel:
    """Seconds for ten thousand. There have to be at least `FOLDS` of either kind."""
    counts, wanted = counted(opinions), np.asarray(is_complaint, np.bool_)
    scores = unseen_scores(counts, wanted)
    slope, level = calibrated(scores, wanted)
    rarity = rarities(counts)
    weights, intercept = fitted(unit_rows(sparse.csr_matrix(counts.multiply(rarity))), wanted)
    return SentimentModel(
        rarity=rarity,
        weights=weights,
        slope=slope,
        level=level + slope * intercept,
        threshold=best_threshold(1 / (1 + np.exp(-(slope * scores + level))), wanted),
    )


def unseen_scores(counts: sparse.csr_matrix, wanted: Flags) -> Floats:
    """Of each opinion, by a model that was taught without it."""
    from sklearn.model_selection import StratifiedKFold  # only training needs it, and it loads slowly

    scores = np.zeros(len(wanted), np.float32)
    for seen, unseen in StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(wanted, wanted):
        rarity = rarities(counts[seen])
        weights, intercept = fitted(unit_rows(sparse.csr_matrix(counts[seen].multiply(rarity))), wanted[seen])
        rows = unit_rows(sparse.csr_matrix(counts[unseen].multiply(rarity)))
        scores[unseen] = rows @ weights + intercept
    return scores


def rarities(counts: sparse.csr_matrix) -> Floats:
    """The usual inverse document frequency; nothing for what too few texts hold."""
    held = np.bincount(counts.indices, minlength=COLUMNS)
    rarity = np.log((1 + counts.shape[0]) / (1 + held)) + 1
    rarity[held < FEWEST_TEXTS] = 0
    return np.asarray(rarity, np.float32)


def fitted(rows: sparse.csr_matrix, wanted: Flags) -> tuple[Floats, float]:
    """Weights and intercept of a logistic regression; both sides weigh the same, however many there are."""
    from sklearn.linear_model import LogisticRegression

    fit = LogisticRegression(C=STRENGTH, class_weight="balanced", solver="liblinear").fit(rows, wanted)
    weights: Floats = np.asarray(fit.coef_[0], np.float32)
    return weights, float(fit.intercept_[0])


def calibrated(scores: Floats, wanted: Flags) -> tuple[float, float]:
    """Slope and level that make log odds of scores (Platt)."""
    from sklearn.linear_model import LogisticRegression

    fit = LogisticRegression(C=1e6).fit(scores[:, None], wanted)
    return float(fit.coef_[0, 0]), float(fit.intercept_[0])


def best_threshold(chances: Floats, wanted: Flags) -> float:
    """Where complaints are told best: the largest F1."""
    order = np.argsort(-chances, kind="stable")
    right = np.cumsum(wanted[order])
    f1 = 2 * right / (np.arange(1, len(order) + 1) + wanted.sum())
    return float(chances[order[int(f1.argmax())]])
