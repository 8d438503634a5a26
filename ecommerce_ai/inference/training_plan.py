"""What a writer is trained on, how, and what came of it. Pure."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Lesson:
    """What a writer is told, and the copy that it should write then."""

    prompt: str
    copy: str


@dataclass(frozen=True)
class Lessons:
    """`held_out` never changes the weights: its loss says when to stop."""

    training: list[Lesson]
    held_out: list[Lesson]


@dataclass(frozen=True)
class WriterShape:
    """A GPT-2: layers, width, heads, tokens of context, tokens of vocabulary."""

    layers: int = 4
    width: int = 256
    heads: int = 4
    context: int = 256
    vocabulary: int = 2048


@dataclass(frozen=True)
class Adaptation:
    """Low-rank adapters on every linear map (Hu et al. 2021, "LoRA"); `scale` is alpha over the rank."""

    rank: int = 8
    scale: float = 2.0
    dropout: float = 0.05


@dataclass(frozen=True)
class TrainingPlan:
    """A step reads `rows` blocks of `tokens`; counts of steps, AdamW's rates, the seed of every draw."""

    steps: int = 800
    rows: int = 8
    tokens: int = 256
    learning_rate: float = 1e-3
    warm_up_steps: int = 40
    weight_decay: float = 0.1
    gradient_norm: float = 1.0
    evaluate_every: int = 50
    checkpoint_every: int = 50
    patience: int = 4  # evaluations without a better loss, then it stops
    seed: int = 0


@dataclass(frozen=True)
class HeldOut:
    """Of each held-out text: nats, tokens and characters of the copy alone."""

    nats: Floats
    tokens: Ints
    characters: Ints

    @property
    def loss(self) -> float:
        """Nats for each token."""
        return float(self.nats.sum() / self.tokens.sum())

    @property
    def loss_per_character(self) -> float:
        return float(self.nats.sum() / self.characters.sum())


@dataclass(frozen=True)
class Trained:
    """Held-out loss before and after (nats a token), and after each evaluation by its step."""

    loss_before: float
    loss_after: float
    losses: dict[int, float]
    steps: int
    seconds: float
