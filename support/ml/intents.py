"""What shoppers want: kernel ridge regression on what examples mean and on the words they use.

One inverse gives the weights and, in closed form, what the model would say of each example had it not
seen it, and had it seen none of its intent (Rifkin & Lippert 2007, "Notes on regularized least squares", for
blocks of rows). The first calibrates the probabilities, the second teaches what an unknown intent looks like:
nothing is held back.
"""

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import sparse

from ecommerce_ai.inference.types import Vectors
from support.ml.calibration import Calibration, fit_calibration
from support.ml.scope import ScopeModel, fit_scope, nearest_likeness, scope_features
from support.ml.types import Encode, IntentGuess
from support.ml.wordspace import WordSpace, fit_words

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
# How fast likeness fades with distance; what a shared word counts beside meaning; how smooth the answer is.
SHARPNESS, WORDS, RIDGE = 4.0, 0.3, 0.3
# The inverse takes memory with the square of the examples: 1 GB here. More are thinned, evenly over intents.
MOST_EXAMPLES = 16_000
OUT_OF_SCOPE = "oos"  # the name of examples that are none of the intents
GUESSES = 3
ROWS_AT_ONCE = 1_024
CLOSE = 0.6  # two intents are close when the second has this share of the first's probability


@dataclass(frozen=True)
class Classified:
    """Guesses, best first; whether any of them is meant, and whether two of them may be."""

    intents: tuple[IntentGuess, ...]
    is_in_scope: bool
    is_close: bool
    scope: float = 0.0


@dataclass(frozen=True)
class Space:
    """Examples as the kernel sees them: unit rows of meaning, unit rows of words."""

    vectors: Vectors
    words: sparse.csr_matrix

    @cached_property
    def by_word(self) -> sparse.csr_matrix:
        """Turned around, so that a question of few words costs little."""
        return sparse.csr_matrix(self.words.T)

    def likeness(self, other: "Space") -> Floats:
        """The kernel; shape (rows of this, rows of the other)."""
        found = self.vectors @ other.vectors.T
        found -= 1
        found *= SHARPNESS
        np.exp(found, out=found)
        shared = sparse.coo_matrix(self.words @ other.by_word)
        found[shared.row, shared.col] += WORDS * shared.data
        return found

    def rows(self, places: Ints) -> "Space":
        return Space(self.vectors[places], self.words[places])


@dataclass(frozen=True)
class IntentModel:
    """`weights`: what each example says for each intent; shape (examples, intents)."""

    names: tuple[str, ...]
    labels: Ints
    space: Space
    weights: Floats
    calibration: Calibration
    scope: ScopeModel
    word_space: WordSpace

    def classify(self, texts: Sequence[str], encode: Encode) -> list[Classified]:
        if not texts:
            return []
        probabilities, scopes = self.judge(texts, np.asarray(encode(texts), np.float32))
        return [self.told(row, float(scope)) for row, scope in zip(probabilities, scopes, strict=True)]

    def judge(self, texts: Sequence[str], vectors: Vectors) -> tuple[Floats, Floats]:
        """Calibrated probabilities of shape (texts, intents), and the chance of each text to be in scope."""
        asked = Space(vectors, self.word_space.rows_of(texts))
        scores = asked.likeness(self.space) @ self.weights
        nearest = nearest_likeness(vectors @ self.space.vectors.T)
        return self.calibration.probabilities(scores), self.scope.probabilities(
            scope_features(scores, nearest)
        )

    def told(self, probabilities: Floats, scope: float) -> Classified:
        order = np.argsort(-probabilities, kind="stable")[:GUESSES]
        guesses = tuple(IntentGuess(self.names[place], float(probabilities[place])) for place in order)
        is_close = len(guesses) > 1 and guesses[1].probability >= CLOSE * guesses[0].probability
        return Classified(guesses, scope >= self.scope.threshold, is_close, scope)

    def to_bytes(self) -> bytes:
        """An npz file."""
        content = io.BytesIO()
        told = {"names": self.names, "calibration": self.calibration.as_dict(), "scope": self.scope.as_dict()}
        np.savez(
            content,
            told=np.array(json.dumps(told)),
            labels=self.labels,
            vectors=self.space.vectors,
            weights=self.weights,
            rarity=self.word_space.rarity,
            word_data=self.space.words.data,
            word_indices=self.space.words.indices,
            word_indptr=self.space.words.indptr,
        )
        return content.getvalue()

    @classmethod
    def from_bytes(cls, content: bytes) -> "IntentModel":
        with np.load(io.BytesIO(content), allow_pickle=False) as kept:
            told = json.loads(str(kept["told"]))
            word_space = WordSpace(kept["rarity"])
            words = sparse.csr_matrix(
                (kept["word_data"], kept["word_indices"], kept["word_indptr"]),
                (len(kept["labels"]), len(word_space.rarity)),
            )
            return cls(
                names=tuple(told["names"]),
                labels=kept["labels"],
                space=Space(kept["vectors"], words),
                weights=kept["weights"],
                calibration=Calibration.from_dict(told["calibration"]),
                scope=ScopeModel.from_dict(told["scope"]),
                word_space=word_space,
            )


