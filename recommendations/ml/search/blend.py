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

from recommendations.ml.search.understanding import Term, Understanding

Floats = npt.NDArray[np.float64]
FIELDS = {"A": "title", "B": "shelf", "C": "facts", "D": "text"}
FEATURES = (
    "text_cosine",
    "shelf_cosine",
    "undoubted",
    "undoubted_shelf",
    "title",
    "shelf",
    "facts",
    "text",
    "anywhere",
    "goods_title",
    "goods_shelf",
    "whole_title",
    "keyword_title",
    "keyword_anywhere",
    "keyword_described",
    "need_text_cosine",
    "need_shelf_cosine",
    "unknown_cosine",
)


@dataclass(frozen=True)
class Evidence:
    """What is known of candidates for one query, one row each.

    Cosines of the query with the product's own text and with its shelf (0 without a vector); `doubts`, by how
    much less than others of its shelf a product agrees with it (0 and up: 0.2 is on the wrong shelf); and
    `matches`: lexeme to the field (A-D) where it stands.
    """

    text_cosines: Floats
    shelf_cosines: Floats
    doubts: Floats
    matches: Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class Blend:
    """Weights of the standardised features."""

    means: Floats
    scales: Floats
    weights: Floats
    intercept: float

    def probabilities(self, features: Floats) -> Floats:
        """How likely each row answers its query; shape (rows,). What is no number counts as the usual one."""
        known = np.where(np.isnan(features), self.means, features)
        margins = ((known - self.means) / self.scales) @ self.weights + self.intercept
        return np.asarray(1.0 / (1.0 + np.exp(-np.clip(margins, -30, 30))), np.float64)


@dataclass(frozen=True)
class Coverage:
    """The share of what was asked, by rarity, that a product has.

    `named` in title, shelf, facts, text and anywhere, of words that may name goods; `described` anywhere, of
    words that only tell what for; `goods` in title and shelf, 1 where one of what serves the need stands.
    """

    named: tuple[float, ...] = (0.0,) * 5
    described: float = 0.0
    goods: tuple[float, float] = (0.0, 0.0)


def features_of(query: Understanding, evidence: Evidence) -> Floats:
    """Shape (candidates, len(FEATURES)); of each, more speaks for the product, never against it."""
    coverages = [coverage_of(query, matches) for matches in evidence.matches]
    named = np.array([each.named for each in coverages], np.float64).reshape(-1, 5)
    goods = np.array([each.goods for each in coverages], np.float64).reshape(-1, 2)
    described = np.array([each.described for each in coverages], np.float64)
    need, keyword, unknown = float(query.is_need), float(not query.is_need), 1.0 - query.known_share
    columns = [
        evidence.text_cosines,
        evidence.shelf_cosines,
        -evidence.doubts,
        -evidence.doubts * (np.maximum(evidence.shelf_cosines, 0.0) + named[:, 1] + goods[:, 1]),
        *named.T,
        *goods.T,
        (named[:, 0] > 0.99).astype(np.float64),
        keyword * named[:, 0],
        keyword * named[:, 4],
        keyword * described,
        need * evidence.text_cosines,
        need * evidence.shelf_cosines,
        unknown * (evidence.text_cosines + evidence.shelf_cosines),
    ]
    return np.column_stack(columns)


def coverage_of(query: Understanding, matches: Mapping[str, str]) -> Coverage:
    total = sum(term.importance for term in query.terms)
    if not matches:
        return Coverage()
    shares, anywhere, described = dict.fromkeys(FIELDS, 0.0), 0.0, 0.0
    for term in query.terms:
        best = best_by_field(term, matches)
        most = max(best.values(), default=0.0) * term.importance / total
        if term.is_describing:
            described += most
            continue
        anywhere += most
        for field, weight in best.items():
            shares[field] += weight * term.importance / total
    stands = {matches[lexeme] for term in query.goods for lexeme in term.lexemes if lexeme in matches}
    return Coverage((*shares.values(), anywhere), described, (float("A" in stands), float("B" in stands)))


def best_by_field(term: Term, matches: Mapping[str, str]) -> dict[str, float]:
    """How surely each field says the term."""
    best: dict[str, float] = {}
    for lexeme, weight in term.lexemes.items():
        if field := matches.get(lexeme):
            best[field] = max(best.get(field, 0.0), weight)
    return best


def lexical_scores(query: Understanding, evidence: Evidence) -> Floats:
    """Words alone, in 0-1: what stands anywhere, and more for titles, shelves and what serves the need."""
    rows = [coverage_of(query, matches) for matches in evidence.matches]
    named = np.array([each.named for each in rows], np.float64).reshape(-1, 5)
    goods = np.array([max(each.goods) for each in rows], np.float64)
    described = np.array([each.described for each in rows], np.float64)
    words = named @ np.array([0.3, 0.15, 0.03, 0.02, 0.5]) + 0.5 * described
    return np.asarray((words + goods) / 2 if query.goods else words, np.float64)


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
