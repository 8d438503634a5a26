"""How likely the best sentence answers: a logistic model on how well it matches and how far it leads."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import expit

from support.ml.evidence import Sentence
from support.ml.retrieval import MEANING, Found

Floats = npt.NDArray[np.float32]
# The cosines count as much as the encoder is worth in the language: nothing where it does not read it.
FEATURES = ("coverage", "carried", "cosine", "meaning", "lead")


@dataclass(frozen=True)
class ConfidenceModel:
    """`coefficients` in the order of `FEATURES`; below `threshold` nothing is answered."""

    coefficients: tuple[float, ...]
    intercept: float
    threshold: float

    def probability(self, features: Floats) -> float:
        return float(expit(features @ np.array(self.coefficients, np.float32) + self.intercept))


def features_of(ranked: Sequence[Sentence], found: Found) -> Floats:
    """Of the best sentence; `lead` is over the best passage of another article."""
    best = ranked[0]
    others = [hit.score for hit in found.hits if hit.passage.article != best.hit.passage.article]
    lead = best.hit.score - max(others) if others else 1.0
    worth = MEANING.get(found.asked.language, 0.0)
    return np.array(
        [
            best.hit.coverage,
            best.carried,
            worth * best.hit.cosine,
            worth * best.meaning,
            lead,
        ],
        np.float32,
    )


# `manage.py train_confidence` on the demo shop's help pages, in two languages.
SHIPPED = ConfidenceModel((0.58, 1.94, 0.3, 0.27, 6.3), -3.46, 0.493)