@dataclass(frozen=True)
class Unseen:
    """What the model would say of each example without it, and without its whole intent."""

    without_it: Floats
    without_intent: Floats


def train_intents(texts: Sequence[str], intents: Sequence[str], encode: Encode) -> IntentModel:
    """Seconds for some thousand examples; those of `oos` are of no intent and teach what is unknown."""
    vectors = np.asarray(encode(texts), np.float32)
    names = tuple(sorted(set(intents) - {OUT_OF_SCOPE}))
    labels = np.array([names.index(name) if name in names else -1 for name in intents], np.int32)
    word_space, words = fit_words(texts)
    everything = Space(vectors, words)
    taught = thinned(np.flatnonzero(labels >= 0).astype(np.int32))
    space, labels_taught = everything.rows(taught), labels[taught]
    weights, unseen = solve(space, labels_taught, len(names))
    outside = everything.rows(np.flatnonzero(labels < 0).astype(np.int32))
    return IntentModel(
        names=names,
        labels=labels_taught,
        space=space,
        weights=weights,
        calibration=fit_calibration(unseen.without_it, labels_taught),
        scope=learned_scope(space, labels_taught, unseen, outside.vectors, outside.likeness(space) @ weights),
        word_space=word_space,
    )


def thinned(rows: Ints) -> Ints:
    """At most `MOST_EXAMPLES`, drawn evenly."""
    if len(rows) <= MOST_EXAMPLES:
        return rows
    return np.sort(np.random.default_rng(0).choice(rows, MOST_EXAMPLES, replace=False))


def solve(space: Space, labels: Ints, n_intents: int) -> tuple[Floats, Unseen]:
    """Weights of the ridge regression on one-hot intents, and its answers on what it had not seen."""
    wanted = np.zeros((len(labels), n_intents), np.float32)
    wanted[np.arange(len(labels)), labels] = 1
    inverse = inverse_of(space.likeness(space))
    weights = inverse @ wanted
    without_it = wanted - weights / np.diag(inverse)[:, None]
    without_intent = np.empty_like(wanted)
    for intent in range(n_intents):
        own = np.flatnonzero(labels == intent)
        without_intent[own] = wanted[own] - np.linalg.solve(inverse[np.ix_(own, own)], weights[own])
        without_intent[own, intent] = -np.inf
    return weights, Unseen(without_it, without_intent)


def inverse_of(kernel: Floats) -> Floats:
    """Of kernel + ridge, in its own memory."""
    from scipy.linalg.lapack import spotrf, spotri

    kernel[np.diag_indices_from(kernel)] += RIDGE
    factor, failed = spotrf(kernel.T, lower=1, overwrite_a=1, clean=0)
    if failed:
        raise np.linalg.LinAlgError(f"No inverse: row {failed} of the kernel.")
    inverse, _ = spotri(factor, lower=1, overwrite_c=1)
    for start in range(0, len(inverse), ROWS_AT_ONCE):  # LAPACK fills the lower triangle
        end = start + ROWS_AT_ONCE
        inverse[start:end, end:] = inverse[end:, start:end].T
        block = inverse[start:end, start:end]
        block += np.tril(block, -1).T - np.triu(block, 1)
    return np.asarray(inverse, np.float32)


def learned_scope(
    space: Space, labels: Ints, unseen: Unseen, outside: Vectors, outside_scores: Floats
) -> ScopeModel:
    """Known: each example without itself. Unknown: without its intent, and what was given as none of them."""
    if unseen.without_it.shape[1] < 3:
        return fit_scope(np.empty((0, 4), np.float32), np.empty((0, 4), np.float32))
    cosines = space.vectors @ space.vectors.T
    np.fill_diagonal(cosines, -1)
    known = scope_features(unseen.without_it, nearest_likeness(cosines))
    for intent in range(unseen.without_it.shape[1]):
        own = np.flatnonzero(labels == intent)
        cosines[np.ix_(own, own)] = -1
    unknown = scope_features(unseen.without_intent, nearest_likeness(cosines))
    if len(outside):
        named = scope_features(outside_scores, nearest_likeness(outside @ space.vectors.T))
        unknown = np.vstack([unknown, named])
    return fit_scope(known, unknown)
