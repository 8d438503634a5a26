"""What a model can do for the rest of the project, whatever library or server stands behind it.

A backend is a class that takes its options as keyword arguments. Device, precision and batch size are such
options: no caller chooses them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]


@runtime_checkable
class Encoder(Protocol):
    """Text to vectors. `name` changes whenever the same text may get another vector."""

    name: str
    dimensions: int

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Unit rows of shape (len(texts), dimensions), in the order of `texts`; no text is an error."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """The same for what a person typed; some models want other words in front of it."""


@runtime_checkable
class Classifier(Protocol):
    """Text to probabilities of `labels`."""

    name: str
    labels: tuple[str, ...]

    def predict_probabilities(self, texts: Sequence[str]) -> Vectors:
        """Shape (len(texts), len(labels)); every row sums to one."""


@runtime_checkable
class Generator(Protocol):
    """Instructions to prose."""

    name: str

    def generate(self, prompts: Sequence[str], *, max_tokens: int) -> list[str]:
        """One text per prompt, in order, without the prompt."""


@dataclass(frozen=True)
class Sampling:
    """How freely a writer chooses its words; the same seed chooses the same."""

    temperature: float = 0.8
    top_p: float = 0.95
    seed: int = 0


@runtime_checkable
class Sampler(Protocol):
    """A writer that varies what it says."""

    name: str

    def sample(self, prompts: Sequence[str], *, max_tokens: int, sampling: Sampling) -> list[str]:
        """One text per prompt, in order, without the prompt; the same prompt twice gets two texts."""


@dataclass(frozen=True)
class ChatAnswer:
    """What a server said, and how many tokens it counted (0: it did not tell)."""

    text: str
    tokens_in: int = 0
    tokens_out: int = 0


@dataclass(frozen=True)
class Span:
    """`text[start:end]` of a passage answers the question with this probability."""

    start: int
    end: int
    probability: float


@runtime_checkable
class Reader(Protocol):
    """A question and passages to the words that answer it."""

    name: str

    def read(self, question: str, passages: Sequence[str]) -> list[Span | None]:
        """The best span of each passage, None where a passage holds no answer."""
