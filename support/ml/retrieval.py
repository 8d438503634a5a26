"""Passages by words (BM25) and by meaning (cosine), in memory."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ecommerce_ai.inference.types import Vectors
from ecommerce_ai.text_analysis import lexemes_of
from support.ml.types import Passage

K1, B = 1.2, 0.6
MEANING = 0.45  # the share of the cosine in the order of passages
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Postings:
    """The passages that hold a word, and how much it weighs in each."""

    rows: npt.NDArray[np.int32]
    weights: Floats


@dataclass(frozen=True)
class Index:
    """`idf` of every word; `unknown` is that of a word which no passage holds."""

    passages: tuple[Passage, ...]
    vectors: Vectors
    postings: dict[str, Postings]
    idf: dict[str, float]
    unknown: float
    languages: npt.NDArray[np.str_]


@dataclass(frozen=True)
class Hit:
    """A passage with the share of the question's words that it holds, its cosine, and both together."""

    passage: Passage
    coverage: float
    cosine: float
    score: float


def build_index(passages: Sequence[Passage], vectors: Vectors) -> Index:
    """`vectors`: one unit row (or zeros) for each passage."""
    counts = [Counter(lexemes_of(f"{each.title} {each.text}", each.language)) for each in passages]
    lengths = np.array([sum(count.values()) for count in counts], np.float32)
    mean = float(lengths.mean()) if len(lengths) else 1.0
    rows: dict[str, list[tuple[int, int]]] = {}
    for number, count in enumerate(counts):
        for word, times in count.items():
            rows.setdefault(word, []).append((number, times))
    postings = {word: posting(pairs, lengths, mean) for word, pairs in rows.items()}
    total = len(passages)
    return Index(
        passages=tuple(passages),
        vectors=np.asarray(vectors, np.float32),
        postings=postings,
        idf={
            word: float(np.log1p((total - len(p.rows) + 0.5) / (len(p.rows) + 0.5)))
            for word, p in postings.items()
        },
        unknown=float(np.log1p((total + 0.5) / 0.5)),
        languages=np.array([each.language for each in passages], dtype=np.str_),
    )


def posting(pairs: list[tuple[int, int]], lengths: Floats, mean: float) -> Postings:
    rows = np.array([row for row, _ in pairs], np.int32)
    times = np.array([count for _, count in pairs], np.float32)
    weights = times * (K1 + 1) / (times + K1 * (1 - B + B * lengths[rows] / mean))
    return Postings(rows, weights.astype(np.float32))


def find(index: Index, words: Sequence[str], vector: Vectors, *, language: str, limit: int) -> list[Hit]:
    """The best passages of a language for these words (twice counts twice) and this unit vector."""
    size = len(index.passages)
    if not size:
        return []
    match, held = np.zeros(size, np.float32), np.zeros(size, np.float32)
    for word, times in Counter(words).items():
        if found := index.postings.get(word):
            match[found.rows] += times * index.idf[word] * found.weights
            held[found.rows] += times * index.idf[word]
    everything = sum(index.idf.get(word, index.unknown) for word in words) or 1.0
    cosine = index.vectors @ np.asarray(vector, np.float32)
    top = float(match.max()) or 1.0
    score = (1 - MEANING) * match / top + MEANING * cosine
    score[index.languages != language] = -1
    order = np.argsort(-score, kind="stable")[:limit]
    return [
        Hit(index.passages[row], float(held[row]) / everything, float(cosine[row]), float(score[row]))
        for row in order
        if score[row] > 0
    ]
