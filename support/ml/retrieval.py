"""Passages by words and by meaning, in memory: BM25 over passages, neighbouring sentences and single ones."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy import sparse

from ecommerce_ai.inference.types import Vectors
from support.ml.novelty import new_shares
from support.ml.sentences import sentence_spans
from support.ml.terms import WEIGHTS, terms_of
from support.ml.types import Passage

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Level:
    """One grain of text: how BM25 saturates and how much its length counts there."""

    saturation: float
    length: float
    weight: float


PASSAGES, PAIRS, SENTENCES = Level(1.2, 0.75, 1.0), Level(0.9, 0.5, 0.5), Level(0.6, 0.5, 0.4)
# What a cosine of the packaged encoder is worth against a full match of words; it reads English.
MEANING = {"en": 0.75, "es": 0.5, "fr": 0.5, "de": 0.5}


@dataclass(frozen=True)
class Index:
    """Columns of the matrices are terms. Sentence s is in passage `owners[s]`.

    Rows of `texts`: passages, then sentences, each alone and with the next.
    """

    passages: tuple[Passage, ...]
    vectors: Vectors
    languages: npt.NDArray[np.str_]
    spans: tuple[tuple[int, int], ...]
    owners: Ints
    first_sentences: Ints
    columns: dict[str, int]
    rarity: Floats
    unknown_rarity: float
    texts: sparse.csc_matrix
    sentences: sparse.csr_matrix
    sentence_vectors: dict[int, Vectors] = field(default_factory=dict)

    def sentences_of(self, passage: int) -> range:
        """Numbers of the sentences of a passage."""
        return range(int(self.first_sentences[passage]), int(self.first_sentences[passage + 1]))

    def sentence_text(self, number: int) -> str:
        return self.passages[int(self.owners[number])].text[slice(*self.spans[number])]

    def rarity_of(self, term: str) -> float | None:
        """Before its kind is weighed; None where no passage holds it."""
        place = self.columns.get(term)
        return None if place is None else float(self.rarity[place]) / WEIGHTS[term[0]]

    def holding(self, numbers: Sequence[int], asked: "Asked") -> npt.NDArray[np.bool_]:
        """Which sentences (a run of numbers) hold which of the terms asked; shape (sentences, terms)."""
        bounds = self.sentences.indptr[numbers[0] : numbers[-1] + 2]
        terms = self.sentences.indices[bounds[0] : bounds[-1]]
        there, term = np.nonzero(terms[:, None] == asked.places)
        found = np.zeros((len(numbers), len(asked.places)), np.bool_)
        found[np.searchsorted(bounds - bounds[0], there, side="right") - 1, term] = True
        return found


@dataclass(frozen=True)
class Asked:
    """A question's terms that the index knows: columns, counts, kinds; `full`: what a full match gives.

    A count is less than one where the term says little that is new.
    """

    language: str
    places: Ints
    times: Floats
    kinds: tuple[str, ...]
    full: float


@dataclass(frozen=True)
class Hit:
    """A passage found. `coverage`: its match of words against a full one; `score`: with meaning."""

    number: int
    passage: Passage
    coverage: float
    cosine: float
    score: float


@dataclass(frozen=True)
class Found:
    """Hits, best first, and what was looked for."""

    hits: tuple[Hit, ...]
    asked: Asked


def build_index(passages: Sequence[Passage], vectors: Vectors) -> Index:
    """`vectors`: one unit row (zeros where there is none yet) for each passage."""
    spans = [sentence_spans(passage.text) for passage in passages]
    owners = np.repeat(np.arange(len(passages), dtype=np.int32), [len(each) for each in spans])
    flat = [span for each in spans for span in each]
    counted = [
        terms_of(passage.text[slice(*span)], passage.language)
        for passage, own in zip(passages, spans, strict=True)
        for span in own
    ]
    titles = [terms_of(passage.title, passage.language) for passage in passages]
    columns = {
        term: place for place, term in enumerate(dict.fromkeys(t for c in (*counted, *titles) for t in c))
    }
    alone = counts_matrix(counted, columns)
    whole = grouped(alone, owners, len(passages)) + counts_matrix(titles, columns)
    rarity = rarities(whole, columns)
    sentences = weighed(alone, rarity, SENTENCES)
    parts = weighed(with_next(alone, owners), rarity, PAIRS) + sentences
    return Index(
        passages=tuple(passages),
        vectors=np.asarray(vectors, np.float32),
        languages=np.array([passage.language for passage in passages], dtype=np.str_),
        spans=tuple(flat),
        owners=owners,
        first_sentences=np.searchsorted(owners, np.arange(len(passages) + 1)).astype(np.int32),
        columns=columns,
        rarity=rarity,
        unknown_rarity=float(np.log1p((len(passages) + 0.5) / 0.5)),
        texts=sparse.csc_matrix(sparse.vstack([weighed(whole, rarity, PASSAGES), parts])),
        sentences=sentences,
    )


def counts_matrix(counted: Sequence[Counter[str]], columns: dict[str, int]) -> sparse.csr_matrix:
    lengths = [len(count) for count in counted]
    places = np.fromiter((columns[term] for count in counted for term in count), np.int32, sum(lengths))
    times = np.fromiter((value for count in counted for value in count.values()), np.float32, sum(lengths))
    starts = np.concatenate([[0], np.cumsum(lengths)])
    return sparse.csr_matrix((times, places, starts), shape=(len(counted), len(columns)))


def grouped(alone: sparse.csr_matrix, owners: Ints, count: int) -> sparse.csr_matrix:
    """Sums of the rows of each owner."""
    rows = sparse.csr_matrix(
        (np.ones(len(owners), np.float32), (owners, np.arange(len(owners)))), (count, len(owners))
    )
    return sparse.csr_matrix(rows @ alone)


def with_next(alone: sparse.csr_matrix, owners: Ints) -> sparse.csr_matrix:
    """Each sentence together with the one after it in the same passage."""
    goes_on = np.flatnonzero(owners[:-1] == owners[1:])
    shift = sparse.csr_matrix((np.ones(len(goes_on), np.float32), (goes_on, goes_on + 1)), (len(owners),) * 2)
    return sparse.csr_matrix(alone + shift @ alone)


def rarities(whole: sparse.csr_matrix, columns: dict[str, int]) -> Floats:
    """The usual inverse document frequency, times what the kind of term counts."""
    total = whole.shape[0]
    held = np.bincount(whole.indices, minlength=len(columns))
    kinds = np.array([WEIGHTS[term[0]] for term in columns], np.float32)
    found: Floats = (kinds * np.log1p((total - held + 0.5) / (held + 0.5))).astype(np.float32)
    return found


def weighed(counts: sparse.csr_matrix, rarity: Floats, level: Level) -> sparse.csr_matrix:
    """BM25, scaled so that a term that is there often gives at most its rarity times the level's weight."""
    lengths = np.asarray(counts.sum(axis=1)).ravel()
    relative = lengths / max(float(lengths.mean()) if len(lengths) else 1.0, 1e-9)
    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    bounds = level.saturation * (1 - level.length + level.length * relative)
    data = (
        level.weight
        * (level.saturation + 1)
        * counts.data
        / (counts.data + bounds[rows])
        * rarity[counts.indices]
    )
    return sparse.csr_matrix((data.astype(np.float32), counts.indices, counts.indptr), counts.shape)


