"""What somebody seems to want now, out of the products they dealt with last."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
HALF_LIFE_EVENTS = 5.0


def interest_weights(strengths: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Weights of events, newest first: strength times a half-life counted in events, not in days.

    Somebody who comes back after a year still wants what they looked at last.
    """
    ages = np.arange(len(strengths), dtype=np.float32)
    weights: npt.NDArray[np.float32] = (strengths * 0.5 ** (ages / HALF_LIFE_EVENTS)).astype(np.float32)
    return weights


def interest_vector(vectors: Vectors, weights: npt.NDArray[np.float32]) -> Vectors:
    """The unit vector of the weighted mean; shape (dimensions,)."""
    mean = weights @ vectors
    unit: Vectors = (mean / max(float(np.linalg.norm(mean)), 1e-12)).astype(np.float32)
    return unit


@dataclass(frozen=True)
class Cause:
    """The event that explains a product best: its position, and their cosine."""

    position: int
    similarity: float


def causes(candidates: Vectors, vectors: Vectors, weights: npt.NDArray[np.float32]) -> list[Cause]:
    """For each candidate the event that pulled it most: weight times similarity."""
    similarities = candidates @ vectors.T
    positions = (similarities * weights).argmax(axis=1)
    return [
        Cause(position=int(position), similarity=float(similarities[row, position]))
        for row, position in enumerate(positions)
    ]
