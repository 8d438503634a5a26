"""What passes between understanding, retrieval, answering and whoever stores and shows it.

Offsets count characters of the article's body in the version named, so that a quote can be found again:
`body[start:end] == quote`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from ecommerce_ai.inference.types import Vectors

Encode = Callable[[Sequence[str]], Vectors]
"""Texts to unit rows: `Encoder.encode_queries`, or something with its own time limit."""

Mood = Literal["calm", "annoyed", "furious"]
EntityKind = Literal["order_number", "sku", "tracking_number", "date", "amount", "email"]
Status = Literal["answered", "clarify", "abstain"]


@dataclass(frozen=True)
class Passage:
    """A piece of an article that is found and quoted: `body[start:start + len(text)] == text`."""

    article: int
    version: int
    language: str
    title: str
    text: str
    start: int = 0


@dataclass(frozen=True)
class Evidence:
    """Words of an article, verbatim: `body[start:end] == quote`."""

    article: int
    version: int
    start: int
    end: int
    quote: str


@dataclass(frozen=True)
class Turn:
    """What was said before, oldest first; masked."""

    text: str
    is_shopper: bool


@dataclass(frozen=True)
class Entity:
    """`value` is in normal form: 2026-11-25 for dates, "19.90 EUR" for amounts, "[email]" for addresses."""

    kind: EntityKind
    value: str
    start: int
    end: int


@dataclass(frozen=True)
class IntentGuess:
    name: str
    probability: float


@dataclass(frozen=True)
class Understanding:
    """What a message says. Nothing of it holds personal data: `text` is masked, and so is all that follows.

    `question` stands alone: a follow-up is completed by what was talked about. `intents` are calibrated, best
    first; where `is_in_scope` is false none of them is meant. `is_close` says that two of them may be.
    """

    text: str
    language: str
    question: str
    intents: tuple[IntentGuess, ...] = ()
    is_in_scope: bool = False
    is_close: bool = False
    entities: tuple[Entity, ...] = ()
    mood: Mood = "calm"
    has_personal_data: bool = False


@dataclass(frozen=True)
class Reply:
    """An answer out of quoted evidence, or why there is none.

    answered: `text` says nothing that `evidence` does not. clarify: two topics are equally near, `choices`
    are their titles. abstain: nothing known answers it. `score` is the calibrated chance to be right.
    """

    status: Status
    language: str
    score: float
    text: str = ""
    evidence: tuple[Evidence, ...] = ()
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Problem:
    """A sentence of a reply that must not be sent, and why."""

    reason: Literal["not_verbatim", "unsupported", "number", "date", "negation", "promise", "policy"]
    sentence: str


@dataclass(frozen=True)
class Verdict:
    problems: tuple[Problem, ...] = ()

    @property
    def is_supported(self) -> bool:
        return not self.problems