def find(index: Index, question: str, vector: Vectors, *, language: str, limit: int) -> Found:
    """The best passages of a language for a question and its unit vector."""
    asked = terms_asked(index, question, language)
    if not index.passages:
        return Found((), asked)
    coverage = matches(index, asked)
    cosine = index.vectors @ np.asarray(vector, np.float32)
    # Words are judged against the best match there is: a question of rare words weighs meaning no less.
    score = coverage / max(float(coverage.max()), 1e-9) + MEANING.get(language, 0.0) * cosine
    score[index.languages != language] = -1
    hits = [
        Hit(int(row), index.passages[row], float(coverage[row]), float(cosine[row]), float(score[row]))
        for row in best_rows(score, limit)
        if score[row] > 0
    ]
    return Found(tuple(hits), asked)


def best_rows(score: Floats, limit: int) -> npt.NDArray[np.intp]:
    """The places of the largest values, largest first, earlier ones first where they are equal."""
    limit = min(limit, len(score))
    least = np.partition(score, len(score) - limit)[len(score) - limit]
    near = np.flatnonzero(score >= least)
    return near[np.argsort(-score[near], kind="stable")][:limit]


def matches(index: Index, asked: Asked) -> Floats:
    """Of each passage: its own match of words with that of its best sentences, against a full one."""
    match = index.texts[:, asked.places] @ asked.times
    count = len(index.passages)
    best = np.maximum.reduceat(match[count:], index.first_sentences[:-1])
    levels = PASSAGES.weight + PAIRS.weight + SENTENCES.weight
    found: Floats = (match[:count] + best) / (levels * asked.full)
    return found


def terms_asked(index: Index, question: str, language: str) -> Asked:
    counts = terms_of(question, language)
    shares = new_shares(question, index.rarity_of)
    known = [(index.columns[term], count * shares.get(term, 1.0), term[0])
             for term, count in counts.items() if term in index.columns]  # fmt: skip
    places = np.array([place for place, _, _ in known], np.int32)
    times = np.array([count for _, count, _ in known], np.float32)
    missing = sum(WEIGHTS[term[0]] * count for term, count in counts.items() if term not in index.columns)
    full = float(index.rarity[places] @ times) + missing * index.unknown_rarity
    return Asked(language, places, times, tuple(kind for _, _, kind in known), max(full, 1e-9))
