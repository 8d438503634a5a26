"""How likely a product answers a query: a logistic model over what words and vectors say of the pair.

Trained by `manage.py train_search` on queries that a catalogue makes by itself; the weights that ship are in
`blend.json` beside this module, their card in the README of `recommendations`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

from recommendations.ml.search.understanding import Understanding

Floats = npt.NDArray[np.float64]
FIELDS = {"A": "title", "B": "shelf", "C": "facts", "D": "text"}
FEATURES = (
    "text_cosine",
    "shelf_cosine",
    "agreement",
    "title",
    "shelf",
    "facts",
    "text",
    "anywhere",
    "whole_title",
    "known_times_anywhere",
    "unknown_times_cosine",
    "long_times_cosine",
)


@dataclass(frozen=True)
class Evidence:
    """What is known of candidates for one query, one row each.

    Cosines of the query with the product's own text and with its shelf (0 without a vector), how well the two
    agree, and `matches`: lexeme to the field (A-D) where it stands. `title_lengths` in lexemes.
    """

    text_cosines: Floats
    shelf_cosines: Floats
    agreements: Floats
    matches: Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class Blend:
    """Weights of the standardised features."""

    means: Floats
    scales: Floats
    weights: Floats
    intercept: float

    def probabilities(self, features: Floats) -> Floats:
        """How likely each row answers its query; shape (rows,)."""
        margins = ((features - self.means) / self.scales) @ self.weights + self.intercept
        return np.asarray(1.0 / (1.0 + np.exp(-np.clip(margins, -30, 30))), np.float64)


def features_of(query: Understanding, evidence: Evidence) -> Floats:
    """Shape (candidates, len(FEATURES))."""
    coverage = np.array([coverage_of(query, matches) for matches in evidence.matches], np.float64).reshape(
        -1, 5
    )
    known, words = query.known_share, len(query.terms)
    cosines = evidence.text_cosines + evidence.shelf_cosines
    columns = [
        evidence.text_cosines,
        evidence.shelf_cosines,
        evidence.agreements,
        *coverage.T,
        (coverage[:, 0] > 0.99).astype(np.float64),
        known * coverage[:, 4],
        (1.0 - known) * cosines,
        min(words, 8) / 8 * cosines,
    ]
    return np.column_stack(columns)


def coverage_of(query: Understanding, matches: Mapping[str, str]) -> tuple[float, ...]:
    """The share of what was asked, by rarity, that stands in title, shelf, facts, text, and anywhere."""
    total = sum(term.importance for term in query.terms)
    if not total or not matches:
        return (0.0,) * 5
    shares = dict.fromkeys(FIELDS, 0.0)
    anywhere = 0.0
    for term in query.terms:
        best: dict[str, float] = {}
        for lexeme, weight in term.lexemes.items():
            if field := matches.get(lexeme):
                best[field] = max(best.get(field, 0.0), weight)
        for field, weight in best.items():
            shares[field] += weight * term.importance
        anywhere += max(best.values(), default=0.0) * term.importance
    return (*(share / total for share in shares.values()), anywhere / total)


def lexical_scores(query: Understanding, evidence: Evidence) -> Floats:
    """Words alone, in 0-1: what stands anywhere, and more for titles and shelves."""
    coverage = np.array([coverage_of(query, matches) for matches in evidence.matches], np.float64).reshape(
        -1, 5
    )
    return np.asarray(coverage @ np.array([0.3, 0.15, 0.03, 0.02, 0.5]), np.float64)


@cache
def shipped_blend() -> Blend:
    return blend_from(json.loads((files("recommendations.ml.search") / "blend.json").read_text()))


def blend_from(kept: Mapping[str, Any]) -> Blend:
    """From the file that `blend_as_dict` fills; other features than today's are an error."""
    if tuple(kept["features"]) != FEATURES:
        raise ValueError("These weights are of other features.")
    means, scales, weights = (np.asarray(kept[name], np.float64) for name in ("means", "scales", "weights"))
    return Blend(means, scales, weights, float(kept["intercept"]))


def blend_as_dict(blend: Blend) -> dict[str, Any]:
    return {
        "features": list(FEATURES),
        "means": blend.means.round(6).tolist(),
        "scales": blend.scales.round(6).tolist(),
        "weights": blend.weights.round(6).tolist(),
        "intercept": round(blend.intercept, 6),
    }
