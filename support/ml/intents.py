"""What shoppers want, by the examples nearest to what they say: in meaning, and in the words themselves."""

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ecommerce_ai.inference.types import Vectors
from ecommerce_ai.text_analysis import lexemes_of
from support.ml.language import detect_language
from support.ml.types import Encode, IntentGuess

SHARPNESS, NEAREST = 14.0, 2
IN_SCOPE, CLOSE = 0.5, 0.04


@dataclass(frozen=True)
class Classified:
    """Guesses, best first; whether any of them is meant, and whether two of them may be."""

    intents: tuple[IntentGuess, ...]
    is_in_scope: bool
    is_close: bool


@dataclass(frozen=True)
class IntentModel:
    """`vectors`: one unit row for each example; `words` its stems; `labels` the number of its intent."""

    names: tuple[str, ...]
    labels: "np.typing.NDArray[np.int32]"
    vectors: Vectors
    words: tuple[frozenset[str], ...]

    def to_bytes(self) -> bytes:
        content = io.BytesIO()
        told = json.dumps({"names": self.names, "words": [sorted(each) for each in self.words]})
        np.savez(content, labels=self.labels, vectors=self.vectors, told=np.array(told))
        return content.getvalue()

    @classmethod
    def from_bytes(cls, content: bytes) -> "IntentModel":
        with np.load(io.BytesIO(content), allow_pickle=False) as kept:
            told = json.loads(str(kept["told"]))
            words = tuple(frozenset(each) for each in told["words"])
            return cls(tuple(told["names"]), kept["labels"], kept["vectors"], words)

    def classify(self, texts: Sequence[str], encode: Encode) -> list[Classified]:
        vectors = encode(texts)
        return [self.of(vector, stems(text)) for vector, text in zip(vectors, texts, strict=True)]

    def of(self, vector: Vectors, words: frozenset[str]) -> Classified:
        shared = np.array([overlap(words, each) for each in self.words], np.float32)
        likeness = np.maximum(self.vectors @ vector, shared)
        scores = np.array([nearest(likeness[self.labels == number]) for number in range(len(self.names))])
        odds = np.exp(SHARPNESS * (scores - scores.max()))
        odds /= odds.sum()
        order = np.argsort(-scores, kind="stable")
        guesses = tuple(IntentGuess(self.names[place], float(odds[place])) for place in order[:3])
        gap = scores[order[0]] - scores[order[1]] if len(order) > 1 else 1.0
        return Classified(guesses, bool(scores[order[0]] >= IN_SCOPE), bool(gap < CLOSE))


def train_intents(texts: Sequence[str], intents: Sequence[str], encode: Encode) -> IntentModel:
    """Seconds for some thousand examples: they are encoded and kept."""
    names = tuple(sorted(set(intents)))
    number = {name: place for place, name in enumerate(names)}
    labels = np.array([number[name] for name in intents], np.int32)
    return IntentModel(
        names, labels, np.asarray(encode(texts), np.float32), tuple(stems(text) for text in texts)
    )


def stems(text: str) -> frozenset[str]:
    return frozenset(lexemes_of(text, detect_language(text)))


def overlap(mine: frozenset[str], theirs: frozenset[str]) -> float:
    return len(mine & theirs) / len(mine | theirs) if mine and theirs else 0.0


def nearest(likeness: "np.typing.NDArray[np.float32]") -> float:
    """The mean of the nearest few: one odd example decides nothing."""
    return float(np.sort(likeness)[-NEAREST:].mean())
